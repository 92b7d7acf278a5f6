/* SPDX-License-Identifier: MIT */
/* from_diag: the diagonal matrix of a column.
 *
 * value        C(i,i) = a(i),  C(i,j) = 0 elsewhere
 * pullback     da += diag_of(dC)
 * pushforward  C. = from_diag(a.)
 */
#include "ops/ops.h"
#include "ops/traits.h"

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    if (a->cols != 1)
        return mgd__refuse(v->tape, "from_diag: %s is %s, not a column", mgd__label(a).text, mgd__size_label(a).text);
    v->rows = v->cols = a->rows;
    return true;
}

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v->arg[0]) ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, i == j ? at(in, i, 0) : whole(S, 0));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double *a = in->data;
    double *c = out->data;
    for (int64_t i = 0, n = out->rows; i < n; i++)
        for (int64_t j = 0; j < n; j++) c[i * n + j] = i == j ? a[i] : 0;
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    return mgd_diag_of(t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return MGD_DIAGONAL | (of[0] & MGD_POSITIVE ? MGD_POSITIVE_DEFINITE : 0);
}

const mgd_operation mgd__op_from_diag = {
    .name = "from_diag",
    .operands = 1,
    .notation = "diag({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .seen_through = true,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

/** The n x n matrix with the column a (n x 1) on its diagonal and 0 elsewhere. */
mgd_var *mgd_from_diag(mgd_var *a) { return mgd__record1(&mgd__op_from_diag, a); }
