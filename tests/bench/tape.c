/* SPDX-License-Identifier: MIT */
/* What a recorded operation costs: the chain x = sin(x)*y + z of scalars, its gradient, and their evaluation, beside
 * what the memory alone costs: nodes of the same size, written one after another. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "matgrad.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Of one thread, its own time is what it takes on a machine that does nothing else. */
static double used(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void demand(const void *result, const mgd_tape *t) {
    if (result) return;
    fprintf(stderr, "%s\n", mgd_message(t));
    exit(EXIT_FAILURE);
}

/* Memory that was freed stays with the process. Else it depends on what happens to lie at the end of the heap which
 * part of a tape's memory the next one has to get from the system again, and this may cost as much as all else. */
static void keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);
#endif
}

static double resident_bytes(void) {
    long total = 0, resident = 0;
    FILE *in = fopen("/proc/self/statm", "r");
    if (in && fscanf(in, "%ld %ld", &total, &resident) != 2) resident = 0;
    if (in) fclose(in);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

/* ---- the memory alone ---- */

enum { NODE = 64, CHUNK = 1 << 17 }; /* bytes of a node with one operand or two, on the average, and of a chunk */

typedef struct chunk {
    struct chunk *before;
    size_t used;
    char data[CHUNK];
} chunk;

static double time_appending(int64_t nodes) {
    double start = used();
    chunk *last = NULL;
    for (int64_t i = 0; i < nodes; i++) {
        if (!last || last->used + NODE > CHUNK) {
            chunk *c = malloc(sizeof *c);
            demand(c, NULL);
            c->before = last;
            c->used = 0;
            last = c;
        }
        uint64_t node[NODE / sizeof(uint64_t)];
        for (size_t k = 0; k < sizeof node / sizeof *node; k++) node[k] = (uint64_t)i + k;
        memcpy(last->data + last->used, node, sizeof node);
        last->used += NODE;
    }
    double seconds = used() - start;
    while (last) {
        chunk *before = last->before;
        free(last);
        last = before;
    }
    return seconds;
}

/* ---- the chain ---- */

static mgd_var *curve(mgd_var *x) { return mgd_sin(x); }

typedef struct {
    double append, record, again, differentiate, evaluate, evaluate_again; /* seconds */
    double bytes, gradient_nodes; /* a node; nodes of the gradient by those of f */
} costs;

static mgd_var *chain(mgd_var *x, mgd_var *y, mgd_var *z, int64_t operations) {
    for (int64_t i = 0; i < operations / 3; i++) x = mgd_add(mgd_hadamard(curve(x), y), z);
    return x;
}

static void set(mgd_var *x) {
    const double half = 0.5;
    demand(mgd_set(x, &half, 1, 1) ? x : NULL, mgd_tape_of(x));
}

static double time_value(mgd_var *v, mgd_var *x) {
    set(x);
    double start = used();
    demand(mgd_value(v), mgd_tape_of(v));
    return used() - start;
}

static costs measure(int64_t operations) {
    costs c = { .append = 0 };
    double before = resident_bytes();
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1), *z = mgd_input(t, "z", 1, 1);
    double start = used();
    mgd_var *f = chain(x, y, z, operations);
    c.record = used() - start;
    demand(f, t);
    c.bytes = (resident_bytes() - before) / (double)mgd_count(t);
    start = used();
    demand(chain(x, y, z, operations) == f ? f : NULL, t);
    c.again = used() - start;
    double nodes = (double)mgd_count(t);
    start = used();
    mgd_var *g = mgd_gradient(f, x);
    c.differentiate = used() - start;
    demand(g, t);
    c.gradient_nodes = (double)mgd_count(t) / nodes - 1;
    set(y);
    set(z);
    c.evaluate = time_value(g, x) / (double)mgd_count(t) * (double)operations;
    c.evaluate_again = time_value(g, x) / (double)mgd_count(t) * (double)operations;
    mgd_tape_free(t);
    c.append = time_appending(operations); /* last: the first round finds no memory that was freed */
    return c;
}

static void time_chain(int64_t operations, int rounds) {
    double of[6][ROUNDS], ns = 1e9 / (double)operations;
    costs first = measure(operations); /* whose memory comes from the system, all of it */
    for (int r = 0; r < rounds; r++) {
        costs c = measure(operations);
        const double all[] = { c.append, c.record, c.again, c.differentiate, c.evaluate, c.evaluate_again };
        for (int k = 0; k < 6; k++) of[k][r] = all[k];
    }
    for (int k = 0; k < 6; k++) of[k][0] = median_of(of[k], rounds);
    printf("chain of %lld operations, x = sin(x)*y + z:\n", (long long)operations);
    printf("  recording %.1f ns each, %.1f times what writing the memory takes (%.1f ns); %.0f bytes a node\n",
           of[1][0] * ns, of[1][0] / of[0][0], of[0][0] * ns, first.bytes);
    printf("  recording it once more, when all is known: %.1f ns\n", of[2][0] * ns);
    printf("  recording the gradient %.1f ns each, %.2f times the value, for %.2f times the nodes\n", of[3][0] * ns,
           of[3][0] / of[1][0], first.gradient_nodes);
    printf("  the first time, in memory new from the system: recording %.1f ns, the gradient %.1f ns, %.2f times\n",
           first.record * ns, first.differentiate * ns, first.differentiate / first.record);
    printf("  evaluating a node of both %.1f ns, again %.1f ns\n", of[4][0] * ns, of[5][0] * ns);
}

int main(void) {
    keep_memory();
    time_chain(100000, ROUNDS);
    time_chain(10000000, 3);
    return 0;
}
