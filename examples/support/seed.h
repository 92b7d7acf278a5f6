/* SPDX-License-Identifier: MIT */
/* What examples/seed.c is made of: the data, the two known formulas as plain loops, and how far rounding can take the
 * three ways apart. Nothing here calls the library. */
#ifndef EXAMPLES_SEED_H
#define EXAMPLES_SEED_H

#include "bounded.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AGREES = 0, DIFFERS = 1, UNUSABLE = 2 }; /* the exit status */

/* ---- the data: these say on stderr what is wrong, and exit, where there is none ---- */

typedef struct {
    int64_t m, n;
    double *X, *a; /* m x n, row by row, and m */
} seed_data;

seed_data built_in_data(void);
seed_data random_data(int64_t m, int64_t n, uint64_t seed); /* uniform in (-1, 1) */
seed_data data_from_files(const char *X_path, const char *a_path);
void free_data(seed_data d);

/* rows x cols zeros of so many bytes each; free() gives them back. */
void *allocate(int64_t rows, int64_t cols, size_t size);

/* ---- the formulas ---- */

/* What belongs to a column of X. */
typedef struct {
    double v, doubt;          /* the entry of X'a, and how far it may be from the true one in any order of summation */
    double tape_v;            /* the same by the library, whose order is its own */
    bounded closed, diagonal; /* what each form multiplies a by, and how far its roundings carry, for this v */
} seed_column;

/* n columns, given the library's X'a; free() gives them back. */
seed_column *columns_of(seed_data d, const double *tape_v);

/* Is the sum of the magnitudes behind v beyond the largest double? Then v may be infinite, or NaN, or neither. */
bool overflows(const seed_column *c);

/* 2 a (w.*w - w.*w.*w)', and A D. */
double *closed_gradient(seed_data d, const seed_column *c);
double *diagonal_gradient(seed_data d, const seed_column *c);

/* w'w, and how far any program's may be from the true one. */
bounded plain_f(seed_data d, const seed_column *c);

bounded sigmoid(bounded v);

/* How far a sum of so many products may be from the true one, given the sum of their magnitudes. */
double doubt_of_sum(double magnitude, int64_t terms);

/* ---- the bounds ---- */

enum { BACKPROPAGATION, CLOSED_FORM, DIAGONAL_FORM, WAYS };

/* On the distance of what two ways multiply a by, in one column. */
double column_bound(const seed_column *c, int way, int other);

/* On the distance of what backpropagation multiplies a by from what it should. */
double true_bound(const seed_column *c);

/* On the distance of x and y, a's products with two factors that are so far apart. */
double entry_bound(double a, double of_column, double x, double y);

/* ---- the derivative without a formula ---- */

/* df/dX(row, col) from values of f alone, with how far it may be off; c is the entry's column. */
bounded by_differences(seed_data d, const seed_column *c, int64_t row, int64_t col);

#endif
