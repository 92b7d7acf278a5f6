/* SPDX-License-Identifier: MIT */
/* cos: the cosine, entry by entry.
 *
 * value        C = cos(A)
 * pullback     dA -= chain(dC, sin(A))
 * pushforward  C. = -chain(A., sin(A))
 * singular     NaN at infinity
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_COSINE, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__cos(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_negate(mgd_chain(t, mgd_sin(c->arg[0])));
}

const mgd_operation mgd__op_cos = {
    .name = "cos",
    .operands = 1,
    .notation = "cos({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** cos(A), entry by entry, in radians. */
mgd_var *mgd_cos(mgd_var *A) { return mgd__record1(&mgd__op_cos, A); }
