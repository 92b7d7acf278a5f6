/* SPDX-License-Identifier: MIT */
/* sinh: the hyperbolic sine, entry by entry.
 *
 * value        C = (exp(A) - exp(-A))/2
 * pullback     dA += chain(dC, cosh(A))
 * pushforward  C. = chain(A., cosh(A))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element minus_x = minus(S, whole(S, 0), x[0]);
    return over(S, minus(S, S->exp(S, x[0]), S->exp(S, minus_x)), whole(S, 2));
}

MGD_BLOCK1(blocks, mgd__sinh(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_cosh(c->arg[0]));
}

const mgd_operation mgd__op_sinh = {
    .name = "sinh",
    .operands = 1,
    .notation = "sinh({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** sinh(A), entry by entry. */
mgd_var *mgd_sinh(mgd_var *A) { return mgd__record1(&mgd__op_sinh, A); }
