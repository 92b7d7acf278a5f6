/* SPDX-License-Identifier: MIT */
/* pinv: the Moore-Penrose inverse.
 *
 * value        C: A C A = A, C A C = C, A C and C A symmetric; inv(A' A) A' or A' inv(A A') where A has full rank
 * pullback     dA += (dC' - A C dC') C C' + C' C (dC' - dC' C A) - C' dC C'
 * pushforward  C. = C C' (A.' - A.' A C) + (A.' - C A A.') C' C - C A. C
 * singular     singular values below max(m,n) eps times the largest count as 0; the derivative is then that along
 *              changes of A that keep the rank, since C jumps along all others
 * source       Golub and Pereyra 1973, equation 4.12
 */
#include "ops/ops.h"

#include <float.h>

static bool shape(mgd_var *v) {
    v->rows = v->arg[0]->cols;
    v->cols = v->arg[0]->rows;
    return true;
}

/* Row i and column j of the long side of A: of A where it is tall, else of A'. */
static mgd_element at_tall(const mgd_matrix *a, int64_t i, int64_t j) {
    return a->rows >= a->cols ? at(a, i, j) : at(a, j, i);
}

/* T = A or A', whichever is tall: [T' T | T'] becomes [I | pinv(T)]. */
static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    bool tall = in->rows >= in->cols;
    int64_t m = tall ? in->rows : in->cols, n = tall ? in->cols : in->rows, width = n + m;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * width) * sizeof *w);
    if (!w) return;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = whole(S, 0);
            for (int64_t k = 0; k < m; k++) x = plus(S, x, times(S, at_tall(in, k, i), at_tall(in, k, j)));
            w[i * width + j] = x;
        }
        for (int64_t k = 0; k < m; k++) w[i * width + n + k] = at_tall(in, k, i);
    }
    mgd__eliminate(S, n, m, w);
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = 0; k < m; k++) put(out, tall ? i : k, tall ? k : i, w[i * width + n + k]);
}

/* V diag(1/s) U' */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t m = (size_t)in->rows, n = (size_t)in->cols, r = m < n ? m : n;
    double *u = s->scratch, *v = u + m * r, *values = v + n * r;
    if (!mgd__dsvd(m, n, in->data, u, values, v, values + r))
        return mgd__undefined(s->complaint,
                              "pinv: %s has no singular values that could be computed: are its entries "
                              "finite?",
                              mgd__label(s->node->arg[0]).text);
    const double least = (double)(m > n ? m : n) * DBL_EPSILON * values[0];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r; k++) v[i * r + k] = values[k] > least ? v[i * r + k] / values[k] : 0;
    mgd__dproduct(false, true, n, m, r, v, u, out->data);
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    size_t m = (size_t)in->rows, n = (size_t)in->cols, r = m < n ? m : n;
    return (m + n + 1) * r * sizeof(double) + mgd__dsvd_scratch(m, n);
}

/* X - X Y Z */
static mgd_var *less_right(mgd_var *x, mgd_var *y, mgd_var *z) {
    return mgd_subtract(x, mgd_matmul(mgd_matmul(x, y), z));
}

/* X - Y Z X */
static mgd_var *less_left(mgd_var *x, mgd_var *y, mgd_var *z) {
    return mgd_subtract(x, mgd_matmul(y, mgd_matmul(z, x)));
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *a = c->arg[i], *ct = mgd_transpose(c), *tt = mgd_transpose(t);
    mgd_var *left = mgd_matmul(mgd_matmul(less_left(tt, a, c), c), ct);
    mgd_var *right = mgd_matmul(ct, mgd_matmul(c, less_right(tt, c, a)));
    return mgd_subtract(mgd_add(left, right), mgd_matmul(mgd_matmul(ct, t), ct));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *a = c->arg[i], *ct = mgd_transpose(c), *tt = mgd_transpose(t);
    mgd_var *left = mgd_matmul(c, mgd_matmul(ct, less_right(tt, a, c)));
    mgd_var *right = mgd_matmul(mgd_matmul(less_left(tt, c, a), ct), c);
    return mgd_subtract(mgd_add(left, right), mgd_matmul(mgd_matmul(c, t), c));
}

static double flops(const mgd_var *v) {
    double m = v->arg[0]->rows, n = v->arg[0]->cols, r = m < n ? m : n;
    return 6 * m * n * r + 8 * r * r * r;
}

const mgd_operation mgd__op_pinv = {
    .name = "pinv",
    .operands = 1,
    .notation = "pinv({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** The Moore-Penrose inverse of an m x n matrix, n x m. Singular values below max(m,n) eps times the largest count as
 * 0; derivatives are those at constant rank. */
mgd_var *mgd_pinv(mgd_var *A) { return mgd__record1(&mgd__op_pinv, A); }
