/* SPDX-License-Identifier: MIT */
/* abs: the absolute value, entry by entry.
 *
 * value        C = |A|
 * pullback     dA += chain(dC, sign(A))
 * pushforward  C. = chain(A., sign(A))
 * singular     the slope at 0 is 0, the subgradient of least norm
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return times(S, x[0], S->sign(S, x[0]));
}

MGD_BLOCK1(blocks, mgd__abs(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_sign(c->arg[0]));
}

const mgd_operation mgd__op_abs = {
    .name = "abs",
    .operands = 1,
    .notation = "abs({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** |A|, entry by entry. */
mgd_var *mgd_abs(mgd_var *A) { return mgd__record1(&mgd__op_abs, A); }
