/* SPDX-License-Identifier: MIT */
/* inv(A) B as a solve, which is faster and more accurate; where the inverse is needed for itself it stays. */
#include "run/rewrite.h"

mgd_var *mgd__pass_solves(const mgd_candidate *c) {
    mgd_factors_of f;
    if (!mgd__is_product(c->v, &f)) return NULL;
    if (mgd__is(f.a, &mgd__op_inverse) && c->used_once[0])
        return mgd__solve(f.a->arg[0], mgd__flipped(f.b, f.b_transposed), f.a_transposed);
    if (mgd__is(f.b, &mgd__op_inverse) && c->used_once[1]) /* B inv(A) = (inv(A)' B')' */
        return mgd_transpose(mgd__solve(f.b->arg[0], mgd__flipped(f.a, !f.a_transposed), !f.b_transposed));
    return NULL;
}
