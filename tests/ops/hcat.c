/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *the_first(rule_case *c) {
    mgd_var *both[] = { variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->k) };
    return mgd_exp(mgd_hcat(2, both));
}
static mgd_var *the_second(rule_case *c) {
    mgd_var *both[] = { matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->k) };
    return mgd_exp(mgd_hcat(2, both));
}
static mgd_var *again_and_again(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n), *of_three[] = { a, mgd_exp(a), a };
    return mgd_exp(mgd_hcat(3, of_three));
}
static mgd_var *the_second_square(rule_case *c) {
    mgd_var *both[] = { matrix(c, "A", c->n, c->n), variable(c, "B", c->n, c->n) };
    return mgd_exp(mgd_hcat(2, both));
}

RULES("hcat", the_first, the_second, again_and_again, the_second_square);

START_TEST(operands_stand_side_by_side) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 1), *B = mgd_input(t, "B", 2, 2), *both[] = { A, B, A };
    const double a[] = { 1, -0.0 }, b[] = { 3, 4, 5, 6 }, c[] = { 1, 3, 4, 1, -0.0, 5, 6, -0.0 };
    ck_assert(mgd_set(A, a, 2, 1) && mgd_set(B, b, 2, 2));
    mgd_var *C = mgd_hcat(3, both);
    ck_assert_mem_eq(mgd_value(C), c, sizeof c);
    ck_assert_ptr_eq(mgd_hcat(1, both), A);
    char text[80];
    mgd_describe(C, text, sizeof text);
    ck_assert_str_eq(text, "hcat(A,B,A)");
    mgd_tape_free(t);
}
END_TEST

START_TEST(rows_must_agree) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m");
    mgd_var *A = mgd_input(t, "A", 2, 1), *B = mgd_input(t, "B", 3, 2);
    mgd_var *C = mgd_input_sized(t, "C", m, m);
    ck_assert_ptr_null(mgd_hcat(2, (mgd_var *[]){ A, B }));
    ck_assert_str_eq(mgd_message(t), "hcat: A is 2x1, B is 3x2: 2 and 3 rows differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_hcat(2, (mgd_var *[]){ A, C }));
    ck_assert_str_eq(mgd_message(t), "hcat: A is 2x1, C is mxm: 2 and m rows differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_hcat(2, (mgd_var *[]){ NULL, A }));
    ck_assert_str_eq(mgd_message(t), "hcat: operand 1 is NULL");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_hcat(2, (mgd_var *[]){ NULL, NULL }));
    ck_assert_ptr_null(mgd_hcat(0, NULL));
    mgd_var *huge = mgd_input(t, "H", 1, 2000000000);
    ck_assert_ptr_null(mgd_hcat(2, (mgd_var *[]){ huge, huge }));
    ck_assert_str_eq(mgd_message(t), "size: 4000000000 is not a whole number from 1 to 2147483647");
    mgd_tape_free(t);
}
END_TEST

TESTS("hcat", operands_stand_side_by_side, rows_must_agree);
