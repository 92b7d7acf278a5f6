/* SPDX-License-Identifier: MIT */
/* dot: the Frobenius inner product of two matrices, or of two columns.
 *
 * value        s = sum of A(i,j) B(i,j) = trace(A' B)
 */
#include "ops/ops.h"

/** The sum of A .* B, 1x1, of two matrices of one size. */
mgd_var *mgd_dot(mgd_var *A, mgd_var *B) {
    mgd_var *const both[] = { A, B };
    if (!mgd__all_live("dot", 2, both)) return NULL;
    if (mgd__same_size(A, B)) return mgd_sum(mgd_hadamard(A, B));
    mgd__refuse(A->tape, "dot: %s is %s, %s is %s: the sizes differ", mgd__label(A).text, mgd__size_label(A).text,
                mgd__label(B).text, mgd__size_label(B).text);
    return NULL;
}
