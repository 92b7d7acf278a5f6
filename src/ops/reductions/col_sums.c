/* SPDX-License-Identifier: MIT */
/* col_sums: the sum of each column.
 *
 * value        c(j) = sum over i of A(i,j), a row
 * pullback     dA += ones(rows, 1) dc
 * pushforward  c. = col_sums(A.)
 */
#include "ops/ops.h"

static bool shape(mgd_var *v) {
    v->rows = 1;
    v->cols = v->arg[0]->cols;
    return true;
}

static mgd_var *reduce(const mgd_var *v) { return v->arg[0]->rows == 1 ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t j = 0; j < in->cols; j++) {
        mgd_element total = whole(S, 0);
        for (int64_t i = 0; i < in->rows; i++) total = plus(S, total, at(in, i, j));
        put(out, 0, j, total);
    }
}

enum { BLOCK = 128 };

/* The rows in blocks, so that the error grows with their number over BLOCK plus BLOCK, not with their number. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->cols;
    const double *a = in->data;
    double *c = out->data, *partial = s->scratch;
    for (size_t j = 0; j < n; j++) c[j] = 0;
    for (int64_t first = 0; first < in->rows; first += BLOCK) {
        int64_t end = in->rows - first < BLOCK ? in->rows : first + BLOCK;
        for (size_t j = 0; j < n; j++) partial[j] = 0;
        for (int64_t i = first; i < end; i++)
            for (size_t j = 0; j < n; j++) partial[j] += a[(size_t)i * n + j];
        for (size_t j = 0; j < n; j++) c[j] += partial[j];
    }
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return (size_t)in->cols * sizeof(double);
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__repeat(t, c->arg[i]->rows, c->arg[i]->cols); }

const mgd_operation mgd__op_col_sums = {
    .name = "col_sums",
    .operands = 1,
    .notation = "colsum({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The sum of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_sums(mgd_var *A) { return mgd__record1(&mgd__op_col_sums, A); }
