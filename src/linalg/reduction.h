/* SPDX-License-Identifier: MIT */
/* Reductions of entries to one number: sums, products, maxima, norms. Each is a table of five functions on states,
 * small groups of doubles that say what is known of some entries; an operation's file holds it, as it holds its block
 * kernels, and kernels and fused loops alike are driven by it.
 *
 * States are combined pairwise, over blocks of entries, so that the error grows like the logarithm of their number. */
#ifndef MGD_REDUCTION_H
#define MGD_REDUCTION_H

#include "linalg/isa.h"

#include <stddef.h>
#include <stdint.h>

/* Over all entries, along each row (the result is a column), or along each column (a row). */
typedef enum { MGD_ALL, MGD_ROWS, MGD_COLS, MGD_AXES } mgd_axis;

enum {
    MGD_REDUCTION_BLOCK = 1024, /* entries that block() takes at most */
    MGD_STATE = 2,              /* doubles of the widest state */
    MGD_LEVELS = 48,            /* powers of two that counts of blocks have at most */
    MGD_ROWS_TOGETHER = 128     /* rows that the states of columns take in one by one, before they are combined */
};

/* n states stand side by side: field k of state j is state[k * n + j]. */
typedef struct {
    size_t width; /* doubles of a state, at most MGD_STATE */

    /* n states of no entries; one state, of n entries, from 1 to MGD_REDUCTION_BLOCK. */
    void (*start)(size_t n, double *state);
    void (*block)(mgd_isa isa, size_t n, const double *x, double *state);

    /* Each of n states takes in one entry; field k of state j is state[k * apart + j]. */
    void (*row)(mgd_isa isa, size_t n, size_t apart, const double *x, double *state);

    /* Each of n states takes in what another knows; and their results, which without it the states are. */
    void (*combine)(size_t n, double *state, const double *other);
    void (*finish)(size_t n, const double *state, double *result);
} mgd_reduction;

/* n states side by side, combined pairwise: partial results of 1, 2, 4, ... of what was added, as the bits of the count
 * say. level has room for as many times n * width doubles as the count has bits. */
typedef struct {
    const mgd_reduction *how;
    size_t n;
    uint64_t count;
    double *level;
} mgd_pairwise;
void mgd__pairwise_add(mgd_pairwise *p, double *state);         /* which is overwritten */
void mgd__pairwise_total(const mgd_pairwise *p, double *state); /* of what was added, of nothing where that is none */

void mgd__finish(const mgd_reduction *how, size_t n, const double *state, double *result);

/* Doubles that the pairwise states of cols columns take, rows rows long. */
size_t mgd__column_levels(const mgd_reduction *how, size_t rows, size_t cols);

/* A matrix of rows x cols, row by row, to one number, rows numbers or cols numbers. scratch has room for
 * mgd__reduce_scratch doubles. */
size_t mgd__reduce_scratch(const mgd_reduction *how, mgd_axis axis, size_t rows, size_t cols);
void mgd__reduce(const mgd_reduction *how, mgd_isa isa, mgd_axis axis, size_t rows, size_t cols, const double *x,
                 double *result, double *scratch);

/* The same up to the states, unfinished: of n entries one, and of cols columns cols, side by side. */
void mgd__reduce_run(const mgd_reduction *how, mgd_isa isa, size_t n, const double *x, double *state);
void mgd__reduce_columns(const mgd_reduction *how, mgd_isa isa, size_t rows, size_t cols, const double *x,
                         double *state, double *levels);

extern const mgd_reduction mgd__sums;

#endif
