/* SPDX-License-Identifier: MIT */
/* What a recorded operation costs: chains of scalars. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "matgrad.h"

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

int main(void) {
    time_chain(100000);
    time_chain(1000000);
    return 0;
}
