/* SPDX-License-Identifier: MIT */
/* symmetric_part: the symmetric half of a square matrix.
 *
 * value        C = (A + A')/2
 */
#include "ops/ops.h"

mgd_var *mgd__symmetric_half(mgd_var *a) {
    return a ? mgd_scale(mgd_rational(a->tape, 1, 2), mgd_add(a, mgd_transpose(a))) : NULL;
}

/** (A + A')/2 of an n x n matrix. */
mgd_var *mgd_symmetric_part(mgd_var *A) {
    if (!A || A->tape->failed) return NULL;
    if (A->rows == A->cols) return mgd__symmetric_half(A);
    mgd__refuse(A->tape, "symmetric_part: %s is %s, not square", mgd__label(A).text, mgd__size_label(A).text);
    return NULL;
}
