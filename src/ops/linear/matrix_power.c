/* SPDX-License-Identifier: MIT */
/* matrix_power: a square matrix to a whole power.
 *
 * value        A A ... A, n times, by repeated squaring; the identity for n = 0; inv(A) to the power -n for n < 0
 * singular     a negative power of a singular matrix is an error that names the pivot
 */
#include "ops/ops.h"

/* The product of A's repeated squares that n, in binary, is made of: no more than 126 products. */
static mgd_var *power(mgd_var *a, uint64_t n) {
    mgd_var *product = NULL;
    for (mgd_var *square = a; square; square = mgd_matmul(square, square)) {
        if (n & 1) product = product ? mgd_matmul(product, square) : square;
        n >>= 1;
        if (n == 0) return product;
    }
    return NULL;
}

/** A to the power of the whole number n, A being k x k. Products are shared between the powers of one matrix. A
 * negative power is one of the inverse, 0 gives the identity. */
mgd_var *mgd_matrix_power(mgd_var *A, int64_t n) {
    if (!A || A->tape->failed) return NULL;
    if (A->rows != A->cols) {
        mgd__refuse(A->tape, "matrix_power: %s is %s, not square", mgd__label(A).text, mgd__size_label(A).text);
        return NULL;
    }
    if (n == 0) return mgd_eye_sized(A->tape, mgd_rows_of(A));
    return n > 0 ? power(A, (uint64_t)n) : power(mgd_inverse(A), 0 - (uint64_t)n);
}
