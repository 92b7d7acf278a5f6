/* SPDX-License-Identifier: MIT */
/* same: where two matrices are equal, entry by entry; what the rules of max and min are made of.
 *
 * value        C(i,j) = 1 where A(i,j) = B(i,j), else 0
 * pullback     none; none: the slopes are 0
 * pushforward  none
 * singular     NaN where either is NaN
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return whole(S, S->is_zero(S, minus(S, x[0], x[1])));
}

MGD_BLOCK2(blocks, a == b ? 1 : a != a ? a : b != b ? b : 0);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    (void)t;
    return NULL;
}

const mgd_operation mgd__op_same = {
    .name = "same",
    .operands = 2,
    .commutes = true,
    .notation = "same({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

mgd_var *mgd__same(mgd_var *a, mgd_var *b) { return mgd__record2(&mgd__op_same, a, b); }
