/* SPDX-License-Identifier: MIT */
/* log_softmax: the logarithm of the softmax, of all entries, of each row or of each column.
 *
 * value        C = A - repeat(logsumexp(A)), as (A - m) - log1p(r) with m and r as in logsumexp
 * pullback     dA += dC - W .* repeat(sums of dC) with W the softmax of A
 * pushforward  C. = A. - repeat(sums of A. .* W)
 * singular     accurate where the softmax is near 1 and where it underflows; -inf gives -inf; a group with
 *              +inf gives NaN there and -inf elsewhere, and one of -inf alone gives NaN
 * source       Blanchard, Higham and Higham 2021
 */
#include "ops/ops.h"

#include <math.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++) {
        mgd_element total = whole(S, 0);
        for (int64_t k = 0; k < g.length; k++) total = plus(S, total, S->exp(S, mgd__member(in, &g, i, k)));
        mgd_element shift = S->log(S, total);
        for (int64_t k = 0; k < g.length; k++)
            put(out, 0, i * g.first + k * g.step, minus(S, mgd__member(in, &g, i, k), shift));
    }
}

static void of_group(const mgd_step *s, size_t n, const double *a, double *c) {
    double state[MGD_STATE];
    mgd__reduce_run(mgd__op_logsumexp.reduction, s->isa, n, a, state);
    const double shift = log1p(state[1]);
    for (size_t j = 0; j < n; j++) c[j] = (a[j] - state[0]) - shift;
}

static void of_columns(const mgd_step *s, size_t rows, size_t cols, const double *a, double *c) {
    double *most = s->scratch, *shift = most + cols, *levels = shift + cols;
    mgd__reduce_columns(mgd__op_logsumexp.reduction, s->isa, rows, cols, a, most, levels);
    for (size_t j = 0; j < cols; j++) shift[j] = log1p(shift[j]);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++) c[i * cols + j] = (a[i * cols + j] - most[j]) - shift[j];
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    return mgd__each_group(s, in, out, of_group, of_columns);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    return mgd__reduce_scratch(mgd__op_logsumexp.reduction, axis, (size_t)in->rows, (size_t)in->cols) * sizeof(double);
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_axis axis = mgd__axis_of(c->op, &c->p);
    mgd_var *w = mgd__softmax(axis, c->arg[i]);
    return mgd_subtract(t, mgd_hadamard(w, mgd__repeat_over(mgd__sums_along(axis, t), c)));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    mgd_axis axis = mgd__axis_of(c->op, &c->p);
    mgd_var *w = mgd__softmax(axis, c->arg[i]);
    return mgd_subtract(t, mgd__repeat_over(mgd__sums_along(axis, mgd_hadamard(t, w)), c));
}

const mgd_operation mgd__op_log_softmax = {
    .name = "log_softmax",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "log_softmax({1})|log_softmax_rows({1})|log_softmax_cols({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** log(softmax(A)) over all entries, a vector's or a matrix's, of A's size, with every digit that there is. */
mgd_var *mgd_log_softmax(mgd_var *A) { return mgd__along(&mgd__op_log_softmax, MGD_ALL, A); }

/** log(softmax_rows(A)). */
mgd_var *mgd_log_softmax_rows(mgd_var *A) { return mgd__along(&mgd__op_log_softmax, MGD_ROWS, A); }

/** log(softmax_cols(A)). */
mgd_var *mgd_log_softmax_cols(mgd_var *A) { return mgd__along(&mgd__op_log_softmax, MGD_COLS, A); }
