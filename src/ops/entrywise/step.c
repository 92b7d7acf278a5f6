/* SPDX-License-Identifier: MIT */
/* step: the unit step, entry by entry: the slope of relu.
 *
 * value        C = 1 where A > 0, else 0
 * pullback     none: the slope is 0
 * pushforward  none
 * singular     0 at 0; NaN stays NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element sign = S->sign(S, x[0]);
    return over(S, times(S, sign, plus(S, sign, whole(S, 1))), whole(S, 2));
}

MGD_BLOCK1(blocks, a > 0 ? 1 : a <= 0 ? 0 : a);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    (void)t;
    return NULL;
}

const mgd_operation mgd__op_step = {
    .name = "step",
    .operands = 1,
    .notation = "step({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** 1 where A is positive, else 0, entry by entry. Its derivative is 0 everywhere. */
mgd_var *mgd_unit_step(mgd_var *A) { return mgd__record1(&mgd__op_step, A); }
