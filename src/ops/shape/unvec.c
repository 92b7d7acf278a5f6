/* SPDX-License-Identifier: MIT */
/* unvec: the matrix whose columns stand one below another in a column: vec's inverse.
 *
 * value        C = reshape(a, rows, cols):  C(i,j) = a(i + rows j), counted from 0
 */
#include "ops/ops.h"

static bool is_a_column(const mgd_var *a) {
    return a->cols == 1 ||
           mgd__refuse(a->tape, "unvec: %s is %s, not a column", mgd__label(a).text, mgd__size_label(a).text);
}

/** The rows x cols matrix whose columns stand one below another in the column a. */
mgd_var *mgd_unvec(mgd_var *a, int64_t rows, int64_t cols) {
    return a && !a->tape->failed && is_a_column(a) ? mgd_reshape(a, rows, cols) : NULL;
}

/** The same with sizes in names. */
mgd_var *mgd_unvec_sized(mgd_var *a, const mgd_size *rows, const mgd_size *cols) {
    return a && !a->tape->failed && is_a_column(a) ? mgd_reshape_sized(a, rows, cols) : NULL;
}
