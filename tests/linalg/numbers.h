/* SPDX-License-Identifier: MIT */
/* For the tests of linalg/: arrays of random numbers in the precision at hand, and matrices of a known structure. Each
 * test is compiled for double, and once more by its _float.c for float. */
#ifndef MGD_TEST_NUMBERS_H
#define MGD_TEST_NUMBERS_H

#include "../support/support.h"
#include "linalg/real.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef MGD_FLOAT
#define IN_PRECISION(name) name " (float)"
#define EPSILON FLT_EPSILON
#define HUGE_SCALE 1e17
#define TINY_SCALE 1e-30
#else
#define IN_PRECISION(name) name
#define EPSILON DBL_EPSILON
#define HUGE_SCALE 1e150
#define TINY_SCALE 1e-300
#endif

static uint64_t seed = 1;
static void *held[256];
static size_t held_count;

/* Frees every array that the test has asked for. */
static void release(void) {
    while (held_count > 0) free(held[--held_count]);
}

static void *bytes(size_t n) {
    ck_assert_uint_lt(held_count, sizeof held / sizeof *held);
    return held[held_count++] = malloc(n + 1);
}

static inline real *blank(size_t n) {
    real *const x = bytes(n * sizeof(real));
    for (size_t i = 0; i < n; i++) x[i] = NAN;
    return x;
}

static inline real uniform(void) { return (real)test_uniform(&seed); }

static inline size_t below(size_t n) { return (size_t)(test_random(&seed) % n); }

static inline real *numbers(size_t n) {
    real *const x = blank(n);
    for (size_t i = 0; i < n; i++) x[i] = uniform();
    return x;
}

static inline real *zeros(size_t n) {
    real *const x = blank(n);
    for (size_t i = 0; i < n; i++) x[i] = 0;
    return x;
}

static inline real *copy_of(size_t n, const real *x) {
    real *const y = blank(n);
    memcpy(y, x, n * sizeof(real));
    return y;
}

/* A size: mostly small, 0 and 1 among them, sometimes beyond a block. */
static inline size_t any_size(void) {
    static const size_t sizes[] = { 0, 1, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 24, 31, 33, 48, 65, 130 };
    return sizes[below(sizeof sizes / sizeof *sizes)];
}

static inline long double magnitude(long double x) { return x < 0 ? -x : x; }

/* The sum over p of a[p a_step] b[p b_step], and of the terms' magnitudes. */
static inline long double entry(size_t k, const real *a, size_t a_step, const real *b, size_t b_step,
                                long double *size) {
    long double sum = 0;
    *size = 0;
    for (size_t p = 0; p < k; p++) {
        const long double term = (long double)a[p * a_step] * (long double)b[p * b_step];
        sum += term;
        *size += magnitude(term);
    }
    return sum;
}

/* The columns of X, m x n, are orthonormal to `tolerance`. */
static inline void check_orthonormal(size_t m, size_t n, const real *x, double tolerance) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            long double size;
            const long double product = entry(m, x + i, n, x + j, n, &size);
            ck_assert_msg(magnitude(product - (i == j)) <= (long double)tolerance, "columns %zu, %zu of %zux%zu: %Lg",
                          i, j, m, n, product);
        }
}

/* The Euclidean length of n entries, `step` apart; their squares need not be numbers that exist. */
static inline long double length_of(size_t n, const real *x, size_t step) {
    long double most = 0, squares = 0;
    for (size_t i = 0; i < n; i++) most = fmaxl(most, magnitude((long double)x[i * step]));
    for (size_t i = 0; i < n && most > 0; i++) {
        const long double part = (long double)x[i * step] / most;
        squares += part * part;
    }
    return most * sqrtl(squares);
}

/* Matrices that factorisations find hard. */
typedef enum {
    RANDOM,
    GRADED_ROWS,
    GRADED_COLUMNS,
    RANK_ONE,
    ZERO_COLUMN,
    REPEATED_COLUMNS,
    ZERO,
    IDENTITY,
    HUGE_ENTRIES,
    TINY_ENTRIES,
    STRUCTURES
} structure;

static inline real structured_entry(structure kind, size_t i, size_t j) {
    const double x = test_uniform(&seed), graded = 0.5 / EPSILON;
    switch (kind) {
    case GRADED_ROWS:
        return (real)(x * pow(graded, -(double)(i % 8) / 4));
    case GRADED_COLUMNS:
        return (real)(x * pow(graded, -(double)(j % 8) / 4));
    case RANK_ONE:
        return (real)((double)(i % 5 + 1) * ((double)j - 2.5));
    case ZERO_COLUMN:
        return j % 4 == 1 ? 0 : (real)x;
    case REPEATED_COLUMNS:
        return (real)((double)(i * j % 5) / 10);
    case ZERO:
        return 0;
    case IDENTITY:
        return i == j;
    case HUGE_ENTRIES:
        return (real)(x * HUGE_SCALE);
    case TINY_ENTRIES:
        return (real)(x * TINY_SCALE);
    default:
        return (real)x;
    }
}

static inline real *structured(structure kind, size_t m, size_t n) {
    real *const a = blank(m * n);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) a[i * n + j] = structured_entry(kind, i, j);
    return a;
}

#endif
