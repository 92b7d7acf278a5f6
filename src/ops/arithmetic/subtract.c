/* SPDX-License-Identifier: MIT */
/* subtract: the difference, entry by entry.
 *
 * value        C = A - B
 * pullback     dA += dC;  dB -= dC
 * pushforward  C. = A. - B.
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is_zeros(v->arg[1]) ? v->arg[0] : NULL; }

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return minus(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, a - b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    return i == 0 ? t : mgd_negate(t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return of[0] & of[1] & MGD_LINEAR_TRAITS;
}

const mgd_operation mgd__op_subtract = {
    .name = "subtract",
    .operands = 2,
    .notation = "<1->2",
    .precedence = MGD_SUM,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** A - B, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_subtract(mgd_var *A, mgd_var *B) {
    return mgd__record2(&mgd__op_subtract, mgd__spread(A, B), mgd__spread(B, A));
}
