/* SPDX-License-Identifier: MIT */
/* outer: the outer product of two columns.
 *
 * value        C = a b'
 */
#include "ops/ops.h"

/** a b', m x n, for columns a (m x 1) and b (n x 1). */
mgd_var *mgd_outer(mgd_var *a, mgd_var *b) {
    mgd_var *const both[] = { a, b };
    if (!mgd__all_live("outer", 2, both)) return NULL;
    if (a->cols == 1 && b->cols == 1) return mgd_matmul(a, mgd_transpose(b));
    mgd__refuse(a->tape, "outer: %s is %s, %s is %s: both must be columns", mgd__label(a).text, mgd__size_label(a).text,
                mgd__label(b).text, mgd__size_label(b).text);
    return NULL;
}
