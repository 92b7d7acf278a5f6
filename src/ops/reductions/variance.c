/* SPDX-License-Identifier: MIT */
/* variance: the mean squared distance from the mean, of all entries, of each row or of each column.
 *
 * value        c(i) = the mean of (A - repeat(mean))^2 over group i: the divisor is the number of entries, n, not n - 1
 * singular     in two passes, so that nothing cancels
 */
#include "ops/ops.h"

typedef mgd_var *mean_function(mgd_var *);

static mgd_var *variance(mean_function *mean, mgd_var *a) {
    if (!a || a->tape->failed) return NULL;
    mgd_var *m = mean(a), *distance = m ? mgd_subtract(a, mgd__repeat_over(m, a)) : NULL;
    return distance ? mean(mgd_hadamard(distance, distance)) : NULL;
}

/** The variance of all entries, 1x1: the mean of their squared distances from their mean. The divisor is their number
 * n, not n - 1. */
mgd_var *mgd_variance(mgd_var *A) { return variance(mgd_mean, A); }

/** The variance of each row of an m x n matrix, m x 1, with the divisor n. */
mgd_var *mgd_row_variances(mgd_var *A) { return variance(mgd_row_means, A); }

/** The variance of each column of an m x n matrix, 1 x n, with the divisor m. */
mgd_var *mgd_col_variances(mgd_var *A) { return variance(mgd_col_means, A); }
