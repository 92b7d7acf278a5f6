/* SPDX-License-Identifier: MIT */
/* stop: the identity, through which nothing is differentiated.
 *
 * value        C = A
 * pullback     none
 * pushforward  none
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return mgd__held(S, x[0]);
}

MGD_BLOCK1(blocks, a);

const mgd_operation mgd__op_stop = {
    .name = "stop",
    .operands = 1,
    .notation = "stop({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
};

/** A, held fixed: no derivative passes through it. */
mgd_var *mgd_stop(mgd_var *A) { return mgd__record1(&mgd__op_stop, A); }
