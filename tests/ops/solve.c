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

static mgd_var *from_the_right(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_solve_right(mgd_matmul(matrix(c, "B", c->m, c->n), mgd_hadamard(a, a)), a);
}

RULES("solve", by_the_matrix, by_the_right_side, transposed, transposed_by_the_right_side, both, from_the_right);

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

START_TEST(the_matrix_may_stand_on_the_right) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 2), *b = mgd_input(t, "B", 3, 2), *x = mgd_solve_right(b, a);
    ck_assert(mgd_set(a, (const double[]){ 2, 1, 0, 4 }, 2, 2));
    ck_assert(mgd_set(b, (const double[]){ 2, 5, 4, 2, 0, 8 }, 3, 2));
    const double *y = mgd_value(x), wanted[] = { 1, 1, 2, 0, 0, 2 };
    ck_assert_msg(y, "%s", mgd_message(t));
    for (int i = 0; i < 6; i++) ck_assert(y[i] == wanted[i]);
    ck_assert_str_eq(mgd__label(x).text, "solve(A',B')'");
    ck_assert_int_eq(mgd_equal(mgd_matmul(x, a), b).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(x, mgd_matmul(b, mgd_inverse(a))).answer, MGD_EQUAL);
    ck_assert(mgd_set(a, (const double[]){ 2, 1, 4, 2 }, 2, 2));
    ck_assert_ptr_null(mgd_value(x));
    ck_assert_str_eq(mgd_message(t), "solve: A is singular: pivot 2 of 2 is 0");
    ck_assert_ptr_null(mgd_solve_right(a, b));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "B is 3x2, not square"));
    mgd_clear(t);
    ck_assert_ptr_null(mgd_solve_right(mgd_transpose(b), a));
    ck_assert_str_eq(mgd_message(t), "solve_right: B' is 2x3, A is 2x2: the columns differ");
    mgd_tape_free(t);
}
END_TEST

TESTS("solve", one_factorisation_serves_all, the_matrix_may_stand_on_the_right);
