/* SPDX-License-Identifier: MIT */
/* trace: the sum of the diagonal.
 *
 * value        s = sum of A(i,i)
 * pullback     dA += ds eye(n)
 * pushforward  s. = trace(A.)
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v->arg[0]) ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    mgd_element total = whole(S, 0);
    for (int64_t i = 0; i < in->rows; i++) total = plus(S, total, at(in, i, i));
    put(out, 0, 0, total);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double *a = in->data;
    double total = 0;
    for (int64_t i = 0; i < in->rows; i++) total += a[i * in->cols + i];
    *(double *)out->data = total;
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_scale(t, mgd_eye_sized(c->tape, mgd_rows_of(c->arg[i])));
}

const mgd_operation mgd__op_trace = {
    .name = "trace",
    .operands = 1,
    .notation = "tr({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar_of_square,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The sum of the diagonal of a square matrix, 1x1. */
mgd_var *mgd_trace(mgd_var *A) { return mgd__record1(&mgd__op_trace, A); }
