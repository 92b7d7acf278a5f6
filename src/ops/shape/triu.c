/* SPDX-License-Identifier: MIT */
/* triu: the upper triangle.
 *
 * value        C(i,j) = A(i,j) on and above the diagonal, 0 below
 * pullback     dA += triu(dC)
 * pushforward  C. = triu(A.)
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    return a->rows == 1 || mgd__is(a, v->op) || mgd__is_zeros(a) ? a : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, j < i ? whole(S, 0) : at(in, i, j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double *a = in->data;
    double *c = out->data;
    for (int64_t i = 0, n = out->cols; i < out->rows; i++)
        for (int64_t j = 0; j < n; j++) c[i * n + j] = j < i ? 0 : a[i * n + j];
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return MGD_UPPER_TRIANGULAR | (of[0] & MGD_PATTERNS);
}

const mgd_operation mgd__op_triu = {
    .name = "triu",
    .operands = 1,
    .notation = "triu({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = mgd__pushforward_linear,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

/** The upper triangle of A, its diagonal included; 0 below. */
mgd_var *mgd_triu(mgd_var *A) { return mgd__record1(&mgd__op_triu, A); }
