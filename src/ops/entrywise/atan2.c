/* SPDX-License-Identifier: MIT */
/* atan2: the angle of the point (B, A), entry by entry.
 *
 * value        C = atan(A ./ B), and pi more or less where B < 0: between -pi and pi, pi included
 * pullback     dA += chain(dC, B ./ (A.^2 + B.^2));  dB -= chain(dC, A ./ (A.^2 + B.^2))
 * pushforward  C. = chain(A., B ./ (A.^2 + B.^2)) - chain(B., A ./ (A.^2 + B.^2))
 * singular     0 where A and B are 0, with slopes 0; the sign of a zero does not count; NaN where A or B is NaN; the
 *              slope by either is NaN where the other is infinite
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element zero = whole(S, 0), right_angle = over(S, S->function(S, MGD_PI, 0, zero), whole(S, 2));
    bool level = S->is_zero(S, x[0]);
    mgd_element side = level ? whole(S, 1) : S->sign(S, x[0]), behind = minus(S, whole(S, 1), S->sign(S, x[1]));
    if (!S->is_zero(S, x[1])) {
        mgd_element angle = S->function(S, MGD_ARCTANGENT, 0, over(S, x[0], x[1]));
        return plus(S, angle, times(S, times(S, right_angle, side), behind));
    }
    if (level) return zero;
    return minus(S, times(S, right_angle, side), S->function(S, MGD_ARCTANGENT, 0, over(S, x[1], x[0])));
}

MGD_BLOCK2(blocks, mgd__atan2(a + 0, b + 0));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *a = c->arg[0], *b = c->arg[1], *radius = mgd_hypot(a, b);
    mgd_var *slope = mgd__quotient_or_zero(mgd__quotient_or_zero(i == 0 ? b : a, radius), radius);
    return i == 0 ? mgd_chain(t, slope) : mgd_negate(mgd_chain(t, slope));
}

const mgd_operation mgd__op_atan2 = {
    .name = "atan2",
    .operands = 2,
    .notation = "atan2({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = mgd__domain_right_triangle,
    .times_slope = times_slope,
};

/** The angle in radians, above -pi and up to pi, from the first axis to the points (B, A), entry by entry, of one size;
 * a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_atan2(mgd_var *A, mgd_var *B) {
    return mgd__record2(&mgd__op_atan2, mgd__spread(A, B), mgd__spread(B, A));
}
