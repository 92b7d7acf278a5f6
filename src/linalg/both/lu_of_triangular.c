/* SPDX-License-Identifier: MIT */
/* A triangular matrix as LU factors without exchanges: one of the factors, once its rows or columns are divided by the
 * diagonal where that is the other factor's, and the identity. */
#include "linalg/real.h"

/* The triangle whose diagonal is to be 1: U = D (inv(D) U), L = (L inv(D)) D. */
static void divide(bool upper, size_t n, real *a) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = upper ? i + 1 : 0; j < (upper ? n : i); j++) a[i * n + j] /= a[upper ? i * n + i : j * n + j];
}

size_t LINALG(lu_of_triangular)(bool upper, size_t n, real *a, real *pivots) {
    size_t zero = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = upper ? 0 : i + 1; j < (upper ? i : n); j++) a[i * n + j] = 0;
        pivots[i] = (real)i;
        if (a[i * n + i] == 0 && zero == 0) zero = i + 1;
    }
    if (zero == 0 && upper != LINALG(lu_is_unit_lower)()) divide(upper, n, a);
    return zero;
}
