/* SPDX-License-Identifier: MIT */
/* reshape: the same entries in another shape, read and written column by column; vec, where the result is one column.
 *
 * value        C(i,j) = A(k,l) where i + rows(C) j = k + rows(A) l, counted from 0
 * pullback     dA += reshape(dC), back to A's shape
 * pushforward  C. = reshape(A.)
 */
#include "ops/ops.h"

#include <stdio.h>
#include <string.h>

enum { TO_A_MATRIX, TO_A_COLUMN }; /* that is how it is written */

static mgd_var *reshaped(mgd_var *a, mgd_dim rows, mgd_dim cols) {
    return mgd__apply(&mgd__op_reshape, mgd__flag(cols == 1 ? TO_A_COLUMN : TO_A_MATRIX), rows, cols, 1, &a);
}

/* The number of entries: a number, or where a size has names a polynomial in them, which is one on its tape. */
typedef struct {
    int64_t number; /* 0 where it has names */
    mgd_dim size;
    mgd_label text;
} entries;

static bool count(const mgd_var *v, entries *n) {
    *n = (entries){ 0 };
    if (v->rows > 0 && v->cols > 0) {
        n->number = (int64_t)v->rows * v->cols;
        snprintf(n->text.text, sizeof n->text.text, "%lld", (long long)n->number);
        return true;
    }
    n->size = mgd__dim_times(v->tape, v->rows, v->cols);
    if (n->size) n->text = mgd__dim_label(v->tape, n->size);
    return n->size;
}

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    entries before, after;
    if (!count(a, &before) || !count(v, &after)) return false;
    return (before.number == after.number && before.size == after.size) ||
           mgd__refuse(v->tape, "reshape: %s is %s, which does not become %s: %s and %s entries", mgd__label(a).text,
                       mgd__size_label(a).text, mgd__size_label(v).text, before.text.text, after.text.text);
}

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    if (mgd__same_size(v, a)) return a;
    if (mgd__is(a, v->op)) return reshaped(a->arg[0], v->rows, v->cols);
    if (mgd__is_vector(a) && mgd__is(a, &mgd__op_transpose)) return reshaped(a->arg[0], v->rows, v->cols);
    if (mgd__is_vector(a) && mgd__is_vector(v)) return mgd_transpose(a); /* of one length, and not of one size */
    if (v->rows == 1) return mgd_transpose(reshaped(a, v->cols, 1));
    if (mgd__is_zeros(a)) return mgd__zeros_like(v);
    return mgd__is_ones(a) ? mgd__ones_like(v) : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    for (int64_t j = 0; j < out->cols; j++)
        for (int64_t i = 0; i < out->rows; i++) {
            int64_t place = i + out->rows * j;
            put(out, i, j, at(in, place % in->rows, place / in->rows));
        }
}

/* What is stored row by row is a transpose of what is read column by column. A row or a column is stored either way. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t m = (size_t)in->rows, n = (size_t)in->cols, p = (size_t)out->rows, q = (size_t)out->cols;
    bool into = p > 1 && q > 1;
    const double *by_columns = in->data;
    if (m > 1 && n > 1) {
        double *turned = into ? s->scratch : out->data;
        mgd__dtranspose(m, n, in->data, n, turned, m);
        by_columns = turned;
    }
    if (into)
        mgd__dtranspose(q, p, by_columns, p, out->data, q);
    else if (by_columns != out->data)
        memcpy(out->data, by_columns, p * q * sizeof(double));
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    bool to_a_column = s->p.flag.flag == TO_A_COLUMN;
    return to_a_column || in->rows == 1 || in->cols == 1 ? 0 : (size_t)in->rows * (size_t)in->cols * sizeof(double);
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return reshaped(t, c->arg[i]->rows, c->arg[i]->cols); }

const mgd_operation mgd__op_reshape = {
    .name = "reshape",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "reshape({1},%r,%c)|vec({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .seen_through = true,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The entries of A as a rows x cols matrix, both read column by column; there must be as many of them. */
mgd_var *mgd_reshape(mgd_var *A, int64_t rows, int64_t cols) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim r = mgd__dim_number(A->tape, rows), c = r ? mgd__dim_number(A->tape, cols) : 0;
    return c ? reshaped(A, r, c) : NULL;
}

/** The same to a size in names: mn x 1 becomes m x n. */
mgd_var *mgd_reshape_sized(mgd_var *A, const mgd_size *rows, const mgd_size *cols) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim r = mgd__dim_of(A->tape, rows), c = mgd__dim_of(A->tape, cols);
    if (r && c) return reshaped(A, r, c);
    mgd__refuse(A->tape, "reshape: the number of %s is NULL or of another tape", r ? "columns" : "rows");
    return NULL;
}

/** The columns of an m x n matrix one below another, mn x 1: vec(A X B) is kronecker(B', A) vec(X). */
mgd_var *mgd_vec(mgd_var *A) {
    if (!A || A->tape->failed) return NULL;
    mgd_dim n = mgd__dim_times(A->tape, A->rows, A->cols);
    return n ? reshaped(A, n, 1) : NULL;
}
