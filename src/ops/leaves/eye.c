/* SPDX-License-Identifier: MIT */
/* eye: the identity matrix.
 *
 * value        C(i,i) = 1,  C(i,j) = 0 elsewhere
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v) ? mgd__whole(v, 1) : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)in;
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, whole(S, i == j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)in;
    (void)s;
    double *c = out->data;
    for (int64_t i = 0, n = out->rows; i < n; i++)
        for (int64_t j = 0; j < n; j++) c[i * n + j] = i == j;
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    (void)of;
    return MGD_DIAGONAL | MGD_POSITIVE_DEFINITE | MGD_ORTHOGONAL;
}

const mgd_operation mgd__op_eye = {
    .name = "eye",
    .notation = "eye(%r)",
    .precedence = MGD_ATOM,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .traits = traits,
};

/** The n x n identity matrix. */
mgd_var *mgd_eye(mgd_tape *t, int64_t n) { return mgd_eye_sized(t, mgd_size_number(t, n)); }

/** The same of a size in names. */
mgd_var *mgd_eye_sized(mgd_tape *t, const mgd_size *n) {
    if (!t || t->failed) return NULL;
    mgd_dim d = mgd__dim_of(t, n);
    if (d) return mgd__record(t, &mgd__op_eye, MGD_NO_PARAMETERS, d, d, 0, NULL);
    mgd__refuse(t, "eye: the size is NULL or of another tape");
    return NULL;
}
