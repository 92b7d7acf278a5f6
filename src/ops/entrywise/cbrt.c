/* SPDX-License-Identifier: MIT */
/* cbrt: the real cube root, entry by entry.
 *
 * value        C = sign(A) .* |A|.^(1/3)
 * pullback     dA += chain(dC, (1/3) ./ C.^2)
 * pushforward  C. = chain(A., (1/3) ./ C.^2)
 * singular     the slope at 0 is +inf
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element sign = S->sign(S, x[0]);
    return times(S, sign, S->power(S, times(S, x[0], sign), 1, 3));
}

MGD_BLOCK1(blocks, mgd__cbrt(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_divide(mgd_rational(c->tape, 1, 3), mgd_square(c)));
}

const mgd_operation mgd__op_cbrt = {
    .name = "cbrt",
    .operands = 1,
    .notation = "cbrt({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** The real cube root of A, entry by entry; negative entries have negative ones. */
mgd_var *mgd_cbrt(mgd_var *A) { return mgd__record1(&mgd__op_cbrt, A); }
