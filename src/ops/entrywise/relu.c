/* SPDX-License-Identifier: MIT */
/* relu: the positive part, entry by entry.
 *
 * value        C = max(A, 0)
 * pullback     dA += chain(dC, step(A))
 * pushforward  C. = chain(A., step(A))
 * singular     the slope at 0 is 0, the subgradient of least norm; NaN stays NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element sign = S->sign(S, x[0]), positive = over(S, times(S, sign, plus(S, sign, whole(S, 1))), whole(S, 2));
    return times(S, x[0], positive);
}

MGD_BLOCK1(blocks, a <= 0 ? 0 : a);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_unit_step(c->arg[0]));
}

const mgd_operation mgd__op_relu = {
    .name = "relu",
    .operands = 1,
    .notation = "relu({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The positive part of A, entry by entry: 0 where A is negative. */
mgd_var *mgd_relu(mgd_var *A) { return mgd__record1(&mgd__op_relu, A); }
