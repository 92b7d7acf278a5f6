/* SPDX-License-Identifier: MIT */
/* argmin: where the smallest entry is, of all, of each row or of each column, as a number from 0 on.
 *
 * value        argmax(-A)
 * singular     the place of the first NaN, where there is one
 */
#include "ops/ops.h"

/** The place of the smallest entry in vec(A), counted from 0, as mgd_argmax counts. */
mgd_var *mgd_argmin(mgd_var *A) { return mgd_argmax(mgd_negate(A)); }

/** The column, counted from 0, of the smallest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_argminima(mgd_var *A) { return mgd_row_argmaxima(mgd_negate(A)); }

/** The row, counted from 0, of the smallest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_argminima(mgd_var *A) { return mgd_col_argmaxima(mgd_negate(A)); }
