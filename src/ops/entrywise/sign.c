/* SPDX-License-Identifier: MIT */
/* sign: -1, 0 or 1, entry by entry.
 *
 * value        C = sign(A)
 * pullback     none: the slope is 0
 * pushforward  none
 * singular     sign(0) = 0, with slope 0
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->sign(S, x[0]);
}

MGD_BLOCK1(blocks, a > 0 ? 1 : a < 0 ? -1 : a);

const mgd_operation mgd__op_sign = {
    .name = "sign",
    .operands = 1,
    .notation = "sign({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
};

/** The signs of the entries: -1, 0 or 1. Its derivative is 0 everywhere. */
mgd_var *mgd_sign(mgd_var *A) { return mgd__record1(&mgd__op_sign, A); }
