/* SPDX-License-Identifier: MIT */
/* argmax: where the largest entry is, of all, of each row or of each column, as a number from 0 on.
 *
 * value        c(i) = the place of the largest entry in group i: a column's number, a row's, or of all the place in
 *              vec(A), which stacks the columns; the first of equal ones
 * pullback     none: the slope is 0
 * pushforward  none
 * singular     the place of the first NaN, where there is one
 */
#include "ops/reductions/extreme.h"

/* vec(A), which stacks the columns, as a column. */
static mgd_matrix stacked(const mgd_numbers *S, const mgd_matrix *in) {
    size_t bytes = (size_t)(in->rows * in->cols) * in->size;
    mgd_matrix v = { in->rows * in->cols, 1, in->size, mgd__scratch(S->calculation, bytes) };
    for (int64_t k = 0; v.data && k < v.rows; k++) put(&v, k, 0, at(in, k % in->rows, k / in->rows));
    return v;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_matrix v = mgd__axis_of(s->op, &s->p) == MGD_ALL ? stacked(S, in) : *in;
    mgd_groups g = mgd__groups_of(s, &v);
    for (int64_t i = 0; v.data && i < g.groups; i++) put(out, 0, i, whole(S, mgd__extreme_member(S, 1, &v, &g, i)));
}

/* Does x come before the best so far, a NaN before all? Of equal ones the first stays. */
static bool is_better(double x, double best) { return x > best || (x != x && best == best); }

static void along_rows(size_t rows, size_t cols, const double *a, double *c) {
    for (size_t i = 0; i < rows; i++, a += cols) {
        size_t best = 0;
        for (size_t j = 1; j < cols; j++)
            if (is_better(a[j], a[best])) best = j;
        c[i] = (double)best;
    }
}

static void along_cols(size_t rows, size_t cols, const double *a, double *c, double *most) {
    for (size_t j = 0; j < cols; j++) {
        c[j] = 0;
        most[j] = a[j];
    }
    for (size_t i = 1; i < rows; i++)
        for (size_t j = 0; j < cols; j++) {
            if (!is_better(a[i * cols + j], most[j])) continue;
            most[j] = a[i * cols + j];
            c[j] = (double)i;
        }
}

/* Of all: the best of the columns' best, of which the first column's comes first. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t rows = (size_t)in->rows, cols = (size_t)in->cols;
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    double *c = out->data, *most = s->scratch, *place = axis == MGD_ALL ? most + cols : c, column;
    if (axis == MGD_ROWS)
        along_rows(rows, cols, in->data, c);
    else
        along_cols(rows, cols, in->data, place, most);
    if (axis != MGD_ALL) return true;
    along_rows(1, cols, most, &column);
    *c = column * (double)rows + place[(size_t)column];
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return 2 * (size_t)in->cols * sizeof(double);
}

const mgd_operation mgd__op_argmax = {
    .name = "argmax",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "argmax({1})|rowargmax({1})|colargmax({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
};

/** The place of the largest entry in vec(A), which stacks the columns, counted from 0, 1x1: A(k % m, k / m) for an m x
 * n matrix. The first of equal ones, or of NaN. Its derivative is 0. */
mgd_var *mgd_argmax(mgd_var *A) { return mgd__along(&mgd__op_argmax, MGD_ALL, A); }

/** The column, counted from 0, of the largest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_argmaxima(mgd_var *A) { return mgd__along(&mgd__op_argmax, MGD_ROWS, A); }

/** The row, counted from 0, of the largest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_argmaxima(mgd_var *A) { return mgd__along(&mgd__op_argmax, MGD_COLS, A); }
