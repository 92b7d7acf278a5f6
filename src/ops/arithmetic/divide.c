/* SPDX-License-Identifier: MIT */
/* divide: the quotient, entry by entry.
 *
 * value        C = A ./ B
 * pullback     dA += chain(dC, 1 ./ B);  dB -= chain(dC, C ./ B)
 * pushforward  C. = chain(A., 1 ./ B) - chain(B., C ./ B)
 * singular     as C's arithmetic has it; a cotangent of 0 gives 0
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is_ones(v->arg[1]) ? v->arg[0] : NULL; }

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return over(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, a / b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *b = c->arg[1];
    return i == 0 ? mgd_chain(t, mgd_divide(mgd__ones_like(b), b)) : mgd_negate(mgd_chain(t, mgd_divide(c, b)));
}

const mgd_operation mgd__op_divide = {
    .name = "divide",
    .operands = 2,
    .notation = "<1./>2",
    .precedence = MGD_PRODUCT,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** A ./ B, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_divide(mgd_var *A, mgd_var *B) {
    return mgd__record2(&mgd__op_divide, mgd__spread(A, B), mgd__spread(B, A));
}
