/* SPDX-License-Identifier: MIT */
/* The operations without operands: kernels, meanings and exact numbers. */
#include "matgrad.h"
#include "ops/ops.h"
#include "support/support.h"

#include <math.h>
#include <string.h>

static mgd_tape *t;

static double value_of(mgd_var *v) {
    const double *x = mgd_value(v);
    ck_assert_msg(x, "%s", mgd_message(t));
    return *x;
}

START_TEST(zeros_ones_and_eye_are_what_they_say) {
    t = mgd_tape_new();
    const double *z = mgd_value(mgd_zeros(t, 2, 3)), *o = mgd_value(mgd_ones(t, 2, 3)), *e = mgd_value(mgd_eye(t, 3));
    for (int i = 0; i < 6; i++) ck_assert(z[i] == 0 && o[i] == 1);
    for (int i = 0; i < 9; i++) ck_assert(e[i] == (i % 4 == 0));
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_1x1_ones_are_numbers) {
    t = mgd_tape_new();
    ck_assert_ptr_eq(mgd_zeros(t, 1, 1), mgd_number(t, 0));
    ck_assert_ptr_eq(mgd_ones(t, 1, 1), mgd_number(t, 1));
    ck_assert_ptr_eq(mgd_eye(t, 1), mgd_number(t, 1));
    mgd_tape_free(t);
}
END_TEST

START_TEST(numbers_are_exact_and_one_for_each_value) {
    t = mgd_tape_new();
    ck_assert_ptr_eq(mgd_number(t, 0.1), mgd_rational(t, 1, 10));
    ck_assert_ptr_eq(mgd_number(t, 0.1), mgd_literal(t, "0.1"));
    ck_assert_ptr_eq(mgd_number(t, 0.1), mgd_literal(t, "+10.00e-2"));
    ck_assert_ptr_eq(mgd_rational(t, -6, -4), mgd_number(t, 1.5));
    ck_assert_ptr_eq(mgd_rational(t, 6, -4), mgd_number(t, -1.5));
    ck_assert_ptr_eq(mgd_number(t, -3), mgd_literal(t, "-3"));
    ck_assert_ptr_eq(mgd_number(t, -0.0), mgd_number(t, 0));
    ck_assert(value_of(mgd_number(t, 0.1)) == 0.1);
    ck_assert(value_of(mgd_rational(t, 1, 3)) == 1.0 / 3);
    mgd_tape_free(t);
}
END_TEST

START_TEST(doubles_survive_as_their_shortest_decimal) {
    t = mgd_tape_new();
    const double all[] = {
        1e300,  1e-300, 5e-324, 0x1.fffffffffffffp1023, 0.1 + 0.2, 1 / 3.0, 123456789012345680.0, 0x1.0000000000001p-50,
        -2.5e-9
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) ck_assert(value_of(mgd_number(t, all[i])) == all[i]);
    ck_assert_str_eq(mgd_operation_name(mgd_operation_of(mgd_number(t, 1e300))), "literal");
    mgd_tape_free(t);
}
END_TEST

START_TEST(long_literals_keep_their_digits) {
    t = mgd_tape_new();
    mgd_var *a = mgd_literal(t, "3.14159265358979323846264338327950288"),
            *b = mgd_literal(t, "314159265358979323846264338327950288e-35");
    ck_assert_ptr_eq(a, b);
    ck_assert(value_of(a) == 3.14159265358979323846264338327950288);
    mgd_var *c = mgd_literal(t, "3.14159265358979323846264338327950289");
    ck_assert_ptr_ne(a, c);
    ck_assert_int_eq(mgd_equal(a, c).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mgd_subtract(c, a), mgd_literal(t, "1e-35")).answer, MGD_EQUAL);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_is_no_number_is_refused) {
    static const char *const wrong[] = { "",   "x",    "1x",       ".",   "1e",  "1e+",  "--1",
                                         "1 ", "0x10", "1e999999", "inf", "nan", "1.2.3" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        t = mgd_tape_new();
        ck_assert_msg(!mgd_literal(t, wrong[i]), "'%s' was taken", wrong[i]);
        ck_assert_ptr_nonnull(strstr(mgd_message(t), "is no decimal number"));
        mgd_tape_free(t);
    }
    t = mgd_tape_new();
    ck_assert_ptr_null(mgd_number(t, NAN));
    ck_assert_str_eq(mgd_message(t), "number: nan is not finite");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_rational(t, 1, 0));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_size_is_a_number_in_an_expression) {
    t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *x = mgd_input_sized(t, "X", m, n);
    mgd_var *mean = mgd_divide(mgd_sum(x), mgd_size_as_var(mgd_size_times(m, n)));
    const double data[] = { 1, 2, 3, 4, 5, 9 };
    ck_assert(mgd_set(x, data, 2, 3));
    ck_assert(value_of(mean) == 4);
    ck_assert(mgd_set(x, data, 1, 4));
    ck_assert(value_of(mean) == 2.5);
    ck_assert_ptr_eq(mgd_size_as_var(mgd_size_number(t, 7)), mgd_number(t, 7));
    mgd_tape_free(t);
}
END_TEST

START_TEST(constants_are_copied_and_distinct) {
    t = mgd_tape_new();
    double data[] = { 1, 2, 3, 4, 5, 6 };
    float floats[] = { 1, 4, 2, 5, 3, 6 };
    mgd_var *a = mgd_constant(t, mgd_rows(data, 2, 3)), *b = mgd_constant(t, mgd_columns_float(floats, 2, 3));
    ck_assert_ptr_ne(a, b);
    data[0] = 100;
    ck_assert_ptr_ne(a, mgd_constant(t, mgd_rows(data, 2, 3)));
    ck_assert_mem_eq(mgd_value(a), mgd_value(b), sizeof data);
    ck_assert_int_eq(mgd_equal(a, b).answer, MGD_EQUAL);
    mgd_tape_free(t);
}
END_TEST

TESTS("leaves", zeros_ones_and_eye_are_what_they_say, the_1x1_ones_are_numbers,
      numbers_are_exact_and_one_for_each_value, doubles_survive_as_their_shortest_decimal,
      long_literals_keep_their_digits, what_is_no_number_is_refused, a_size_is_a_number_in_an_expression,
      constants_are_copied_and_distinct);
