/* SPDX-License-Identifier: MIT */
/* log1p: log(1 + A), entry by entry, with all its digits where A is near 0.
 *
 * value        C = log(1 + A)
 * pullback     dA += chain(dC, 1 ./ (1 + A))
 * pushforward  C. = chain(A., 1 ./ (1 + A))
 * singular     -inf at -1 with slope +inf; the value is NaN below
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->log(S, plus(S, whole(S, 1), x[0]));
}

MGD_BLOCK1(blocks, mgd__log1p(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_chain(t, mgd_divide(mgd__whole(c, 1), mgd_add(mgd__whole(c, 1), c->arg[0])));
}

const mgd_operation mgd__op_log1p = {
    .name = "log1p",
    .operands = 1,
    .notation = "log1p({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** log(1 + A), entry by entry, accurate near 0. */
mgd_var *mgd_log1p(mgd_var *A) { return mgd__record1(&mgd__op_log1p, A); }
