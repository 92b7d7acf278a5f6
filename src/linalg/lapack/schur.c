/* SPDX-License-Identifier: MIT */
/* LAPACK's Schur form, of A stored by columns. */
#include "linalg/lapack/lapack.h"

#include <math.h>

enum { BLOCK = 64 };

static size_t work_size(size_t n) { return (BLOCK + 3) * n + 1; }

size_t LINALG(schur_scratch)(size_t n) { return (2 * n * n + 2 * n + work_size(n)) * sizeof(real); }

bool LINALG(schur)(size_t n, const real *a, real *u, real *t, void *scratch) {
    if (!isfinite(LINALG(largest)(n * n, a))) return false;
    if (n == 0) return true;
    real *const triangle = scratch, *const vectors = triangle + n * n, *const values = vectors + n * n;
    const int order = size_of(n), size = size_of(work_size(n));
    int selected = 0, info = 0;
    LINALG(transpose)(n, n, a, n, triangle, n);
    LAPACK(gees)
    ("V", "N", NULL, &order, triangle, &order, &selected, values, values + n, vectors, &order, values + 2 * n, &size,
     NULL, &info, 1, 1);
    LINALG(transpose)(n, n, triangle, n, t, n);
    LINALG(transpose)(n, n, vectors, n, u, n);
    return info == 0;
}
