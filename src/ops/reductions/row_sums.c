/* SPDX-License-Identifier: MIT */
/* row_sums: the sum of each row.
 *
 * value        c(i) = sum over j of A(i,j), a column
 * pullback     dA += dc ones(1, cols)
 * pushforward  c. = row_sums(A.)
 */
#include "ops/ops.h"

static bool shape(mgd_var *v) {
    v->rows = v->arg[0]->rows;
    v->cols = 1;
    return true;
}

static mgd_var *reduce(const mgd_var *v) { return v->arg[0]->cols == 1 ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < in->rows; i++) {
        mgd_element total = whole(S, 0);
        for (int64_t j = 0; j < in->cols; j++) total = plus(S, total, at(in, i, j));
        put(out, i, 0, total);
    }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double *a = in->data;
    double *c = out->data;
    for (int64_t i = 0; i < in->rows; i++) c[i] = mgd__dsum((size_t)in->cols, a + i * in->cols);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__repeat(t, c->arg[i]->rows, c->arg[i]->cols); }

const mgd_operation mgd__op_row_sums = {
    .name = "row_sums",
    .operands = 1,
    .notation = "rowsum({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The sum of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_sums(mgd_var *A) { return mgd__record1(&mgd__op_row_sums, A); }
