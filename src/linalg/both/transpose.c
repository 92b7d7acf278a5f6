/* SPDX-License-Identifier: MIT */
/* B = A' in square blocks, so that the lines of both that a block touches fit the first cache. */
#include "linalg/real.h"

enum { BLOCK = 16 };

static size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

static void transpose_block(size_t m, size_t n, const real *restrict a, size_t lda, real *restrict b, size_t ldb) {
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < m; i++) b[j * ldb + i] = a[i * lda + j];
}

void LINALG(transpose)(size_t m, size_t n, const real *a, size_t lda, real *b, size_t ldb) {
    for (size_t i = 0; i < m; i += BLOCK)
        for (size_t j = 0; j < n; j += BLOCK)
            transpose_block(smaller(BLOCK, m - i), smaller(BLOCK, n - j), a + i * lda + j, lda, b + j * ldb + i, ldb);
}
