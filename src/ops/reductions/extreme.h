/* SPDX-License-Identifier: MIT */
/* What max and min share: either is the largest of sign times the entries. */
#ifndef MGD_EXTREME_H
#define MGD_EXTREME_H

#include "ops/ops.h"

#include <math.h>

/* The one that is farther in the sign's direction, or NaN. A constant sign leaves a compare and a choice, for vectors.
 */
MGD_PRIMITIVE double mgd__farther(double sign, double x, double most) {
    return sign * x > sign * most || x != x ? x : most;
}

MGD_PRIMITIVE void mgd__extreme_start(double sign, size_t n, double *state) {
    for (size_t j = 0; j < n; j++) state[j] = -sign * (double)INFINITY;
}

MGD_PRIMITIVE void mgd__extreme_block(double sign, size_t n, const double *x, double *state) {
    enum { LANES = 8 };
    double most[LANES];
    size_t i = 0;
    mgd__extreme_start(sign, LANES, most);
    for (; i + LANES <= n; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) most[lane] = mgd__farther(sign, x[i + lane], most[lane]);
    for (; i < n; i++) most[0] = mgd__farther(sign, x[i], most[0]);
    for (size_t lane = 1; lane < LANES; lane++) most[0] = mgd__farther(sign, most[lane], most[0]);
    *state = most[0];
}

MGD_PRIMITIVE void mgd__extreme_combine(double sign, size_t n, double *state, const double *other) {
    for (size_t j = 0; j < n; j++) state[j] = mgd__farther(sign, other[j], state[j]);
}

/* Which member of group i is the extreme; the first of equal ones. In the order of the members, so that it is the same
 * one over residues too, whose signs are no order. */
static inline int64_t mgd__extreme_member(const mgd_numbers *S, int sign, const mgd_matrix *in, const mgd_groups *g,
                                          int64_t i) {
    int64_t best = 0;
    for (int64_t k = 1; k < g->length; k++) {
        mgd_element gain = minus(S, mgd__member(in, g, i, k), mgd__member(in, g, i, best));
        if (S->is_zero(S, minus(S, S->sign(S, gain), whole(S, sign)))) best = k;
    }
    return best;
}

static inline void mgd__extreme_meaning(const mgd_numbers *S, int sign, const mgd_step *s, const mgd_matrix *in,
                                        mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++)
        put(out, 0, i, mgd__member(in, &g, i, mgd__extreme_member(S, sign, in, &g, i)));
}

/* 1 at each extreme entry. */
static inline mgd_var *mgd__extreme_places(mgd_var *c) {
    mgd_var *a = c->arg[0];
    return mgd__same(a, mgd__repeat_over(c, a));
}

/* 1 over how many share the slope, times t: 0 where t is 0. */
static inline mgd_var *mgd__shared(mgd_var *t, mgd_var *places, mgd_axis axis) {
    mgd_var *ties = mgd__sums_along(axis, places);
    return mgd_chain(t, mgd_divide(mgd__ones_like(ties), ties));
}

static inline mgd_var *mgd__extreme_pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *places = mgd__extreme_places(c);
    return mgd_chain(mgd__repeat_over(mgd__shared(t, places, mgd__axis_of(c->op, &c->p)), c->arg[i]), places);
}

static inline mgd_var *mgd__extreme_pushforward(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_axis axis = mgd__axis_of(c->op, &c->p);
    mgd_var *places = mgd__extreme_places(c);
    return mgd__shared(mgd__sums_along(axis, mgd_chain(t, places)), places, axis);
}

#endif
