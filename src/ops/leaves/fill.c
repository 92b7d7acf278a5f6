/* SPDX-License-Identifier: MIT */
/* What zeros and ones have in common: every entry is the parameter. */
#include "ops/leaves/fill.h"

mgd_var *mgd__fill_reduce(const mgd_var *v) {
    return mgd__is_scalar(v) ? mgd_rational(v->tape, v->p.rational.numerator, v->p.rational.denominator) : NULL;
}

void mgd__fill_meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)in;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, whole(S, s->p.rational.numerator));
}

bool mgd__fill_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)in;
    double *c = out->data, x = (double)s->p.rational.numerator;
    for (size_t i = 0, n = (size_t)out->rows * (size_t)out->cols; i < n; i++) c[i] = x;
    return true;
}

mgd_var *mgd__fill_like(const mgd_operation *op, int64_t value, const mgd_var *v) {
    mgd_parameters p = { .rational = { value, 1 } };
    return v ? mgd__record(v->tape, op, p, v->rows, v->cols, 0, NULL) : NULL;
}

mgd_var *mgd__fill(mgd_tape *t, const mgd_operation *op, int64_t value, const mgd_size *rows, const mgd_size *cols) {
    if (!t || t->failed) return NULL;
    mgd_dim r = mgd__dim_of(t, rows), c = mgd__dim_of(t, cols);
    mgd_parameters p = { .rational = { value, 1 } };
    if (r && c) return mgd__record(t, op, p, r, c, 0, NULL);
    mgd__refuse(t, "%s: the number of %s is NULL or of another tape", op->name, r ? "columns" : "rows");
    return NULL;
}

bool mgd__is_fill(const mgd_var *v, const mgd_operation *op, int64_t value) {
    return mgd__is(v, op) ||
           (mgd__is(v, &mgd__op_number) && v->p.rational.numerator == value && v->p.rational.denominator == 1);
}
