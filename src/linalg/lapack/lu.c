/* SPDX-License-Identifier: MIT */
/* LAPACK factorises A' = P L U, so A = U' L' P': by rows, a lower factor with the pivots, an upper unit one, and
 * exchanges of columns. */
#include "linalg/lapack/lapack.h"

#include <string.h>

/* LAPACK's exchanges are ints, from 1, in the front of the array; they become numbers, from 0. An int is no wider than
 * a number, so from the last to the first none is overwritten before it is read. */
static void number_pivots(size_t n, real *pivots) {
    for (size_t i = n; i-- > 0;) {
        int pivot;
        memcpy(&pivot, (const char *)pivots + i * sizeof pivot, sizeof pivot);
        pivots[i] = (real)(pivot - 1);
    }
}

size_t LINALG(lu)(size_t n, real *a, real *pivots) {
    if (n == 0) return 0;
    const int order = size_of(n);
    int info = 0;
    LAPACK(getrf)(&order, &order, a, &order, (int *)(void *)pivots, &info);
    number_pivots(n, pivots);
    return (size_t)info;
}
