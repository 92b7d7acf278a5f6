/* SPDX-License-Identifier: MIT */
/* Products with ones as what they are: a column or a row repeated, which fusion never forms, or sums of rows and
 * columns. */
#include "run/rewrite.h"

static mgd_var *flipped(mgd_var *a, bool transposed) { return transposed ? mgd_transpose(a) : a; }

mgd_var *mgd__pass_repeats(const mgd_candidate *c) {
    mgd_var *v = c->v;
    mgd_factors_of f;
    if (mgd__is(v, &mgd__op_scale) && mgd__is_ones(v->arg[1])) return mgd__repeat(v->arg[0], v->rows, v->cols);
    if (!mgd__is_product(v, &f)) return NULL;
    bool a_ones = mgd__is_ones(f.a), b_ones = mgd__is_ones(f.b);
    int64_t inner = f.a_transposed ? f.a->rows : f.a->cols;
    if (inner == 1 && b_ones) return mgd__repeat(flipped(f.a, f.a_transposed), v->rows, v->cols);
    if (inner == 1 && a_ones) return mgd__repeat(flipped(f.b, f.b_transposed), v->rows, v->cols);
    if ((b_ones || a_ones) && mgd__is_scalar(v)) return mgd_sum(b_ones ? f.a : f.b);
    if (b_ones && v->cols == 1) return f.a_transposed ? mgd_transpose(mgd_col_sums(f.a)) : mgd_row_sums(f.a);
    if (a_ones && v->rows == 1) return f.b_transposed ? mgd_transpose(mgd_row_sums(f.b)) : mgd_col_sums(f.b);
    return NULL;
}
