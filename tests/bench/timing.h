/* SPDX-License-Identifier: MIT */
/* Medians of rounds in which rivals take turns: these machines are noisy, ratios in one process are not. */
#ifndef MGD_BENCH_TIMING_H
#define MGD_BENCH_TIMING_H

#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 11 };

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int ascending(const void *x, const void *y) {
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static inline double median_of(double *x, int rounds) {
    qsort(x, (size_t)rounds, sizeof *x, ascending);
    return x[rounds / 2];
}

static inline double median(double *x) { return median_of(x, ROUNDS); }

#endif
