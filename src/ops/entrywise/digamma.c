/* SPDX-License-Identifier: MIT */
/* digamma: the derivative of lgamma, entry by entry.
 *
 * value        C = gamma'(A) ./ gamma(A)
 * pullback     dA += chain(dC, polygamma(A,1))
 * pushforward  C. = chain(A., polygamma(A,1))
 * singular     -inf at 0 (+inf at -0) with slope +inf; NaN at -1, -2, ... with slope +inf; NaN at -inf
 * source       Abramowitz and Stegun 1964, section 6.3
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_POLYGAMMA, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__polygamma(0, a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_polygamma(c->arg[0], 1));
}

const mgd_operation mgd__op_digamma = {
    .name = "digamma",
    .operands = 1,
    .notation = "digamma({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The derivative of log|gamma| at A, entry by entry. */
mgd_var *mgd_digamma(mgd_var *A) { return mgd__record1(&mgd__op_digamma, A); }
