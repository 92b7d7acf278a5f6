/* SPDX-License-Identifier: MIT */
/* A += alpha x y', row by row. */
#include "linalg/real.h"

void LINALG(ger)(size_t m, size_t n, real alpha, const real *x, const real *y, real *a, size_t lda) {
    for (size_t i = 0; i < m; i++) LINALG(axpy)(n, alpha * x[i], y, a + i * lda);
}
