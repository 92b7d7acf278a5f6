/* SPDX-License-Identifier: MIT */
/* gather_cols: columns of a matrix in the order of a constant index, some perhaps repeated, some left out.
 *
 * value        C = gather_rows(A')':  C(i,k) = A(i, index[k])
 */
#include "ops/ops.h"

/** The n columns index[0], index[1], ... of A, counted from 0: as mgd_gather_rows of A', transposed. */
mgd_var *mgd_gather_cols(mgd_var *A, size_t n, const int64_t *index) {
    return mgd_transpose(mgd_gather_rows(mgd_transpose(A), n, index));
}
