/* SPDX-License-Identifier: MIT */
/* The operations. This file is generated from src/ops/ by src/ops/generate.sh: edit the operation's own file.
 *
 *     mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a));
 *     mgd_var *f = mgd_sum(mgd_hadamard(w, w));
 *     if (!f) fprintf(stderr, "%s\n", mgd_message(t));
 *
 * Every function records a node, or finds the one that is equal, and returns it; NULL after an error of recording, or
 * where an operand is NULL. Sizes that do not fit are an error that names both. Operands are of one tape. The
 * derivative of each, and its values at singular points, are in docs/operations.md.
 *
 * mgd_sum makes one number of a matrix, mgd_row_sums one of each row, a column, and mgd_col_sums one of each column, a
 * row; and so with other reductions. mgd_softmax_rows keeps the size: it does to each row what its name says. A name in
 * _sized takes sizes in names (mgd_size) where the other takes numbers.
 */
#ifndef MATGRAD_OPS_H
#define MATGRAD_OPS_H

#include "matgrad/run.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Inputs, numbers and constant matrices ---- */

/* A constant matrix with a copy of the data. Each is a var of its own, equal numbers or not. */
mgd_var *mgd_constant(mgd_tape *t, mgd_array data);

/* The n x n identity matrix. */
mgd_var *mgd_eye(mgd_tape *t, int64_t n);

/* The same of a size in names. */
mgd_var *mgd_eye_sized(mgd_tape *t, const mgd_size *n);

/* An input of a size in numbers. The name is copied; one tape has one input of a name. NULL after an error. */
mgd_var *mgd_input(mgd_tape *t, const char *name, int64_t rows, int64_t cols);

/* An input of a size in names: one recording serves every number that they stand for. */
mgd_var *mgd_input_sized(mgd_tape *t, const char *name, const mgd_size *rows, const mgd_size *cols);

/* The number that the text says, "1e-3", "0.1", "-12": exactly, whatever a double can hold. Refused where the text is
 * no decimal number, or has more than 4000 digits or an exponent beyond 100000. */
mgd_var *mgd_literal(mgd_tape *t, const char *text);

/* The number numerator/denominator, exactly. Refused where the denominator is 0, or either is -2^63. */
mgd_var *mgd_rational(mgd_tape *t, int64_t numerator, int64_t denominator);

/* The number that x prints as: 0.1 is 1/10, not the double beside it. Whatever reads the tape exactly sees the
 * shortest decimal that reads back as x. Refused for NaN and infinity. */
mgd_var *mgd_number(mgd_tape *t, double x);

/* The rows x cols matrix of ones. */
mgd_var *mgd_ones(mgd_tape *t, int64_t rows, int64_t cols);

/* The same of a size in names. */
mgd_var *mgd_ones_sized(mgd_tape *t, const mgd_size *rows, const mgd_size *cols);

/* The number pi, 1x1. */
mgd_var *mgd_pi(mgd_tape *t);

/* A size in an expression, as in sum(X)/(m*n): a number where it is one already. */
mgd_var *mgd_size_as_var(const mgd_size *size);

/* The rows x cols matrix of zeros. */
mgd_var *mgd_zeros(mgd_tape *t, int64_t rows, int64_t cols);

/* The same of a size in names. */
mgd_var *mgd_zeros_sized(mgd_tape *t, const mgd_size *rows, const mgd_size *cols);

/* ---- Arithmetic ---- */

/* A + B, of one size; a 1x1 beside a matrix is added to every entry. */
mgd_var *mgd_add(mgd_var *A, mgd_var *B);

/* U .* S, but 0 where U is 0, whatever S is there: for the derivatives of operations of your own. */
mgd_var *mgd_chain(mgd_var *U, mgd_var *S);

/* A ./ B, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_divide(mgd_var *A, mgd_var *B);

/* The Hadamard product A .* B, of one size; a 1x1 beside a matrix scales it. */
mgd_var *mgd_hadamard(mgd_var *A, mgd_var *B);

/* -A */
mgd_var *mgd_negate(mgd_var *A);

/* A.^(numerator/denominator), entry by entry. Refused where the denominator is 0 or either is 2^62 or more. */
mgd_var *mgd_power_rational(mgd_var *A, int64_t numerator, int64_t denominator);

/* A.^p, entry by entry, for a constant p, which is read as mgd_number reads it: 0.1 is 1/10. Refused where that is no
 * fraction of whole numbers below 2^62. */
mgd_var *mgd_power(mgd_var *A, double p);

/* s A with s 1x1. */
mgd_var *mgd_scale(mgd_var *s, mgd_var *A);

/* A - B, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_subtract(mgd_var *A, mgd_var *B);

/* ---- Functions, entry by entry ---- */

/* |A|, entry by entry. */
mgd_var *mgd_abs(mgd_var *A);

/* The angle whose cosine is A, entry by entry, in radians, from 0 to pi. */
mgd_var *mgd_acos(mgd_var *A);

/* The number from 0 on whose hyperbolic cosine is A, entry by entry. */
mgd_var *mgd_acosh(mgd_var *A);

/* The angle whose sine is A, entry by entry, in radians, from -pi/2 to pi/2. */
mgd_var *mgd_asin(mgd_var *A);

/* The number whose hyperbolic sine is A, entry by entry. */
mgd_var *mgd_asinh(mgd_var *A);

/* The angle whose tangent is A, entry by entry, in radians, between -pi/2 and pi/2. */
mgd_var *mgd_atan(mgd_var *A);

/* The angle in radians, above -pi and up to pi, from the first axis to the points (B, A), entry by entry, of one size;
 * a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_atan2(mgd_var *A, mgd_var *B);

/* The number whose hyperbolic tangent is A, entry by entry. */
mgd_var *mgd_atanh(mgd_var *A);

/* The real cube root of A, entry by entry; negative entries have negative ones. */
mgd_var *mgd_cbrt(mgd_var *A);

/* A, but L where A is less and U where it is more, entry by entry. L and U are constants or variables, of A's size or
 * 1x1. */
mgd_var *mgd_clamp(mgd_var *A, mgd_var *L, mgd_var *U);

/* 1 where A < B, else 0, entry by entry, of one size; a 1x1 beside a matrix is spread over it. It has no derivative;
 * mgd_where chooses by it. */
mgd_var *mgd_is_less(mgd_var *A, mgd_var *B);

/* 1 where A <= B, else 0. */
mgd_var *mgd_is_at_most(mgd_var *A, mgd_var *B);

/* 1 where A > B, else 0. */
mgd_var *mgd_is_greater(mgd_var *A, mgd_var *B);

/* 1 where A >= B, else 0. */
mgd_var *mgd_is_at_least(mgd_var *A, mgd_var *B);

/* 1 where the entries of A and B are equal, else 0; mgd_equal says whether two expressions are. */
mgd_var *mgd_is_equal(mgd_var *A, mgd_var *B);

/* 1 where the entries of A and B differ, else 0. */
mgd_var *mgd_is_not_equal(mgd_var *A, mgd_var *B);

/* cos(A), entry by entry, in radians. */
mgd_var *mgd_cos(mgd_var *A);

/* cosh(A), entry by entry. */
mgd_var *mgd_cosh(mgd_var *A);

/* The derivative of log|gamma| at A, entry by entry. */
mgd_var *mgd_digamma(mgd_var *A);

/* The error function of A, entry by entry. */
mgd_var *mgd_erf(mgd_var *A);

/* 1 - erf(A), entry by entry, accurate where that is small. */
mgd_var *mgd_erfc(mgd_var *A);

/* exp(A), entry by entry. */
mgd_var *mgd_exp(mgd_var *A);

/* exp(A) - 1, entry by entry, accurate near 0. */
mgd_var *mgd_expm1(mgd_var *A);

/* sqrt(A.^2 + B.^2), entry by entry, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_hypot(mgd_var *A, mgd_var *B);

/* log|gamma(A)|, entry by entry. */
mgd_var *mgd_lgamma(mgd_var *A);

/* log(A), entry by entry. */
mgd_var *mgd_log(mgd_var *A);

/* The logarithm of A to base 10, entry by entry. */
mgd_var *mgd_log10(mgd_var *A);

/* log(1 + A), entry by entry, accurate near 0. */
mgd_var *mgd_log1p(mgd_var *A);

/* The logarithm of A to base 2, entry by entry. */
mgd_var *mgd_log2(mgd_var *A);

/* log(sigmoid(A)), entry by entry, without underflow. */
mgd_var *mgd_logsigmoid(mgd_var *A);

/* The larger of A and B, entry by entry, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_maximum(mgd_var *A, mgd_var *B);

/* The smaller of A and B, entry by entry, of one size; a 1x1 beside a matrix is spread over it. */
mgd_var *mgd_minimum(mgd_var *A, mgd_var *B);

/* The n-th derivative of digamma at A, entry by entry: trigamma for n = 1. Refused unless 0 <= n <= 100. */
mgd_var *mgd_polygamma(mgd_var *A, int n);

/* A.^B, entry by entry, of one size; a 1x1 beside a matrix is spread over it. A negative A gives NaN, unless B is an
 * exact number, where this is mgd_power_rational. */
mgd_var *mgd_pow(mgd_var *A, mgd_var *B);

/* 1 ./ A, entry by entry. */
mgd_var *mgd_reciprocal(mgd_var *A);

/* The positive part of A, entry by entry: 0 where A is negative. */
mgd_var *mgd_relu(mgd_var *A);

/* The logistic function 1/(1 + exp(-A)), entry by entry. */
mgd_var *mgd_sigmoid(mgd_var *A);

/* The signs of the entries: -1, 0 or 1. Its derivative is 0 everywhere. */
mgd_var *mgd_sign(mgd_var *A);

/* sin(A), entry by entry, in radians. */
mgd_var *mgd_sin(mgd_var *A);

/* sinh(A), entry by entry. */
mgd_var *mgd_sinh(mgd_var *A);

/* log(1 + exp(A)), entry by entry. */
mgd_var *mgd_softplus(mgd_var *A);

/* sqrt(A), entry by entry. */
mgd_var *mgd_sqrt(mgd_var *A);

/* A.^2, entry by entry. */
mgd_var *mgd_square(mgd_var *A);

/* 1 where A is positive, else 0, entry by entry. Its derivative is 0 everywhere. */
mgd_var *mgd_unit_step(mgd_var *A);

/* A, held fixed: no derivative passes through it. */
mgd_var *mgd_stop(mgd_var *A);

/* tan(A), entry by entry, in radians. */
mgd_var *mgd_tan(mgd_var *A);

/* tanh(A), entry by entry. */
mgd_var *mgd_tanh(mgd_var *A);

/* A where the mask is not 0, else B, all of one size; a 1x1 A or B is spread over the mask. The mask has no
 * derivative. */
mgd_var *mgd_where(mgd_var *mask, mgd_var *A, mgd_var *B);

/* ---- Products ---- */

/* The sum of A .* B, 1x1, of two matrices of one size. */
mgd_var *mgd_dot(mgd_var *A, mgd_var *B);

/* The Kronecker product, mp x nq for A of m x n and B of p x q: blocks of B's size, A(i,j) B. */
mgd_var *mgd_kronecker(mgd_var *A, mgd_var *B);

/* The matrix product A B: A is m x k, B is k x n, the result m x n. A 1x1 beside a matrix scales it. */
mgd_var *mgd_matmul(mgd_var *A, mgd_var *B);

/* a b', m x n, for columns a (m x 1) and b (n x 1). */
mgd_var *mgd_outer(mgd_var *a, mgd_var *b);

/* x' A x, 1x1, for A of n x n, symmetric or not, and a column x of n x 1. */
mgd_var *mgd_quadratic_form(mgd_var *A, mgd_var *x);

/* ---- Reductions of all entries, of rows and of columns ---- */

/* The place of the largest entry in vec(A), which stacks the columns, counted from 0, 1x1: A(k % m, k / m) for an m x
 * n matrix. The first of equal ones, or of NaN. Its derivative is 0. */
mgd_var *mgd_argmax(mgd_var *A);

/* The column, counted from 0, of the largest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_argmaxima(mgd_var *A);

/* The row, counted from 0, of the largest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_argmaxima(mgd_var *A);

/* The place of the smallest entry in vec(A), counted from 0, as mgd_argmax counts. */
mgd_var *mgd_argmin(mgd_var *A);

/* The column, counted from 0, of the smallest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_argminima(mgd_var *A);

/* The row, counted from 0, of the smallest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_argminima(mgd_var *A);

/* The sum of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_sums(mgd_var *A);

/* The cumulative sums along each row of A, from left to right: the last column is mgd_row_sums(A). */
mgd_var *mgd_cumsum_rows(mgd_var *A);

/* The cumulative sums down each column of A: the last row is mgd_col_sums(A). */
mgd_var *mgd_cumsum_cols(mgd_var *A);

/* log(softmax(A)) over all entries, a vector's or a matrix's, of A's size, with every digit that there is. */
mgd_var *mgd_log_softmax(mgd_var *A);

/* log(softmax_rows(A)). */
mgd_var *mgd_log_softmax_rows(mgd_var *A);

/* log(softmax_cols(A)). */
mgd_var *mgd_log_softmax_cols(mgd_var *A);

/* log(sum(exp(A))) of all entries, 1x1, without overflow. */
mgd_var *mgd_logsumexp(mgd_var *A);

/* The same of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_logsumexps(mgd_var *A);

/* The same of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_logsumexps(mgd_var *A);

/* The largest of all entries, 1x1; NaN where one is NaN. */
mgd_var *mgd_max(mgd_var *A);

/* The largest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_maxima(mgd_var *A);

/* The largest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_maxima(mgd_var *A);

/* The mean of all entries, 1x1. */
mgd_var *mgd_mean(mgd_var *A);

/* The mean of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_means(mgd_var *A);

/* The mean of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_means(mgd_var *A);

/* The smallest of all entries, 1x1; NaN where one is NaN. */
mgd_var *mgd_min(mgd_var *A);

/* The smallest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_minima(mgd_var *A);

/* The smallest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_minima(mgd_var *A);

/* The sum of the magnitudes of a vector's entries, a column's or a row's, 1x1. A matrix is refused: there are its
 * mgd_induced_norm1 and mgd_sum(mgd_abs(A)). */
mgd_var *mgd_norm1(mgd_var *x);

/* The largest of the columns' sums of magnitudes, 1x1: the most by which A x can be longer than x, both by norm1. */
mgd_var *mgd_induced_norm1(mgd_var *A);

/* The sum of the magnitudes of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_norms1(mgd_var *A);

/* The sum of the magnitudes of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_norms1(mgd_var *A);

/* The length of a vector, a column or a row, 1x1. A matrix is refused: mgd_normF is the root of its sum of squares,
 * mgd_spectral_norm its largest singular value. */
mgd_var *mgd_norm2(mgd_var *x);

/* The Frobenius norm: the root of the sum of the squares of all entries, 1x1. */
mgd_var *mgd_normF(mgd_var *A);

/* The length of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_norms2(mgd_var *A);

/* The length of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_norms2(mgd_var *A);

/* The product of all entries, 1x1. */
mgd_var *mgd_prod(mgd_var *A);

/* The product of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_prods(mgd_var *A);

/* The product of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_prods(mgd_var *A);

/* The sum of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_sums(mgd_var *A);

/* The softmax of all entries, a vector's or a matrix's, of A's size: positive, and the sum is 1. */
mgd_var *mgd_softmax(mgd_var *A);

/* The softmax of each row of A, of A's size: positive, and every row sums to 1. */
mgd_var *mgd_softmax_rows(mgd_var *A);

/* The softmax of each column of A, of A's size: positive, and every column sums to 1. */
mgd_var *mgd_softmax_cols(mgd_var *A);

/* The sum of all entries, 1x1. */
mgd_var *mgd_sum(mgd_var *A);

/* The sum of the diagonal of a square matrix, 1x1. */
mgd_var *mgd_trace(mgd_var *A);

/* The variance of all entries, 1x1: the mean of their squared distances from their mean. The divisor is their number
 * n, not n - 1. */
mgd_var *mgd_variance(mgd_var *A);

/* The variance of each row of an m x n matrix, m x 1, with the divisor n. */
mgd_var *mgd_row_variances(mgd_var *A);

/* The variance of each column of an m x n matrix, 1 x n, with the divisor m. */
mgd_var *mgd_col_variances(mgd_var *A);

/* ---- Shapes ---- */

/* The rows x cols block of A whose first entry is A(row, col), counted from 0. */
mgd_var *mgd_block(mgd_var *A, int64_t row, int64_t col, int64_t rows, int64_t cols);

/* The same with sizes in names; a row or col of NULL is 0. */
mgd_var *mgd_block_sized(mgd_var *A, const mgd_size *row, const mgd_size *col, const mgd_size *rows,
                         const mgd_size *cols);

/* The diagonal of an n x n matrix, n x 1. */
mgd_var *mgd_diag_of(mgd_var *A);

/* The n x n matrix with the column a (n x 1) on its diagonal and 0 elsewhere. */
mgd_var *mgd_from_diag(mgd_var *a);

/* The n columns index[0], index[1], ... of A, counted from 0: as mgd_gather_rows of A', transposed. */
mgd_var *mgd_gather_cols(mgd_var *A, size_t n, const int64_t *index);

/* The n rows index[0], index[1], ... of A, counted from 0: n x the columns of A. The index is copied. A row that A
 * does not have is an error: of recording where A's size is a number, else of evaluation. */
mgd_var *mgd_gather_rows(mgd_var *A, size_t n, const int64_t *index);

/* [A B ...], n matrices side by side, which have one number of rows. */
mgd_var *mgd_hcat(size_t n, mgd_var *const *A);

/* The lower triangle of A, its diagonal included; 0 above. */
mgd_var *mgd_tril(mgd_var *A);

/* The rows of A (n x m) in the order index[0], index[1], ..., counted from 0, each of them once. */
mgd_var *mgd_permute_rows(mgd_var *A, size_t n, const int64_t *index);

/* The columns of A (m x n) in the order index[0], index[1], ..., counted from 0, each of them once. */
mgd_var *mgd_permute_cols(mgd_var *A, size_t n, const int64_t *index);

/* A 1x1, a row or a column, repeated to rows x cols: a row of n columns to m x n, a column of m rows to m x n. */
mgd_var *mgd_repeat(mgd_var *A, int64_t rows, int64_t cols);

/* The same to a size in names. */
mgd_var *mgd_repeat_sized(mgd_var *A, const mgd_size *rows, const mgd_size *cols);

/* The entries of A as a rows x cols matrix, both read column by column; there must be as many of them. */
mgd_var *mgd_reshape(mgd_var *A, int64_t rows, int64_t cols);

/* The same to a size in names: mn x 1 becomes m x n. */
mgd_var *mgd_reshape_sized(mgd_var *A, const mgd_size *rows, const mgd_size *cols);

/* The columns of an m x n matrix one below another, mn x 1: vec(A X B) is kronecker(B', A) vec(X). */
mgd_var *mgd_vec(mgd_var *A);

/* The rows of A from the last to the first. */
mgd_var *mgd_reverse_rows(mgd_var *A);

/* The columns of A from the last to the first. */
mgd_var *mgd_reverse_cols(mgd_var *A);

/* Zeros of `rows` rows, to which row k of A (n x m) is added at row index[k], counted from 0, for each k: the adjoint
 * of mgd_gather_rows. */
mgd_var *mgd_scatter_add_rows(mgd_var *A, size_t n, const int64_t *index, int64_t rows);

/* The same with a size in names. */
mgd_var *mgd_scatter_add_rows_sized(mgd_var *A, size_t n, const int64_t *index, const mgd_size *rows);

/* (A + A')/2 of an n x n matrix. */
mgd_var *mgd_symmetric_part(mgd_var *A);

/* A', n x m for an m x n matrix A. */
mgd_var *mgd_transpose(mgd_var *A);

/* The upper triangle of A, its diagonal included; 0 below. */
mgd_var *mgd_triu(mgd_var *A);

/* The rows x cols matrix whose columns stand one below another in the column a. */
mgd_var *mgd_unvec(mgd_var *a, int64_t rows, int64_t cols);

/* The same with sizes in names. */
mgd_var *mgd_unvec_sized(mgd_var *a, const mgd_size *rows, const mgd_size *cols);

/* [A; B; ...], n matrices one below another, which have one number of columns. */
mgd_var *mgd_vcat(size_t n, mgd_var *const *A);

/* ---- Linear algebra ---- */

/* The adjugate of an n x n matrix, det(A) inv(A) where A is regular; singular matrices have one too. */
mgd_var *mgd_adjugate(mgd_var *A);

/* The lower triangular L with L L' = (A + A')/2, of A's size n x n. */
mgd_var *mgd_cholesky(mgd_var *A);

/* The determinant of an n x n matrix, 1x1. */
mgd_var *mgd_det(mgd_var *A);

/* The sign of the determinant of an n x n matrix: -1, 0 or 1, 1x1. With mgd_logdet, whose factorisation it shares, it
 * is the determinant without overflow. Its derivative is 0. */
mgd_var *mgd_det_sign(mgd_var *A);

/* The eigenvalues of (A + A')/2, ascending, n x 1 for an n x n matrix A. */
mgd_var *mgd_eigenvalues(mgd_var *A);

/* The eigenvectors of (A + A')/2, in the columns of an orthogonal n x n matrix, in the order of mgd_eigenvalues. Each
 * is determined up to its sign. */
mgd_var *mgd_eigenvectors(mgd_var *A);

/* The exponential of an n x n matrix (mgd_exp is that of its entries). An error where it overflows. */
mgd_var *mgd_expm(mgd_var *A);

/* The inverse of an n x n matrix. To multiply by it, mgd_solve is faster and more accurate. */
mgd_var *mgd_inverse(mgd_var *A);

/* log|det(A)| of an n x n matrix, 1x1, without computing the determinant, which may overflow. */
mgd_var *mgd_logdet(mgd_var *A);

/* A to the power of the whole number n, A being k x k. Products are shared between the powers of one matrix. A
 * negative power is one of the inverse, 0 gives the identity. */
mgd_var *mgd_matrix_power(mgd_var *A, int64_t n);

/* The Moore-Penrose inverse of an m x n matrix, n x m. Singular values below max(m,n) eps times the largest count as
 * 0; derivatives are those at constant rank. */
mgd_var *mgd_pinv(mgd_var *A);

/* The orthonormal factor of an m x n matrix, m x min(m,n): A = Q R, where R has a positive diagonal, so that both are
 * unique. The first min(m,n) columns of A must not depend on one another. */
mgd_var *mgd_qr_q(mgd_var *A);

/* The upper triangular factor, min(m,n) x n. */
mgd_var *mgd_qr_r(mgd_var *A);

/* X with A X = B: A is n x n, B and X are n x m. Solves with A and with A' share one factorisation. */
mgd_var *mgd_solve(mgd_var *A, mgd_var *B);

/* X with X A = B: A is n x n, B and X are m x n. It is solve(A', B')', and shares A's factorisation. */
mgd_var *mgd_solve_right(mgd_var *B, mgd_var *A);

/* The spectral norm of an m x n matrix, its largest singular value, 1x1. Its gradient is u v', of the singular vectors
 * that belong to it: of one pair of them where the value is repeated, and 0 at the zero matrix. */
mgd_var *mgd_spectral_norm(mgd_var *A);

/* The left singular vectors of an m x n matrix, in the orthonormal columns of an m x min(m,n) matrix; each is
 * determined up to a sign that it shares with its right one. */
mgd_var *mgd_svd_left(mgd_var *A);

/* The singular values of an m x n matrix, descending, min(m,n) x 1. */
mgd_var *mgd_singular_values(mgd_var *A);

/* The right singular vectors of an m x n matrix, in the orthonormal columns of an n x min(m,n) matrix. */
mgd_var *mgd_svd_right(mgd_var *A);

/* X with A X + X B = C: A is m x m, B n x n, C and X are m x n. There is one X where A and -B have no eigenvalue in
 * common. Equations with A and A', B and B' share their factorisations. */
mgd_var *mgd_sylvester(mgd_var *A, mgd_var *B, mgd_var *C);

/* X with A X + X A' = C (Lyapunov's equation), all n x n: symmetric where C is. It is sylvester(A, A', C). */
mgd_var *mgd_lyapunov(mgd_var *A, mgd_var *C);

/* X with L X = B, or with L' X = B where L is given as mgd_transpose(L). Only the lower triangle of L (n x n) is read;
 * B and X are n x m. */
mgd_var *mgd_triangular_solve(mgd_var *L, mgd_var *B);

/* The same with an upper triangular U, of which only the upper triangle is read; mgd_transpose(U) solves U' X = B. */
mgd_var *mgd_triangular_solve_upper(mgd_var *U, mgd_var *B);

#ifdef __cplusplus
}
#endif

#endif
