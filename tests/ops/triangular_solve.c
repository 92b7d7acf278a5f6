/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *by_the_matrix(rule_case *c) {
    return mgd_triangular_solve(variable(c, "L", c->n, c->n), matrix(c, "B", c->n, c->k));
}

static mgd_var *by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_triangular_solve(matrix(c, "L", c->n, c->n), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

static mgd_var *transposed(rule_case *c) {
    return mgd_triangular_solve(mgd_transpose(variable(c, "L", c->n, c->n)), matrix(c, "B", c->n, c->k));
}

static mgd_var *transposed_by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_triangular_solve(mgd_transpose(matrix(c, "L", c->n, c->n)), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

static mgd_var *upper_by_the_matrix(rule_case *c) {
    return mgd_triangular_solve_upper(variable(c, "U", c->n, c->n), matrix(c, "B", c->n, c->k));
}

static mgd_var *upper_by_both(rule_case *c) {
    mgd_var *u = variable(c, "U", c->n, c->n);
    return mgd_triangular_solve_upper(u, mgd_hadamard(u, u));
}

static mgd_var *upper_transposed(rule_case *c) {
    return mgd_triangular_solve_upper(mgd_transpose(variable(c, "U", c->n, c->n)), matrix(c, "B", c->n, c->k));
}

static mgd_var *upper_transposed_by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_triangular_solve_upper(mgd_transpose(matrix(c, "U", c->n, c->n)), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

RULES("triangular_solve", by_the_matrix, by_the_right_side, transposed, transposed_by_the_right_side,
      upper_by_the_matrix, upper_by_both, upper_transposed, upper_transposed_by_the_right_side);

START_TEST(only_the_upper_triangle_is_read) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *U = mgd_input(t, "U", 2, 2), *b = mgd_input(t, "b", 2, 1), *x = mgd_triangular_solve_upper(U, b),
            *y = mgd_triangular_solve_upper(mgd_transpose(U), b);
    ck_assert(mgd_set(U, (const double[]){ 2, 1, 777, 4 }, 2, 2) && mgd_set(b, (const double[]){ 4, 8 }, 2, 1));
    const double *v = mgd_value(x);
    ck_assert(v && v[0] == 1 && v[1] == 2);
    v = mgd_value(y);
    ck_assert(v && v[0] == 2 && v[1] == 1.5);
    ck_assert_str_eq(mgd__label(y).text, "triangular_solve_upper(U',b)");
    const double *g = mgd_value(mgd_gradient(mgd_sum(x), U));
    ck_assert(g && g[2] == 0);
    ck_assert(mgd_set(U, (const double[]){ 2, 1, 777, 0 }, 2, 2));
    ck_assert_ptr_null(mgd_value(x));
    ck_assert_str_eq(mgd_message(t), "triangular_solve_upper: U is singular: entry (2,2) is 0");
    ck_assert_ptr_null(mgd_triangular_solve_upper(U, mgd_ones(t, 3, 1)));
    ck_assert_str_eq(mgd_message(t), "triangular_solve_upper: U is 2x2, ones(3,1) is 3x1: the rows differ");
    mgd_tape_free(t);
}
END_TEST

TESTS("triangular_solve", only_the_upper_triangle_is_read);
