/* SPDX-License-Identifier: MIT */
/* B = A for an A with any strides: at once where nothing stands between the rows, row by row where they are contiguous,
 * through the transpose where the columns are. */
#include "linalg/real.h"

#include <string.h>

void LINALG(copy)(size_t m, size_t n, const real *a, ptrdiff_t row_stride, ptrdiff_t col_stride, real *b, size_t ldb) {
    if (m == 0 || n == 0) return;
    if (col_stride == 1 && row_stride == (ptrdiff_t)n && ldb == n) {
        memcpy(b, a, m * n * sizeof(real));
        return;
    }
    if (row_stride == 1 && col_stride > 0) {
        LINALG(transpose)(n, m, a, (size_t)col_stride, b, ldb);
        return;
    }
    for (size_t i = 0; i < m; i++) {
        const real *const row = a + (ptrdiff_t)i * row_stride;
        if (col_stride == 1)
            memcpy(b + i * ldb, row, n * sizeof(real));
        else
            for (size_t j = 0; j < n; j++) b[i * ldb + j] = row[(ptrdiff_t)j * col_stride];
    }
}
