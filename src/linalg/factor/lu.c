/* SPDX-License-Identifier: MIT */
/* P A = L U with partial pivoting, by halves of the columns (S. Toledo, 1997), so that nearly all of the work is in
 * gemm and trsm. An exchange moves whole rows, L's part and what is still to come alike. pivots[i] is the row, from 0,
 * that was exchanged with row i. */
#include "linalg/factor/factor.h"

enum { NARROW = 8 };

typedef struct {
    size_t n;
    real *a, *pivots;
    size_t zero; /* the first pivot that is 0, from 1 */
} factoring;

static size_t largest_below(const factoring *f, size_t column) {
    size_t best = column;
    for (size_t i = column + 1; i < f->n; i++)
        if (fabs((double)f->a[i * f->n + column]) > fabs((double)f->a[best * f->n + column])) best = i;
    return best;
}

/* Columns from `first` to `end`, one by one. */
static void factor_narrow(factoring *f, size_t first, size_t end) {
    const size_t n = f->n;
    for (size_t k = first; k < end; k++) {
        const size_t row = largest_below(f, k);
        f->pivots[k] = (real)row;
        swap_numbers(n, f->a + k * n, f->a + row * n);

        const real *const pivot_row = f->a + k * n;
        const real pivot = pivot_row[k];
        if (pivot == 0) {
            if (f->zero == 0) f->zero = k + 1;
            continue;
        }
        for (size_t i = k + 1; i < n; i++) {
            real *const below = f->a + i * n;
            below[k] /= pivot;
            for (size_t j = k + 1; j < end; j++) below[j] -= below[k] * pivot_row[j];
        }
    }
}

static void factor(factoring *f, size_t first, size_t end) {
    if (end - first <= NARROW) {
        factor_narrow(f, first, end);
        return;
    }
    const size_t n = f->n, half = (end - first) / 2, middle = first + half, rest = end - middle;
    real *const a = f->a;
    factor(f, first, middle);
    LINALG(trsm)(false, false, true, half, rest, a + first * n + first, n, a + first * n + middle, n);
    LINALG(gemm)
    (false, false, n - middle, rest, half, -1, a + middle * n + first, n, a + first * n + middle, n, 1,
     a + middle * n + middle, n);
    factor(f, middle, end);
}

size_t LINALG(lu)(size_t n, real *a, real *pivots) {
    factoring f = { n, a, pivots, 0 };
    factor(&f, 0, n);
    return f.zero;
}
