/* SPDX-License-Identifier: MIT */
/* mean: the mean of all entries, of each row or of each column.
 *
 * value        c(i) = (the sum over group i) / (its number of entries)
 */
#include "ops/ops.h"

static mgd_var *mean(mgd_axis axis, mgd_var *a) {
    return a && !a->tape->failed ? mgd_divide(mgd__sums_along(axis, a), mgd__size_along(axis, a)) : NULL;
}

/** The mean of all entries, 1x1. */
mgd_var *mgd_mean(mgd_var *A) { return mean(MGD_ALL, A); }

/** The mean of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_means(mgd_var *A) { return mean(MGD_ROWS, A); }

/** The mean of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_means(mgd_var *A) { return mean(MGD_COLS, A); }
