/* SPDX-License-Identifier: MIT */
/* What the language calls otherwise than the library does, or means otherwise, or gives sizes. */
#include "text/reader.h"

#include <string.h>

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
    return mgd_reshape(x[0].v, x[1].size, x[2].size);
}

static mgd_var *block(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    (void)r, (void)n;
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

/* lower(A, q): the diagonal times q. */
static mgd_var *lower(mgd_reader *r, size_t n, const mgd_operand_read *x) {
    if (n == 1) return mgd_tril(x[0].v);
    if (mgd__is(x[1].v, &mgd__op_number))
        return mgd__lower(x[0].v, x[1].v->p.rational.numerator, x[1].v->p.rational.denominator);
    mgd__source_error(&r->source, x[1].at, "the factor of the diagonal should be a number");
    return NULL;
}

static mgd_var *softmax(mgd_var *a) { return a && a->cols == 1 ? mgd_softmax_cols(a) : mgd_softmax_rows(a); }

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
    ONE("inv", mgd_inverse),
    TWO("kron", mgd_kronecker),
    ONE("ln", mgd_log),
    { .name = "lower", .least = 1, .most = 2, .read = lower },
    { .name = "max", .least = 1, .most = 2, .read = max },
    { .name = "min", .least = 1, .most = 2, .read = min },
    { .name = "norm", .least = 1, .most = 2, .read = norm },
    { .name = "ones", .least = 2, .most = 2, .of_sizes = true, .read = ones },
    { .name = "reshape", .least = 3, .most = 3, .of_sizes = true, .matrices = 1, .read = reshape },
    ONE("rowsum", mgd_row_sums),
    ONE("sigmoid_slope", mgd__slope_of_sigmoid),
    ONE("softmax", softmax),
    ONE("tr", mgd_trace),
    { .name = "zeros", .least = 2, .most = 2, .of_sizes = true, .read = zeros },
    ONE("lnΓ", mgd_lgamma),
    ONE("σ", mgd_sigmoid),
    ONE("ψ", mgd_digamma),
    ONE("√", mgd_sqrt),
};
const size_t mgd__alias_count = sizeof mgd__aliases / sizeof mgd__aliases[0];
