/* SPDX-License-Identifier: MIT */
/* acos: the arc cosine, entry by entry.
 *
 * value        C = pi/2 - asin(A), from 0 to pi
 * pullback     dA -= chain(dC, 1 ./ sqrt((1 - A) .* (1 + A)))
 * pushforward  C. = -chain(A., 1 ./ sqrt((1 - A) .* (1 + A)))
 * singular     the slope at -1 and 1 is -inf; the value is NaN beyond
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element right_angle = over(S, S->function(S, MGD_PI, 0, whole(S, 0)), whole(S, 2));
    return minus(S, right_angle, S->function(S, MGD_ARCSINE, 0, x[0]));
}

/* 2t/(1 + t^2), so that 1 - A^2 is a square. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    (void)key;
    (void)s;
    (void)out;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) {
            mgd_element t = at(in, i, j);
            put(in, i, j, over(S, plus(S, t, t), plus(S, whole(S, 1), times(S, t, t))));
        }
    return true;
}

MGD_BLOCK1(blocks, mgd__acos(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *a = c->arg[0], *one = mgd__whole(c, 1);
    mgd_var *sine = mgd_sqrt(mgd_hadamard(mgd_subtract(one, a), mgd_add(one, a)));
    return mgd_negate(mgd_chain(t, mgd_divide(one, sine)));
}

const mgd_operation mgd__op_acos = {
    .name = "acos",
    .operands = 1,
    .notation = "acos({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = domain,
    .times_slope = times_slope,
};

/** The angle whose cosine is A, entry by entry, in radians, from 0 to pi. */
mgd_var *mgd_acos(mgd_var *A) { return mgd__record1(&mgd__op_acos, A); }
