/* SPDX-License-Identifier: MIT */
/* sqrt: the square root, entry by entry.
 *
 * value        C = sqrt(A)
 * pullback     dA += chain(dC, (1/2) ./ C)
 * pushforward  C. = chain(A., (1/2) ./ C)
 * singular     the slope at 0 is +inf; NaN below 0; over a square, as in sqrt(x.^2), the gradient at 0 is inf * 0 = NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->power(S, x[0], 1, 2);
}

MGD_BLOCK1(blocks, mgd__sqrt(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_divide(mgd_rational(c->tape, 1, 2), c));
}

const mgd_operation mgd__op_sqrt = {
    .name = "sqrt",
    .operands = 1,
    .notation = "sqrt({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_positive,
    .times_slope = times_slope,
};

/** sqrt(A), entry by entry. */
mgd_var *mgd_sqrt(mgd_var *A) { return mgd__record1(&mgd__op_sqrt, A); }
