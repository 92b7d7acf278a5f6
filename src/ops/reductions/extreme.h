/* SPDX-License-Identifier: MIT */
/* What max and min share: either is the largest of sign times the entries. */
#ifndef MGD_EXTREME_H
#define MGD_EXTREME_H

#include "ops/ops.h"

#include <math.h>

/* The one that is farther in the sign's direction, or NaN. A constant sign leaves a compare and a choice: a vector's.
 */
MGD_PRIMITIVE double mgd__farther(double sign, double x, double most) {
    return sign * x > sign * most || x != x ? x : most;
}

MGD_PRIMITIVE void mgd__extreme_start(double sign, size_t n, double *state) {
    for (size_t j = 0; j < n; j++) state[j] = -sign * (double)INFINITY;
}

/* By halves: the second is laid over the first, entry by entry, until few are left. */
static inline double mgd__extreme_of_block(const mgd_block_kernels *farther, double sign, mgd_isa isa, size_t n,
                                           const double *x) {
    enum { FEW = 8 };
    double part[(MGD_REDUCTION_BLOCK + 1) / 2], most;
    const double *from = x;
    while (n > FEW) {
        size_t half = n / 2, rest = n - half;
        if (rest > half) part[half] = from[half];
        farther->of[0][isa](0, half, (const void *[]){ from, from + rest }, part);
        from = part;
        n = rest;
    }
    most = from[0];
    for (size_t i = 1; i < n; i++) most = mgd__farther(sign, from[i], most);
    return most;
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

/* The slope: 1 at the extreme entry, shared where there are several. Where c is NaN no entry is equal to it, and 0 over
 * 0 of them is NaN. */
static inline mgd_var *mgd__extreme_slope(mgd_var *c) {
    mgd_var *a = c->arg[0], *places = mgd_is_equal(a, mgd__repeat_over(c, a));
    mgd_var *ties = mgd__sums_along(mgd__axis_of(c->op, &c->p), places);
    return mgd_hadamard(places, mgd__repeat_over(mgd_reciprocal(ties), a));
}

#endif
