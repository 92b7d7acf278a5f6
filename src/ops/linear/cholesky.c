/* SPDX-License-Identifier: MIT */
/* cholesky: the lower Cholesky factor of the symmetric half of a matrix.
 *
 * value        (A + A')/2 = L L', L lower triangular with a positive diagonal
 * pullback     dA += (S + S')/2 with S = inv(L)' P inv(L), P the lower triangle of L' dL with half its diagonal
 * pushforward  L. = L P, P the lower triangle of inv(L) (A. + A.')/2 inv(L)' with half its diagonal
 * singular     a pivot that is not positive is an error
 * source       Murray 2016, arXiv:1602.07527
 */
#include "numbers/draw.h"
#include "ops/ops.h"
#include "ops/traits.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            if (j > i) {
                put(out, i, j, whole(S, 0));
                continue;
            }
            mgd_element x = over(S, plus(S, at(in, i, j), at(in, j, i)), whole(S, 2));
            for (int64_t k = 0; k < j; k++) x = minus(S, x, times(S, at(out, i, k), at(out, j, k)));
            put(out, i, j, i == j ? S->power(S, x, 1, 2) : over(S, x, at(out, j, j)));
        }
}

/* A = L L' + K for a random L, whose diagonal is positive, and a random skew K, which is not to matter; it is 0 where A
 * is declared symmetric. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    (void)out;
    unsigned declared = mgd_assumptions(s->node->arg[0]);
    for (int64_t i = 0, n = in->rows; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = mgd__draw_definite(S, key, n, i, j, declared & MGD_POSITIVE);
            if (!(declared & MGD_SYMMETRIC)) x = plus(S, x, mgd__draw_skew(S, key + (1 << 20), n, i, j));
            put(in, i, j, x);
        }
    return true;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    const double *a = in->data;
    double *l = out->data;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) l[i * n + j] = (a[i * n + j] + a[j * n + i]) / 2;
    size_t pivot = mgd__dcholesky(n, l);
    if (!pivot) return true;
    return mgd__undefined(s->complaint, "cholesky: %s is not positive definite: pivot %zu of %zu is not positive",
                          mgd__label(s->node->arg[0]).text, pivot, n);
}

static mgd_var *half_lower(mgd_var *a) { return mgd__lower(a, 1, 2); }

/* inv(L) A inv(L)' or, with L given as L', inv(L)' A inv(L) */
static mgd_var *between(mgd_var *l, mgd_var *a) {
    return mgd_transpose(mgd_triangular_solve(l, mgd_transpose(mgd_triangular_solve(l, a))));
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *lt = mgd_transpose(c);
    return mgd__symmetric_half(between(lt, half_lower(mgd_matmul(lt, t))));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_matmul(c, half_lower(between(c, mgd__symmetric_half(t))));
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return n * n * n / 3;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    (void)of;
    return MGD_LOWER_TRIANGULAR;
}

const mgd_operation mgd__op_cholesky = {
    .name = "cholesky",
    .operands = 1,
    .notation = "cholesky({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_square,
    .meaning = meaning,
    .domain = domain,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
    .traits = traits,
};

/** The lower triangular L with L L' = (A + A')/2, of A's size n x n. */
mgd_var *mgd_cholesky(mgd_var *A) { return mgd__record1(&mgd__op_cholesky, A); }
