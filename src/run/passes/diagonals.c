/* SPDX-License-Identifier: MIT */
/* Products with diagonal matrices as scalings of rows or columns, and diagonals of products without the product. */
#include "run/rewrite.h"

static mgd_var *scaled(mgd_var *a, mgd_var *by) { return mgd_hadamard(mgd__repeat(by, a->rows, a->cols), a); }

static mgd_var *of_product(const mgd_factors_of *f) {
    if (mgd__is(f->a, &mgd__op_from_diag) && !f->b_transposed) return scaled(f->b, f->a->arg[0]);
    if (mgd__is(f->b, &mgd__op_from_diag) && !f->a_transposed) return scaled(f->a, mgd_transpose(f->b->arg[0]));
    return NULL;
}

static mgd_var *of_diagonal(const mgd_factors_of *f) {
    if (!f->a_transposed && f->b_transposed) return mgd_row_sums(mgd_hadamard(f->a, f->b));
    if (f->a_transposed && !f->b_transposed) return mgd_transpose(mgd_col_sums(mgd_hadamard(f->a, f->b)));
    return NULL;
}

mgd_var *mgd__pass_diagonals(const mgd_candidate *c) {
    mgd_factors_of f;
    if (mgd__is_product(c->v, &f)) return of_product(&f);
    bool diagonal = mgd__is(c->v, &mgd__op_diag_of) && c->used_once[0] && mgd__is_product(c->v->arg[0], &f);
    return diagonal ? of_diagonal(&f) : NULL;
}
