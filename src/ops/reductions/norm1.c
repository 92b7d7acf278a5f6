/* SPDX-License-Identifier: MIT */
/* norm1: the sum of magnitudes: of a vector, of each row or of each column; and the norm of matrices that it induces.
 *
 * value        c = sum of |x(i)|; for a matrix under its own name, induced_norm1(A), the largest of its columns' sums
 * singular     the slope of |x| at 0 is 0
 */
#include "ops/ops.h"

/** The sum of the magnitudes of a vector's entries, a column's or a row's, 1x1. A matrix is refused: there are its
 * mgd_induced_norm1 and mgd_sum(mgd_abs(A)). */
mgd_var *mgd_norm1(mgd_var *x) {
    if (!x || x->tape->failed) return NULL;
    if (mgd__is_vector(x)) return mgd_sum(mgd_abs(x));
    mgd__refuse(x->tape, "norm1: %s is %s, not a vector: of a matrix there are induced_norm1 and sum(abs(%s))",
                mgd__label(x).text, mgd__size_label(x).text, mgd__label(x).text);
    return NULL;
}

/** The largest of the columns' sums of magnitudes, 1x1: the most by which A x can be longer than x, both by norm1. */
mgd_var *mgd_induced_norm1(mgd_var *A) { return mgd_max(mgd_col_sums(mgd_abs(A))); }

/** The sum of the magnitudes of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_norms1(mgd_var *A) { return mgd_row_sums(mgd_abs(A)); }

/** The sum of the magnitudes of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_norms1(mgd_var *A) { return mgd_col_sums(mgd_abs(A)); }
