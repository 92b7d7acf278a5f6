/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static const int64_t some[] = { 2, 0, 2, 1 };

static mgd_var *with_repeats(rule_case *c) {
    const mgd_size *cols = mgd_size_add(c->n, mgd_size_number(c->t, 2));
    return mgd_exp(mgd_gather_cols(variable(c, "A", c->m, cols), 4, some));
}

COMPOSITION("gather_cols", with_repeats);

START_TEST(columns_come_in_the_order_of_the_index) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, c[] = { 3, 1, 3, 2, 6, 4, 6, 5 };
    ck_assert(mgd_set(A, a, 2, 3));
    ck_assert_mem_eq(mgd_value(mgd_gather_cols(A, 4, some)), c, sizeof c);
    ck_assert_ptr_null(mgd_gather_cols(A, 1, (int64_t[]){ 3 }));
    ck_assert_str_eq(mgd_message(t), "gather_cols: index[0] is 3: A is 2x3, and has the columns 0 to 2");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_gather_cols(A, 2, (int64_t[]){ 1, -3 }));
    ck_assert_str_eq(mgd_message(t), "gather_cols: index[1] is -3: rows and columns count from 0 to 2147483646");
    mgd_tape_free(t);
}
END_TEST

TESTS("gather_cols", columns_come_in_the_order_of_the_index);
