/* SPDX-License-Identifier: MIT */
/* repeat: a 1x1, a column or a row, repeated over a matrix.
 *
 * value        C(i,j) = a, a(i) or a(j)
 * pullback     da += sum(dC), row_sums(dC) or col_sums(dC)
 * pushforward  C. = repeat(a.)
 */
#include "ops/ops.h"
#include "ops/traits.h"

enum { NUMBER, COLUMN, ROW };

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    return ((a->rows == 1 || a->rows == v->rows) && (a->cols == 1 || a->cols == v->cols)) ||
           mgd__refuse(v->tape, "repeat: %s is %s, which does not repeat to %s", mgd__label(a).text,
                       mgd__size_label(a).text, mgd__size_label(v).text);
}

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    if (mgd__same_size(v, a)) return a;
    if (mgd__is_ones(a)) return mgd__ones_like(v);
    return mgd__is_zeros(a) ? mgd__zeros_like(v) : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, at(in, in->rows == 1 ? 0 : i, in->cols == 1 ? 0 : j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd__dcopy((size_t)out->rows, (size_t)out->cols, in->data, in->rows == 1 ? 0 : in->cols, in->cols == 1 ? 0 : 1,
               out->data, (size_t)out->cols);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    if (c->p.flag.flag == NUMBER) return mgd_sum(t);
    return c->p.flag.flag == COLUMN ? mgd_row_sums(t) : mgd_col_sums(t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return of[0] & MGD_POSITIVE;
}

const mgd_operation mgd__op_repeat = {
    .name = "repeat",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "<1|<1*ones(1,%c)|ones(%r,1)*>1",
    .precedence = MGD_PRODUCT,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

mgd_var *mgd__repeat(mgd_var *a, mgd_dim rows, mgd_dim cols) {
    int64_t what = mgd__is_scalar(a) ? NUMBER : a && a->cols == 1 ? COLUMN : ROW;
    return mgd__apply(&mgd__op_repeat, mgd__flag(what), rows, cols, 1, &a);
}

/** A 1x1, a row or a column, repeated to rows x cols: a row of n columns to m x n, a column of m rows to m x n. */
mgd_var *mgd_repeat(mgd_var *A, int64_t rows, int64_t cols) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim r = mgd__dim_number(A->tape, rows), c = r ? mgd__dim_number(A->tape, cols) : 0;
    return c ? mgd__repeat(A, r, c) : NULL;
}

/** The same to a size in names. */
mgd_var *mgd_repeat_sized(mgd_var *A, const mgd_size *rows, const mgd_size *cols) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim r = mgd__dim_of(A->tape, rows), c = mgd__dim_of(A->tape, cols);
    if (r && c) return mgd__repeat(A, r, c);
    mgd__refuse(A->tape, "repeat: the number of %s is NULL or of another tape", r ? "columns" : "rows");
    return NULL;
}

mgd_var *mgd__spread(mgd_var *x, mgd_var *like) {
    if (!mgd__is_scalar(x) || !like || mgd__is_scalar(like) || x->tape != like->tape) return x;
    return mgd__repeat(x, like->rows, like->cols);
}
