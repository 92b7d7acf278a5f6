/* SPDX-License-Identifier: MIT */
/* A common factor taken out of a sum: A u + A v is A (u + v), and so with solves. Derivatives are full of such sums,
 * the shares of a product's two operands. */
#include "run/rewrite.h"

static mgd_var *of_solves(const mgd_var *v, mgd_var *x, mgd_var *y) {
    if (x->op != y->op || (x->op != &mgd__op_solve && x->op != &mgd__op_triangular_solve)) return NULL;
    if (x->arg[0] != y->arg[0] || x->p.flag.flag != y->p.flag.flag) return NULL;
    mgd_var *b = mgd__record2(v->op, x->arg[1], y->arg[1]);
    if (x->op == &mgd__op_solve) return mgd__solve(x->arg[0], b, x->p.flag.flag);
    return mgd__apply(x->op, x->p, 0, 0, 2, (mgd_var *[]){ x->arg[0], b });
}

/* Where the result is a vector that the common factor multiplies from the long side, the sum would cost as much. */
static mgd_var *of_products(const mgd_var *v, mgd_var *x, mgd_var *y) {
    mgd_factors_of f, g;
    if (!mgd__is_product(x, &f) || !mgd__is_product(y, &g)) return NULL;
    if (f.a_transposed != g.a_transposed || f.b_transposed != g.b_transposed) return NULL;
    if (f.a == g.a && v->rows > 1 && mgd__same_size(f.b, g.b)) {
        f.b = mgd__record2(v->op, f.b, g.b);
        return mgd__product_of(&f);
    }
    if (f.b == g.b && v->cols > 1 && mgd__same_size(f.a, g.a)) {
        f.a = mgd__record2(v->op, f.a, g.a);
        return mgd__product_of(&f);
    }
    return NULL;
}

mgd_var *mgd__pass_factors(const mgd_candidate *c) {
    mgd_var *v = c->v;
    if (!mgd__is(v, &mgd__op_add) && !mgd__is(v, &mgd__op_subtract)) return NULL;
    if (!c->used_once[0] || !c->used_once[1]) return NULL;
    mgd_var *better = of_solves(v, v->arg[0], v->arg[1]);
    return better ? better : of_products(v, v->arg[0], v->arg[1]);
}
