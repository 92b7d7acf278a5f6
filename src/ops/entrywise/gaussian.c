/* SPDX-License-Identifier: MIT */
/* gaussian: the slope of erf but for a factor, with the digits that exp loses in the rounding of a large square.
 *
 * value        C = exp(-A.^2)
 * pullback     dA -= chain(dC, 2 A .* C)
 * pushforward  C. = -chain(A., 2 A .* C)
 * singular     the slope at infinity is 0
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->exp(S, minus(S, whole(S, 0), times(S, x[0], x[0])));
}

MGD_BLOCK1(blocks, mgd__gaussian(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *twice = mgd_scale(mgd__whole(c, -2), c->arg[0]);
    return mgd_chain(t, mgd_chain(c, twice));
}

const mgd_operation mgd__op_gaussian = {
    .name = "gaussian",
    .operands = 1,
    .notation = "gaussian({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__gaussian_of(mgd_var *a) { return mgd__record1(&mgd__op_gaussian, a); }
