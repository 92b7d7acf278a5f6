/* SPDX-License-Identifier: MIT */
#include "linalg/blas/cblas_real.h"

void LINALG(ger)(size_t m, size_t n, real alpha, const real *x, const real *y, real *a, size_t lda) {
    if (m == 0 || n == 0) return;
    CBLAS(ger)(CblasRowMajor, size_of(m), size_of(n), alpha, x, 1, y, 1, a, size_of(lda));
}
