/* SPDX-License-Identifier: MIT */
/* What drives reductions, and the one that needs no file of its own: sums. */
#include "linalg/reduction.h"

#include "linalg/linalg.h"

#include <string.h>

/* ---- states, pairwise ---- */

void mgd__pairwise_add(mgd_pairwise *p, double *state) {
    size_t size = p->how->width * p->n;
    double *level = p->level;
    for (uint64_t bits = p->count; bits & 1; bits >>= 1, level += size) p->how->combine(p->n, state, level);
    memcpy(level, state, size * sizeof *state);
    p->count++;
}

void mgd__pairwise_total(const mgd_pairwise *p, double *state) {
    size_t size = p->how->width * p->n;
    const double *level = p->level;
    p->how->start(p->n, state);
    for (uint64_t bits = p->count; bits; bits >>= 1, level += size)
        if (bits & 1) p->how->combine(p->n, state, level);
}

void mgd__finish(const mgd_reduction *how, size_t n, const double *state, double *result) {
    if (how->finish)
        how->finish(n, state, result);
    else if (result != state)
        memcpy(result, state, n * sizeof *state);
}

/* ---- matrices ---- */

void mgd__reduce_run(const mgd_reduction *how, mgd_isa isa, size_t n, const double *x, double *state) {
    if (n <= MGD_REDUCTION_BLOCK) {
        how->block(isa, n, x, state);
        return;
    }
    double level[MGD_LEVELS * MGD_STATE];
    mgd_pairwise p = { how, 1, 0, level };
    for (size_t i = 0; i < n; i += MGD_REDUCTION_BLOCK) {
        how->block(isa, n - i < MGD_REDUCTION_BLOCK ? n - i : MGD_REDUCTION_BLOCK, x + i, state);
        mgd__pairwise_add(&p, state);
    }
    mgd__pairwise_total(&p, state);
}

size_t mgd__column_levels(const mgd_reduction *how, size_t rows, size_t cols) {
    size_t levels = 1;
    for (size_t count = rows / MGD_ROWS_TOGETHER; count; count >>= 1) levels++;
    return levels * how->width * cols;
}

void mgd__reduce_columns(const mgd_reduction *how, mgd_isa isa, size_t rows, size_t cols, const double *x,
                         double *state, double *levels) {
    mgd_pairwise p = { how, cols, 0, levels };
    for (size_t i = 0; i < rows;) {
        size_t end = rows - i < MGD_ROWS_TOGETHER ? rows : i + MGD_ROWS_TOGETHER;
        how->start(cols, state);
        for (; i < end; i++) how->row(isa, cols, cols, x + i * cols, state);
        if (i < rows || p.count) mgd__pairwise_add(&p, state);
    }
    if (p.count) mgd__pairwise_total(&p, state);
}

size_t mgd__reduce_scratch(const mgd_reduction *how, mgd_axis axis, size_t rows, size_t cols) {
    return axis == MGD_COLS ? how->width * cols + mgd__column_levels(how, rows, cols) : 0;
}

void mgd__reduce(const mgd_reduction *how, mgd_isa isa, mgd_axis axis, size_t rows, size_t cols, const double *x,
                 double *result, double *scratch) {
    if (axis == MGD_COLS && cols > 1) {
        mgd__reduce_columns(how, isa, rows, cols, x, scratch, scratch + how->width * cols);
        mgd__finish(how, cols, scratch, result);
        return;
    }
    size_t groups = axis == MGD_ROWS ? rows : 1, n = rows * cols / groups;
    for (size_t i = 0; i < groups; i++) {
        double own[MGD_STATE], *state = how->finish ? own : &result[i];
        mgd__reduce_run(how, isa, n, x + i * n, state);
        if (how->finish) how->finish(1, state, &result[i]);
    }
}

/* ---- sums ---- */

static void start(size_t n, double *state) {
    for (size_t j = 0; j < n; j++) state[j] = 0;
}

static void block(mgd_isa isa, size_t n, const double *x, double *state) {
    (void)isa;
    *state = mgd__dsum(n, x);
}

static void combine(size_t n, double *state, const double *other) {
    for (size_t j = 0; j < n; j++) state[j] += other[j];
}

static void row(mgd_isa isa, size_t n, size_t apart, const double *x, double *state) {
    (void)isa;
    (void)apart;
    combine(n, state, x);
}

const mgd_reduction mgd__sums = { 1, start, block, row, combine, NULL };
