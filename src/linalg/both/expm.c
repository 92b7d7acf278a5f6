/* SPDX-License-Identifier: MIT */
/* exp(A) = r(A/2^s)^(2^s) with r Pade's approximation of degree 13 (N. Higham, 2005). s follows from the norms of
 * powers of A, not from that of A, which may be much larger: too many squarings cost digits (A. Al-Mohy and N. Higham,
 * 2009, algorithm 6.1, of which this is the last degree). */
#include "linalg/factor/factor.h"

#include <string.h>

/* Pade's coefficients over the first of them, 64764752532480000. */
static const double pade[] = { 1,
                               1.0 / 2,
                               3.0 / 25,
                               11.0 / 600,
                               11.0 / 5520,
                               3.0 / 18400,
                               1.0 / 96600,
                               1.0 / 1932000,
                               1.0 / 48944000,
                               1.0 / 1585785600,
                               1.0 / 67395888000,
                               1.0 / 3953892096000,
                               1.0 / 355850288640000,
                               1.0 / 64764752532480000 };

static const double theta = 5.371920351148152;         /* r is exact to rounding where the norm is no larger */
static const double log2_of_error = -116.447004251763; /* of the first coefficient of r's backward error, of A^27 */

/* A over a power of two, its powers, and what they are summed up to. */
typedef struct {
    size_t n;
    real *a, *power[4]; /* A^2, A^4, A^6, A^8 */
    real *odd, *even, *sum;
} exponential;

enum { MATRICES = 8 };

size_t LINALG(expm_scratch)(size_t n) { return (MATRICES * n * n + n) * sizeof(real) + 2 * n * sizeof(double); }

static void multiply(size_t n, const real *a, const real *b, real *c) {
    LINALG(gemm)(false, false, n, n, n, 1, a, n, b, n, 0, c, n);
}

/* The largest sum of magnitudes in a row. */
static double norm_of(size_t n, const real *a) {
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) sum += fabs((double)a[i * n + j]);
        most = fmax(most, sum);
    }
    return most;
}

/* The logarithm of the same of |A|^27, by products with a column of ones, whose exponent is kept apart. */
static double log2_of_magnitudes(size_t n, const real *a, double *x, double *y) {
    double exponent = 0, most = 1;
    for (size_t i = 0; i < n; i++) x[i] = 1;
    for (int step = 0; step < 27 && most > 0; step++) {
        most = 0;
        for (size_t i = 0; i < n; i++) {
            y[i] = 0;
            for (size_t j = 0; j < n; j++) y[i] += fabs((double)a[i * n + j]) * x[j];
            most = fmax(most, y[i]);
        }
        for (size_t i = 0; i < n && most > 0; i++) x[i] = y[i] / most;
        exponent += log2(most);
    }
    return exponent;
}

/* How often A = 2^exponent B must be halved. */
static int halvings(const exponential *f, int exponent, double *work) {
    const double norm = norm_of(f->n, f->a), at_most = exponent + log2(norm) - log2(theta);
    if (norm == 0 || at_most <= 0) return 0;
    const double sixth = log2(norm_of(f->n, f->power[2])) / 6, eighth = log2(norm_of(f->n, f->power[3])) / 8;
    double s = fmax(0, ceil(exponent + fmax(sixth, eighth) - log2(theta)));
    const double error = log2_of_error + log2_of_magnitudes(f->n, f->a, work, work + f->n) - log2(norm) +
                         26 * (exponent - s) - log2(EPSILON / 2.0);
    if (error > 0) s += ceil(error / 26);
    return (int)fmin(s, ceil(at_most));
}

/* C = the sum of the four coefficients from `first` on, in steps of two, times I, A^2, A^4 and A^6. */
static void combine(const exponential *f, const double *first, real *c) {
    const real *const *power = (const real *const *)f->power;
    for (size_t k = 0; k < f->n * f->n; k++)
        c[k] = (real)(first[2] * (double)power[0][k] + first[4] * (double)power[1][k] + first[6] * (double)power[2][k]);
    for (size_t i = 0; i < f->n; i++) c[i * f->n + i] += (real)first[0];
}

/* A^6 (b12 A^6 + b10 A^4 + b8 A^2) + b6 A^6 + b4 A^4 + b2 A^2 + b0 I, or with each b the next. */
static void half_of_pade(const exponential *f, size_t first, real *c) {
    double upper[] = { 0, 0, pade[8 + first], 0, pade[10 + first], 0, pade[12 + first] };
    combine(f, upper, f->sum);
    combine(f, pade + first, c);
    LINALG(gemm)(false, false, f->n, f->n, f->n, 1, f->power[2], f->n, f->sum, f->n, 1, c, f->n);
}

/* r(A) in `even`: (V - U) r = V + U with U = A odd. */
static void approximate(const exponential *f, real *pivots) {
    const size_t n = f->n;
    real *const u = f->power[3];
    half_of_pade(f, 0, f->even);
    half_of_pade(f, 1, f->odd);
    multiply(n, f->a, f->odd, u);
    for (size_t k = 0; k < n * n; k++) {
        f->odd[k] = f->even[k] - u[k];
        f->even[k] += u[k];
    }
    LINALG(lu)(n, f->odd, pivots);
    LINALG(lu_solve)(false, n, n, f->odd, pivots, f->even, n);
}

static bool is_finite(size_t n, const real *a) { return isfinite(LINALG(largest)(n * n, a)); }

static void raise(const exponential *f) {
    multiply(f->n, f->a, f->a, f->power[0]);
    multiply(f->n, f->power[0], f->power[0], f->power[1]);
    multiply(f->n, f->power[1], f->power[0], f->power[2]);
    multiply(f->n, f->power[1], f->power[1], f->power[3]);
}

/* A becomes A/2^s, its powers with it, by way of A/2^exponent where they overflow; returns s. */
static int scale(const exponential *f, double *work) {
    const size_t n = f->n;
    int exponent = 0;
    raise(f);
    if (!is_finite(n, f->power[2]) || !is_finite(n, f->power[3])) {
        exponent = exponent_of(LINALG(largest)(n * n, f->a));
        scale_by_power(n * n, f->a, -exponent);
        raise(f);
    }
    const int s = halvings(f, exponent, work);
    scale_by_power(n * n, f->a, exponent - s);
    for (int k = 0; k < 3; k++) scale_by_power(n * n, f->power[k], (2 * k + 2) * (exponent - s));
    return s;
}

bool LINALG(expm)(size_t n, const real *a, real *e, void *scratch) {
    if (!is_finite(n, a)) return false;
    double *const work = scratch;
    real *const pivots = (real *)(void *)(work + 2 * n), *const matrices = pivots + n;
    exponential f = { .n = n, .a = matrices };
    for (size_t k = 0; k < 4; k++) f.power[k] = matrices + (k + 1) * n * n;
    f.odd = matrices + 5 * n * n;
    f.even = matrices + 6 * n * n;
    f.sum = matrices + 7 * n * n;

    memcpy(f.a, a, n * n * sizeof(real));
    const int s = scale(&f, work);
    approximate(&f, pivots);
    for (int k = 0; k < s && is_finite(n, f.even); k++) {
        multiply(n, f.even, f.even, f.odd);
        memcpy(f.even, f.odd, n * n * sizeof(real));
    }
    memcpy(e, f.even, n * n * sizeof(real));
    return is_finite(n, e);
}
