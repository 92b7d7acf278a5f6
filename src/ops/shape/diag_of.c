/* SPDX-License-Identifier: MIT */
/* diag_of: the diagonal of a square matrix, as a column.
 *
 * value        c(i) = A(i,i)
 * pullback     dA += from_diag(dc)
 * pushforward  c. = diag_of(A.)
 */
#include "ops/ops.h"
#include "ops/traits.h"

static bool shape(mgd_var *v) {
    if (!mgd__shape_square(v)) return false;
    v->cols = 1;
    return true;
}

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    return mgd__is_scalar(a) ? a : mgd__is(a, &mgd__op_from_diag) ? a->arg[0] : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    for (int64_t i = 0; i < out->rows; i++) put(out, i, 0, at(in, i, i));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double *a = in->data;
    double *c = out->data;
    for (int64_t i = 0; i < out->rows; i++) c[i] = a[i * in->cols + i];
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    return mgd_from_diag(t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return of[0] & (MGD_POSITIVE | MGD_POSITIVE_DEFINITE) ? MGD_POSITIVE : 0;
}

const mgd_operation mgd__op_diag_of = {
    .name = "diag_of",
    .operands = 1,
    .notation = "diag({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

/** The diagonal of an n x n matrix, n x 1. */
mgd_var *mgd_diag_of(mgd_var *A) { return mgd__record1(&mgd__op_diag_of, A); }
