/* SPDX-License-Identifier: MIT */
/* Recording: one node for each expression, simpler only where that holds bit for bit. */
#include "expect.h"

#include <math.h>

static mgd_tape *t;
static mgd_var *X, *Y, *a, *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    Y = mgd_input(t, "Y", 3, 2);
    a = mgd_input(t, "a", 3, 1);
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
}

static void tear_down(void) {
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}

START_TEST(the_same_expression_is_the_same_var) {
    set_up();
    mgd_var *first = mgd_sum(mgd_sigmoid(mgd_matmul(mgd_transpose(X), a)));
    size_t count = mgd_count(t);
    ck_assert_ptr_eq(mgd_sum(mgd_sigmoid(mgd_matmul(mgd_transpose(X), a))), first);
    ck_assert_uint_eq(mgd_count(t), count);
    ck_assert_ptr_ne(mgd_subtract(X, Y), mgd_subtract(Y, X));
    ck_assert_ptr_ne(mgd_block(X, 0, 0, 2, 1), mgd_block(X, 1, 0, 2, 1));
    ck_assert_ptr_eq(mgd_block(X, 0, 1, 2, 1), mgd_block(X, 0, 1, 2, 1));
    ck_assert_ptr_ne(mgd_zeros(t, 2, 3), mgd_zeros(t, 3, 2));
    ck_assert_ptr_eq(mgd_eye(t, 4), mgd_eye(t, 4));
    tear_down();
}
END_TEST

START_TEST(what_commutes_is_one_node_printed_as_first_written) {
    set_up();
    mgd_var *sum = mgd_add(Y, X), *product = mgd_hadamard(Y, X);
    ck_assert_ptr_eq(mgd_add(X, Y), sum);
    ck_assert_ptr_eq(mgd_hadamard(X, Y), product);
    expect_text(mgd_add(X, Y), "Y+X");
    expect_text(mgd_hadamard(X, Y), "Y.*X");
    ck_assert_ptr_ne(mgd_chain(X, Y), mgd_chain(Y, X));
    ck_assert_ptr_ne(mgd_divide(X, Y), mgd_divide(Y, X));
    ck_assert_ptr_eq(mgd_add(X, X), mgd_add(X, X));
    tear_down();
}
END_TEST

/* The table's pieces: many that no node is in, one that many are in, and what is found again after rewinding. */
START_TEST(many_expressions_of_one_operand_are_known_again) {
    enum { BEFORE = 9000, MANY = 30000 };
    set_up();
    mgd_var *v = x;
    for (int k = 0; k < BEFORE; k++) v = mgd_sin(v);
    size_t mark = mgd_mark(t);
    mgd_var *first[MANY];
    for (int round = 0; round < 3; round++) {
        for (int k = 0; k < MANY; k++) {
            mgd_var *w = mgd_repeat(v, k % 173 + 2, k / 173 + 2);
            ck_assert(mgd_index(w) == mark + (size_t)k && (round != 1 || w == first[k]));
            first[k] = w;
        }
        if (round == 1) mgd_rewind(t, mark);
    }
    ck_assert_uint_eq(mgd_count(t), mark + MANY);
    ck_assert_ptr_eq(mgd_cos(mgd_cos(v)), mgd_cos(mgd_cos(v)));
    mgd_rewind(t, 5);
    for (v = x; mgd_count(t) < BEFORE;) v = mgd_sin(v);
    v = x;
    for (int k = 5; k < BEFORE; k++) v = mgd_sin(v);
    ck_assert_uint_eq(mgd_count(t), BEFORE);
    tear_down();
}
END_TEST

START_TEST(numbers_are_equal_by_value) {
    set_up();
    mgd_var *tenth = mgd_number(t, 0.1);
    ck_assert_ptr_eq(mgd_literal(t, "0.1"), tenth);
    ck_assert_ptr_eq(mgd_literal(t, "1e-1"), tenth);
    ck_assert_ptr_eq(mgd_literal(t, "+00.1000"), tenth);
    ck_assert_ptr_eq(mgd_rational(t, 1, 10), tenth);
    ck_assert_ptr_eq(mgd_rational(t, -3, -30), tenth);
    ck_assert_ptr_eq(mgd_divide(tenth, mgd_number(t, 1)), tenth);
    ck_assert_ptr_eq(mgd_zeros(t, 1, 1), mgd_number(t, 0));
    ck_assert_ptr_eq(mgd_ones(t, 1, 1), mgd_number(t, 1));
    ck_assert_ptr_eq(mgd_eye(t, 1), mgd_number(t, 1));
    ck_assert_ptr_eq(mgd_size_as_var(mgd_size_number(t, 7)), mgd_number(t, 7));
    ck_assert_ptr_eq(mgd_literal(t, "12345678901234567890123"), mgd_literal(t, "012345678901234567890.123e3"));
    ck_assert_ptr_ne(mgd_number(t, 0.1), mgd_number(t, 0.1 + 1e-17 + 0x1p-56));
    ck_assert_int_eq(mgd_parameter_numerator(mgd_number(t, -0.75)), -3);
    ck_assert_int_eq(mgd_parameter_denominator(mgd_number(t, -0.75)), 4);
    ck_assert_ptr_eq(mgd_number(t, -0.0), mgd_number(t, 0));
    tear_down();
}
END_TEST

START_TEST(a_number_has_the_double_it_came_from) {
    set_up();
    const double some[] = {
        0.1,    -1.0 / 3,   1e300, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 123456789.125,
        0x1p53, 0x1p53 + 2, -1e22, 1e23,   9007199254740993e3
    };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) expect_entries(mgd_number(t, some[i]), 1, some[i]);
    expect_entries(mgd_literal(t, "0.30000000000000000000000000000000001"), 1, 0.3);
    expect_entries(mgd_literal(t, "-1e-400"), 1, -0.0);
    expect_entries(mgd_literal(t, "1e400"), 1, INFINITY);
    expect_entries(mgd_rational(t, INT64_MAX, 3), 1, 3074457345618258602.0);
    expect_entries(mgd_literal(t, "-0"), 1, 0.0);
    tear_down();
}
END_TEST

START_TEST(constants_are_distinct_by_identity) {
    set_up();
    const double data[] = { 1, 2 };
    mgd_var *c = mgd_constant(t, mgd_rows(data, 1, 2)), *d = mgd_constant(t, mgd_rows(data, 1, 2));
    ck_assert_ptr_ne(c, d);
    ck_assert_ptr_eq(mgd_exp(c), mgd_exp(c));
    ck_assert_ptr_ne(mgd_exp(c), mgd_exp(d));
    expect_entries(c, 2, 1, 2);
    tear_down();
}
END_TEST

START_TEST(one_tape_has_one_input_of_a_name) {
    set_up();
    expect_refusal(t, mgd_input(t, "X", 3, 2), "input: this tape has an input named X already, 3x2");
    expect_refusal(t, mgd_input(t, "a", 1, 9), "input: this tape has an input named a already, 3x1");
    ck_assert_str_eq(mgd_name(mgd_input(t, "XX", 3, 2)), "XX");
    tear_down();
}
END_TEST

START_TEST(names_are_copied) {
    set_up();
    char name[] = "theta";
    mgd_var *theta = mgd_input(t, name, 1, 1);
    name[0] = 'b';
    ck_assert_str_eq(mgd_name(theta), "theta");
    ck_assert_ptr_nonnull(mgd_input(t, name, 1, 1));
    tear_down();
}
END_TEST

START_TEST(what_holds_bit_for_bit_is_reduced) {
    set_up();
    mgd_var *one = mgd_number(t, 1), *p = mgd_input(t, "S", 4, 4);
    ck_assert_ptr_eq(mgd_transpose(mgd_transpose(X)), X);
    ck_assert_ptr_eq(mgd_transpose(x), x);
    ck_assert_ptr_eq(mgd_transpose(mgd_eye(t, 3)), mgd_eye(t, 3));
    ck_assert_ptr_eq(mgd_transpose(mgd_ones(t, 3, 2)), mgd_ones(t, 2, 3));
    ck_assert_ptr_eq(mgd_transpose(mgd_zeros(t, 3, 2)), mgd_zeros(t, 2, 3));
    ck_assert_ptr_eq(mgd_negate(mgd_negate(X)), X);
    ck_assert_ptr_eq(mgd_scale(one, X), X);
    ck_assert_ptr_eq(mgd_hadamard(one, x), x);
    ck_assert_ptr_eq(mgd_hadamard(x, one), x);
    ck_assert_ptr_eq(mgd_hadamard(X, mgd_ones(t, 3, 2)), X);
    ck_assert_ptr_eq(mgd_divide(X, one), X);
    ck_assert_ptr_eq(mgd_subtract(X, mgd_zeros(t, 3, 2)), X);
    ck_assert_ptr_eq(mgd_power(X, 1), X);
    ck_assert_ptr_eq(mgd_power(X, 0), mgd_ones(t, 3, 2));
    ck_assert_ptr_eq(mgd_where(Y, X, X), X);
    ck_assert_ptr_eq(mgd_block(X, 0, 0, 3, 2), X);
    ck_assert_ptr_eq(mgd_diag_of(mgd_from_diag(a)), a);
    ck_assert_ptr_eq(mgd_row_sums(a), a);
    ck_assert_ptr_eq(mgd_col_sums(mgd_transpose(a)), mgd_transpose(a));
    ck_assert_ptr_eq(mgd_sum(x), x);
    ck_assert_ptr_eq(mgd_trace(x), x);
    ck_assert_ptr_eq(mgd_det(x), x);
    ck_assert_ptr_eq(mgd_from_diag(x), x);
    ck_assert_ptr_eq(mgd_diag_of(x), x);
    ck_assert_ptr_eq(mgd_chain(mgd_zeros(t, 4, 4), p), mgd_zeros(t, 4, 4));
    tear_down();
}
END_TEST

START_TEST(what_does_not_hold_bit_for_bit_is_not_reduced) {
    set_up();
    mgd_var *zero = mgd_number(t, 0), *zeros = mgd_zeros(t, 3, 2), *z = mgd_input(t, "z", 1, 1);
    ck_assert_ptr_ne(mgd_add(X, zeros), X);          /* -0 + 0 is 0 */
    ck_assert_ptr_ne(mgd_hadamard(X, zeros), zeros); /* infinity * 0 is NaN */
    ck_assert_ptr_ne(mgd_scale(zero, X), zeros);
    ck_assert_ptr_ne(mgd_chain(X, zeros), zeros);
    ck_assert_ptr_ne(mgd_matmul(mgd_eye(t, 3), X), X);
    ck_assert_ptr_ne(mgd_subtract(X, X), zeros);
    ck_assert_ptr_ne(mgd_subtract(zeros, X), mgd_negate(X)); /* 0 - 0 is not -0 */
    ck_assert_ptr_ne(mgd_divide(X, X), mgd_ones(t, 3, 2));
    ck_assert_ptr_ne(mgd_transpose(mgd_add(X, Y)), mgd_add(mgd_transpose(X), mgd_transpose(Y)));
    ck_assert_ptr_ne(mgd_add(mgd_add(x, y), z), mgd_add(x, mgd_add(y, z)));
    ck_assert_ptr_ne(mgd_hadamard(x, x), mgd_power(x, 2));
    ck_assert_ptr_ne(mgd_add(mgd_number(t, 1), mgd_number(t, 2)), mgd_number(t, 3)); /* no folding of floats */
    ck_assert_ptr_ne(mgd_log(mgd_exp(X)), X);
    ck_assert_ptr_ne(mgd_sqrt(mgd_power(X, 2)), X);
    ck_assert_ptr_ne(mgd_from_diag(mgd_diag_of(mgd_eye(t, 3))), mgd_eye(t, 3));
    tear_down();
}
END_TEST

START_TEST(what_is_reduced_keeps_nan_and_the_sign_of_zero) {
    set_up();
    const double data[] = { NAN, -0.0, 0.0, INFINITY, -INFINITY, 5e-324 };
    mgd_set(X, data, 3, 2);
    mgd_var *one = mgd_number(t, 1);
    mgd_var *const same[] = { mgd_transpose(mgd_transpose(X)),
                              mgd_scale(one, X),
                              mgd_hadamard(X, mgd_ones(t, 3, 2)),
                              mgd_divide(X, one),
                              mgd_power(X, 1),
                              mgd_negate(mgd_negate(X)),
                              mgd_subtract(X, mgd_number(t, 0)),
                              mgd_where(Y, X, X) };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) ck_assert_mem_eq(mgd_value(same[i]), data, sizeof data);
    expect_entries(mgd_power(X, 0), 6, 1, 1, 1, 1, 1, 1);
    tear_down();
}
END_TEST

/* The value of what is not reduced shows why. */
START_TEST(what_is_not_reduced_differs_somewhere) {
    set_up();
    const double data[] = { NAN, -0.0, 0.0, INFINITY, -INFINITY, 1 };
    mgd_set(X, data, 3, 2);
    const double *sum = mgd_value(mgd_add(X, mgd_zeros(t, 3, 2)));
    ck_assert(isnan(sum[0]) && !signbit(sum[1]) && sum[3] == INFINITY);
    const double *product = mgd_value(mgd_scale(mgd_number(t, 0), X));
    ck_assert(isnan(product[0]) && signbit(product[1]) && isnan(product[3]) && isnan(product[4]) && product[5] == 0);
    const double *from_zero = mgd_value(mgd_subtract(mgd_zeros(t, 3, 2), X));
    ck_assert(!signbit(from_zero[2]) && signbit(mgd_value(mgd_negate(X))[2]));
    const double *chained = mgd_value(mgd_chain(mgd_ones(t, 3, 2), X));
    ck_assert_ptr_eq(chained, mgd_value(X));
    tear_down();
}
END_TEST

START_TEST(nodes_never_move) {
    set_up();
    enum { MANY = 20000 };
    static mgd_var *var[MANY];
    mgd_var *v = x;
    for (size_t i = 0; i < MANY; i++) var[i] = v = mgd_add(mgd_exp(v), y);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_ptr_eq(mgd_at(t, mgd_index(var[i])), var[i]);
        ck_assert_ptr_eq(mgd_operand(mgd_operand(var[i], 0), 0), i ? var[i - 1] : x);
    }
    v = x;
    for (size_t i = 0; i < MANY; i++) ck_assert_ptr_eq(v = mgd_add(y, mgd_exp(v)), var[i]);
    tear_down();
}
END_TEST

START_TEST(operands_are_recorded_before_what_uses_them) {
    set_up();
    mgd_var *S = mgd_input(t, "S", 4, 4), *f = mgd_add(mgd_logdet(S), mgd_sum(mgd_solve(S, mgd_eigenvectors(S))));
    ck_assert_ptr_nonnull(mgd_gradient(f, S));
    for (size_t i = 0; i < mgd_count(t); i++) {
        const mgd_var *v = mgd_at(t, i);
        ck_assert_uint_eq(mgd_index(v), i);
        ck_assert_ptr_eq(mgd_tape_of(v), t);
        for (size_t k = 0; k < mgd_operands(v); k++) ck_assert_uint_lt(mgd_index(mgd_operand(v, k)), i);
    }
    ck_assert_ptr_null(mgd_at(t, mgd_count(t)));
    tear_down();
}
END_TEST

TESTS("recording", the_same_expression_is_the_same_var, what_commutes_is_one_node_printed_as_first_written,
      many_expressions_of_one_operand_are_known_again, numbers_are_equal_by_value, a_number_has_the_double_it_came_from,
      constants_are_distinct_by_identity, one_tape_has_one_input_of_a_name, names_are_copied,
      what_holds_bit_for_bit_is_reduced, what_does_not_hold_bit_for_bit_is_not_reduced,
      what_is_reduced_keeps_nan_and_the_sign_of_zero, what_is_not_reduced_differs_somewhere, nodes_never_move,
      operands_are_recorded_before_what_uses_them);
