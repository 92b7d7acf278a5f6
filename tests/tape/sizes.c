/* SPDX-License-Identifier: MIT */
/* Sizes: equal when their normal forms are. */
#include "expect.h"

#include <stdio.h>

static mgd_tape *t;
static const mgd_size *m, *n, *k, *one, *two;

static void set_up(void) {
    t = mgd_tape_new();
    m = mgd_size_named(t, "m");
    n = mgd_size_named(t, "n");
    k = mgd_size_named(t, "k");
    one = mgd_size_number(t, 1);
    two = mgd_size_number(t, 2);
}

static const mgd_size *plus(const mgd_size *a, const mgd_size *b) { return mgd_size_add(a, b); }
static const mgd_size *minus(const mgd_size *a, const mgd_size *b) { return mgd_size_subtract(a, b); }
static const mgd_size *times(const mgd_size *a, const mgd_size *b) { return mgd_size_times(a, b); }

START_TEST(equal_sizes_are_one) {
    set_up();
    ck_assert_ptr_eq(plus(m, n), plus(n, m));
    ck_assert_ptr_eq(times(m, n), times(n, m));
    ck_assert_ptr_eq(times(plus(m, one), minus(m, one)), minus(times(m, m), one));
    ck_assert_ptr_eq(times(plus(m, n), plus(m, n)), plus(plus(times(m, m), times(n, n)), times(two, times(m, n))));
    ck_assert_ptr_eq(mgd_size_divide(times(two, m), 2), m);
    ck_assert_ptr_eq(plus(mgd_size_divide(m, 2), mgd_size_divide(m, 2)), m);
    ck_assert_ptr_eq(plus(mgd_size_divide(m, 2), mgd_size_divide(m, 3)),
                     mgd_size_divide(times(mgd_size_number(t, 5), m), 6));
    ck_assert_ptr_eq(minus(plus(m, n), n), m);
    ck_assert_ptr_eq(mgd_size_divide(mgd_size_divide(m, 2), 3), mgd_size_divide(m, 6));
    ck_assert_ptr_eq(minus(plus(m, one), m), one);
    ck_assert_ptr_eq(mgd_size_named(t, "m"), m);
    ck_assert_ptr_ne(m, n);
    ck_assert_ptr_ne(mgd_size_divide(m, 2), m);
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}
END_TEST

START_TEST(minima_and_maxima_commute) {
    set_up();
    ck_assert_ptr_eq(mgd_size_min(m, n), mgd_size_min(n, m));
    ck_assert_ptr_eq(mgd_size_max(m, n), mgd_size_max(n, m));
    ck_assert_ptr_ne(mgd_size_min(m, n), mgd_size_max(m, n));
    ck_assert_ptr_eq(mgd_size_min(m, m), m);
    ck_assert_ptr_eq(mgd_size_max(plus(m, n), plus(n, m)), plus(m, n));
    ck_assert_ptr_eq(mgd_size_min(one, two), one);
    ck_assert_ptr_eq(mgd_size_max(one, two), two);
    ck_assert_ptr_eq(mgd_size_min(n, one), one);
    ck_assert_ptr_eq(mgd_size_max(one, plus(m, n)), plus(m, n));
    ck_assert_ptr_ne(mgd_size_min(minus(n, one), one), one); /* it may be no size at all */
    ck_assert_ptr_eq(minus(times(two, mgd_size_min(m, n)), mgd_size_min(n, m)), mgd_size_min(m, n));
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_have_texts) {
    set_up();
    ck_assert_str_eq(mgd_size_text(m), "m");
    ck_assert_str_eq(mgd_size_text(two), "2");
    ck_assert_str_eq(mgd_size_text(plus(m, n)), "m+n");
    ck_assert_str_eq(mgd_size_text(plus(n, m)), "m+n");
    ck_assert_str_eq(mgd_size_text(times(m, n)), "m*n");
    ck_assert_str_eq(mgd_size_text(times(two, m)), "2*m");
    ck_assert_str_eq(mgd_size_text(minus(times(m, m), one)), "m*m-1");
    ck_assert_str_eq(mgd_size_text(minus(one, m)), "-m+1");
    ck_assert_str_eq(mgd_size_text(mgd_size_divide(times(n, plus(n, one)), 2)), "(n*n+n)/2");
    ck_assert_str_eq(mgd_size_text(mgd_size_divide(m, 2)), "m/2");
    ck_assert_str_eq(mgd_size_text(mgd_size_divide(times(mgd_size_number(t, 3), m), 2)), "3*m/2");
    ck_assert_str_eq(mgd_size_text(mgd_size_min(m, n)), "min(m,n)");
    ck_assert_str_eq(mgd_size_text(mgd_size_max(plus(m, one), n)), "max(n,m+1)");
    ck_assert_str_eq(mgd_size_text(plus(mgd_size_min(m, n), k)), "k+min(m,n)");
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_have_values_once_their_names_are_bound) {
    set_up();
    const mgd_size *triangle = mgd_size_divide(times(n, plus(n, one)), 2), *least = mgd_size_min(m, n);
    const mgd_size *most = mgd_size_max(m, n), *half = mgd_size_divide(m, 2), *difference = minus(m, n);
    ck_assert_int_eq(mgd_size_value(two), 2);
    ck_assert_int_eq(mgd_size_value(triangle), 0);
    ck_assert(mgd_bind(t, "n", 4));
    ck_assert_int_eq(mgd_size_value(triangle), 10);
    ck_assert_int_eq(mgd_size_value(least), 0);
    ck_assert(mgd_bind(t, "m", 6));
    ck_assert_int_eq(mgd_size_value(least), 4);
    ck_assert_int_eq(mgd_size_value(most), 6);
    ck_assert_int_eq(mgd_size_value(half), 3);
    ck_assert_int_eq(mgd_size_value(difference), 2);
    ck_assert_int_eq(mgd_size_value(times(m, n)), 24);
    ck_assert(mgd_bind(t, "m", 3));
    ck_assert_int_eq(mgd_size_value(least), 3);
    ck_assert_int_eq(mgd_size_value(most), 4);
    ck_assert_int_eq(mgd_size_value(half), 0);
    ck_assert_int_eq(mgd_size_value(difference), 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_size_is_a_whole_number_from_one_on) {
    set_up();
    expect_refusal(t, mgd_size_number(t, 0), "size: 0 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_size_number(t, -7), "size: -7 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_size_number(t, (int64_t)1 << 31),
                   "size: 2147483648 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_size_number(t, INT64_MIN),
                   "size: -9223372036854775808 is not a whole number from 1 to 2147483647");
    expect_refusal(t, minus(m, m), "size: 0 is not a whole number from 1 to 2147483647");
    expect_refusal(t, minus(one, two), "size: -1 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_size_divide(one, 2), "size: 1/2 is not a whole number from 1 to 2147483647");
    expect_refusal(t, times(mgd_size_number(t, INT32_MAX), two),
                   "size: 4294967294 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_size_divide(m, 0), "size: m cannot be divided by 0");
    expect_refusal(t, mgd_size_divide(m, -2), "size: m cannot be divided by -2");
    ck_assert_int_eq(mgd_size_value(mgd_size_number(t, INT32_MAX)), INT32_MAX);
    mgd_tape_free(t);
}
END_TEST

START_TEST(names_are_checked) {
    set_up();
    expect_refusal(t, mgd_size_named(t, ""), "size: '' is no name");
    expect_refusal(t, mgd_size_named(t, "2m"), "size: '2m' is no name");
    expect_refusal(t, mgd_size_named(t, "m+n"), "size: 'm+n' is no name");
    expect_refusal(t, mgd_size_named(t, "min(m,n)"), "size: 'min(m,n)' is no name");
    ck_assert_str_eq(mgd_size_text(mgd_size_named(t, "n_rows")), "n_rows");
    mgd_tape_free(t);
}
END_TEST

static const char too_much[] =
    "size: an expression has more than 32 terms, a degree over 6 or a coefficient over 64 bits";

START_TEST(an_expression_has_bounds) {
    set_up();
    const mgd_size *power = times(times(m, m), times(m, n)), *many = m;
    ck_assert_str_eq(mgd_size_text(times(power, times(n, n))), "m*m*m*n*n*n");
    expect_refusal(t, times(power, power), too_much);
    for (int i = 0; i < 31; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        many = plus(many, mgd_size_named(t, name));
    }
    ck_assert_ptr_nonnull(many);
    expect_refusal(t, plus(many, one), too_much);
    expect_refusal(t, times(many, plus(m, n)), too_much);
    mgd_tape_free(t);
}
END_TEST

START_TEST(coefficients_do_not_overflow) {
    set_up();
    const mgd_size *big = mgd_size_number(t, 1 << 30), *huge = times(times(m, big), big); /* 2^60 m */
    const mgd_size *eight = mgd_size_number(t, 8), *four = mgd_size_number(t, 4), *most = times(huge, four);
    ck_assert_str_eq(mgd_size_text(most), "4611686018427387904*m");
    expect_refusal(t, times(huge, eight), too_much);
    expect_refusal(t, plus(most, most), too_much);
    const mgd_size *least = minus(minus(n, most), most); /* n - 2^63 m */
    ck_assert_ptr_nonnull(least);
    ck_assert_ptr_nonnull(strstr(mgd_size_text(least), "-9223372036854775808*m"));
    expect_refusal(t, minus(one, least), too_much);
    ck_assert(mgd_bind(t, "m", 1) && mgd_bind(t, "n", 1));
    ck_assert_int_eq(mgd_size_value(least), 0);
    ck_assert(mgd_bind(t, "m", 1 << 20));
    ck_assert_int_eq(mgd_size_value(most), 0);
    const mgd_size *divided = mgd_size_divide(mgd_size_divide(m, INT64_MAX), 1);
    expect_refusal(t, mgd_size_divide(divided, 3), too_much);
    expect_refusal(t, plus(divided, mgd_size_divide(m, INT64_MAX - 1)), too_much);
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_of_two_tapes_do_not_mix) {
    set_up();
    mgd_tape *other = mgd_tape_new();
    const mgd_size *stranger = mgd_size_named(other, "m");
    expect_refusal(t, plus(n, stranger), "size: n and m are of different tapes");
    expect_refusal(other, times(stranger, n), "size: m and n are of different tapes");
    expect_refusal(t, mgd_size_min(m, stranger), "size: m and m are of different tapes");
    ck_assert_str_eq(mgd_message(other), "");
    mgd_tape_free(t);
    mgd_tape_free(other);
}
END_TEST

START_TEST(operations_compute_sizes_in_names) {
    set_up();
    mgd_var *X = mgd_input_sized(t, "X", m, n), *S = mgd_input_sized(t, "S", n, n);
    ck_assert_ptr_eq(mgd_rows_of(mgd_matmul(X, S)), m);
    ck_assert_ptr_eq(mgd_cols_of(mgd_transpose(X)), m);
    ck_assert_ptr_eq(mgd_rows_of(mgd_singular_values(X)), mgd_size_min(n, m));
    ck_assert_ptr_eq(mgd_cols_of(mgd_svd_left(X)), mgd_size_min(m, n));
    ck_assert_ptr_eq(mgd_rows_of(mgd_eigenvectors(S)), n);
    ck_assert_ptr_eq(mgd_rows_of(mgd_block_sized(X, NULL, NULL, minus(m, one), n)), minus(m, one));
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}
END_TEST

TESTS("sizes", equal_sizes_are_one, minima_and_maxima_commute, sizes_have_texts,
      sizes_have_values_once_their_names_are_bound, a_size_is_a_whole_number_from_one_on, names_are_checked,
      an_expression_has_bounds, coefficients_do_not_overflow, sizes_of_two_tapes_do_not_mix,
      operations_compute_sizes_in_names);
