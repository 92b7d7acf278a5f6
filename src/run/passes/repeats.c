/* SPDX-License-Identifier: MIT */
/* Products with ones as what they are: a column or a row repeated, which fusion never forms, or sums of rows and
 * columns; and such sums of a product without the product. */
#include "run/rewrite.h"

/* op(a) ones, a column. Of a product that nothing else uses: op(x) (op(y) ones), without the product. */
static mgd_var *row_sums_of(mgd_var *a, bool transposed, bool alone) {
    mgd_factors_of f;
    if (!alone || !mgd__is_product(a, &f)) return transposed ? mgd_transpose(mgd_col_sums(a)) : mgd_row_sums(a);
    if (transposed) f = (mgd_factors_of){ f.b, f.a, !f.b_transposed, !f.a_transposed };
    f.b = row_sums_of(f.b, f.b_transposed, false);
    f.b_transposed = false;
    return mgd__product_of(&f);
}

static mgd_var *sum_of_product(const mgd_factors_of *f) {
    mgd_factors_of sums = { row_sums_of(f->a, !f->a_transposed, false), row_sums_of(f->b, f->b_transposed, false), true,
                            false };
    return mgd__product_of(&sums);
}

static mgd_var *sums_of_product(const mgd_candidate *c) {
    mgd_var *v = c->v, *a = v->count ? v->arg[0] : NULL;
    mgd_factors_of f;
    if (!c->used_once[0] || !a || !mgd__is_product(a, &f)) return NULL;
    if (mgd__is(v, &mgd__op_sum)) return sum_of_product(&f);
    if (mgd__is(v, &mgd__op_row_sums)) return row_sums_of(a, false, true);
    return mgd__is(v, &mgd__op_col_sums) ? mgd_transpose(row_sums_of(a, true, true)) : NULL;
}

mgd_var *mgd__pass_repeats(const mgd_candidate *c) {
    mgd_var *v = c->v;
    mgd_factors_of f;
    if (mgd__is(v, &mgd__op_scale) && mgd__is_ones(v->arg[1])) return mgd__repeat(v->arg[0], v->rows, v->cols);
    if (!mgd__is_product(v, &f)) return sums_of_product(c);
    bool a_ones = mgd__is_ones(f.a), b_ones = mgd__is_ones(f.b);
    int64_t inner = f.a_transposed ? f.a->rows : f.a->cols;
    if (inner == 1 && b_ones) return mgd__repeat(mgd__flipped(f.a, f.a_transposed), v->rows, v->cols);
    if (inner == 1 && a_ones) return mgd__repeat(mgd__flipped(f.b, f.b_transposed), v->rows, v->cols);
    if ((b_ones || a_ones) && mgd__is_scalar(v)) return mgd_sum(b_ones ? f.a : f.b);
    if (b_ones && v->cols == 1) return row_sums_of(f.a, f.a_transposed, c->used_once[0]);
    if (a_ones && v->rows == 1) return mgd_transpose(row_sums_of(f.b, !f.b_transposed, c->used_once[1]));
    return NULL;
}
