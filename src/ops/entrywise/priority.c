/* SPDX-License-Identifier: MIT */
/* priority: whose entry is the larger: the slopes of maximum and minimum.
 *
 * value        C = 1 where A > B, 0 where A < B, 1/2 where they are equal
 * pullback     none; none
 * pushforward  none
 * singular     NaN where either is NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return over(S, plus(S, whole(S, 1), S->sign(S, minus(S, x[0], x[1]))), whole(S, 2));
}

MGD_BLOCK2(blocks, a > b ? 1 : a < b ? 0 : a == b ? (T)0.5 : a + b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    (void)t;
    return NULL;
}

const mgd_operation mgd__op_priority = {
    .name = "priority",
    .operands = 2,
    .notation = "priority({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__priority(mgd_var *a, mgd_var *b) { return mgd__record2(&mgd__op_priority, a, b); }
