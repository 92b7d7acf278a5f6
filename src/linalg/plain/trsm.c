/* SPDX-License-Identifier: MIT */
/* B = inv(op(T)) B, by halves: solve with one diagonal block, subtract the product, solve with the other. Nearly all of
 * the work is then in gemm. */
#include "linalg/real.h"

enum { BLOCK = 16 };

/* op(T): entry (i, j) is at[i*row + j*col]. */
typedef struct {
    const real *at;
    size_t row, col;
    bool lower, unit;
} triangle;

static void solve_block(triangle t, size_t n, size_t m, real *b, size_t ldb) {
    for (size_t step = 0; step < n; step++) {
        const size_t i = t.lower ? step : n - 1 - step;
        real *const row = b + i * ldb;
        for (size_t j = t.lower ? 0 : i + 1; j < (t.lower ? i : n); j++) {
            const real factor = t.at[i * t.row + j * t.col];
            for (size_t k = 0; k < m; k++) row[k] -= factor * b[j * ldb + k];
        }
        if (t.unit) continue;
        const real pivot = t.at[i * t.row + i * t.col];
        for (size_t k = 0; k < m; k++) row[k] /= pivot;
    }
}

static void solve(triangle t, size_t n, size_t m, real *b, size_t ldb) {
    if (n <= BLOCK) {
        solve_block(t, n, m, b, ldb);
        return;
    }
    const size_t half = n / 2, first = t.lower ? 0 : half, last = t.lower ? half : 0;
    const size_t first_rows = t.lower ? half : n - half, last_rows = n - first_rows;
    triangle one = t, other = t;
    one.at += first * (t.row + t.col);
    other.at += last * (t.row + t.col);
    const bool transposed = t.col != 1;

    solve(one, first_rows, m, b + first * ldb, ldb);
    LINALG(gemm)
    (transposed, false, last_rows, m, first_rows, -1, t.at + last * t.row + first * t.col, transposed ? t.col : t.row,
     b + first * ldb, ldb, 1, b + last * ldb, ldb);
    solve(other, last_rows, m, b + last * ldb, ldb);
}

void LINALG(trsm)(bool upper, bool transposed, bool unit, size_t n, size_t m, const real *t, size_t ldt, real *b,
                  size_t ldb) {
    if (m == 0) return;
    solve((triangle){ t, transposed ? 1 : ldt, transposed ? ldt : 1, upper == transposed, unit }, n, m, b, ldb);
}
