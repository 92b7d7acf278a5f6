/* SPDX-License-Identifier: MIT */
/* What a recorded operation costs: chains of scalars, and the seed against loops written by hand. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "matgrad.h"

#include <math.h>
#include <stdio.h>

static void demand(const void *result, mgd_tape *t) {
    if (result) return;
    fprintf(stderr, "%s\n", mgd_message(t));
    exit(EXIT_FAILURE);
}

static void time_chain(int operations) {
    double record[ROUNDS], differentiate[ROUNDS], evaluate[ROUNDS], again[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        const double half = 0.5;
        mgd_tape *t = mgd_tape_new();
        mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1), *f = x;
        double start = now();
        for (int i = 0; i < operations / 2; i++) f = mgd_add(mgd_sigmoid(f), y);
        record[r] = now() - start;
        start = now();
        mgd_var *g = mgd_gradient(f, x);
        differentiate[r] = now() - start;
        demand(g, t);
        mgd_set(x, &half, 1, 1);
        mgd_set(y, &half, 1, 1);
        start = now();
        demand(mgd_value(g), t);
        evaluate[r] = (now() - start) / (double)mgd_count(t) * operations;
        mgd_set(x, &half, 1, 1);
        start = now();
        demand(mgd_value(g), t);
        again[r] = (now() - start) / (double)mgd_count(t) * operations;
        mgd_tape_free(t);
    }
    double ns = 1e9 / operations;
    printf("chain of %8d operations: recording %.0f ns each, its gradient %.1f times that, evaluating a node %.0f ns, "
           "again %.0f\n",
           operations, median(record) * ns, median(differentiate) / median(record), median(evaluate) * ns,
           median(again) * ns);
}

/* f and df/dX as one would write them for X'a column by column: the rival. */
static double seed_by_hand(int m, int n, const double *X, const double *a, double *v, double *G) {
    double f = 0;
    for (int j = 0; j < n; j++) v[j] = 0;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) v[j] += X[i * n + j] * a[i];
    for (int j = 0; j < n; j++) {
        double w = 1 / (1 + exp(-v[j]));
        f += w * w;
        v[j] = 2 * w * w * (1 - w);
    }
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) G[i * n + j] = a[i] * v[j];
    return f;
}

static void time_seed(int m, int n) {
    size_t entries = (size_t)m * (size_t)n;
    double *data = malloc(entries * sizeof *data), *out = malloc(entries * sizeof *out);
    double *a0 = malloc((size_t)m * sizeof *a0), *v = malloc((size_t)n * sizeof *v);
    for (size_t i = 0; i < entries; i++) data[i] = sin((double)i);
    for (int i = 0; i < m; i++) a0[i] = cos(i) / m;
    mgd_tape *t = mgd_tape_new();
    mgd_var *X = mgd_input(t, "X", m, n), *a = mgd_input(t, "a", m, 1);
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a)), *f = mgd_sum(mgd_hadamard(w, w)),
            *G = mgd_gradient(f, X);
    double ours[ROUNDS], theirs[ROUNDS], sink = 0;
    int repeats = (int)(2e6 / (double)entries) + 1;
    mgd_set(X, data, m, n);
    for (int r = 0; r < ROUNDS; r++) {
        double start = now();
        for (int k = 0; k < repeats; k++) {
            mgd_set(a, a0, m, 1);
            mgd_set(X, data, m, n);
            demand(mgd_value(G), t);
            demand(mgd_value(f), t);
        }
        ours[r] = now() - start;
        start = now();
        for (int k = 0; k < repeats; k++) sink += seed_by_hand(m, n, data, a0, v, out) + out[entries - 1];
        theirs[r] = now() - start;
    }
    printf("seed %4dx%-4d, value and gradient node by node: %.2f times loops by hand (%.3g ms)%s\n", m, n,
           median(ours) / median(theirs), median(theirs) / repeats * 1e3, isnan(sink) ? "?" : "");
    mgd_tape_free(t);
    free(data);
    free(out);
    free(a0);
    free(v);
}

int main(void) {
    printf("linear algebra: %s\n", mgd_linear_algebra());
    time_chain(100000);
    time_chain(1000000);
    time_seed(3, 2);
    time_seed(100, 100);
    time_seed(1000, 1000);
    return 0;
}
