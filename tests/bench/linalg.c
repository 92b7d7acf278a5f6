/* SPDX-License-Identifier: MIT */
/* How fast linalg/ is here: gemm and gemv of the provider that is linked, against textbook loops in the same process,
 * and exp and sigmoid on each instruction set against libm's exp. Medians of rounds in which the rivals take turns. */
#define _POSIX_C_SOURCE 200809L

#include "linalg/linalg.h"
#include "linalg/block.h"
#include "linalg/primitives.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 11, ENTRIES = 4096 };

MGD_BLOCK1(exponentials, mgd__exp(a));
MGD_BLOCK1(sigmoids, mgd__sigmoid(a));

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *x, const void *y) {
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(double *x) {
    qsort(x, ROUNDS, sizeof *x, ascending);
    return x[ROUNDS / 2];
}

static double *numbers(size_t n) {
    double *const x = malloc(n * sizeof *x);
    if (!x) exit(EXIT_FAILURE);
    for (size_t i = 0; i < n; i++) x[i] = (double)(i * 7919 % 1000) / 500 - 1;
    return x;
}

/* The rivals: what one would write by hand. */
static void textbook_gemm(size_t n, const double *a, const double *b, double *c) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) c[i * n + j] = 0;
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < n; j++) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
}

static void textbook_gemv(size_t n, const double *a, const double *x, double *y) {
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) sum += a[i * n + j] * x[j];
        y[i] = sum;
    }
}

static void time_gemm(size_t n) {
    double *const a = numbers(n * n), *const b = numbers(n * n), *const c = numbers(n * n);
    const double flops = 2 * (double)n * (double)n * (double)n;
    const int repeats = flops < 1e8 ? (int)(1e8 / flops) : 1;
    double ours[ROUNDS], rival[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int k = 0; k < repeats; k++) mgd__dgemm(false, false, n, n, n, 1, a, n, b, n, 0, c, n);
        ours[round] = (now() - start) / repeats;
        start = now();
        for (int k = 0; k < (repeats + 3) / 4; k++) textbook_gemm(n, a, b, c);
        rival[round] = (now() - start) / ((repeats + 3) / 4);
    }
    const double time = median(ours);
    printf("gemm %4zu        %7.2f GFLOP/s  %5.1f times the textbook's loops\n", n, flops / time * 1e-9,
           median(rival) / time);
    free(a);
    free(b);
    free(c);
}

static void time_gemv(bool transposed, size_t n) {
    double *const a = numbers(n * n), *const x = numbers(n), *const y = numbers(n);
    const int repeats = (int)(20000000 / (n * n)) + 1;
    double ours[ROUNDS], rival[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int k = 0; k < repeats; k++) mgd__dgemv(transposed, n, n, 1, a, n, x, 0, y);
        ours[round] = (now() - start) / repeats;
        start = now();
        for (int k = 0; k < repeats; k++) textbook_gemv(n, a, x, y);
        rival[round] = (now() - start) / repeats;
    }
    const double time = median(ours);
    printf("gemv %4zu%-8s%7.2f GFLOP/s  %5.1f times the textbook's loops\n", n, transposed ? ", A'" : "",
           2 * (double)n * (double)n / time * 1e-9, median(rival) / time);
    free(a);
    free(x);
    free(y);
}

/* ns per entry of one kernel on one instruction set, and of libm's exp beside it. */
static void time_kernel(const char *name, const mgd_block_kernels *kernels, int precision, mgd_isa isa) {
    static const char *const isas[] = { "baseline", "AVX2", "AVX-512" };
    static double x[ENTRIES], y[ENTRIES];
    static float z[ENTRIES];
    for (size_t i = 0; i < ENTRIES; i++) z[i] = (float)(x[i] = (double)i / ENTRIES * 40 - 20);
    double ours[ROUNDS], rival[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int k = 0; k < 200; k++)
            kernels->of[precision][isa](0, ENTRIES, (const void *const[]){ precision ? (const void *)z : x }, y);
        ours[round] = (now() - start) / 200 / ENTRIES * 1e9;
        start = now();
        for (int k = 0; k < 20; k++)
            for (size_t i = 0; i < ENTRIES; i++) y[i] = precision ? (double)expf(z[i]) : exp(x[i]);
        rival[round] = (now() - start) / 20 / ENTRIES * 1e9;
    }
    const double time = median(ours);
    printf("%-8s%-7s %-9s %6.2f ns an entry  %5.1f times libm's exp\n", name, precision ? "float" : "double", isas[isa],
           time, median(rival) / time);
}

int main(void) {
    printf("linear algebra: %s %s\n", mgd__blas_name(), mgd__blas_core());
    time_gemm(10);
    time_gemm(100);
    time_gemm(500);
    time_gemm(1000);
    for (size_t n = 100; n <= 1000; n *= 10) {
        time_gemv(false, n);
        time_gemv(true, n);
    }
    for (int precision = 0; precision < 2; precision++)
        for (mgd_isa isa = MGD_BASELINE; isa <= mgd__isa(); isa++) {
            time_kernel("exp", &exponentials, precision, isa);
            time_kernel("sigmoid", &sigmoids, precision, isa);
        }
}
