/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

static mgd_var *others(mgd_axis axis, mgd_var *a) { return mgd__other_factors(axis, 1, &a); }
static mgd_var *directed(mgd_axis axis, mgd_var *a, mgd_var *u) {
    return mgd__other_factors(axis, 2, (mgd_var *[]){ a, u });
}
static mgd_var *twice_directed(mgd_axis axis, mgd_var *a, mgd_var *u, mgd_var *v) {
    return mgd__other_factors(axis, 3, (mgd_var *[]){ a, u, v });
}

static mgd_var *of_all(rule_case *c) { return others(MGD_ALL, variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return others(MGD_ROWS, variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return others(MGD_COLS, variable(c, "A", c->m, c->n)); }

static mgd_var *in_a_direction(rule_case *c) {
    return directed(MGD_ROWS, variable(c, "A", c->m, c->n), matrix(c, "U", c->m, c->n));
}
static mgd_var *of_the_direction(rule_case *c) {
    return directed(MGD_COLS, matrix(c, "A", c->n, c->n), variable(c, "U", c->n, c->n));
}
static mgd_var *in_two_directions(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return twice_directed(MGD_ALL, a, matrix(c, "U", c->m, c->n), mgd_hadamard(a, a));
}
static mgd_var *of_a_square_matrix(rule_case *c) { return others(MGD_COLS, variable(c, "A", c->n, c->n)); }

RULES("other_factors", of_all, of_rows, of_columns, in_a_direction, of_the_direction, in_two_directions,
      of_a_square_matrix);

/* u v' and v u' are one derivative. */
START_TEST(directions_may_be_exchanged) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 3, 4), *u = mgd_input(t, "U", 3, 4), *v = mgd_input(t, "V", 3, 4);
    ck_assert_ptr_eq(twice_directed(MGD_ALL, a, u, v), twice_directed(MGD_ALL, a, v, u));
    mgd_tape_free(t);
}
END_TEST

START_TEST(derivatives_end_with_a_message) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 20, 1), *f = mgd_prod(x), *e = mgd_ones(t, 20, 1);
    for (int k = 0; k < 13; k++) ck_assert_ptr_nonnull(f = mgd_pushforward(f, x, e));
    ck_assert_ptr_null(mgd_pushforward(f, x, e));
    ck_assert_str_eq(mgd_message(t), "prod: the derivative of order 14 in x: it has derivatives up to order 13");
    mgd_tape_free(t);
}
END_TEST

TESTS("other_factors", directions_may_be_exchanged, derivatives_end_with_a_message);
