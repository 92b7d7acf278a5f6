/* SPDX-License-Identifier: MIT */
/* What the language calls otherwise than the library does, or means otherwise, or gives sizes. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 64, MOST_DIRECTIONS = 13 };

static mgd_var *eye(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)n;
    return mgd_eye_sized(r->tape, x[0].size);
}

static mgd_var *ones(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)n;
    return mgd_ones_sized(r->tape, x[0].size, x[1].size);
}

static mgd_var *zeros(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)n;
    return mgd_zeros_sized(r->tape, x[0].size, x[1].size);
}

static mgd_var *reshape(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r, (void)n;
    return mgd_reshape_sized(x[0].v, x[1].size, x[2].size);
}

/* A corner may be 0, a size may not. */
static bool is_size(mgd_reader *r, const mgd_operand_read *x) {
    return x->size || mgd__source_error(&r->source, x->at, "a size is 1 or more");
}

static mgd_var *block(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)n;
    if (!is_size(r, &x[3]) || !is_size(r, &x[4])) return NULL;
    return mgd_block_sized(x[0].v, x[1].size, x[2].size, x[3].size, x[4].size);
}

/* The diagonal matrix of a column, the diagonal of a square matrix. */
static mgd_var *diag(mgd_var *a) { return a && a->cols == 1 && a->rows != 1 ? mgd_from_diag(a) : mgd_diag_of(a); }

static mgd_var *max(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return n == 1 ? mgd_max(x[0].v) : mgd_maximum(x[0].v, x[1].v);
}

static mgd_var *min(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return n == 1 ? mgd_min(x[0].v) : mgd_minimum(x[0].v, x[1].v);
}

/* norm(x), norm(x, 1), norm(x, 2), norm(X, 'fro') */
static mgd_var *norm(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    if (n == 1) return mgd_norm2(x[0].v);
    if (r->source.text[x[1].at] == '\'') {
        if (!strncmp(r->source.text + x[1].at, "'fro'", 5)) return mgd_normF(x[0].v);
    } else if (mgd__is(x[1].v, &mgd__op_number) && x[1].v->p.rational.denominator == 1) {
        if (x[1].v->p.rational.numerator == 1) return mgd_norm1(x[0].v);
        if (x[1].v->p.rational.numerator == 2) return mgd_norm2(x[0].v);
    }
    mgd__source_error(&r->source, x[1].at, "a norm is 1, 2 or 'fro'");
    return NULL;
}

static int64_t *indices(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    int64_t *index = malloc((n + 1) * sizeof *index);
    if (!index) mgd__source_error(&r->source, x[0].at, "out of memory");
    for (size_t k = 0; index && k < n; k++) {
        if (x[k].zero || x[k].size->dim > 0) {
            index[k] = x[k].zero ? 0 : x[k].size->dim;
            continue;
        }
        mgd__source_error(&r->source, x[k].at, "an index is a whole number from 0 on");
        free(index);
        return NULL;
    }
    return index;
}

/* lower(A, q): the diagonal times q. */
static mgd_var *lower(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    if (n == 1) return mgd_tril(x[0].v);
    if (mgd__is(x[1].v, &mgd__op_number))
        return mgd__lower(x[0].v, x[1].v->p.rational.numerator, x[1].v->p.rational.denominator);
    mgd__source_error(&r->source, x[1].at, "the factor of the diagonal should be a number");
    return NULL;
}

/* The indices count from 0, as in the library. */
static mgd_var *gather_rows(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    int64_t *index = indices(r, n - 1, x + 1);
    mgd_var *v = index ? mgd_gather_rows(x[0].v, n - 1, index) : NULL;
    free(index);
    return v;
}

static mgd_var *scatter_add_rows(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    if (!is_size(r, &x[n - 1])) return NULL;
    int64_t *index = indices(r, n - 2, x + 1);
    mgd_var *v = index ? mgd_scatter_add_rows_sized(x[0].v, n - 2, index, x[n - 1].size) : NULL;
    free(index);
    return v;
}

/* Up to 64 operands beside one another, or one below another. */
static mgd_var *cat(mgd_var *(*record)(size_t, mgd_var *const *), size_t n, const mgd_operand_read *x) {
    mgd_var *v[MOST_BLOCKS];
    for (size_t k = 0; k < n; k++) v[k] = x[k].v;
    return record(n, v);
}

static mgd_var *hcat(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return cat(mgd_hcat, n, x);
}

static mgd_var *vcat(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return cat(mgd_vcat, n, x);
}

/* The factors' own derivatives: a matrix, and directions. */
static mgd_var *other_factors(mgd_axis axis, size_t n, const mgd_operand_read *x) {
    mgd_var *v[MOST_DIRECTIONS];
    for (size_t k = 0; k < n; k++) v[k] = x[k].v;
    return mgd__other_factors(axis, n, v);
}

static mgd_var *other_factors_of_all(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return other_factors(MGD_ALL, n, x);
}

static mgd_var *other_factors_of_rows(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return other_factors(MGD_ROWS, n, x);
}

static mgd_var *other_factors_of_cols(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r;
    return other_factors(MGD_COLS, n, x);
}

static mgd_var *over_gaps(mgd_var *m, mgd_var *l) { return mgd__over_gaps(m, l, false, NULL, NULL); }
static mgd_var *over_gaps_of_squares(mgd_var *m, mgd_var *l) { return mgd__over_gaps(m, l, true, NULL, NULL); }

/* place(rows, cols, B, row, col, ...): zeros with blocks in them. */
static mgd_var *place(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    mgd_var *block[MOST_BLOCKS];
    mgd_dim corner[2 * MOST_BLOCKS];
    size_t blocks = (n - 2) / 3;
    if (n % 3 != 2) {
        mgd__source_error(&r->source, x[0].at,
                          "place takes rows, columns, and a matrix, row and column for each block");
        return NULL;
    }
    if (!is_size(r, &x[0]) || !is_size(r, &x[1])) return NULL;
    for (size_t k = 0; k < blocks; k++) {
        const mgd_operand_read *b = x + 2 + 3 * k;
        block[k] = b[0].v;
        for (int i = 0; i < 2; i++) corner[2 * k + (size_t)i] = b[1 + i].size ? b[1 + i].size->dim : 0;
    }
    return mgd__place(r->tape, blocks, block, corner, x[0].size->dim, x[1].size->dim);
}

static bool is_product(mgd_tape *t, const mgd_var *k, const mgd_var *factor, const mgd_size *rows,
                       const mgd_size *cols) {
    return mgd__dim_times(t, factor->rows, rows->dim) == k->rows &&
           mgd__dim_times(t, factor->cols, cols->dim) == k->cols;
}

/* kron_adjoint(K, F, rows, cols) is what remains of K without a right factor F, kron_adjoint(F, K, rows, cols) without
 * a left one. */
static mgd_var *kron_adjoint(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    mgd_var *a = x[0].v, *b = x[1].v;
    mgd_dim rows = x[2].size->dim, cols = x[3].size->dim;
    (void)n;
    bool left = !is_product(r->tape, a, b, x[2].size, x[3].size) && is_product(r->tape, b, a, x[2].size, x[3].size);
    return mgd__kronecker_adjoint(left ? b : a, left ? a : b, left, rows, cols);
}

static mgd_var *polygamma(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)n;
    const mgd_var *order = x[1].v;
    if (mgd__is(order, &mgd__op_number) && order->p.rational.denominator == 1 && order->p.rational.numerator >= 0 &&
        order->p.rational.numerator < 1000)
        return mgd_polygamma(x[0].v, (int)order->p.rational.numerator);
    mgd__source_error(&r->source, x[1].at, "the order should be a whole number from 0 on");
    return NULL;
}

#define ONE(name_, function)                                                                                           \
    { .name = name_, .least = 1, .most = 1, .one = function }
#define TWO(name_, function)                                                                                           \
    { .name = name_, .least = 2, .most = 2, .two = function }

/* In the order of their bytes. */
const mgd_function_name mgd__aliases[] = {
    { .name = "I", .least = 1, .most = 1, .of_sizes = true, .read = eye },
    ONE("adj", mgd_adjugate),
    ONE("arccos", mgd_acos),
    ONE("arccosh", mgd_acosh),
    ONE("arcsin", mgd_asin),
    ONE("arcsinh", mgd_asinh),
    ONE("arctan", mgd_atan),
    ONE("arctanh", mgd_atanh),
    { .name = "block", .least = 5, .most = 5, .of_sizes = true, .matrices = 1, .corners = true, .read = block },
    ONE("chol", mgd_cholesky),
    ONE("colsum", mgd_col_sums),
    ONE("diag", diag),
    { .name = "eye", .least = 1, .most = 1, .of_sizes = true, .read = eye },
    { .name = "gather_rows",
      .least = 2,
      .most = MGD_MANY,
      .of_sizes = true,
      .matrices = 1,
      .corners = true,
      .read = gather_rows },
    { .name = "hcat", .least = 1, .most = MOST_BLOCKS, .read = hcat },
    ONE("inv", mgd_inverse),
    TWO("kron", mgd_kronecker),
    { .name = "kron_adjoint", .least = 4, .most = 4, .of_sizes = true, .matrices = 2, .read = kron_adjoint },
    ONE("ln", mgd_log),
    ONE("lnΓ", mgd_lgamma),
    { .name = "lower", .least = 1, .most = 2, .read = lower },
    { .name = "max", .least = 1, .most = 2, .read = max },
    { .name = "min", .least = 1, .most = 2, .read = min },
    { .name = "norm", .least = 1, .most = 2, .read = norm },
    ONE("norm1_induced", mgd_induced_norm1),
    { .name = "ones", .least = 2, .most = 2, .of_sizes = true, .read = ones },
    { .name = "other_factors", .least = 1, .most = MOST_DIRECTIONS, .read = other_factors_of_all },
    { .name = "other_factors_of_cols", .least = 1, .most = MOST_DIRECTIONS, .read = other_factors_of_cols },
    { .name = "other_factors_of_rows", .least = 1, .most = MOST_DIRECTIONS, .read = other_factors_of_rows },
    TWO("over_gaps", over_gaps),
    TWO("over_gaps_of_squares", over_gaps_of_squares),
    { .name = "place",
      .least = 5,
      .most = 2 + 3 * MOST_BLOCKS,
      .of_sizes = true,
      .blocks = true,
      .corners = true,
      .read = place },
    { .name = "polygamma", .least = 2, .most = 2, .read = polygamma },
    { .name = "reshape", .least = 3, .most = 3, .of_sizes = true, .matrices = 1, .read = reshape },
    ONE("rowsum", mgd_row_sums),
    { .name = "scatter_add_rows",
      .least = 3,
      .most = MGD_MANY,
      .of_sizes = true,
      .matrices = 1,
      .corners = true,
      .read = scatter_add_rows },
    ONE("sigmoid_slope", mgd__slope_of_sigmoid),
    ONE("tr", mgd_trace),
    { .name = "vcat", .least = 1, .most = MOST_BLOCKS, .read = vcat },
    { .name = "where", .least = 3, .most = 3, .op = &mgd__op_where },
    { .name = "zeros", .least = 2, .most = 2, .of_sizes = true, .read = zeros },
    ONE("σ", mgd_sigmoid),
    ONE("ψ", mgd_digamma),
    ONE("√", mgd_sqrt),
};
const size_t mgd__alias_count = sizeof mgd__aliases / sizeof mgd__aliases[0];
