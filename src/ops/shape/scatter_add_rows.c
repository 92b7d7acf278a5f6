/* SPDX-License-Identifier: MIT */
/* scatter_add_rows: zeros, to whose rows those of a matrix are added, each where a constant index says.
 *
 * value        C = 0;  C(index[k], j) += A(k,j) for each k, in order
 * pullback     dA += gather_rows(dC)
 * pushforward  C. = scatter_add_rows(A.)
 */
#include "ops/shape/index.h"

#include <stdlib.h>
#include <string.h>

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    v->cols = a->cols;
    if (a->rows != v->p.sizes.length)
        return mgd__refuse(v->tape, "scatter_add_rows: %s is %s, the index has %lld entries: one for each row",
                           mgd__label(a).text, mgd__size_label(a).text, (long long)v->p.sizes.length);
    for (int64_t k = 0; v->rows > 0 && k < v->p.sizes.length; k++)
        if (v->p.sizes.list[k] >= v->rows)
            return mgd__refuse(v->tape, "scatter_add_rows: index[%lld] is %ld: the result has the rows 0 to %ld",
                               (long long)k, (long)v->p.sizes.list[k], (long)v->rows - 1);
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, whole(S, 0));
    if (!mgd__index_drawn_inside(S, s, out->rows)) return;
    for (int64_t k = 0; k < in->rows; k++)
        for (int64_t j = 0; j < in->cols; j++) put(out, s->sizes[k], j, plus(S, at(out, s->sizes[k], j), at(in, k, j)));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    if (!mgd__index_inside(s, out->rows)) return false;
    int64_t n = out->cols;
    const double *a = in->data;
    double *c = out->data;
    memset(c, 0, (size_t)out->rows * (size_t)n * sizeof *c);
    for (int64_t k = 0; k < in->rows; k++) {
        const double *restrict row = a + k * n;
        double *restrict to = c + s->sizes[k] * n;
        for (int64_t j = 0; j < n; j++) to[j] += row[j];
    }
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd__apply(&mgd__op_gather_rows, c->p, 0, 0, 1, &t);
}

/* The operands one below another, and the lists one behind another. */
static mgd_var *merge(mgd_tape *t, size_t n, mgd_var *const *terms) {
    size_t length = 0, done = 0;
    for (size_t k = 0; k < n; k++) length += (size_t)terms[k]->p.sizes.length;
    mgd_var **part = malloc(n * sizeof *part), *all = NULL;
    mgd_dim *list = malloc(length * sizeof *list);
    mgd_parameters p = MGD_NO_PARAMETERS;
    for (size_t k = 0; part && list && k < n; k++) {
        part[k] = terms[k]->arg[0];
        memcpy(list + done, terms[k]->p.sizes.list, (size_t)terms[k]->p.sizes.length * sizeof *list);
        done += (size_t)terms[k]->p.sizes.length;
    }
    if (part && list) {
        all = mgd_vcat(n, part);
        p = mgd__size_list(t, list, length);
    } else {
        mgd__out_of_memory(t);
    }
    free(part);
    free(list);
    return all && p.sizes.list ? mgd__apply(&mgd__op_scatter_add_rows, p, terms[0]->rows, 0, 1, &all) : NULL;
}

const mgd_operation mgd__op_scatter_add_rows = {
    .name = "scatter_add_rows",
    .operands = 1,
    .parameter = MGD_PARAMETER_SIZES,
    .notation = "scatter_add_rows({1},[%z],%r)",
    .precedence = MGD_ATOM,
    .shape = shape,
    .merge = merge,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

static mgd_var *scattered(mgd_var *a, size_t n, const int64_t *index, mgd_dim rows) {
    mgd_parameters p = mgd__index_list(a->tape, "scatter_add_rows", n, index);
    return p.sizes.list ? mgd__apply(&mgd__op_scatter_add_rows, p, rows, 0, 1, &a) : NULL;
}

/** Zeros of `rows` rows, to which row k of A (n x m) is added at row index[k], counted from 0, for each k: the adjoint
 * of mgd_gather_rows. */
mgd_var *mgd_scatter_add_rows(mgd_var *A, size_t n, const int64_t *index, int64_t rows) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim d = mgd__dim_number(A->tape, rows);
    return d ? scattered(A, n, index, d) : NULL;
}

/** The same with a size in names. */
mgd_var *mgd_scatter_add_rows_sized(mgd_var *A, size_t n, const int64_t *index, const mgd_size *rows) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim d = mgd__dim_of(A->tape, rows);
    if (d) return scattered(A, n, index, d);
    mgd__refuse(A->tape, "scatter_add_rows: the number of rows is NULL or of another tape");
    return NULL;
}
