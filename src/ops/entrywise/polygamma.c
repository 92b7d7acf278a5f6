/* SPDX-License-Identifier: MIT */
/* polygamma: the derivative of order n + 1 of lgamma, entry by entry.
 *
 * value        C = the n-th derivative of digamma at A, n > 0 a constant
 * pullback     dA += chain(dC, polygamma(A,n+1))
 * pushforward  C. = chain(A., polygamma(A,n+1))
 * singular     at 0, -1, -2, ... +inf for odd n; for even n -inf at 0 (+inf at -0), and NaN at -1, -2, ...; NaN at -inf
 * source       Abramowitz and Stegun 1964, section 6.4
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    return S->function(S, MGD_POLYGAMMA, (int)s->p.rational.numerator, x[0]);
}

MGD_BLOCK1(blocks, mgd__polygamma((int)p, a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_polygamma(c->arg[0], (int)c->p.rational.numerator + 1));
}

const mgd_operation mgd__op_polygamma = {
    .name = "polygamma",
    .operands = 1,
    .parameter = MGD_PARAMETER_RATIONAL,
    .notation = "polygamma({1},%q)",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The n-th derivative of digamma at A, entry by entry: trigamma for n = 1. Refused unless 0 <= n <= 100. */
mgd_var *mgd_polygamma(mgd_var *A, int n) {
    if (!A || A->tape->failed) return NULL;
    if (n == 0) return mgd_digamma(A);
    if (n > 0 && n <= MGD__MOST_POLYGAMMA)
        return mgd__apply(&mgd__op_polygamma, (mgd_parameters){ .rational = { n, 1 } }, 0, 0, 1, &A);
    mgd__refuse(A->tape, "polygamma: the order %d is not between 0 and %d", n, MGD__MOST_POLYGAMMA);
    return NULL;
}
