/* SPDX-License-Identifier: MIT */
/* softmax_rows: each row's exponentials over their sum.
 *
 * value        C(i,j) = exp(A(i,j)) / sum over k of exp(A(i,k))
 * pullback     dA += C .* (dC - row_sums(dC .* C) ones(1, cols))
 * pushforward  C. = C .* (A. - row_sums(A. .* C) ones(1, cols))
 * singular     shifted by the row's largest entry: nothing overflows; a row with +inf or with -inf alone gives NaN
 */
#include "ops/ops.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < in->rows; i++) {
        mgd_element total = whole(S, 0);
        for (int64_t j = 0; j < in->cols; j++) total = plus(S, total, S->exp(S, at(in, i, j)));
        for (int64_t j = 0; j < in->cols; j++) put(out, i, j, over(S, S->exp(S, at(in, i, j)), total));
    }
}

MGD_BLOCK1(exponentials, mgd__exp(a - p));

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->cols;
    for (int64_t i = 0; i < in->rows; i++) {
        const double *a = (const double *)in->data + (size_t)i * n;
        double *c = (double *)out->data + (size_t)i * n, most = a[0];
        for (size_t j = 1; j < n; j++) most = a[j] > most ? a[j] : most;
        exponentials.of[0][s->isa](most, n, (const void *[]){ a }, c);
        double total = mgd__dsum(n, c);
        for (size_t j = 0; j < n; j++) c[j] /= total;
    }
    return true;
}

/* The Jacobian of a row is diag(c) - c c': symmetric, so that one rule serves both directions. */
static mgd_var *times_jacobian(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *means = mgd_row_sums(mgd_hadamard(t, c));
    return mgd_hadamard(c, mgd_subtract(t, mgd__repeat(means, c->rows, c->cols)));
}

const mgd_operation mgd__op_softmax_rows = {
    .name = "softmax_rows",
    .operands = 1,
    .notation = "softmax_rows({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = times_jacobian,
    .pushforward = times_jacobian,
};

/** The softmax of each row of A, of A's size: positive, and every row sums to 1. */
mgd_var *mgd_softmax_rows(mgd_var *A) { return mgd__record1(&mgd__op_softmax_rows, A); }
