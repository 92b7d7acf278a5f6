/* SPDX-License-Identifier: MIT */
/* lgamma: the logarithm of the magnitude of the gamma function, entry by entry.
 *
 * value        C = log|gamma(A)|
 * pullback     dA += chain(dC, digamma(A))
 * pushforward  C. = chain(A., digamma(A))
 * singular     +inf at 0, -1, -2, ... and at either infinity; the slope is that of digamma
 * source       Abramowitz and Stegun 1964, section 6.1
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_LOG_GAMMA, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__log_gamma(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_digamma(c->arg[0]));
}

const mgd_operation mgd__op_lgamma = {
    .name = "lgamma",
    .operands = 1,
    .notation = "lgamma({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** log|gamma(A)|, entry by entry. */
mgd_var *mgd_lgamma(mgd_var *A) { return mgd__record1(&mgd__op_lgamma, A); }
