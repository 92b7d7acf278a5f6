/* SPDX-License-Identifier: MIT */
/* sigmoid_slope: the derivative of the logistic function, entry by entry.
 *
 * value        C = E ./ (1 + E).^2 with E = exp(-|A|): C .* (1 - C) of the sigmoid would be 0 at 40
 * pullback     dA -= chain(dC, C .* tanh(A/2)), which is sigmoid(A) - sigmoid(-A) with the digits that it loses near 0
 * pushforward  C. = -chain(A., C .* tanh(A/2))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element one = whole(S, 1), e = S->exp(S, minus(S, whole(S, 0), x[0])), r = plus(S, one, e);
    return over(S, e, times(S, r, r));
}

MGD_BLOCK1(blocks, mgd__sigmoid_slope(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *a = c->arg[0];
    mgd_var *half = mgd_rational(a->tape, 1, 2);
    return mgd_negate(mgd_chain(t, mgd_hadamard(c, mgd_tanh(mgd_scale(half, a)))));
}

const mgd_operation mgd__op_sigmoid_slope = {
    .name = "sigmoid_slope",
    .operands = 1,
    .notation = "sigmoid_slope({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__slope_of_sigmoid(mgd_var *a) { return mgd__record1(&mgd__op_sigmoid_slope, a); }
