/* SPDX-License-Identifier: MIT */
/* Cholesky's factors as LU factors without exchanges: A = L L' = (L inv(D)) (D L') with D the diagonal of L, where the
 * lower factor has the unit diagonal; or (L D) (inv(D) L'), where the upper one has. */
#include "linalg/real.h"

enum { TILE = 32 };

/* Rows from `first` on below a tile of columns: L(i,j) becomes the two factors' (i,j) and (j,i). */
static void spread(size_t n, real *a, const real *d, size_t row, size_t column, bool unit_lower) {
    for (size_t i = row; i < row + TILE && i < n; i++)
        for (size_t j = column; j < column + TILE && j < i; j++) {
            const real l = a[i * n + j];
            a[i * n + j] = unit_lower ? l / d[j] : l * d[j];
            a[j * n + i] = unit_lower ? l * d[j] : l / d[j];
        }
}

size_t LINALG(lu_of_definite)(size_t n, real *a, real *pivots) {
    const bool unit_lower = LINALG(lu_is_unit_lower)();
    const size_t failed = LINALG(cholesky)(n, a);
    if (failed != 0) return failed;
    for (size_t i = 0; i < n; i++) pivots[i] = a[i * n + i];
    for (size_t row = 0; row < n; row += TILE)
        for (size_t column = 0; column <= row; column += TILE) spread(n, a, pivots, row, column, unit_lower);
    for (size_t i = 0; i < n; i++) {
        a[i * n + i] *= a[i * n + i];
        pivots[i] = (real)i;
    }
    return 0;
}
