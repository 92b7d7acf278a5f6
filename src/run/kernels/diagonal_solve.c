/* SPDX-License-Identifier: MIT */
/* diagonal_solve: inv(diag(d)) B, without the matrix. */
#include "run/kernels/kernels.h"

static bool shape(mgd_var *v) {
    v->rows = v->arg[1]->rows;
    v->cols = v->arg[1]->cols;
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, over(S, at(&in[1], i, j), at(&in[0], i, 0)));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const double *d = in[0].data, *b = in[1].data;
    double *x = out->data;
    for (int64_t i = 0, m = out->cols; i < out->rows; i++) {
        if (d[i] == 0)
            return mgd__undefined(s->complaint, "solve: a diagonal matrix is singular: entry %lld of %s is 0",
                                  (long long)i + 1, mgd__label(s->node->arg[0]).text);
        for (int64_t j = 0; j < m; j++) x[i * m + j] = b[i * m + j] / d[i];
    }
    return true;
}

const mgd_operation mgd__op_diagonal_solve = {
    .name = "diagonal_solve",
    .operands = 2,
    .notation = "solve(diag({1}),{2})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
};

mgd_var *mgd__diagonal_solve(mgd_var *d, mgd_var *b) { return mgd__record2(&mgd__op_diagonal_solve, d, b); }
