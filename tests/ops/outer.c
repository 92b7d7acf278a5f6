/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_outer(variable(c, "a", c->m, c->one), matrix(c, "b", c->n, c->one)); }
static mgd_var *right(rule_case *c) { return mgd_outer(matrix(c, "a", c->m, c->one), variable(c, "b", c->n, c->one)); }

static mgd_var *with_itself(rule_case *c) {
    mgd_var *a = variable(c, "a", c->n, c->one);
    return mgd_exp(mgd_outer(a, a));
}

COMPOSITION("outer", left, right, with_itself);

START_TEST(what_is_no_column_is_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 3, 1), *b = mgd_input(t, "b", 4, 2);
    ck_assert_ptr_null(mgd_outer(a, b));
    ck_assert_str_eq(mgd_message(t), "outer: a is 3x1, b is 4x2: both must be columns");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_outer(a, NULL));
    ck_assert_str_eq(mgd_message(t), "outer: operand 2 is NULL");
    mgd_tape_free(t);
}
END_TEST

TESTS("outer", what_is_no_column_is_refused);
