/* SPDX-License-Identifier: MIT */
/* det_sign: the sign of the determinant.
 *
 * value        s = -1, 0 or 1, the sign of det(A): det(A) = det_sign(A) exp(logdet(A)) where A is regular
 * pullback     none: the slope is 0
 * pushforward  none
 * singular     0 where a pivot is 0; NaN where an entry is
 */
#include "ops/linear/lu.h"

#include <math.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    put(out, 0, 0, S->sign(S, mgd__determinant(S, in)));
}

/* A NaN in A reaches a pivot. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd_factors f = mgd__factors(&in[1]);
    double sign = mgd__dlu_sign(f.n, f.lu, f.pivots);
    for (size_t i = 0; i < f.n; i++)
        if (isnan(f.lu[i * f.n + i])) sign = NAN;
    *(double *)out->data = sign;
    return true;
}

static mgd_var *no_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    (void)t;
    return NULL;
}

const mgd_operation mgd__op_det_sign = {
    .name = "det_sign",
    .operands = 1,
    .auxiliary = 1,
    .notation = "det_sign({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar_of_square,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = no_slope,
    .pushforward = no_slope,
};

/** The sign of the determinant of an n x n matrix: -1, 0 or 1, 1x1. With mgd_logdet, whose factorisation it shares, it
 * is the determinant without overflow. Its derivative is 0. */
mgd_var *mgd_det_sign(mgd_var *A) { return mgd__record2(&mgd__op_det_sign, A, mgd__lu(A)); }
