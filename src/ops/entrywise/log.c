/* SPDX-License-Identifier: MIT */
/* log: the natural logarithm, entry by entry.
 *
 * value        C = log(A)
 * pullback     dA += chain(dC, 1 ./ A)
 * pushforward  C. = chain(A., 1 ./ A)
 * singular     log(0) = -inf with slope +inf; NaN below 0
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->log(S, x[0]);
}

MGD_BLOCK1(blocks, mgd__log(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_divide(mgd__ones_like(c), c->arg[0]));
}

const mgd_operation mgd__op_log = {
    .name = "log",
    .operands = 1,
    .notation = "log({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_positive,
    .times_slope = times_slope,
};

/** log(A), entry by entry. */
mgd_var *mgd_log(mgd_var *A) { return mgd__record1(&mgd__op_log, A); }
