/* SPDX-License-Identifier: MIT */
/* A product of contiguous matrices by whatever suits its shape: loops where it is tiny, a dot product, a matrix times a
 * vector, an outer product, else gemm. */
#include "linalg/real.h"

enum { TINY = 512 };

static void by_loops(bool ta, bool tb, size_t m, size_t n, size_t k, const real *a, const real *b, real *c) {
    const size_t a_row = ta ? 1 : k, a_col = ta ? m : 1, b_row = tb ? 1 : n, b_col = tb ? k : 1;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            real sum = 0;
            for (size_t l = 0; l < k; l++) sum += a[i * a_row + l * a_col] * b[l * b_row + j * b_col];
            c[i * n + j] = sum;
        }
}

/* A transposed vector is the same numbers, so an outer product has one form. */
static void outer(size_t m, size_t n, const real *a, const real *b, real *c) {
    for (size_t i = 0; i < m; i++) {
        const real x = a[i];
        real *const row = c + i * n;
        for (size_t j = 0; j < n; j++) row[j] = x * b[j];
    }
}

void LINALG(product)(bool ta, bool tb, size_t m, size_t n, size_t k, const real *a, const real *b, real *c) {
    if (m == 1 && n == 1)
        c[0] = LINALG(dot)(k, a, b);
    else if (k == 1)
        outer(m, n, a, b, c);
    else if (m * n * k <= TINY)
        by_loops(ta, tb, m, n, k, a, b, c);
    else if (n == 1)
        LINALG(gemv)(ta, ta ? k : m, ta ? m : k, 1, a, ta ? m : k, b, 0, c);
    else if (m == 1)
        LINALG(gemv)(!tb, tb ? n : k, tb ? k : n, 1, b, tb ? k : n, a, 0, c);
    else
        LINALG(gemm)(ta, tb, m, n, k, 1, a, ta ? m : k, b, tb ? k : n, 0, c, n);
}
