/* SPDX-License-Identifier: MIT */
/* reverse: the rows, or the columns, in the opposite order.
 *
 * value        C(i,j) = A(m-1-i, j), or A(i, n-1-j), counted from 0
 * pullback     dA += reverse(dC)
 * pushforward  C. = reverse(A.)
 */
#include "ops/ops.h"

#include <string.h>

enum { ROWS, COLS };

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    if ((v->p.flag.flag == ROWS ? a->rows : a->cols) == 1 || mgd__is_zeros(a) || mgd__is_ones(a)) return a;
    return mgd__is(a, v->op) && a->p.flag.flag == v->p.flag.flag ? a->arg[0] : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    int64_t m = out->rows, n = out->cols;
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            put(out, i, j, s->p.flag.flag == ROWS ? at(in, m - 1 - i, j) : at(in, i, n - 1 - j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    int64_t m = out->rows, n = out->cols;
    for (int64_t i = 0; i < m; i++) {
        double *c = (double *)out->data + i * n;
        if (s->p.flag.flag == ROWS) {
            memcpy(c, (const double *)in->data + (m - 1 - i) * n, (size_t)n * sizeof *c);
            continue;
        }
        const double *a = (const double *)in->data + i * n;
        for (int64_t j = 0; j < n; j++) c[j] = a[n - 1 - j];
    }
    return true;
}

const mgd_operation mgd__op_reverse = {
    .name = "reverse",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "reverse_rows({1})|reverse_cols({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .reduce = reduce,
    .seen_through = true,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = mgd__pushforward_linear,
    .pushforward = mgd__pushforward_linear,
};

/** The rows of A from the last to the first. */
mgd_var *mgd_reverse_rows(mgd_var *A) { return mgd__apply(&mgd__op_reverse, mgd__flag(ROWS), 0, 0, 1, &A); }

/** The columns of A from the last to the first. */
mgd_var *mgd_reverse_cols(mgd_var *A) { return mgd__apply(&mgd__op_reverse, mgd__flag(COLS), 0, 0, 1, &A); }
