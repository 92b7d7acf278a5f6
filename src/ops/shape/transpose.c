/* SPDX-License-Identifier: MIT */
/* transpose: rows become columns.
 *
 * value        C = A'
 * pullback     dA += dC'
 * pushforward  C. = A.'
 */
#include "ops/ops.h"
#include "ops/traits.h"

static bool shape(mgd_var *v) {
    v->rows = v->arg[0]->cols;
    v->cols = v->arg[0]->rows;
    return true;
}

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    if (mgd__is_scalar(a) || mgd__is(a, &mgd__op_eye)) return a;
    if (mgd__is(a, v->op)) return a->arg[0];
    if (mgd__is_zeros(a)) return mgd__zeros_like(v);
    return mgd__is_ones(a) ? mgd__ones_like(v) : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, at(in, j, i));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd__dtranspose((size_t)in->rows, (size_t)in->cols, in->data, (size_t)in->cols, out->data, (size_t)out->cols);
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return mgd__traits_transposed(of[0]);
}

const mgd_operation mgd__op_transpose = {
    .name = "transpose",
    .operands = 1,
    .notation = "<1'",
    .precedence = MGD_POSTFIX,
    .shape = shape,
    .reduce = reduce,
    .seen_through = true,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = mgd__pushforward_linear,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

/** A', n x m for an m x n matrix A. */
mgd_var *mgd_transpose(mgd_var *A) { return mgd__record1(&mgd__op_transpose, A); }
