/* SPDX-License-Identifier: MIT */
/* The seed's value and gradient as a program, and node by node, against loops written by hand in the same process. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "linalg/linalg.h"
#include "matgrad.h"

#include <math.h>
#include <stdio.h>

typedef struct {
    int m, n;
    double *X, *a, *v, *G;
    mgd_tape *t;
    mgd_var *in[2], *out[2]; /* X, a; f, df/dX */
    mgd_program *p;
    mgd_workspace *ws;
} seed;

static void demand(bool holds, const char *message) {
    if (holds) return;
    fprintf(stderr, "%s\n", message);
    exit(EXIT_FAILURE);
}

/* What one would write: the rival. */
static double by_hand(const seed *s) {
    double f = 0;
    for (int j = 0; j < s->n; j++) s->v[j] = 0;
    for (int i = 0; i < s->m; i++)
        for (int j = 0; j < s->n; j++) s->v[j] += s->X[i * s->n + j] * s->a[i];
    for (int j = 0; j < s->n; j++) {
        double w = 1 / (1 + exp(-s->v[j]));
        f += w * w;
        s->v[j] = 2 * w * w * (1 - w);
    }
    for (int i = 0; i < s->m; i++)
        for (int j = 0; j < s->n; j++) s->G[i * s->n + j] = s->a[i] * s->v[j];
    return f;
}

static double by_program(const seed *s) {
    double f;
    const mgd_array in[] = { mgd_rows(s->X, s->m, s->n), mgd_rows(s->a, s->m, 1) };
    const mgd_array out[] = { mgd_rows(&f, 1, 1), mgd_rows(s->G, s->m, s->n) };
    demand(mgd_run(s->p, s->ws, in, out), mgd_workspace_message(s->ws));
    return f;
}

static double node_by_node(const seed *s) {
    demand(mgd_set(s->in[0], s->X, s->m, s->n) && mgd_set(s->in[1], s->a, s->m, 1), mgd_message(s->t));
    const double *f = mgd_value(s->out[0]), *G = mgd_value(s->out[1]);
    demand(f && G, mgd_message(s->t));
    return *f;
}

static double compile(seed *s) {
    double start = now();
    s->p = mgd_compile(s->t, 2, s->in, 2, s->out, 0);
    double time = now() - start;
    demand(s->p, mgd_message(s->t));
    return time;
}

static void record(seed *s) {
    s->t = mgd_tape_new();
    s->in[0] = mgd_input(s->t, "X", s->m, s->n);
    s->in[1] = mgd_input(s->t, "a", s->m, 1);
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(s->in[0]), s->in[1]));
    s->out[0] = mgd_sum(mgd_hadamard(w, w));
    s->out[1] = mgd_gradient(s->out[0], s->in[0]);
    demand(s->out[1], mgd_message(s->t));
}

static double *numbers(size_t n, double scale) {
    double *x = malloc(n * sizeof *x);
    demand(x, "out of memory");
    for (size_t i = 0; i < n; i++) x[i] = sin((double)i) * scale;
    return x;
}

static double time_of(double (*run)(const seed *), const seed *s, int repeats) {
    static volatile double sink;
    double start = now();
    for (int k = 0; k < repeats; k++) sink += run(s);
    return (now() - start) / repeats;
}

static void time_seed(int m, int n) {
    size_t entries = (size_t)m * (size_t)n;
    seed s = { .m = m,
               .n = n,
               .X = numbers(entries, 1),
               .a = numbers((size_t)m, 1.0 / m),
               .v = numbers((size_t)n, 0),
               .G = numbers(entries, 0) };
    double hand[ROUNDS], program[ROUNDS], nodes[ROUNDS], compiling[ROUNDS];
    record(&s);
    for (int r = 0; r < ROUNDS; r++) {
        compiling[r] = compile(&s);
        if (r + 1 < ROUNDS) mgd_program_free(s.p);
    }
    s.ws = mgd_workspace_new(s.p);
    demand(s.ws, "out of memory");
    int repeats = (int)(4e6 / (double)entries) + 1;
    for (int r = 0; r < ROUNDS; r++) {
        hand[r] = time_of(by_hand, &s, repeats);
        program[r] = time_of(by_program, &s, repeats);
        nodes[r] = time_of(node_by_node, &s, repeats);
    }
    double reference = median(hand);
    printf("seed %4dx%-4d by hand %9.3g us; program %.2f times that, node by node %.2f; compiled in %.0f us\n", m, n,
           reference * 1e6, median(program) / reference, median(nodes) / reference, median(compiling) * 1e6);
    mgd_workspace_free(s.ws);
    mgd_program_free(s.p);
    mgd_tape_free(s.t);
    free(s.X);
    free(s.a);
    free(s.v);
    free(s.G);
}

int main(void) {
    printf("linear algebra: %s %s\n", mgd_linear_algebra(), mgd__blas_core());
    time_seed(3, 2);
    time_seed(100, 100);
    time_seed(1000, 1000);
    time_seed(4000, 4000);
    return 0;
}
