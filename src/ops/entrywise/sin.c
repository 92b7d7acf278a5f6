/* SPDX-License-Identifier: MIT */
/* sin: the sine, entry by entry.
 *
 * value        C = sin(A)
 * pullback     dA += chain(dC, cos(A))
 * pushforward  C. = chain(A., cos(A))
 * singular     NaN at infinity
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->function(S, MGD_SINE, 0, x[0]);
}

MGD_BLOCK1(blocks, mgd__sin(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_cos(c->arg[0]));
}

const mgd_operation mgd__op_sin = {
    .name = "sin",
    .operands = 1,
    .notation = "sin({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** sin(A), entry by entry, in radians. */
mgd_var *mgd_sin(mgd_var *A) { return mgd__record1(&mgd__op_sin, A); }
