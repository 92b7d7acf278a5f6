/* SPDX-License-Identifier: MIT */
/* A = U diag(s) V' is A' = V diag(s) U': LAPACK's right factor, stored by columns, is our U by rows, and its left one
 * the transpose of V. */
#include "linalg/lapack/lapack.h"

#include <math.h>
#include <string.h>

static size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

static size_t work_size(size_t m, size_t n) {
    const size_t r = smaller(m, n);
    return 4 * r * r + 7 * r + 64 * (m + n) + 1;
}

size_t LINALG(svd_scratch)(size_t m, size_t n) {
    const size_t r = smaller(m, n);
    return (m * n + r * n + work_size(m, n)) * sizeof(real) + 8 * r * sizeof(int);
}

bool LINALG(svd)(size_t m, size_t n, const real *a, real *u, real *s, real *v, void *scratch) {
    if (!isfinite(LINALG(largest)(m * n, a))) return false;
    if (m == 0 || n == 0) return true;
    const size_t r = smaller(m, n);
    real *const copy = scratch, *const left = copy + m * n, *const work = left + r * n;
    int *const iwork = (int *)(void *)(work + work_size(m, n));
    const int cols = size_of(n), rows = size_of(m), rank = size_of(r), size = size_of(work_size(m, n));
    int info = 0;

    memcpy(copy, a, m * n * sizeof(real));
    LAPACK(gesdd)("S", &cols, &rows, copy, &cols, s, left, &cols, u, &rank, work, &size, iwork, &info, 1);
    LINALG(transpose)(r, n, left, n, v, r);
    return info == 0;
}
