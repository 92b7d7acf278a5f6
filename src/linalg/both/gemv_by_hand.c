/* SPDX-License-Identifier: MIT */
/* y = alpha op(A) x + beta y: what plain/ has, and blas/ for sizes at which waking its threads costs more than the
 * product. A's rows are contiguous: A x is a dot product for each, A'x a sum of them, four at a time
 * so that y is read and written a quarter as often. */
#include "linalg/real.h"

#include <string.h>

enum { ROWS = 4 };

static void scale(size_t n, real beta, real *y) {
    if (beta == 0) memset(y, 0, n * sizeof(real));
    if (beta == 0 || beta == 1) return;
    for (size_t i = 0; i < n; i++) y[i] *= beta;
}

static void add_four_rows(size_t n, const real *restrict a, size_t lda, const real *x, real alpha, real *restrict y) {
    const real x0 = alpha * x[0], x1 = alpha * x[1], x2 = alpha * x[2], x3 = alpha * x[3];
    for (size_t j = 0; j < n; j++) y[j] += (x0 * a[j] + x1 * a[lda + j]) + (x2 * a[2 * lda + j] + x3 * a[3 * lda + j]);
}

void LINALG(gemv_by_hand)(bool a_transposed, size_t m, size_t n, real alpha, const real *a, size_t lda, const real *x,
                          real beta, real *y) {
    scale(a_transposed ? n : m, beta, y);
    if (alpha == 0) return;
    size_t i = 0;
    if (a_transposed)
        for (; i + ROWS <= m; i += ROWS) add_four_rows(n, a + i * lda, lda, x + i, alpha, y);
    for (; i < m; i++) {
        if (a_transposed)
            LINALG(axpy)(n, alpha * x[i], a + i * lda, y);
        else
            y[i] += alpha * LINALG(dot)(n, a + i * lda, x);
    }
}
