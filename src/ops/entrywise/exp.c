/* SPDX-License-Identifier: MIT */
/* exp: the exponential, entry by entry.
 *
 * value        C = exp(A)
 * pullback     dA += chain(dC, C)
 * pushforward  C. = chain(A., C)
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->exp(S, x[0]);
}

MGD_BLOCK1(blocks, mgd__exp(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, c);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return MGD_POSITIVE | (of[0] & MGD_SYMMETRIC);
}

const mgd_operation mgd__op_exp = {
    .name = "exp",
    .operands = 1,
    .notation = "exp({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** exp(A), entry by entry. */
mgd_var *mgd_exp(mgd_var *A) { return mgd__record1(&mgd__op_exp, A); }
