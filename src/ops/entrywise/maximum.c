/* SPDX-License-Identifier: MIT */
/* maximum: the larger of two, entry by entry.
 *
 * value        C = max(A, B)
 * pullback     dA += chain(dC, priority(A,B));  dB += chain(dC, priority(B,A)), where priority(X,Y) is 1
 *              where X > Y, 0 where X < Y and 1/2 in a tie
 * pushforward  C. = chain(A., priority(A,B)) + chain(B., priority(B,A))
 * singular     equal entries share equally: both slopes are 1/2; NaN where either is NaN, in value and slopes
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) { return v->arg[0] == v->arg[1] ? v->arg[0] : NULL; }

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element one = whole(S, 1), side = S->sign(S, minus(S, x[0], x[1]));
    if (S->is_zero(S, minus(S, side, one))) return x[0];
    return S->is_zero(S, plus(S, side, one)) ? x[1] : over(S, plus(S, x[0], x[1]), whole(S, 2));
}

MGD_BLOCK2(blocks, a > b ? a : b > a ? b : a == b && a != 0 ? a : a + b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_chain(t, mgd__priority(c->arg[i], c->arg[1 - i]));
}

const mgd_operation mgd__op_maximum = {
    .name = "maximum",
    .operands = 2,
    .commutes = true,
    .notation = "maximum({1},{2})",
    .precedence = MGD_ATOM,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The larger of A and B, entry by entry, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_maximum(mgd_var *A, mgd_var *B) {
    return mgd__record2(&mgd__op_maximum, mgd__spread(A, B), mgd__spread(B, A));
}
