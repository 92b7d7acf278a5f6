/* SPDX-License-Identifier: MIT */
/* divide_or_zero: the quotient, entry by entry, but 0 over 0; what the rules of norms are made of.
 *
 * value        C = A ./ B, and 0 where B is 0
 * pullback     dA += divide_or_zero(dC, B);  dB -= divide_or_zero(chain(dC, C), B)
 * pushforward  C. = divide_or_zero(A., B) - divide_or_zero(chain(B., C), B)
 * singular     0 where B is 0, whatever A is, and both slopes with it
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->is_zero(S, x[1]) ? whole(S, 0) : over(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, b == 0 ? 0 : a / b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    if (i == 0) return mgd__divide_or_zero(t, c->arg[1]);
    return mgd_negate(mgd__divide_or_zero(mgd_chain(t, c), c->arg[1]));
}

const mgd_operation mgd__op_divide_or_zero = {
    .name = "divide_or_zero",
    .operands = 2,
    .notation = "divide_or_zero({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__divide_or_zero(mgd_var *a, mgd_var *b) { return mgd__record2(&mgd__op_divide_or_zero, a, b); }
