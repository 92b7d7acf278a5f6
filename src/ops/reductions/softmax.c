/* SPDX-License-Identifier: MIT */
/* softmax: the exponentials over their sum, of all entries, of each row or of each column.
 *
 * value        C(k) = exp(A(k)) / sum of exp(A) over k's group: all entries, a row or a column
 * pullback     dA += C .* (dC - repeat(sums of dC .* C))
 * pushforward  C. = C .* (A. - repeat(sums of A. .* C))
 * singular     shifted by the group's largest entry: nothing overflows; a group with +inf, or of -inf alone, gives NaN.
 *              As the slope of logsumexp it has limits there: 1 shared among +inf, and 0 for -inf alone
 */
#include "ops/ops.h"

#include <math.h>

static bool has_limits(const mgd_step *s) { return s->p.flag.flag >= MGD_AXES; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++) {
        mgd_element total = whole(S, 0);
        for (int64_t k = 0; k < g.length; k++) total = plus(S, total, S->exp(S, mgd__member(in, &g, i, k)));
        for (int64_t k = 0; k < g.length; k++)
            put(out, 0, i * g.first + k * g.step, over(S, S->exp(S, mgd__member(in, &g, i, k)), total));
    }
}

/* Of one group, whose largest entry is p, and of one row of several, whose largest entries are b. */
MGD_BLOCK1(exponentials, mgd__exp(a - p));
MGD_BLOCK1(exponentials_or_one, a == p ? 1 : mgd__exp(a - p));
MGD_BLOCK2(row_of_exponentials, mgd__exp(a - b));
MGD_BLOCK2(row_of_exponentials_or_one, a == b ? 1 : mgd__exp(a - b));

/* What a group is divided by: with limits, so that -inf alone becomes 0. */
static double divisor(bool limits, double most, double total) {
    return limits && most == -INFINITY ? (double)INFINITY : total;
}

static void of_group(const mgd_step *s, size_t n, const double *a, double *c) {
    double most, total;
    mgd__reduce(mgd__op_max.reduction, s->isa, MGD_ALL, 1, n, a, &most, NULL);
    const mgd_block_kernels *blocks = has_limits(s) ? &exponentials_or_one : &exponentials;
    blocks->of[0][s->isa](most, n, (const void *[]){ a }, c);
    total = divisor(has_limits(s), most, mgd__dsum(n, c));
    for (size_t j = 0; j < n; j++) c[j] /= total;
}

static void of_columns(const mgd_step *s, size_t rows, size_t cols, const double *a, double *c) {
    double *most = s->scratch, *total = most + cols, *rest = total + cols;
    mgd__reduce(mgd__op_max.reduction, s->isa, MGD_COLS, rows, cols, a, most, rest);
    const mgd_block_kernels *blocks = has_limits(s) ? &row_of_exponentials_or_one : &row_of_exponentials;
    for (size_t i = 0; i < rows; i++)
        blocks->of[0][s->isa](0, cols, (const void *[]){ a + i * cols, most }, c + i * cols);
    mgd__reduce(&mgd__sums, s->isa, MGD_COLS, rows, cols, c, total, rest);
    for (size_t j = 0; j < cols; j++) total[j] = divisor(has_limits(s), most[j], total[j]);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++) c[i * cols + j] /= total[j];
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    return mgd__each_group(s, in, out, of_group, of_columns);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    size_t rows = (size_t)in->rows, cols = (size_t)in->cols;
    if (mgd__axis_of(s->op, &s->p) != MGD_COLS) return 0;
    return (2 * cols + mgd__reduce_scratch(&mgd__sums, MGD_COLS, rows, cols)) * sizeof(double);
}

/* The Jacobian of a group is diag(c) - c c': symmetric, so that one rule serves both directions. */
static mgd_var *times_jacobian(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *means = mgd__sums_along(mgd__axis_of(c->op, &c->p), mgd_hadamard(t, c));
    return mgd_hadamard(c, mgd_subtract(t, mgd__repeat_over(means, c)));
}

const mgd_operation mgd__op_softmax = {
    .name = "softmax",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "softmax({1})|softmax_rows({1})|softmax_cols({1})|softmax({1})|softmax_rows({1})|softmax_cols({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .pullback = times_jacobian,
    .pushforward = times_jacobian,
};

mgd_var *mgd__softmax(mgd_axis axis, mgd_var *a) { return mgd__along(&mgd__op_softmax, axis, a); }
mgd_var *mgd__weights(mgd_axis axis, mgd_var *a) { return mgd__along(&mgd__op_softmax, MGD_AXES + (int64_t)axis, a); }

/** The softmax of all entries, a vector's or a matrix's, of A's size: positive, and the sum is 1. */
mgd_var *mgd_softmax(mgd_var *A) { return mgd__softmax(MGD_ALL, A); }

/** The softmax of each row of A, of A's size: positive, and every row sums to 1. */
mgd_var *mgd_softmax_rows(mgd_var *A) { return mgd__softmax(MGD_ROWS, A); }

/** The softmax of each column of A, of A's size: positive, and every column sums to 1. */
mgd_var *mgd_softmax_cols(mgd_var *A) { return mgd__softmax(MGD_COLS, A); }
