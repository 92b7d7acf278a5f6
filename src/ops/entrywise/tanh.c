/* SPDX-License-Identifier: MIT */
/* tanh: the hyperbolic tangent, entry by entry.
 *
 * value        C = (exp(A) - exp(-A)) ./ (exp(A) + exp(-A))
 * pullback     dA += chain(dC, 4 sigmoid_slope(2 A)), which is 1 ./ cosh(A).^2 where 1 - C.^2 has lost its digits
 * pushforward  C. = chain(A., 4 sigmoid_slope(2 A))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element e = S->exp(S, x[0]), f = S->exp(S, minus(S, whole(S, 0), x[0]));
    return over(S, minus(S, e, f), plus(S, e, f));
}

MGD_BLOCK1(blocks, mgd__tanh(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *twice = mgd_scale(mgd__whole(c, 2), c->arg[0]);
    return mgd_chain(t, mgd_scale(mgd__whole(c, 4), mgd__slope_of_sigmoid(twice)));
}

const mgd_operation mgd__op_tanh = {
    .name = "tanh",
    .operands = 1,
    .notation = "tanh({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** tanh(A), entry by entry. */
mgd_var *mgd_tanh(mgd_var *A) { return mgd__record1(&mgd__op_tanh, A); }
