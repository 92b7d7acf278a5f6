/* SPDX-License-Identifier: MIT */
/* softplus: log(1 + exp(A)), entry by entry.
 *
 * value        C = log(1 + exp(A)), as max(A,0) + log1p(exp(-|A|)): nothing overflows
 * pullback     dA += chain(dC, sigmoid(A))
 * pushforward  C. = chain(A., sigmoid(A))
 * singular     0 at -inf with slope 0, +inf at +inf with slope 1
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->log(S, plus(S, whole(S, 1), S->exp(S, x[0])));
}

MGD_BLOCK1(blocks, mgd__softplus(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_sigmoid(c->arg[0]));
}

const mgd_operation mgd__op_softplus = {
    .name = "softplus",
    .operands = 1,
    .notation = "softplus({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** log(1 + exp(A)), entry by entry. */
mgd_var *mgd_softplus(mgd_var *A) { return mgd__record1(&mgd__op_softplus, A); }
