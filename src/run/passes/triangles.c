/* SPDX-License-Identifier: MIT */
/* A product with a triangular matrix leaves its zeros out. Derivatives of Cholesky's factor and of triangular solves
 * are full of them. */
#include "run/rewrite.h"

/* Below these a triangle has too few strips, and the other factor is too narrow, to gain by it. */
enum { SMALLEST = 24, NARROWEST = 8 };

static mgd_triangle triangle_of(mgd_traits *traits, const mgd_var *v, mgd_dim width, mgd_triangle lower,
                                mgd_triangle upper) {
    if (v->rows != v->cols || v->rows < SMALLEST || width < NARROWEST) return MGD_NO_TRIANGLE;
    unsigned known = mgd__traits_of(traits, v);
    if (known & MGD_LOWER_TRIANGULAR) return lower;
    return known & MGD_UPPER_TRIANGULAR ? upper : MGD_NO_TRIANGLE;
}

mgd_var *mgd__pass_triangles(const mgd_candidate *c) {
    mgd_factors_of f;
    const mgd_var *v = c->v;
    if (!mgd__is_product(v, &f) || (mgd__is(v, &mgd__op_product) && v->p.flag.serial)) return NULL;
    mgd_triangle triangle = triangle_of(c->traits, f.a, v->cols, MGD_A_LOWER, MGD_A_UPPER);
    if (!triangle) triangle = triangle_of(c->traits, f.b, v->rows, MGD_B_LOWER, MGD_B_UPPER);
    if (!triangle) return NULL;
    int64_t flags = (f.a_transposed ? MGD_A_TRANSPOSED : 0) | (f.b_transposed ? MGD_B_TRANSPOSED : 0);
    return mgd__triangular_product(f.a, f.b, flags, triangle);
}
