/* SPDX-License-Identifier: MIT */
/* Transposes absorbed into products: A' B, A B' and (A B)' are products that read their operands the other way, and a
 * sum does not care. */
#include "run/rewrite.h"

static bool strip(mgd_var **a, bool *transposed) {
    if (!mgd__is(*a, &mgd__op_transpose)) return false;
    *a = (*a)->arg[0];
    *transposed = !*transposed;
    return true;
}

mgd_var *mgd__pass_transposes(const mgd_candidate *c) {
    mgd_factors_of f;
    if (mgd__is_product(c->v, &f)) {
        bool of_a = strip(&f.a, &f.a_transposed), of_b = strip(&f.b, &f.b_transposed);
        return of_a || of_b ? mgd__product_of(&f) : NULL;
    }
    if (mgd__is(c->v, &mgd__op_sum) && mgd__is(c->v->arg[0], &mgd__op_transpose)) return mgd_sum(c->v->arg[0]->arg[0]);
    if (mgd__is(c->v, &mgd__op_transpose) && c->used_once[0] && mgd__is_product(c->v->arg[0], &f)) {
        mgd_factors_of other = { f.b, f.a, !f.b_transposed, !f.a_transposed };
        return mgd__product_of(&other);
    }
    return NULL;
}
