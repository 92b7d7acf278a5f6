/* SPDX-License-Identifier: MIT */
/* A = V diag(l) V' by Jacobi's rotations (1846), in cyclic order, until every entry off the diagonal is negligible
 * beside the geometric mean of its two diagonal entries: the small eigenvalues of a graded matrix are then as good as
 * the large (J. Demmel and K. Veselic, 1992). */
#include "linalg/factor/factor.h"

#include <string.h>

enum { SWEEPS = 60 };

size_t LINALG(eigen_scratch)(size_t n) { return 2 * n * n * sizeof(real); }

static bool negligible(real off, real p, real q) {
    const double mean = sqrt(fabs((double)p)) * sqrt(fabs((double)q));
    return fabs((double)off) <= EPSILON * mean || fabs((double)off) <= TINY;
}

/* (x, y) = (x - s (y + tau x), y + s (x - tau y)), tau = s/(1 + c): the rotation by c and s. */
static void rotate(size_t n, real *x, real *y, size_t stride, real s, real tau) {
    for (size_t k = 0; k < n; k++, x += stride, y += stride) {
        const real p = *x, q = *y;
        *x = p - s * (q + tau * p);
        *y = q + s * (p - tau * q);
    }
}

/* Makes the entry (p, q) zero; the rows of W take part and become the eigenvectors. */
static void annihilate(size_t n, real *a, real *w, size_t p, size_t q) {
    const real off = a[p * n + q], first = a[p * n + p], second = a[q * n + q];
    const double theta = ((double)second - (double)first) / (2 * (double)off);
    const double t = (theta < 0 ? -1 : 1) / (fabs(theta) + hypot(1, theta));
    const double c = 1 / sqrt(1 + t * t), s = t * c;
    const real sine = (real)s, tau = (real)(s / (1 + c));

    rotate(n, a + p * n, a + q * n, 1, sine, tau);
    rotate(n, w + p * n, w + q * n, 1, sine, tau);
    for (size_t k = 0; k < n; k++) {
        a[k * n + p] = a[p * n + k];
        a[k * n + q] = a[q * n + k];
    }
    a[p * n + p] = (real)((double)first - t * (double)off);
    a[q * n + q] = (real)((double)second + t * (double)off);
    a[p * n + q] = a[q * n + p] = 0;
}

static bool sweep(size_t n, real *a, real *w) {
    bool rotated = false;
    for (size_t p = 0; p < n; p++)
        for (size_t q = p + 1; q < n; q++) {
            if (negligible(a[p * n + q], a[p * n + p], a[q * n + q])) continue;
            annihilate(n, a, w, p, q);
            rotated = true;
        }
    return rotated;
}

/* Selects the eigenvalues in ascending order, W's rows with them, and turns the rows into V's columns. */
static void sort(size_t n, const real *a, real *w, real *l, real *v) {
    for (size_t i = 0; i < n; i++) l[i] = a[i * n + i];
    for (size_t i = 0; i < n; i++) {
        size_t least = i;
        for (size_t k = i + 1; k < n; k++)
            if (l[k] < l[least]) least = k;
        swap_numbers(1, l + i, l + least);
        swap_numbers(n, w + i * n, w + least * n);
    }
    LINALG(transpose)(n, n, w, n, v, n);
}

bool LINALG(eigen)(size_t n, const real *a, real *l, real *v, void *scratch) {
    real *const copy = scratch, *const w = copy + n * n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) copy[i * n + j] = copy[j * n + i] = a[i * n + j];
    const real most = LINALG(largest)(n * n, copy);
    if (!isfinite(most)) return false;
    const int e = exponent_of(most);
    scale_by_power(n * n, copy, -e);
    memset(w, 0, n * n * sizeof(real));
    for (size_t i = 0; i < n; i++) w[i * n + i] = 1;

    int sweeps = 0;
    while (sweep(n, copy, w))
        if (++sweeps == SWEEPS) return false;
    sort(n, copy, w, l, v);
    scale_by_power(n, l, e);
    return true;
}
