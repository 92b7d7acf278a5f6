/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static const int64_t some[] = { 2, 0, 2, 1 };

static mgd_var *with_repeats(rule_case *c) {
    const mgd_size *rows = mgd_size_add(c->m, mgd_size_number(c->t, 2));
    return mgd_exp(mgd_scatter_add_rows_sized(variable(c, "A", mgd_size_number(c->t, 4), c->n), 4, some, rows));
}
static mgd_var *square(rule_case *c) {
    const mgd_size *four = mgd_size_number(c->t, 4);
    return mgd_exp(mgd_scatter_add_rows(variable(c, "A", four, four), 4, some, 4));
}

RULES("scatter_add_rows", with_repeats, square);

START_TEST(rows_are_added_where_the_index_says) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 4, 1);
    const double a[] = { 1, 2, 4, 8 }, c[] = { 2, 8, 5, 0 };
    ck_assert(mgd_set(A, a, 4, 1));
    ck_assert_mem_eq(mgd_value(mgd_scatter_add_rows(A, 4, some, 4)), c, sizeof c);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_does_not_fit_is_refused) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m");
    mgd_var *A = mgd_input(t, "A", 4, 1), *B = mgd_input_sized(t, "B", m, m);
    ck_assert_ptr_null(mgd_scatter_add_rows(A, 3, some, 4));
    ck_assert_str_eq(mgd_message(t), "scatter_add_rows: A is 4x1, the index has 3 entries: one for each row");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_scatter_add_rows(B, 3, some, 4));
    ck_assert_str_eq(mgd_message(t), "scatter_add_rows: B is mxm, the index has 3 entries: one for each row");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_scatter_add_rows(A, 4, some, 2));
    ck_assert_str_eq(mgd_message(t), "scatter_add_rows: index[0] is 2: the result has the rows 0 to 1");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_scatter_add_rows(A, 4, some, 0));
    ck_assert_str_eq(mgd_message(t), "size: 0 is not a whole number from 1 to 2147483647");
    mgd_clear(t);
    mgd_var *C = mgd_scatter_add_rows_sized(A, 4, some, m);
    const double a[] = { 1, 2, 4, 8 };
    ck_assert(mgd_set(A, a, 4, 1) && mgd_bind(t, "m", 2));
    ck_assert_ptr_null(mgd_value(C));
    ck_assert_str_eq(mgd_message(t), "scatter_add_rows(A,[2,0,2,1],m): index[0] is 2, of 2 rows, counted from 0");
    mgd_tape_free(t);
}
END_TEST

TESTS("scatter_add_rows", rows_are_added_where_the_index_says, what_does_not_fit_is_refused);
