/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_pow(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)); }
static mgd_var *right(rule_case *c) { return mgd_pow(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)); }

static mgd_var *square_left(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_pow(a, matrix(c, "B", c->n, c->n)), a);
}

static mgd_var *square_right(rule_case *c) {
    mgd_var *b = variable(c, "B", c->n, c->n);
    return mgd_matmul(mgd_pow(matrix(c, "A", c->n, c->n), b), b);
}

static mgd_var *beside_a_scalar(rule_case *c) {
    return mgd_pow(mgd_exp(variable(c, "s", c->one, c->one)), matrix(c, "B", c->m, c->n));
}

RULES("pow", left, right, square_left, square_right, beside_a_scalar);

START_TEST(powers_are_written_with_parentheses) {
    char text[64];
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 3, 1), *b = mgd_input(t, "b", 3, 1);
    mgd_describe(mgd_pow(mgd_add(a, b), mgd_negate(b)), text, sizeof text);
    ck_assert_str_eq(text, "(a+b).^(-b)");
    mgd_describe(mgd_pow(a, mgd_pow(a, b)), text, sizeof text);
    ck_assert_str_eq(text, "a.^(a.^b)");
    mgd_describe(mgd_hadamard(mgd_pow(a, b), mgd_sin(b)), text, sizeof text);
    ck_assert_str_eq(text, "a.^b.*sin(b)");
    mgd_describe(mgd_is_greater(a, mgd_scale(mgd_pi(t), b)), text, sizeof text);
    ck_assert_str_eq(text, "is_less(pi*b,a)");
    mgd_tape_free(t);
}
END_TEST

TESTS("pow", powers_are_written_with_parentheses);
