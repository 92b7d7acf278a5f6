/* SPDX-License-Identifier: MIT */
/* sum: the sum of all entries.
 *
 * value        s = sum of A(i,j)
 * pullback     dA += ds ones(rows, cols)
 * pushforward  s. = sum(A.)
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v->arg[0]) ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    mgd_element total = whole(S, 0);
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) total = plus(S, total, at(in, i, j));
    put(out, 0, 0, total);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    *(double *)out->data = mgd__dsum((size_t)in->rows * (size_t)in->cols, in->data);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__spread(t, c->arg[i]); }

const mgd_operation mgd__op_sum = {
    .name = "sum",
    .operands = 1,
    .notation = "sum({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The sum of all entries, 1x1. */
mgd_var *mgd_sum(mgd_var *A) { return mgd__record1(&mgd__op_sum, A); }
