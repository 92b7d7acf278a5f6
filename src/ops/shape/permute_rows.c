/* SPDX-License-Identifier: MIT */
/* permute_rows: the rows, or the columns, in another order.
 *
 * value        C(k,j) = A(index[k], j), or C(i,k) = A(i, index[k]), where every row or column is there once
 */
#include "ops/ops.h"

#include <stdlib.h>

static bool not_once(const mgd_var *a, const char *name, const int64_t *index, size_t k, bool again) {
    return mgd__refuse(a->tape, "%s: index[%zu] is %lld%s: %s is %s", name, k, (long long)index[k],
                       again ? ", which was there before" : "", mgd__label(a).text, mgd__size_label(a).text);
}

/* Is the index a permutation of 0 to n - 1, and is that how many there are? */
static bool is_permutation(const mgd_var *a, const char *name, mgd_dim length, size_t n, const int64_t *index) {
    if (length != (int64_t)n || !index)
        return mgd__refuse(a->tape, "%s: %s is %s, the index %s %zu entries: one for each", name, mgd__label(a).text,
                           mgd__size_label(a).text, index ? "has" : "is NULL, of", n);
    bool *there = calloc(n, sizeof *there), fine = true;
    if (!there) return mgd__out_of_memory(a->tape);
    for (size_t k = 0; fine && k < n; k++) {
        bool inside = index[k] >= 0 && index[k] < length;
        fine = inside && !there[index[k]] ? (there[index[k]] = true) : not_once(a, name, index, k, inside);
    }
    free(there);
    return fine;
}

/** The rows of A (n x m) in the order index[0], index[1], ..., counted from 0, each of them once. */
mgd_var *mgd_permute_rows(mgd_var *A, size_t n, const int64_t *index) {
    if (!A || A->tape->failed || !is_permutation(A, "permute_rows", A->rows, n, index)) return NULL;
    return mgd_gather_rows(A, n, index);
}

/** The columns of A (m x n) in the order index[0], index[1], ..., counted from 0, each of them once. */
mgd_var *mgd_permute_cols(mgd_var *A, size_t n, const int64_t *index) {
    if (!A || A->tape->failed || !is_permutation(A, "permute_cols", A->cols, n, index)) return NULL;
    return mgd_gather_cols(A, n, index);
}
