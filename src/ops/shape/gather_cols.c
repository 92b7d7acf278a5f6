/* SPDX-License-Identifier: MIT */
/* gather_cols: columns of a matrix in the order of a constant index, some perhaps repeated, some left out.
 *
 * value        C = gather_rows(A')':  C(i,k) = A(i, index[k])
 */
#include "ops/shape/index.h"

/** The n columns index[0], index[1], ... of A, counted from 0: as mgd_gather_rows of A', transposed. */
mgd_var *mgd_gather_cols(mgd_var *A, size_t n, const int64_t *index) {
    if (!A || A->tape->failed || !mgd__index_list(A->tape, "gather_cols", n, index).sizes.list) return NULL;
    for (size_t k = 0; A->cols > 0 && k < n; k++) {
        if (index[k] < A->cols) continue;
        mgd__refuse(A->tape, "gather_cols: index[%zu] is %lld: %s is %s, and has the columns 0 to %ld", k,
                    (long long)index[k], mgd__label(A).text, mgd__size_label(A).text, (long)A->cols - 1);
        return NULL;
    }
    return mgd_transpose(mgd_gather_rows(mgd_transpose(A), n, index));
}
