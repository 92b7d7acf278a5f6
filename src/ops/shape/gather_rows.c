/* SPDX-License-Identifier: MIT */
/* gather_rows: rows of a matrix in the order of a constant index, some perhaps repeated, some left out.
 *
 * value        C(k,j) = A(index[k], j)
 * pullback     dA += scatter_add_rows(dC); those of one matrix become one node
 * pushforward  C. = gather_rows(A.)
 */
#include "ops/shape/index.h"

#include <string.h>

static bool shape(mgd_var *v) {
    v->rows = (mgd_dim)v->p.sizes.length;
    v->cols = v->arg[0]->cols;
    return mgd__index_fits(v, v->arg[0]->rows);
}

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    if (a->rows > 0 && mgd__is_zeros(a)) return mgd__zeros_like(v);
    if (a->rows > 0 && mgd__is_ones(a)) return mgd__ones_like(v);
    if (!mgd__same_size(v, a)) return NULL;
    for (int64_t k = 0; k < v->p.sizes.length; k++)
        if (v->p.sizes.list[k] != k) return NULL;
    return a;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    bool inside = mgd__index_drawn_inside(S, s, in->rows);
    for (int64_t k = 0; k < out->rows; k++)
        for (int64_t j = 0; j < out->cols; j++) put(out, k, j, inside ? at(in, s->sizes[k], j) : whole(S, 0));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    if (!mgd__index_inside(s, in->rows)) return false;
    int64_t n = out->cols;
    const double *a = in->data;
    double *c = out->data;
    for (int64_t k = 0; k < out->rows; k++) memcpy(c + k * n, a + s->sizes[k] * n, (size_t)n * sizeof *c);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd__apply(&mgd__op_scatter_add_rows, c->p, c->arg[i]->rows, 0, 1, &t);
}

const mgd_operation mgd__op_gather_rows = {
    .name = "gather_rows",
    .operands = 1,
    .parameter = MGD_PARAMETER_SIZES,
    .notation = "gather_rows({1},[%z])",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The n rows index[0], index[1], ... of A, counted from 0: n x the columns of A. The index is copied. A row that A
 * does not have is an error: of recording where A's size is a number, else of evaluation. */
mgd_var *mgd_gather_rows(mgd_var *A, size_t n, const int64_t *index) {
    if (!A || A->tape->failed) return NULL;
    mgd_parameters p = mgd__index_list(A->tape, "gather_rows", n, index);
    return p.sizes.list ? mgd__apply(&mgd__op_gather_rows, p, 0, 0, 1, &A) : NULL;
}
