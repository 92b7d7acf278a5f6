/* SPDX-License-Identifier: MIT */
#include "linalg/blas/cblas_real.h"

void LINALG(gemm)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, real alpha, const real *a,
                  size_t lda, const real *b, size_t ldb, real beta, real *c, size_t ldc) {
    if (m == 0 || n == 0) return;
    CBLAS(gemm)
    (CblasRowMajor, transpose_of(a_transposed), transpose_of(b_transposed), size_of(m), size_of(n), size_of(k), alpha,
     a, distance_of(lda), b, distance_of(ldb), beta, c, size_of(ldc));
}
