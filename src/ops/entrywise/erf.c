/* SPDX-License-Identifier: MIT */
/* erf: the error function, entry by entry.
 *
 * value        C = erf(A) = 2/sqrt(pi) times the integral of exp(-s^2) from 0 to A
 * pullback     dA += chain(dC, 2/sqrt(pi) gaussian(A))
 * pushforward  C. = chain(A., 2/sqrt(pi) gaussian(A))
 * source       Abramowitz and Stegun 1964, section 7.1
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_ERROR_FUNCTION, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__erf(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *peak = mgd_divide(mgd__whole(c, 2), mgd_sqrt(mgd_pi(c->tape)));
    return mgd_chain(t, mgd_scale(peak, mgd__gaussian_of(c->arg[0])));
}

const mgd_operation mgd__op_erf = {
    .name = "erf",
    .operands = 1,
    .notation = "erf({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The error function of A, entry by entry. */
mgd_var *mgd_erf(mgd_var *A) { return mgd__record1(&mgd__op_erf, A); }
