/* SPDX-License-Identifier: MIT */
/* kronecker: the Kronecker product, a block A(i,j) B for each entry of A.
 *
 * value        C(p i + k, q j + l) = A(i,j) B(k,l) for B of p x q, counted from 0
 * pullback     dA += kronecker_adjoint(dC, B): each block's inner product with B;  dB += kronecker_adjoint(dC, A): the
 *              blocks summed up, times A's entries
 * pushforward  C. = kronecker(A., B) + kronecker(A, B.)
 * source       Van Loan 2000
 */
#include "ops/ops.h"

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0], *b = v->arg[1];
    v->rows = mgd__dim_times(v->tape, a->rows, b->rows);
    v->cols = v->rows ? mgd__dim_times(v->tape, a->cols, b->cols) : 0;
    return v->cols;
}

static mgd_var *reduce(const mgd_var *v) {
    return mgd__is_ones(v->arg[0]) && mgd__is_ones(v->arg[1]) ? mgd__ones_like(v) : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    int64_t p = in[1].rows, q = in[1].cols;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++)
            put(out, i, j, times(S, at(&in[0], i / p, j / q), at(&in[1], i % p, j % q)));
}

/* Row by row of the result, as it is stored. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    int64_t n = in[0].cols, p = in[1].rows, q = in[1].cols;
    double *c = out->data;
    for (int64_t row = 0; row < out->rows; row++) {
        const double *a = (const double *)in[0].data + row / p * n, *b = (const double *)in[1].data + row % p * q;
        for (int64_t j = 0; j < n; j++, c += q)
            for (int64_t l = 0; l < q; l++) c[l] = a[j] * b[l];
    }
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd__kronecker_adjoint(t, c->arg[1 - i], i == 1, c->arg[i]->rows, c->arg[i]->cols);
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return i == 0 ? mgd_kronecker(t, c->arg[1]) : mgd_kronecker(c->arg[0], t);
}

const mgd_operation mgd__op_kronecker = {
    .name = "kronecker",
    .operands = 2,
    .notation = "kron({1},{2})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** The Kronecker product, mp x nq for A of m x n and B of p x q: blocks of B's size, A(i,j) B. */
mgd_var *mgd_kronecker(mgd_var *A, mgd_var *B) {
    if (A && mgd__is_scalar(B)) return mgd_scale(B, A);
    if (B && mgd__is_scalar(A)) return mgd_scale(A, B);
    return mgd__record2(&mgd__op_kronecker, A, B);
}
