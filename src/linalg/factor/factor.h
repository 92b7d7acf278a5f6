/* SPDX-License-Identifier: MIT */
/* What the factorisations share: scaling by powers of two, which rounds nothing, and lengths that neither overflow nor
 * lose small entries. */
#ifndef MGD_FACTOR_H
#define MGD_FACTOR_H

#include "linalg/real.h"

#include <float.h>
#include <math.h>

#ifdef MGD_FLOAT
#define EPSILON FLT_EPSILON
#define TINY FLT_MIN
#else
#define EPSILON DBL_EPSILON
#define TINY DBL_MIN
#endif

static inline size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

static inline void swap_numbers(size_t n, real *x, real *y) {
    for (size_t i = 0; i < n && x != y; i++) {
        const real kept = x[i];
        x[i] = y[i];
        y[i] = kept;
    }
}

/* The e with 2^(e-1) <= x < 2^e; 0 for 0. */
static inline int exponent_of(real x) {
    int e = 0;
    if (x != 0) (void)frexp((double)x, &e);
    return e;
}

static inline real times_power(real x, int e) { return (real)ldexp((double)x, e); }

static inline void scale_by_power(size_t n, real *x, int e) {
    for (size_t i = 0; i < n && e != 0; i++) x[i] = times_power(x[i], e);
}

/* The Euclidean length of x, whatever the size of its entries. */
static inline real length_of(size_t n, const real *x) {
    const real squares = LINALG(dot)(n, x, x);
    if (squares > TINY / EPSILON && squares < EPSILON / TINY) return (real)sqrt((double)squares);
    const int e = exponent_of(LINALG(largest)(n, x));
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const double part = ldexp((double)x[i], -e);
        sum += part * part;
    }
    return times_power((real)sqrt(sum), e);
}

#endif
