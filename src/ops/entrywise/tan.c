/* SPDX-License-Identifier: MIT */
/* tan: the tangent, entry by entry.
 *
 * value        C = sin(A) ./ cos(A)
 * pullback     dA += chain(dC, 1 + C.^2)
 * pushforward  C. = chain(A., 1 + C.^2)
 * singular     NaN at infinity
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return over(S, S->function(S, MGD_SINE, 0, x[0]), S->function(S, MGD_COSINE, 0, x[0]));
}

MGD_BLOCK1(blocks, mgd__tan(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_add(mgd__whole(c, 1), mgd_square(c)));
}

const mgd_operation mgd__op_tan = {
    .name = "tan",
    .operands = 1,
    .notation = "tan({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** tan(A), entry by entry, in radians. */
mgd_var *mgd_tan(mgd_var *A) { return mgd__record1(&mgd__op_tan, A); }
