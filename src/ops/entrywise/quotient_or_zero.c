/* SPDX-License-Identifier: MIT */
/* quotient_or_zero: the quotient, entry by entry, where there is one.
 *
 * value        C = A ./ B, and 0 where B is 0
 * pullback     dA += chain(dC, (1 ./ B or 0));  dB -= chain(dC, (C ./ B or 0))
 * pushforward  C. = chain(A., (1 ./ B or 0)) - chain(B., (C ./ B or 0))
 * singular     where B is 0 the value and both slopes are 0
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->is_zero(S, x[1]) ? whole(S, 0) : over(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, b == 0 ? 0 : a / b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *b = c->arg[1];
    if (i == 0) return mgd_chain(t, mgd__quotient_or_zero(mgd__whole(c, 1), b));
    return mgd_negate(mgd_chain(t, mgd__quotient_or_zero(c, b)));
}

const mgd_operation mgd__op_quotient_or_zero = {
    .name = "quotient_or_zero",
    .operands = 2,
    .notation = "<1./>2",
    .precedence = MGD_PRODUCT,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__quotient_or_zero(mgd_var *a, mgd_var *b) {
    return mgd__record2(&mgd__op_quotient_or_zero, mgd__spread(a, b), mgd__spread(b, a));
}
