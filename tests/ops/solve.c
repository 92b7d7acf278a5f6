/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *by_the_matrix(rule_case *c) {
    return mgd_solve(variable(c, "A", c->n, c->n), matrix(c, "B", c->n, c->k));
}

static mgd_var *by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_solve(matrix(c, "A", c->n, c->n), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

static mgd_var *transposed(rule_case *c) {
    return mgd_solve(mgd_transpose(variable(c, "A", c->n, c->n)), matrix(c, "B", c->n, c->k));
}

static mgd_var *transposed_by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_solve(mgd_transpose(matrix(c, "A", c->n, c->n)), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_solve(a, mgd_hadamard(a, a));
}

RULES("solve", by_the_matrix, by_the_right_side, transposed, transposed_by_the_right_side, both);

START_TEST(one_factorisation_serves_all) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 3, 3), *b = mgd_input(t, "b", 3, 1);
    mgd_var *f = mgd_add(mgd_logdet(a), mgd_matmul(mgd_transpose(b), mgd_solve(a, b)));
    ck_assert_ptr_nonnull(mgd_gradient(mgd_add(f, mgd_det(a)), a));
    int factorisations = 0;
    for (size_t i = 0; i < mgd_count(t); i++) factorisations += mgd_at(t, i)->op == &mgd__op_lu;
    ck_assert_int_eq(factorisations, 1);
    mgd_tape_free(t);
}
END_TEST

TESTS("solve", one_factorisation_serves_all);
