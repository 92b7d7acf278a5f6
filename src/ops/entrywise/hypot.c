/* SPDX-License-Identifier: MIT */
/* hypot: the length of the hypotenuse, entry by entry.
 *
 * value        C = sqrt(A.^2 + B.^2), without overflow on the way
 * pullback     dA += chain(dC, A ./ C);  dB += chain(dC, B ./ C)
 * pushforward  C. = chain(A., A ./ C) + chain(B., B ./ C)
 * singular     the slopes are 0 where A and B are 0, and where C overflows; NaN where either is NaN, beside infinity,
 *              too; the slope by what is infinite is NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->power(S, plus(S, times(S, x[0], x[0]), times(S, x[1], x[1])), 1, 2);
}

MGD_BLOCK2(blocks, a != a || b != b ? a + b : mgd__hypot(a, b));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_chain(t, mgd__quotient_or_zero(c->arg[i], c));
}

const mgd_operation mgd__op_hypot = {
    .name = "hypot",
    .operands = 2,
    .commutes = true,
    .notation = "hypot({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_right_triangle,
    .times_slope = times_slope,
};

/** sqrt(A.^2 + B.^2), entry by entry, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_hypot(mgd_var *A, mgd_var *B) {
    return mgd__record2(&mgd__op_hypot, mgd__spread(A, B), mgd__spread(B, A));
}
