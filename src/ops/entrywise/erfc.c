/* SPDX-License-Identifier: MIT */
/* erfc: the complementary error function, entry by entry.
 *
 * value        C = 1 - erf(A), with all its digits where A is large
 * pullback     dA -= chain(dC, 2/sqrt(pi) gaussian(A))
 * pushforward  C. = -chain(A., 2/sqrt(pi) gaussian(A))
 * source       Abramowitz and Stegun 1964, section 7.1
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return minus(S, whole(S, 1), S->function(S, MGD_ERROR_FUNCTION, 0, x[0]));
}

MGD_BLOCK1(blocks, mgd__erfc(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *peak = mgd_divide(mgd__whole(c, 2), mgd_sqrt(mgd_pi(c->tape)));
    return mgd_negate(mgd_chain(t, mgd_scale(peak, mgd__gaussian_of(c->arg[0]))));
}

const mgd_operation mgd__op_erfc = {
    .name = "erfc",
    .operands = 1,
    .notation = "erfc({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** 1 - erf(A), entry by entry, accurate where that is small. */
mgd_var *mgd_erfc(mgd_var *A) { return mgd__record1(&mgd__op_erfc, A); }
