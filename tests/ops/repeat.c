/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *repeated(rule_case *c, mgd_var *a) {
    return mgd_exp(mgd__repeat(a, mgd__dim_of(c->t, c->m), mgd__dim_of(c->t, c->n)));
}

static mgd_var *a_number(rule_case *c) { return repeated(c, variable(c, "a", c->one, c->one)); }
static mgd_var *a_column(rule_case *c) { return repeated(c, variable(c, "a", c->m, c->one)); }
static mgd_var *a_row(rule_case *c) { return repeated(c, variable(c, "a", c->one, c->n)); }

RULES("repeat", a_number, a_column, a_row);

START_TEST(a_row_and_a_column_are_repeated_by_name) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *three = mgd_size_number(t, 3);
    mgd_var *r = mgd_input(t, "r", 1, 3), *c = mgd_input(t, "c", 2, 1), *s = mgd_input(t, "s", 1, 1);
    const double row[] = { 1, 2, 3 }, column[] = { 4, 5 }, number = 6;
    const double rows[] = { 1, 2, 3, 1, 2, 3 }, columns[] = { 4, 4, 4, 5, 5, 5 }, numbers[] = { 6, 6, 6, 6, 6, 6 };
    ck_assert(mgd_set(r, row, 1, 3) && mgd_set(c, column, 2, 1) && mgd_set(s, &number, 1, 1) && mgd_bind(t, "m", 2));
    ck_assert_mem_eq(mgd_value(mgd_repeat(r, 2, 3)), rows, sizeof rows);
    ck_assert_mem_eq(mgd_value(mgd_repeat(c, 2, 3)), columns, sizeof rows);
    ck_assert_mem_eq(mgd_value(mgd_repeat(s, 2, 3)), numbers, sizeof rows);
    ck_assert_mem_eq(mgd_value(mgd_repeat_sized(r, m, three)), rows, sizeof rows);
    ck_assert_ptr_eq(mgd_repeat(r, 1, 3), r);
    ck_assert_ptr_null(mgd_repeat(r, 2, 4));
    ck_assert_str_eq(mgd_message(t), "repeat: r is 1x3, which does not repeat to 2x4");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_repeat(r, 0, 3));
    ck_assert_str_eq(mgd_message(t), "size: 0 is not a whole number from 1 to 2147483647");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_repeat_sized(r, NULL, three));
    ck_assert_str_eq(mgd_message(t), "repeat: the number of rows is NULL or of another tape");
    mgd_tape_free(t);
}
END_TEST

TESTS("repeat", a_row_and_a_column_are_repeated_by_name);
