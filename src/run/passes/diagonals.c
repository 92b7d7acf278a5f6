/* SPDX-License-Identifier: MIT */
/* Products with diagonal matrices as scalings of rows or columns, and diagonals of products without the product. */
#include "run/rewrite.h"

static mgd_var *scaled(mgd_var *a, mgd_var *by) { return mgd_hadamard(mgd__repeat(by, a->rows, a->cols), a); }

static mgd_var *of_product(const mgd_factors_of *f) {
    if (mgd__is(f->a, &mgd__op_from_diag)) {
        mgd_var *d = f->a->arg[0];
        return f->b_transposed ? mgd_transpose(scaled(f->b, mgd_transpose(d))) : scaled(f->b, d);
    }
    if (mgd__is(f->b, &mgd__op_from_diag)) {
        mgd_var *d = f->b->arg[0];
        return f->a_transposed ? mgd_transpose(scaled(f->a, d)) : scaled(f->a, mgd_transpose(d));
    }
    return NULL;
}

static mgd_var *of_diagonal(const mgd_factors_of *f) {
    if (!f->a_transposed) return mgd_row_sums(mgd_hadamard(f->a, f->b_transposed ? f->b : mgd_transpose(f->b)));
    return mgd_transpose(mgd_col_sums(mgd_hadamard(f->a, f->b_transposed ? mgd_transpose(f->b) : f->b)));
}

mgd_var *mgd__pass_diagonals(const mgd_candidate *c) {
    mgd_factors_of f;
    if (mgd__is_product(c->v, &f)) return of_product(&f);
    bool diagonal = mgd__is(c->v, &mgd__op_diag_of) && c->used_once[0] && mgd__is_product(c->v->arg[0], &f);
    return diagonal ? of_diagonal(&f) : NULL;
}
