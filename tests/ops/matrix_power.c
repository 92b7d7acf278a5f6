/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <math.h>

static mgd_var *to_the(rule_case *c, int64_t n) { return mgd_matrix_power(variable(c, "A", c->n, c->n), n); }

static mgd_var *square(rule_case *c) { return to_the(c, 2); }
static mgd_var *fifth(rule_case *c) { return to_the(c, 5); }
static mgd_var *inverse_cube(rule_case *c) { return to_the(c, -3); }

COMPOSITION("matrix_power", square, fifth, inverse_cube);

START_TEST(powers_are_products) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *n = mgd_size_named(t, "n");
    mgd_var *a = mgd_input_sized(t, "A", n, n), *product = mgd_eye_sized(t, n);
    for (int64_t k = 0; k <= 9; k++) {
        ck_assert_int_eq(mgd_equal(mgd_matrix_power(a, k), product).answer, MGD_EQUAL);
        ck_assert_int_eq(mgd_equal(mgd_matmul(mgd_matrix_power(a, -k), product), mgd_eye_sized(t, n)).answer,
                         MGD_EQUAL);
        product = mgd_matmul(a, product);
    }
    ck_assert_ptr_eq(mgd_matrix_power(a, 1), a);
    ck_assert_ptr_eq(mgd_matrix_power(a, -1), mgd_inverse(a));
    mgd_tape_free(t);
}
END_TEST

START_TEST(huge_powers_take_few_products) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 2);
    const double turn = 2 * acos(-1) / 64, data[] = { cos(turn), -sin(turn), sin(turn), cos(turn) };
    ck_assert(mgd_set(a, data, 2, 2));
    const double *y = mgd_value(mgd_matrix_power(a, (int64_t)1 << 40 | 16));
    ck_assert(y && fabs(y[0]) < 1e-3 && fabs(y[1] + 1) < 1e-3 && fabs(y[2] - 1) < 1e-3);
    size_t before = mgd_count(t);
    ck_assert_ptr_nonnull(mgd_matrix_power(a, INT64_MAX));
    ck_assert_ptr_nonnull(mgd_matrix_power(a, INT64_MIN));
    ck_assert_uint_lt(mgd_count(t) - before, 260);
    ck_assert(mgd_set(a, (const double[]){ 1, 1, 0, 1 }, 2, 2));
    y = mgd_value(mgd_matrix_power(a, INT64_MIN));
    ck_assert(y && y[0] == 1 && y[1] == -0x1p63 && y[2] == 0 && y[3] == 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_has_no_power_is_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 3), *b = mgd_input(t, "B", 2, 2);
    ck_assert_ptr_null(mgd_matrix_power(NULL, 2));
    ck_assert_ptr_null(mgd_matrix_power(a, 0));
    ck_assert_str_eq(mgd_message(t), "matrix_power: A is 2x3, not square");
    ck_assert_ptr_null(mgd_matrix_power(b, 2));
    mgd_clear(t);
    mgd_var *c = mgd_matrix_power(b, -2), *d = mgd_matrix_power(b, 0);
    ck_assert(mgd_set(b, (const double[]){ 1, 2, 2, 4 }, 2, 2));
    ck_assert_ptr_null(mgd_value(c));
    ck_assert_str_eq(mgd_message(t), "inverse: B is singular: pivot 2 of 2 is 0");
    const double *y = mgd_value(d);
    ck_assert(y && y[0] == 1 && y[1] == 0);
    y = mgd_value(mgd_gradient(mgd_sum(d), b));
    ck_assert(y && y[0] == 0 && y[3] == 0);
    mgd_tape_free(t);
}
END_TEST

TESTS("matrix_power", powers_are_products, huge_powers_take_few_products, what_has_no_power_is_refused);
