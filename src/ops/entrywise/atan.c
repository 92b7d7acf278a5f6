/* SPDX-License-Identifier: MIT */
/* atan: the arc tangent, entry by entry.
 *
 * value        C = atan(A), between -pi/2 and pi/2
 * pullback     dA += chain(dC, 1 ./ (1 + A.^2))
 * pushforward  C. = chain(A., 1 ./ (1 + A.^2))
 * singular     the slope at infinity is 0
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_ARCTANGENT, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__atan(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *one = mgd__whole(c, 1);
    return mgd_chain(t, mgd_divide(one, mgd_add(one, mgd_square(c->arg[0]))));
}

const mgd_operation mgd__op_atan = {
    .name = "atan",
    .operands = 1,
    .notation = "atan({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The angle whose tangent is A, entry by entry, in radians, between -pi/2 and pi/2. */
mgd_var *mgd_atan(mgd_var *A) { return mgd__record1(&mgd__op_atan, A); }
