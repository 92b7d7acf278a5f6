/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <math.h>

static mgd_var *named_corner(rule_case *c) {
    const mgd_size *rows = mgd_size_add(c->m, c->k), *cols = mgd_size_times(c->n, mgd_size_number(c->t, 2));
    return mgd_exp(mgd_block_sized(variable(c, "A", rows, cols), c->k, c->n, c->m, c->n));
}

static mgd_var *overlapping(rule_case *c) {
    mgd_var *a = variable(c, "A", mgd_size_add(c->m, c->one), c->n);
    mgd_var *top = mgd_block_sized(a, NULL, NULL, c->m, c->n), *bottom = mgd_block_sized(a, c->one, NULL, c->m, c->n);
    return mgd_hadamard(top, mgd_exp(bottom));
}

static mgd_var *square_block(rule_case *c) {
    return mgd_block_sized(variable(c, "A", mgd_size_add(c->n, c->one), c->n), c->one, NULL, c->n, c->n);
}

RULES("block", named_corner, overlapping, square_block);

START_TEST(many_blocks_make_one_adjoint) {
    enum { N = 300 };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", N, 2), *f = mgd_number(t, 0);
    for (int i = 0; i < N; i++) f = mgd_add(f, mgd_sum(mgd_exp(mgd_block(x, i, 0, 1, 2))));
    mgd_var *g = mgd_gradient(f, x);
    ck_assert_str_eq(mgd_operation_name(mgd_operation_of(g)), "place");
    ck_assert_uint_eq(mgd_operands(g), N);
    static double data[2 * N];
    for (int i = 0; i < 2 * N; i++) data[i] = i / 1000.0;
    ck_assert(mgd_set(x, data, N, 2));
    const double *y = mgd_value(g);
    for (int i = 0; i < 2 * N; i++) ck_assert_double_eq_tol(y[i], exp(data[i]), 1e-15 * y[i]);
    mgd_tape_free(t);
}
END_TEST

TESTS("block", many_blocks_make_one_adjoint);
