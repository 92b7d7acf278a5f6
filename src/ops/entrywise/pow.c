/* SPDX-License-Identifier: MIT */
/* pow: the power with a variable exponent, entry by entry; a constant one is power.
 *
 * value        C = A.^B = exp(B .* log(A))
 * pullback     dA += chain(dC, chain(B, A.^(B-1)));  dB += chain(dC, chain(C, log(A)))
 * pushforward  C. = chain(A., chain(B, A.^(B-1))) + chain(B., chain(C, log(A)))
 * singular     at A = 0: C = 0 for B > 0, 1 for B = 0, +inf for B < 0; the slope by A is 0 for B > 1, 1 for B = 1,
 *              +inf for 0 < B < 1, 0 for B = 0, -inf for B < 0; the slope by B is 0 for B > 0, else -inf; 1.^inf =
 *              1; NaN where A is negative or either is NaN
 */
#include "ops/ops.h"

#include <inttypes.h>

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    if (S->is_zero(S, x[0]) && S->is_zero(S, x[1])) return whole(S, 1);
    return S->exp(S, times(S, x[1], S->log(S, x[0])));
}

MGD_BLOCK2(blocks, a >= 0 && b == b ? mgd__pow(mgd__abs(a), b) : (T)NAN);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *a = c->arg[0], *b = c->arg[1];
    if (i == 1) return mgd_chain(t, mgd_chain(c, mgd_log(a)));
    return mgd_chain(t, mgd_chain(b, mgd_pow(a, mgd_subtract(b, mgd__whole(c, 1)))));
}

const mgd_operation mgd__op_pow = {
    .name = "pow",
    .operands = 2,
    .notation = "<1.^>2",
    .precedence = MGD_POSTFIX,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_positive,
    .times_slope = times_slope,
};

/** A.^B, entry by entry, of one size; a 1x1 beside a matrix is spread over it. A negative A gives NaN, unless B is an
 * exact number, where this is mgd_power_rational. */
mgd_var *mgd_pow(mgd_var *A, mgd_var *B) {
    const int64_t limit = (int64_t)1 << 62;
    if (A && mgd__is(B, &mgd__op_number) && A->tape == B->tape && imaxabs(B->p.rational.numerator) < limit &&
        B->p.rational.denominator < limit)
        return mgd_power_rational(A, B->p.rational.numerator, B->p.rational.denominator);
    return mgd__record2(&mgd__op_pow, mgd__spread(A, B), mgd__spread(B, A));
}
