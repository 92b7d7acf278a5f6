/* SPDX-License-Identifier: MIT */
/* atanh: the inverse hyperbolic tangent, entry by entry.
 *
 * value        C = (1/2) log((1 + A) ./ (1 - A))
 * pullback     dA += chain(dC, 1 ./ ((1 - A) .* (1 + A)))
 * pushforward  C. = chain(A., 1 ./ ((1 - A) .* (1 + A)))
 * singular     -inf at -1 and +inf at 1, with slope +inf; the value is NaN beyond
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element one = whole(S, 1), ratio = over(S, plus(S, one, x[0]), minus(S, one, x[0]));
    return over(S, S->log(S, ratio), whole(S, 2));
}

MGD_BLOCK1(blocks, mgd__atanh(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *a = c->arg[0], *one = mgd__whole(c, 1);
    return mgd_chain(t, mgd_divide(one, mgd_hadamard(mgd_subtract(one, a), mgd_add(one, a))));
}

const mgd_operation mgd__op_atanh = {
    .name = "atanh",
    .operands = 1,
    .notation = "atanh({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The number whose hyperbolic tangent is A, entry by entry. */
mgd_var *mgd_atanh(mgd_var *A) { return mgd__record1(&mgd__op_atanh, A); }
