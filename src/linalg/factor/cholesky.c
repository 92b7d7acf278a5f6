/* SPDX-License-Identifier: MIT */
/* A = L L', row by row: an entry of L is a pivot's share of what remains after the dot product of two rows before it.
 * Rows are taken in blocks, and what the blocks before contribute is one product. */
#include "linalg/factor/factor.h"

#include <string.h>

enum { BLOCK = 48 };

/* Factorises rows and columns `first` to `end` of the diagonal block, whose earlier columns are done with. */
static size_t factor_diagonal(size_t n, real *a, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        real *const row = a + i * n;
        for (size_t j = first; j < i; j++)
            row[j] = (row[j] - LINALG(dot)(j - first, row + first, a + j * n + first)) / a[j * n + j];
        const real pivot = row[i] - LINALG(dot)(i - first, row + first, row + first);
        if (!(pivot > 0)) return i + 1;
        row[i] = (real)sqrt((double)pivot);
    }
    return 0;
}

/* The rows below the diagonal block: L21 = A21 inv(L11'). */
static void solve_below(size_t n, real *a, size_t first, size_t end) {
    for (size_t i = end; i < n; i++) {
        real *const row = a + i * n;
        for (size_t j = first; j < end; j++)
            row[j] = (row[j] - LINALG(dot)(j - first, row + first, a + j * n + first)) / a[j * n + j];
    }
}

size_t LINALG(cholesky)(size_t n, real *a) {
    for (size_t first = 0; first < n; first += BLOCK) {
        const size_t end = smaller(first + BLOCK, n);
        real *const column = a + first * n + first; /* A11 and A21, less the columns before: L1 L1' and L2 L1' */
        if (first > 0) LINALG(gemm)
        (false, true, n - first, end - first, first, -1, a + first * n, n, a + first * n, n, 1, column, n);
        const size_t failed = factor_diagonal(n, a, first, end);
        if (failed != 0) return failed;
        solve_below(n, a, first, end);
    }
    for (size_t i = 0; i < n; i++) memset(a + i * n + i + 1, 0, (n - 1 - i) * sizeof(real));
    return 0;
}
