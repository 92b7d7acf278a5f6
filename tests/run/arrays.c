/* SPDX-License-Identifier: MIT */
/* Numbers in and out in any layout and either precision. */
#include "../tape/expect.h"

static mgd_tape *t;
static mgd_var *X;

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
}

START_TEST(rows_and_columns_are_told_apart) {
    set_up();
    const double by_column[] = { 1, 3, 5, 2, 4, 6 };
    double out[6];
    ck_assert(mgd_set_array(X, mgd_columns(by_column, 3, 2)));
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    ck_assert(mgd_get(X, mgd_columns(out, 3, 2)));
    ck_assert_mem_eq(out, by_column, sizeof out);
    ck_assert(mgd_get(X, mgd_rows(out, 3, 2)));
    for (int i = 0; i < 6; i++) ck_assert_double_eq(out[i], i + 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(floats_are_converted) {
    set_up();
    const float in[] = { 0.5f, 1.5f, 0.1f, 4, 5, 6 }, by_column[] = { 1, 3, 5, 2, 4, 6 };
    float out[6];
    ck_assert(mgd_set_array(X, mgd_rows_float(in, 3, 2)));
    expect_entries(X, 6, 0.5, 1.5, (double)0.1f, 4, 5, 6);
    ck_assert(mgd_get(X, mgd_rows_float(out, 3, 2)));
    ck_assert_mem_eq(out, in, sizeof out);
    ck_assert(mgd_set_array(X, mgd_columns_float(by_column, 3, 2)));
    ck_assert(mgd_get(X, mgd_columns_float(out, 3, 2)));
    ck_assert_mem_eq(out, by_column, sizeof out);
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    mgd_tape_free(t);
}
END_TEST

START_TEST(strides_may_leave_gaps_or_be_negative) {
    set_up();
    double wide[24], out[24];
    for (int i = 0; i < 24; i++) wide[i] = i, out[i] = -1;
    ck_assert(mgd_set_array(X, (mgd_array){ wide, 3, 2, 8, 3, MGD_DOUBLE }));
    expect_entries(X, 6, 0, 3, 8, 11, 16, 19);
    ck_assert(mgd_get(X, (mgd_array){ out, 3, 2, 8, 3, MGD_DOUBLE }));
    for (int i = 0; i < 24; i++) ck_assert_double_eq(out[i], i % 8 == 0 || i % 8 == 3 ? i : -1);
    ck_assert(mgd_set_array(X, (mgd_array){ wide + 5, 3, 2, -2, -1, MGD_DOUBLE }));
    expect_entries(X, 6, 5, 4, 3, 2, 1, 0);
    ck_assert(mgd_set_array(X, (mgd_array){ wide + 7, 3, 2, 0, 0, MGD_DOUBLE }));
    expect_entries(X, 6, 7, 7, 7, 7, 7, 7);
    ck_assert_ptr_nonnull(mgd_constant(t, (mgd_array){ wide, 2, 2, 1, 8, MGD_DOUBLE }));
    expect_entries(mgd_constant(t, (mgd_array){ wide, 2, 2, 1, 8, MGD_DOUBLE }), 4, 0, 8, 1, 9);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_array_must_have_the_size_of_the_value) {
    set_up();
    double data[8] = { 1, 2, 3, 4, 5, 6 };
    expect_undefined(t, mgd_get(X, mgd_rows(data, 3, 2)), "X: the input has no data: set it first");
    ck_assert(mgd_set(X, data, 3, 2));
    expect_undefined(t, mgd_get(X, mgd_rows(data, 2, 3)), "get: X is 3x2, the array 2x3");
    expect_undefined(t, mgd_get(X, mgd_rows(data, 4, 2)), "get: X is 3x2, the array 4x2");
    ck_assert(mgd_get(mgd_transpose(X), mgd_rows(data, 2, 3)));
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert_mem_eq(data, ((double[]){ 1, 3, 5, 2, 4, 6 }), 6 * sizeof *data);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_array_describes_itself) {
    double d[6] = { 0 };
    float f[6] = { 0 };
    mgd_array a = mgd_rows(d, 3, 2), b = mgd_columns(d, 3, 2), c = mgd_rows_float(f, 2, 3),
              e = mgd_columns_float(f, 2, 3);
    ck_assert(a.data == d && a.rows == 3 && a.cols == 2 && a.row_stride == 2 && a.col_stride == 1 &&
              a.precision == MGD_DOUBLE);
    ck_assert(b.data == d && b.rows == 3 && b.cols == 2 && b.row_stride == 1 && b.col_stride == 3 &&
              b.precision == MGD_DOUBLE);
    ck_assert(c.data == f && c.row_stride == 3 && c.col_stride == 1 && c.precision == MGD_FLOAT);
    ck_assert(e.data == f && e.row_stride == 1 && e.col_stride == 2 && e.precision == MGD_FLOAT);
}
END_TEST

START_TEST(an_input_may_be_set_from_its_own_value) {
    mgd_tape *tape = mgd_tape_new();
    mgd_var *Y = mgd_input(tape, "Y", 2, 2);
    ck_assert(mgd_set(Y, (const double[]){ 1, 2, 3, 4 }, 2, 2));
    ck_assert(mgd_set_array(Y, mgd_columns(mgd_value(Y), 2, 2)));
    const double *y = mgd_value(Y), wanted[] = { 1, 3, 2, 4 };
    ck_assert_mem_eq(y, wanted, sizeof wanted);
    mgd_tape_free(tape);
}
END_TEST

TESTS("arrays", an_input_may_be_set_from_its_own_value, rows_and_columns_are_told_apart, floats_are_converted,
      strides_may_leave_gaps_or_be_negative, an_array_must_have_the_size_of_the_value, an_array_describes_itself);
