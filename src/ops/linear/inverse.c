/* SPDX-License-Identifier: MIT */
/* inverse: the inverse of a square matrix.
 *
 * value        C = inv(A)
 * pullback     dA -= C' dC C'
 * pushforward  C. = -C A. C
 * singular     a pivot of 0 is an error
 * source       Giles 2008
 */
#include "ops/linear/lu.h"
#include "ops/traits.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    int64_t n = out->rows, width = 2 * n;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * width) * sizeof *w);
    if (!w) return;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            w[i * width + j] = at(in, i, j);
            w[i * width + n + j] = whole(S, i == j);
        }
    mgd__eliminate(S, n, n, w);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) put(out, i, j, w[i * width + n + j]);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    mgd_factors f = mgd__factors(&in[1]);
    double *c = out->data;
    if (!mgd__is_regular(s, f)) return false;
    for (size_t i = 0; i < f.n; i++)
        for (size_t j = 0; j < f.n; j++) c[i * f.n + j] = i == j;
    mgd__dlu_solve(false, f.n, f.n, f.lu, f.pivots, c, f.n);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *ct = mgd_transpose(c);
    return mgd_negate(mgd_matmul(mgd_matmul(ct, t), ct));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd_negate(mgd_matmul(mgd_matmul(c, t), c));
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 2 * n * n * n;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return of[0] & ~(unsigned)MGD_POSITIVE;
}

const mgd_operation mgd__op_inverse = {
    .name = "inverse",
    .operands = 1,
    .auxiliary = 1,
    .notation = "inv({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_square,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
    .traits = traits,
};

/** The inverse of an n x n matrix. To multiply by it, mgd_solve is faster and more accurate. */
mgd_var *mgd_inverse(mgd_var *A) { return mgd__record2(&mgd__op_inverse, A, mgd__lu(A)); }
