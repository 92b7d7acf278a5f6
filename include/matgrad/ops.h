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

/* exp(A), entry by entry. */
mgd_var *mgd_exp(mgd_var *A);

/* log(A), entry by entry. */
mgd_var *mgd_log(mgd_var *A);

/* The logistic function 1/(1 + exp(-A)), entry by entry. */
mgd_var *mgd_sigmoid(mgd_var *A);

/* The signs of the entries: -1, 0 or 1. Its derivative is 0 everywhere. */
mgd_var *mgd_sign(mgd_var *A);

/* sqrt(A), entry by entry. */
mgd_var *mgd_sqrt(mgd_var *A);

/* A, held fixed: no derivative passes through it. */
mgd_var *mgd_stop(mgd_var *A);

/* A where the mask is not 0, else B, all of one size; a 1x1 A or B is spread over the mask. The mask has no
 * derivative. */
mgd_var *mgd_where(mgd_var *mask, mgd_var *A, mgd_var *B);

/* ---- Products ---- */

/* The matrix product A B: A is m x k, B is k x n, the result m x n. A 1x1 beside a matrix scales it. */
mgd_var *mgd_matmul(mgd_var *A, mgd_var *B);

/* a b', m x n, for columns a (m x 1) and b (n x 1). */
mgd_var *mgd_outer(mgd_var *a, mgd_var *b);

/* ---- Sums over entries, rows and columns ---- */

/* The sum of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_sums(mgd_var *A);

/* The sum of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_sums(mgd_var *A);

/* The softmax of each row of A, of A's size: positive, and every row sums to 1. */
mgd_var *mgd_softmax_rows(mgd_var *A);

/* The sum of all entries, 1x1. */
mgd_var *mgd_sum(mgd_var *A);

/* The sum of the diagonal of a square matrix, 1x1. */
mgd_var *mgd_trace(mgd_var *A);

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

/* The lower triangle of A, its diagonal included; 0 above. */
mgd_var *mgd_lower(mgd_var *A);

/* A', n x m for an m x n matrix A. */
mgd_var *mgd_transpose(mgd_var *A);

/* ---- Linear algebra ---- */

/* The adjugate of an n x n matrix, det(A) inv(A) where A is regular; singular matrices have one too. */
mgd_var *mgd_adjugate(mgd_var *A);

/* The lower triangular L with L L' = (A + A')/2, of A's size n x n. */
mgd_var *mgd_cholesky(mgd_var *A);

/* The determinant of an n x n matrix, 1x1. */
mgd_var *mgd_det(mgd_var *A);

/* The eigenvalues of (A + A')/2, ascending, n x 1 for an n x n matrix A. */
mgd_var *mgd_eigenvalues(mgd_var *A);

/* The eigenvectors of (A + A')/2, in the columns of an orthogonal n x n matrix, in the order of mgd_eigenvalues. Each
 * is determined up to its sign. */
mgd_var *mgd_eigenvectors(mgd_var *A);

/* The inverse of an n x n matrix. To multiply by it, mgd_solve is faster and more accurate. */
mgd_var *mgd_inverse(mgd_var *A);

/* log|det(A)| of an n x n matrix, 1x1, without computing the determinant, which may overflow. */
mgd_var *mgd_logdet(mgd_var *A);

/* X with A X = B: A is n x n, B and X are n x m. Solves with A and with A' share one factorisation. */
mgd_var *mgd_solve(mgd_var *A, mgd_var *B);

/* The left singular vectors of an m x n matrix, in the orthonormal columns of an m x min(m,n) matrix; each is
 * determined up to a sign that it shares with its right one. */
mgd_var *mgd_svd_left(mgd_var *A);

/* The singular values of an m x n matrix, descending, min(m,n) x 1. */
mgd_var *mgd_singular_values(mgd_var *A);

/* The right singular vectors of an m x n matrix, in the orthonormal columns of an n x min(m,n) matrix. */
mgd_var *mgd_svd_right(mgd_var *A);

/* X with L X = B, or with L' X = B where L is given as mgd_transpose(L). Only the lower triangle of L (n x n) is read;
 * B and X are n x m. */
mgd_var *mgd_triangular_solve(mgd_var *L, mgd_var *B);

#ifdef __cplusplus
}
#endif

#endif
