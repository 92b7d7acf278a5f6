/* SPDX-License-Identifier: MIT */
/* Named sizes get their numbers from the inputs that are set, or from mgd_bind. */
#include "expect.h"

static mgd_tape *t;
static const mgd_size *m, *n, *one, *two;
static const double data[64] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

static void set_up(void) {
    t = mgd_tape_new();
    m = mgd_size_named(t, "m");
    n = mgd_size_named(t, "n");
    one = mgd_size_number(t, 1);
    two = mgd_size_number(t, 2);
}

static void expect_set(mgd_var *x, int64_t rows, int64_t cols) {
    ck_assert_msg(mgd_set(x, data, rows, cols), "%s", mgd_message(t));
}

START_TEST(setting_an_input_binds_its_names) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *a = mgd_input_sized(t, "a", m, one);
    mgd_var *v = mgd_matmul(mgd_transpose(X), a);
    expect_set(X, 3, 2);
    ck_assert_int_eq(mgd_size_value(m), 3);
    ck_assert_int_eq(mgd_size_value(n), 2);
    expect_set(a, 3, 1);
    expect_entries(v, 2, 22, 28);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_conflict_names_the_one_who_bound) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *a = mgd_input_sized(t, "a", m, one);
    expect_set(X, 3, 2);
    expect_undefined(t, mgd_set(a, data, 4, 1), "set: m is 3 from X, but a has 4 rows");
    ck_assert(mgd_bind(t, "m", 5));
    expect_undefined(t, mgd_set(a, data, 4, 1), "set: m is 5, but a has 4 rows");
    expect_undefined(t, mgd_set(X, data, 4, 2), "set: m is 5, but X has 4 rows");
    mgd_var *b = mgd_input_sized(t, "b", one, mgd_size_times(m, n));
    expect_undefined(t, mgd_set(b, data, 1, 9), "set: m*n is 10, but b has 9 columns");
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_in_numbers_are_checked) {
    set_up();
    mgd_var *X = mgd_input(t, "X", 3, 2);
    expect_undefined(t, mgd_set(X, data, 2, 3), "set: X has 3 rows, not 2");
    expect_undefined(t, mgd_set(X, data, 3, 3), "set: X has 2 columns, not 3");
    expect_undefined(t, mgd_set(X, data, 0, 2), "set: X cannot be 0x2");
    expect_undefined(t, mgd_set(X, data, 3, -2), "set: X cannot be 3x-2");
    expect_undefined(t, mgd_set(mgd_exp(X), data, 3, 2), "set: exp(X) is no input");
    expect_undefined(t, mgd_set(mgd_number(t, 2), data, 1, 1), "set: 2 is no input");
    expect_undefined(t, mgd_set(mgd_literal(t, "1e50"), data, 1, 1), "set: 1e50 is no input");
    mgd_var *a = mgd_input_sized(t, "a", m, one);
    expect_undefined(t, mgd_set(a, data, (int64_t)1 << 40, 1), "set: a cannot have 1099511627776 rows");
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_input_that_bound_a_name_may_bind_it_again) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *a = mgd_input_sized(t, "a", m, one), *B = mgd_input(t, "B", 2, 2);
    mgd_var *of_X = mgd_sum(X), *of_a = mgd_sum(a), *of_B = mgd_sum(B);
    expect_set(X, 3, 2);
    expect_set(a, 3, 1);
    expect_set(B, 2, 2);
    expect_entries(of_a, 1, 6);
    expect_set(X, 4, 3);
    ck_assert_int_eq(mgd_size_value(m), 4);
    expect_entries(of_X, 1, 78);
    expect_undefined(t, mgd_value(of_a), "a: the input has no data: set it first");
    expect_entries(of_B, 1, 10);
    expect_set(a, 4, 1);
    expect_entries(of_a, 1, 10);
    expect_set(X, 4, 2); /* a's size is the same: it keeps its data */
    expect_entries(of_a, 1, 10);
    expect_undefined(t, mgd_set(a, data, 5, 1), "set: m is 4 from X, but a has 5 rows");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_name_in_an_expression_may_be_bound_again_too) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", mgd_size_times(two, m), mgd_size_add(n, one));
    expect_set(X, 4, 3);
    ck_assert_int_eq(mgd_size_value(m), 2);
    ck_assert_int_eq(mgd_size_value(n), 2);
    expect_set(X, 6, 2);
    ck_assert_int_eq(mgd_size_value(m), 3);
    ck_assert_int_eq(mgd_size_value(n), 1);
    expect_undefined(t, mgd_set(X, data, 5, 2), "set: X has 2*m rows; no whole m makes that 5");
    ck_assert_int_eq(mgd_size_value(m), 3);
    expect_entries(mgd_sum(X), 1, 78);
    mgd_tape_free(t);
}
END_TEST

START_TEST(columns_see_what_the_rows_bound) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, mgd_size_times(m, n)),
            *Y = mgd_input_sized(t, "Y", m, mgd_size_min(m, two));
    expect_set(X, 2, 6);
    ck_assert_int_eq(mgd_size_value(n), 3);
    expect_set(X, 3, 6);
    ck_assert_int_eq(mgd_size_value(n), 2);
    expect_set(Y, 3, 2);
    mgd_tape_free(t);
    set_up();
    Y = mgd_input_sized(t, "Y", m, mgd_size_min(m, two));
    expect_undefined(t, mgd_set(Y, data, 3, 3), "set: min(2,m) is 2, but Y has 3 columns");
    ck_assert_int_eq(mgd_size_value(m), 0);
    expect_set(Y, 3, 2);
    ck_assert_int_eq(mgd_size_value(m), 3);
    expect_set(Y, 1, 1);
    ck_assert_int_eq(mgd_size_value(m), 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_square_input_is_square) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", n, n);
    expect_undefined(t, mgd_set(X, data, 3, 4), "set: n is 3 from its rows, but X has 4 columns");
    ck_assert_int_eq(mgd_size_value(n), 0);
    expect_set(X, 3, 3);
    expect_undefined(t, mgd_set(X, data, 2, 4), "set: n is 2 from its rows, but X has 4 columns");
    expect_undefined(t, mgd_set(X, data, 3, 4), "set: n is 3 from its rows, but X has 4 columns");
    ck_assert_int_eq(mgd_size_value(n), 3);
    expect_entries(mgd_sum(X), 1, 45);
    expect_set(X, 2, 2);
    ck_assert_int_eq(mgd_size_value(n), 2);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_refused_set_changes_nothing) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *a = mgd_input_sized(t, "a", n, m), *f = mgd_sum(mgd_matmul(X, a));
    expect_set(X, 1, 2);
    expect_set(a, 2, 1);
    const double *before = mgd_value(f), was = *before;
    expect_undefined(t, mgd_set(a, data, 2, 3), "set: m is 1 from X, but a has 3 columns");
    expect_undefined(t, mgd_set(a, NULL, 2, 1), "set: a: the data is NULL");
    expect_undefined(t, mgd_set(X, data, 0, 2), "set: X cannot be 0x2");
    ck_assert_int_eq(mgd_size_value(m), 1);
    ck_assert_int_eq(mgd_size_value(n), 2);
    ck_assert_ptr_eq(mgd_value(f), before);
    ck_assert_double_eq(*before, was);
    mgd_var *Y = mgd_input_sized(t, "Y", mgd_size_named(t, "k"), m);
    expect_undefined(t, mgd_set(Y, data, 4, 4), "set: m is 1 from X, but Y has 4 columns");
    ck_assert_int_eq(mgd_size_value(mgd_size_named(t, "k")), 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(names_can_be_bound_by_hand) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *f = mgd_sum(mgd_ones_sized(t, m, n));
    expect_undefined(t, mgd_value(f), "ones(m,n): the size m is unbound");
    ck_assert(mgd_bind(t, "m", 3));
    expect_undefined(t, mgd_value(f), "ones(m,n): the size n is unbound");
    ck_assert(mgd_bind(t, "n", 2));
    expect_entries(f, 1, 6);
    expect_set(X, 3, 2);
    ck_assert(mgd_bind(t, "n", 2));
    expect_entries(mgd_sum(X), 1, 21);
    ck_assert(mgd_bind(t, "n", 5));
    expect_entries(f, 1, 15);
    expect_undefined(t, mgd_value(X), "X: the input has no data: set it first");
    expect_undefined(t, mgd_bind(t, "k", 3), "bind: no size of this tape is named 'k'");
    expect_undefined(t, mgd_bind(t, "m", 0), "bind: m cannot be 0, a size is a whole number from 1 to 2147483647");
    expect_undefined(t, mgd_bind(t, "m", (int64_t)1 << 31),
                     "bind: m cannot be 2147483648, a size is a whole number from 1 to 2147483647");
    mgd_size_min(m, n);
    expect_undefined(t, mgd_bind(t, "min(m,n)", 1), "bind: no size of this tape is named 'min(m,n)'");
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_exact_division_is_checked) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, one), *half = mgd_input_sized(t, "H", mgd_size_divide(m, 2), one);
    mgd_var *f = mgd_sum(mgd_ones_sized(t, mgd_size_divide(m, 2), one));
    expect_set(X, 6, 1);
    expect_set(half, 3, 1);
    expect_entries(f, 1, 3);
    expect_set(X, 5, 1);
    expect_undefined(t, mgd_value(f), "ones(m/2,1): the size m/2 is not a whole number from 1 to 2147483647");
    expect_undefined(t, mgd_value(half), "H: the input has no data: set it first");
    expect_undefined(t, mgd_set(half, data, 2, 1),
                     "set: H has m/2 rows, which is not a whole number from 1 to 2147483647");
    expect_set(X, 4, 1);
    expect_entries(f, 1, 2);
    expect_set(half, 2, 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_size_decides_the_one_name_it_leaves_open) {
    set_up();
    mgd_var *half = mgd_input_sized(t, "H", mgd_size_divide(mgd_size_add(m, one), 2), one);
    mgd_var *sum = mgd_input_sized(t, "S", mgd_size_add(m, n), one);
    mgd_var *product = mgd_input_sized(t, "P", mgd_size_times(m, n), one);
    mgd_var *square = mgd_input_sized(t, "Q", mgd_size_times(m, m), one);
    expect_undefined(t, mgd_set(sum, data, 5, 1), "set: S has m+n rows, which 5 does not decide: bind its names first");
    expect_undefined(t, mgd_set(product, data, 6, 1),
                     "set: P has m*n rows, which 6 does not decide: bind its names first");
    expect_undefined(t, mgd_set(square, data, 9, 1),
                     "set: Q has m*m rows, which 9 does not decide: bind its names first");
    expect_set(half, 2, 1);
    ck_assert_int_eq(mgd_size_value(m), 3);
    expect_undefined(t, mgd_set(sum, data, 3, 1), "set: S has m+n rows; no whole n makes that 3");
    expect_undefined(t, mgd_set(product, data, 7, 1), "set: P has m*n rows; no whole n makes that 7");
    expect_set(sum, 5, 1);
    ck_assert_int_eq(mgd_size_value(n), 2);
    expect_set(product, 6, 1);
    expect_set(square, 9, 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(huge_coefficients_decide_without_overflow) {
    set_up();
    const mgd_size *big = mgd_size_number(t, 1 << 30), *k = mgd_size_named(t, "k");
    const mgd_size *huge_m = mgd_size_times(mgd_size_times(m, big), mgd_size_times(two, two));
    const mgd_size *huge_n = mgd_size_times(mgd_size_times(n, big), mgd_size_times(two, two));
    huge_m = mgd_size_times(huge_m, big);
    huge_n = mgd_size_times(huge_n, big);
    mgd_var *X = mgd_input_sized(t, "X", mgd_size_add(mgd_size_add(huge_m, huge_n), k), one);
    mgd_var *Y = mgd_input_sized(t, "Y", mgd_size_subtract(mgd_size_subtract(k, huge_m), huge_n), one);
    ck_assert(mgd_bind(t, "m", 1) && mgd_bind(t, "n", 1));
    ck_assert(!mgd_set(X, data, 3, 1));
    ck_assert(!mgd_set(Y, data, 3, 1));
    ck_assert_int_eq(mgd_size_value(k), 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(blocks_follow_their_sizes) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n);
    mgd_var *last = mgd_block_sized(X, mgd_size_subtract(m, one), NULL, one, n);
    expect_set(X, 3, 2);
    expect_entries(last, 2, 5, 6);
    expect_set(X, 2, 4);
    expect_entries(last, 4, 5, 6, 7, 8);
    expect_set(X, 1, 2);
    expect_undefined(t, mgd_value(last), "block(X,m-1,0,1,n): the size m-1 is not a whole number from 1 to 2147483647");
    mgd_tape_free(t);
}
END_TEST

TESTS("binding", setting_an_input_binds_its_names, a_conflict_names_the_one_who_bound, sizes_in_numbers_are_checked,
      the_input_that_bound_a_name_may_bind_it_again, a_name_in_an_expression_may_be_bound_again_too,
      columns_see_what_the_rows_bound, a_square_input_is_square, a_refused_set_changes_nothing,
      names_can_be_bound_by_hand, an_exact_division_is_checked, a_size_decides_the_one_name_it_leaves_open,
      huge_coefficients_decide_without_overflow, blocks_follow_their_sizes);
