/* SPDX-License-Identifier: MIT */
/* The trace of a product without the product: as many operations as the matrices have entries. */
#include "run/rewrite.h"

mgd_var *mgd__pass_traces(const mgd_candidate *c) {
    mgd_factors_of f;
    if (mgd__is(c->v, &mgd__op_trace) && mgd__is(c->v->arg[0], &mgd__op_from_diag))
        return mgd_sum(c->v->arg[0]->arg[0]);
    if (!mgd__is(c->v, &mgd__op_trace) || !c->used_once[0] || !mgd__is_product(c->v->arg[0], &f)) return NULL;
    if (f.a_transposed != f.b_transposed) return mgd_sum(mgd_hadamard(f.a, f.b));
    return f.a_transposed ? mgd__trace_of_product(f.b, f.a) : mgd__trace_of_product(f.a, f.b);
}
