/* SPDX-License-Identifier: MIT */
/* B = A for an A with any strides: row by row, or through the transpose where A's columns are contiguous. */
#include "linalg/real.h"

#include <string.h>

void LINALG(copy)(size_t m, size_t n, const real *a, ptrdiff_t row_stride, ptrdiff_t col_stride, real *b, size_t ldb) {
    if (m == 0 || n == 0) return;
    if (row_stride == 1 && col_stride > 0) {
        LINALG(transpose)(n, m, a, (size_t)col_stride, b, ldb);
        return;
    }
    for (size_t i = 0; i < m; i++, a += row_stride, b += ldb) {
        if (col_stride == 1) {
            memcpy(b, a, n * sizeof(real));
            continue;
        }
        for (size_t j = 0; j < n; j++) b[j] = a[(ptrdiff_t)j * col_stride];
    }
}
