/* SPDX-License-Identifier: MIT */
/* cosh: the hyperbolic cosine, entry by entry.
 *
 * value        C = (exp(A) + exp(-A))/2
 * pullback     dA += chain(dC, sinh(A))
 * pushforward  C. = chain(A., sinh(A))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element minus_x = minus(S, whole(S, 0), x[0]);
    return over(S, plus(S, S->exp(S, x[0]), S->exp(S, minus_x)), whole(S, 2));
}

MGD_BLOCK1(blocks, mgd__cosh(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_sinh(c->arg[0]));
}

const mgd_operation mgd__op_cosh = {
    .name = "cosh",
    .operands = 1,
    .notation = "cosh({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** cosh(A), entry by entry. */
mgd_var *mgd_cosh(mgd_var *A) { return mgd__record1(&mgd__op_cosh, A); }
