/* SPDX-License-Identifier: MIT */
/* A = Q R is A' = R' Q', LAPACK's LQ factorisation of what it sees; the reflections' signs are then turned so that R's
 * diagonal is not negative. */
#include "linalg/lapack/lapack.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 64 };

static size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

static size_t work_size(size_t m, size_t n) { return BLOCK * (m > n ? m : n) + 1; }

size_t LINALG(qr_scratch)(size_t m, size_t n) { return (smaller(m, n) + work_size(m, n)) * sizeof(real); }

/* The triangle of the factorised m x n matrix, from its first rows. */
static void take_upper(size_t rows, size_t n, const real *from, real *r) {
    for (size_t i = 0; i < rows; i++) {
        if (r != from) memcpy(r + i * n, from + i * n, n * sizeof(real));
        memset(r + i * n, 0, i * sizeof(real));
    }
}

static void turn_signs(size_t m, size_t n, real *q, real *r) {
    const size_t rows = smaller(m, n);
    for (size_t i = 0; i < rows; i++) {
        if (!(r[i * n + i] < 0)) continue;
        for (size_t j = i; j < n; j++) r[i * n + j] = -r[i * n + j];
        for (size_t k = 0; k < m; k++) q[k * rows + i] = -q[k * rows + i];
    }
}

bool LINALG(qr)(size_t m, size_t n, const real *a, real *q, real *r, void *scratch) {
    if (!isfinite(LINALG(largest)(m * n, a))) return false;
    if (m == 0 || n == 0) return true;
    const size_t rank = smaller(m, n);
    real *const tau = scratch, *const work = tau + rank;
    real *const factored = m >= n ? q : r; /* the one that has A's size */
    const int cols = size_of(n), rows = size_of(m), reflections = size_of(rank), size = size_of(work_size(m, n));
    int info = 0;

    memcpy(factored, a, m * n * sizeof(real));
    LAPACK(gelqf)(&cols, &rows, factored, &cols, tau, work, &size, &info);
    if (m < n)
        for (size_t i = 0; i < m; i++) memcpy(q + i * m, r + i * n, m * sizeof(real));
    take_upper(rank, n, factored, r);
    LAPACK(orglq)(&reflections, &rows, &reflections, q, &reflections, tau, work, &size, &info);
    turn_signs(m, n, q, r);
    return true;
}
