/* SPDX-License-Identifier: MIT */
/* LAPACK's upper triangle, stored by columns, is the lower one by rows; its eigenvectors come as rows. */
#include "linalg/lapack/lapack.h"

#include <math.h>
#include <string.h>

static size_t work_size(size_t n) { return 1 + 6 * n + 2 * n * n; }

static size_t integers(size_t n) { return 3 + 5 * n; }

size_t LINALG(eigen_scratch)(size_t n) { return (n * n + work_size(n)) * sizeof(real) + integers(n) * sizeof(int); }

bool LINALG(eigen)(size_t n, const real *a, real *l, real *v, void *scratch) {
    if (n == 0) return true;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(LINALG(largest)(i + 1, a + i * n))) return false;
    real *const vectors = scratch, *const work = vectors + n * n;
    int *const iwork = (int *)(void *)(work + work_size(n));
    const int order = size_of(n), size = size_of(work_size(n)), isize = size_of(integers(n));
    int info = 0;

    memcpy(vectors, a, n * n * sizeof(real));
    LAPACK(syevd)("V", "U", &order, vectors, &order, l, work, &size, iwork, &isize, &info, 1, 1);
    LINALG(transpose)(n, n, vectors, n, v, n);
    return info == 0;
}
