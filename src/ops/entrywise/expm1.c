/* SPDX-License-Identifier: MIT */
/* expm1: exp(A) - 1, entry by entry, with all its digits where A is near 0.
 *
 * value        C = exp(A) - 1
 * pullback     dA += chain(dC, exp(A))
 * pushforward  C. = chain(A., exp(A))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return minus(S, S->exp(S, x[0]), whole(S, 1));
}

MGD_BLOCK1(blocks, mgd__expm1(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_exp(c->arg[0]));
}

const mgd_operation mgd__op_expm1 = {
    .name = "expm1",
    .operands = 1,
    .notation = "expm1({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** exp(A) - 1, entry by entry, accurate near 0. */
mgd_var *mgd_expm1(mgd_var *A) { return mgd__record1(&mgd__op_expm1, A); }
