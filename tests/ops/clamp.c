/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *between_numbers(rule_case *c) {
    return mgd_clamp(variable(c, "A", c->m, c->n), mgd_rational(c->t, -1, 3), mgd_rational(c->t, 1, 2));
}
static mgd_var *lower(rule_case *c) {
    return mgd_clamp(matrix(c, "A", c->m, c->n), variable(c, "L", c->m, c->n), matrix(c, "U", c->m, c->n));
}
static mgd_var *upper(rule_case *c) {
    return mgd_clamp(matrix(c, "A", c->m, c->n), matrix(c, "L", c->m, c->n), variable(c, "s", c->one, c->one));
}

COMPOSITION("clamp", between_numbers, lower, upper);

START_TEST(operands_are_named) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 3, 1), *b = mgd_input(t, "b", 4, 1), *one = mgd_number(t, 1);
    ck_assert_ptr_null(mgd_clamp(a, NULL, one));
    ck_assert_str_eq(mgd_message(t), "clamp: operand 2 is NULL");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_clamp(a, one, b));
    ck_assert_str_eq(mgd_message(t),
                     "minimum: maximum(a,ones(3,1)) is 3x1, b is 4x1: entry by entry needs equal sizes");
    mgd_tape_free(t);
}
END_TEST

TESTS("clamp", operands_are_named);
