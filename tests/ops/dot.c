/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_dot(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)); }
static mgd_var *with_itself(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_exp(mgd_dot(a, a));
}

COMPOSITION("dot", left, with_itself);

START_TEST(sizes_must_agree) {
    mgd_tape *t = mgd_tape_new(), *other = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3), *B = mgd_input(t, "B", 3, 2), *s = mgd_input(t, "s", 1, 1);
    ck_assert_ptr_null(mgd_dot(A, B));
    ck_assert_str_eq(mgd_message(t), "dot: A is 2x3, B is 3x2: the sizes differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_dot(A, s)); /* nothing is spread */
    ck_assert_str_eq(mgd_message(t), "dot: A is 2x3, s is 1x1: the sizes differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_dot(NULL, A));
    ck_assert_str_eq(mgd_message(t), "dot: operand 1 is NULL");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_dot(A, mgd_input(other, "C", 2, 3)));
    ck_assert_str_eq(mgd_message(t), "dot: operand 2, C, is of another tape");
    mgd_tape_free(other);
    mgd_tape_free(t);
}
END_TEST

TESTS("dot", sizes_must_agree);
