/* SPDX-License-Identifier: MIT */
/* quadratic_form: a square matrix between a column and itself.
 *
 * value        s = x' A x
 */
#include "ops/ops.h"

/** x' A x, 1x1, for A of n x n, symmetric or not, and a column x of n x 1. */
mgd_var *mgd_quadratic_form(mgd_var *A, mgd_var *x) {
    mgd_var *const both[] = { A, x };
    if (!mgd__all_live("quadratic_form", 2, both)) return NULL;
    if (A->rows == A->cols && x->cols == 1 && x->rows == A->rows) return mgd_matmul(mgd_transpose(x), mgd_matmul(A, x));
    mgd__refuse(A->tape, "quadratic_form: %s is %s, %s is %s: one must be square, the other a column of its size",
                mgd__label(A).text, mgd__size_label(A).text, mgd__label(x).text, mgd__size_label(x).text);
    return NULL;
}
