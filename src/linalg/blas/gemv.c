/* SPDX-License-Identifier: MIT */
/* Some releases of OpenBLAS multiply y by a beta of 0, which keeps its NaN: y is cleared here. */
#include "linalg/blas/cblas_real.h"

#include <string.h>

enum { SMALL = 1 << 16 };

void LINALG(gemv)(bool a_transposed, size_t m, size_t n, real alpha, const real *a, size_t lda, const real *x,
                  real beta, real *y) {
    if (m * n <= SMALL) {
        LINALG(gemv_by_hand)(a_transposed, m, n, alpha, a, lda, x, beta, y);
        return;
    }
    const size_t outputs = a_transposed ? n : m, inputs = a_transposed ? m : n;
    if (outputs == 0) return;
    if (beta == 0) memset(y, 0, outputs * sizeof(real));
    if (inputs == 0) /* CBLAS would leave y as it is */
        CBLAS(scal)(size_of(outputs), beta, y, 1);
    else
        CBLAS(gemv)
    (CblasRowMajor, transpose_of(a_transposed), size_of(m), size_of(n), alpha, a, size_of(lda), x, 1, beta, y, 1);
}
