/* SPDX-License-Identifier: MIT */
/* sigmoid: the logistic function, entry by entry.
 *
 * value        C = 1 ./ (1 + exp(-A))
 * pullback     dA += chain(dC, sigmoid_slope(A))
 * pushforward  C. = chain(A., sigmoid_slope(A))
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element one = whole(S, 1), minus_x = minus(S, whole(S, 0), x[0]);
    return over(S, one, plus(S, one, S->exp(S, minus_x)));
}

MGD_BLOCK1(blocks, mgd__sigmoid(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd__slope_of_sigmoid(c->arg[0]));
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return MGD_POSITIVE | (of[0] & MGD_SYMMETRIC);
}

const mgd_operation mgd__op_sigmoid = {
    .name = "sigmoid",
    .operands = 1,
    .notation = "sigmoid({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** The logistic function 1/(1 + exp(-A)), entry by entry. */
mgd_var *mgd_sigmoid(mgd_var *A) { return mgd__record1(&mgd__op_sigmoid, A); }
