/* SPDX-License-Identifier: MIT */
/* log10: the logarithm to base 10, entry by entry.
 *
 * value        C = log(A)/log(10)
 * pullback     dA += chain(dC, (1/log(10)) ./ A)
 * pushforward  C. = chain(A., (1/log(10)) ./ A)
 * singular     -inf at 0 with slope +inf; the value is NaN below
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return over(S, S->log(S, x[0]), S->log(S, whole(S, 10)));
}

MGD_BLOCK1(blocks, mgd__log10(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *of_one = mgd_divide(mgd__whole(c, 1), mgd_log(mgd__whole(c, 10)));
    return mgd_chain(t, mgd_divide(of_one, c->arg[0]));
}

const mgd_operation mgd__op_log10 = {
    .name = "log10",
    .operands = 1,
    .notation = "log10({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_positive,
    .times_slope = times_slope,
};

/** The logarithm of A to base 10, entry by entry. */
mgd_var *mgd_log10(mgd_var *A) { return mgd__record1(&mgd__op_log10, A); }
