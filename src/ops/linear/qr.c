/* SPDX-License-Identifier: MIT */
/* qr: orthonormal columns times an upper triangular matrix.
 *
 * value        A = Q R, Q' Q = I, R upper triangular with a positive diagonal; Q is m x r, R r x n, r = min(m, n)
 * pullback     dA += [(D + Q (P + P')) inv(R1)', 0] + [0, Q dR2] with R = [R1, R2], R1 r x r, D = dQ + A [0, dR2]',
 *              P the lower triangle of R1 dR1' - D' Q with half its diagonal
 * pushforward  Q. = B - Q U, R. = [U R1, Q' A2. - (L - L') R2] with B = A1. inv(R1), L the part of Q' B below the
 *              diagonal, U = Q' B - L + L'
 * singular     one of the first r columns that depends on those before it is an error that names it
 * source       Walter and Lehmann 2010, arXiv:1001.1654; Seeger et al. 2017, arXiv:1710.08717;
 *              Roberts and Roberts 2020, arXiv:2009.10071, for a wide A
 */
#include "numbers/draw.h"
#include "ops/ops.h"

#include <float.h>
#include <math.h>

enum { Q, R };

static mgd_dim rank_of(const mgd_var *v) { return mgd__dim_min(v->tape, v->arg[0]->rows, v->arg[0]->cols); }

static bool part(const mgd_var *v, int k, mgd_dim *rows, mgd_dim *cols) {
    mgd_dim r = rank_of(v);
    *rows = k == Q ? v->arg[0]->rows : r;
    *cols = k == Q ? r : v->arg[0]->cols;
    return r;
}

static bool shape(mgd_var *v) {
    mgd_dim r = rank_of(v), sum = r ? mgd__dim_add(v->tape, v->arg[0]->rows, v->arg[0]->cols) : 0;
    v->rows = sum ? mgd__dim_times(v->tape, sum, r) : 0;
    v->cols = 1;
    return v->rows;
}

static mgd_element entry_of_product(const mgd_numbers *S, const mgd_matrix *out, int64_t i, int64_t j) {
    mgd_element x = whole(S, 0);
    for (int64_t k = 0; k < out[R].rows; k++) x = plus(S, x, times(S, at(&out[Q], i, k), at(&out[R], k, j)));
    return x;
}

static void equations(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, const mgd_matrix *out,
                      mgd_residuals *zero) {
    (void)s;
    const mgd_matrix *q = &out[Q];
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++)
            mgd__must_vanish(S, zero, minus(S, at(in, i, j), entry_of_product(S, out, i, j)));
    for (int64_t i = 0; i < q->cols; i++)
        for (int64_t j = 0; j < q->cols; j++) {
            mgd_element x = whole(S, -(i == j));
            for (int64_t k = 0; k < q->rows; k++) x = plus(S, x, times(S, at(q, k, i), at(q, k, j)));
            mgd__must_vanish(S, zero, x);
            if (i > j) mgd__must_vanish(S, zero, at(&out[R], i, j));
        }
}

static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    int64_t m = in->rows, n = in->cols;
    const mgd_element *q = mgd__draw_orthogonal(S, key, m);
    if (!q) return false;
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < out[Q].cols; j++) put(&out[Q], i, j, q[i * m + j]);
    for (int64_t i = 0; i < out[R].rows; i++)
        for (int64_t j = 0; j < n; j++)
            put(&out[R], i, j, j < i ? whole(S, 0) : S->draw(S, key + (1 << 20) + (uint64_t)(i * n + j), i == j));
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) put(in, i, j, entry_of_product(S, out, i, j));
    return true;
}

/* The first column, from 1, of which nothing but rounding is orthogonal to those before it; 0 where there is none. */
static size_t dependent_column(const mgd_array *r, int64_t longest) {
    const double *data = r->data;
    for (int64_t j = 0; j < r->rows; j++) {
        double length = 0;
        for (int64_t i = 0; i <= j; i++) length = hypot(length, data[i * r->cols + j]);
        if (data[j * r->cols + j] <= (double)longest * DBL_EPSILON * length) return (size_t)j + 1;
    }
    return 0;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    bool finite = mgd__dqr((size_t)in->rows, (size_t)in->cols, in->data, out[Q].data, out[R].data, s->scratch);
    size_t column = finite ? dependent_column(&out[R], in->rows > in->cols ? in->rows : in->cols) : 0;
    if (finite && !column) return true;
    mgd_label a = mgd__label(s->node->arg[0]);
    if (!finite) return mgd__undefined(s->complaint, "qr: %s has entries that are not finite", a.text);
    return mgd__undefined(s->complaint, "qr: %s has no unique factors: column %zu %s", a.text, column,
                          column == 1 ? "is 0" : "depends on those before it");
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return mgd__dqr_scratch((size_t)in->rows, (size_t)in->cols);
}

/* The first columns of X, and zeros in the place of the others: as many as the rank. */
static mgd_var *first_columns(mgd_var *x, mgd_dim r) {
    mgd_parameters corner = mgd__size_list(x->tape, (mgd_dim[]){ 0, 0 }, 2);
    return corner.sizes.list ? mgd__apply(&mgd__op_block, corner, x->rows, r, 1, &x) : NULL;
}

static mgd_var *widened(mgd_var *x, mgd_dim cols) {
    return !x || x->cols == cols ? x : mgd__place(x->tape, 1, &x, (mgd_dim[]){ 0, 0 }, x->rows, cols);
}

/* X with zeros in its first columns; NULL where there are no others. With sizes in names there may be. */
static mgd_var *other_columns(mgd_var *x, mgd_dim r) {
    return x && x->cols != r ? mgd_subtract(x, widened(first_columns(x, r), x->cols)) : NULL;
}

static mgd_var *add(mgd_var *a, mgd_var *b) { return a && b ? mgd_add(a, b) : a ? a : b; }

/* X inv(R) */
static mgd_var *over_triangle(mgd_var *x, mgd_var *r) {
    return mgd_transpose(mgd_triangular_solve_upper(mgd_transpose(r), mgd_transpose(x)));
}

static mgd_var *over_transposed(mgd_var *x, mgd_var *r) {
    return mgd_transpose(mgd_triangular_solve_upper(r, mgd_transpose(x)));
}

static mgd_var *pullback_parts(mgd_var *c, size_t i, mgd_var *const *dc) {
    mgd_var *a = c->arg[i], *q = mgd__part(c, Q), *r = mgd__part(c, R), *D = dc[Q], *M = NULL;
    mgd_dim rank = q ? q->cols : 0;
    if (!r) return NULL;
    mgd_var *r1 = first_columns(r, rank), *dr2 = other_columns(dc[R], rank);
    if (dr2) D = add(D, mgd_matmul(a, mgd_transpose(dr2)));
    if (dc[R]) M = mgd_matmul(r1, mgd_transpose(first_columns(dc[R], rank)));
    if (D) {
        mgd_var *dq = mgd_matmul(mgd_transpose(D), q);
        M = M ? mgd_subtract(M, dq) : mgd_negate(dq);
    }
    mgd_var *P = mgd__lower(M, 1, 2), *X = add(D, mgd_matmul(q, mgd_add(P, mgd_transpose(P))));
    return add(widened(over_transposed(X, r1), a->cols), dr2 ? mgd_matmul(q, dr2) : NULL);
}

static mgd_var *pushforward_part(mgd_var *c, int k, size_t i, mgd_var *t) {
    mgd_var *q = mgd__part(c, Q), *r = mgd__part(c, R), *qt = mgd_transpose(q);
    if (!qt || !r) return NULL;
    mgd_var *r1 = first_columns(r, q->cols), *B = over_triangle(first_columns(t, q->cols), r1), *C = mgd_matmul(qt, B);
    mgd_var *L = mgd__lower(C, 0, 1), *U = mgd_add(mgd_subtract(C, L), mgd_transpose(L));
    (void)i;
    if (k == Q) return mgd_subtract(B, mgd_matmul(q, U));
    mgd_var *turn = mgd_subtract(L, mgd_transpose(L));
    mgd_var *others = r->cols == q->cols ? NULL : mgd_subtract(mgd_matmul(qt, t), mgd_matmul(turn, r));
    return add(widened(mgd_matmul(U, r1), r->cols), other_columns(others, q->cols));
}

static double flops(const mgd_var *v) {
    double m = v->arg[0]->rows, n = v->arg[0]->cols, r = m < n ? m : n;
    return 4 * m * n * r;
}

const mgd_operation mgd__op_qr = {
    .name = "qr",
    .operands = 1,
    .results = 2,
    .notation = "qr_q({1})|qr_r({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .part = part,
    .equations = equations,
    .domain = domain,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback_parts = pullback_parts,
    .pushforward_part = pushforward_part,
};

/** The orthonormal factor of an m x n matrix, m x min(m,n): A = Q R, where R has a positive diagonal, so that both are
 * unique. The first min(m,n) columns of A must not depend on one another. */
mgd_var *mgd_qr_q(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_qr, A), Q); }

/** The upper triangular factor, min(m,n) x n. */
mgd_var *mgd_qr_r(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_qr, A), R); }
