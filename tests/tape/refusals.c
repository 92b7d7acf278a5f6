/* SPDX-License-Identifier: MIT */
/* Every error of recording, word by word. */
#include "expect.h"

#include <math.h>
#include <stdio.h>

static mgd_tape *t, *other;
static mgd_var *X, *A, *a, *x, *stranger;
static const mgd_size *m, *n, *foreign;

static void set_up(void) {
    t = mgd_tape_new();
    other = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    A = mgd_input(t, "A", 3, 3);
    a = mgd_input(t, "a", 4, 1);
    x = mgd_input(t, "x", 1, 1);
    m = mgd_size_named(t, "m");
    n = mgd_size_named(t, "n");
    stranger = mgd_input(other, "S", 3, 2);
    foreign = mgd_size_named(other, "k");
}

static void tear_down(void) {
    ck_assert_str_eq(mgd_message(other), "");
    mgd_tape_free(t);
    mgd_tape_free(other);
}

START_TEST(inner_sizes_must_agree) {
    set_up();
    expect_refusal(t, mgd_matmul(mgd_transpose(X), a), "matmul: X' is 2x3, a is 4x1: inner sizes 3 and 4 differ");
    mgd_var *P = mgd_input_sized(t, "P", m, n), *Q = mgd_input_sized(t, "Q", m, n);
    expect_refusal(t, mgd_matmul(P, Q), "matmul: P is mxn, Q is mxn: inner sizes n and m differ");
    expect_refusal(t, mgd_matmul(A, P), "matmul: A is 3x3, P is mxn: inner sizes 3 and m differ");
    tear_down();
}
END_TEST

START_TEST(entry_by_entry_needs_equal_sizes) {
    set_up();
    expect_refusal(t, mgd_add(X, A), "add: X is 3x2, A is 3x3: entry by entry needs equal sizes");
    expect_refusal(t, mgd_subtract(A, a), "subtract: A is 3x3, a is 4x1: entry by entry needs equal sizes");
    expect_refusal(t, mgd_hadamard(X, mgd_transpose(X)),
                   "hadamard: X is 3x2, X' is 2x3: entry by entry needs equal sizes");
    expect_refusal(t, mgd_divide(X, A), "divide: X is 3x2, A is 3x3: entry by entry needs equal sizes");
    expect_refusal(t, mgd_chain(X, A), "chain: X is 3x2, A is 3x3: entry by entry needs equal sizes");
    expect_refusal(t, mgd_where(X, X, A), "where: X is 3x2, A is 3x3: entry by entry needs equal sizes");
    expect_refusal(t, mgd_where(x, x, A), "where: x is 1x1, A is 3x3: entry by entry needs equal sizes");
    mgd_var *P = mgd_input_sized(t, "P", m, n), *Q = mgd_input_sized(t, "Q", n, m);
    expect_refusal(t, mgd_add(P, Q), "add: P is mxn, Q is nxm: entry by entry needs equal sizes");
    tear_down();
}
END_TEST

START_TEST(square_matrices_are_asked_for_by_name) {
    set_up();
    expect_refusal(t, mgd_trace(X), "trace: X is 3x2, not square");
    expect_refusal(t, mgd_diag_of(X), "diag_of: X is 3x2, not square");
    expect_refusal(t, mgd_cholesky(X), "cholesky: X is 3x2, not square");
    expect_refusal(t, mgd_eigenvalues(X), "eigen: X is 3x2, not square");
    expect_refusal(t, mgd_triangular_solve(X, a), "triangular_solve: X is 3x2, not square");
    expect_refusal(t, mgd_trace(mgd_input_sized(t, "P", m, n)), "trace: P is mxn, not square");
    mgd_var *(*const by_lu[])(mgd_var *) = { mgd_det, mgd_logdet, mgd_inverse, mgd_adjugate };
    for (size_t i = 0; i < 4; i++) {
        ck_assert_ptr_null(by_lu[i](X));
        ck_assert_ptr_nonnull(strstr(mgd_message(t), "X is 3x2, not square: it has no determinant"));
        mgd_clear(t);
    }
    tear_down();
}
END_TEST

START_TEST(other_shapes_are_checked) {
    set_up();
    expect_refusal(t, mgd_scale(X, A), "scale: X is 3x2, not 1x1");
    expect_refusal(t, mgd_from_diag(X), "from_diag: X is 3x2, not a column");
    expect_refusal(t, mgd_solve(A, a), "solve: A is 3x3, a is 4x1: the rows differ");
    expect_refusal(t, mgd_triangular_solve(A, a), "triangular_solve: A is 3x3, a is 4x1: the rows differ");
    tear_down();
}
END_TEST

START_TEST(blocks_stay_inside) {
    set_up();
    expect_refusal(t, mgd_block(X, 2, 0, 2, 2), "block: 2x2 from row 2, column 0 (from 0) of X, which is 3x2");
    expect_refusal(t, mgd_block(X, 0, 2, 1, 1), "block: 1x1 from row 0, column 2 (from 0) of X, which is 3x2");
    expect_refusal(t, mgd_block(X, INT32_MAX, 0, INT32_MAX, 1),
                   "block: 2147483647x1 from row 2147483647, column 0 (from 0) of X, which is 3x2");
    expect_refusal(t, mgd_block(X, -1, 0, 1, 1),
                   "block: 1x1 from row -1, column 0 of X: sizes count from 1, places from 0");
    expect_refusal(t, mgd_block(X, 0, 0, 0, 1),
                   "block: 0x1 from row 0, column 0 of X: sizes count from 1, places from 0");
    expect_refusal(t, mgd_block(X, 0, INT64_MAX, 1, 1),
                   "block: 1x1 from row 0, column 9223372036854775807 of X: sizes count from 1, places from 0");
    expect_refusal(t, mgd_block_sized(X, NULL, NULL, m, NULL), "block: size 4 is NULL or of another tape");
    expect_refusal(t, mgd_block_sized(X, foreign, NULL, m, m), "block: size 1 is NULL or of another tape");
    tear_down();
}
END_TEST

START_TEST(numbers_must_be_numbers) {
    set_up();
    expect_refusal(t, mgd_number(t, NAN), "number: nan is not finite");
    expect_refusal(t, mgd_number(t, -INFINITY), "number: -inf is not finite");
    expect_refusal(t, mgd_rational(t, 1, 0), "rational: 1/0 is no number here");
    expect_refusal(t, mgd_rational(t, INT64_MIN, 1), "rational: -9223372036854775808/1 is no number here");
    expect_refusal(t, mgd_rational(t, 1, INT64_MIN), "rational: 1/-9223372036854775808 is no number here");
    const char *const bad[] = { "",      "-",     "+",    ".",        "1.2.3",     "1e",
                                "1e+",   "1e1.5", "0x10", "nan",      "inf",       " 1",
                                "1 ",    "1,5",   "--1",  "1e100001", "1e-100001", "1e99999999999999999999",
                                "1e+-3", "1f" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char message[128];
        snprintf(message, sizeof message, "literal: '%s' is no decimal number", bad[i]);
        expect_refusal(t, mgd_literal(t, bad[i]), message);
    }
    expect_refusal(t, mgd_literal(t, NULL), "literal: '(null)' is no decimal number");
    static char digits[4002];
    memset(digits, '7', 4001);
    ck_assert_ptr_null(mgd_literal(t, digits));
    mgd_clear(t);
    digits[4000] = 0;
    ck_assert_ptr_nonnull(mgd_literal(t, digits));
    tear_down();
}
END_TEST

START_TEST(exponents_are_constant_rational_numbers) {
    set_up();
    expect_refusal(t, mgd_power(X, 1e40), "power: the exponent 1e+40 is not a fraction of whole numbers below 2^62");
    expect_refusal(t, mgd_power(X, NAN), "power: the exponent nan is not a fraction of whole numbers below 2^62");
    expect_refusal(t, mgd_power_rational(X, 1, 0),
                   "power: the exponent 1/0 is not a fraction of whole numbers below 2^62");
    expect_refusal(t, mgd_power_rational(X, INT64_MIN, 3),
                   "power: the exponent -9223372036854775808/3 is not a fraction of whole numbers below 2^62");
    tear_down();
}
END_TEST

START_TEST(inputs_need_a_name_and_a_size) {
    set_up();
    expect_refusal(t, mgd_input(t, NULL, 3, 2), "input: '(null)' is no name");
    const char *const bad[] = { "", "2x", "a b", "a+b", "a'", "a.b", "(", "a\tb", "a\vb", "a\x01", "a\x7f", "a,b" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char message[128];
        snprintf(message, sizeof message, "input: '%s' is no name", bad[i]);
        expect_refusal(t, mgd_input(t, bad[i], 3, 2), message);
    }
    char name[66];
    memset(name, 'n', 65);
    name[65] = 0;
    ck_assert_ptr_null(mgd_input(t, name, 1, 1));
    mgd_clear(t);
    name[64] = 0;
    ck_assert_str_eq(mgd_name(mgd_input(t, name, 1, 1)), name);
    ck_assert_ptr_nonnull(mgd_input(t, "\u03b8_1", 1, 1));
    expect_refusal(t, mgd_input(t, "Z", 0, 2), "input: Z cannot be 0x2: sizes are whole numbers from 1 to 2147483647");
    expect_refusal(t, mgd_input(t, "Z", 2, -1),
                   "input: Z cannot be 2x-1: sizes are whole numbers from 1 to 2147483647");
    expect_refusal(t, mgd_input(t, "Z", (int64_t)1 << 31, 1),
                   "input: Z cannot be 2147483648x1: sizes are whole numbers from 1 to 2147483647");
    expect_refusal(t, mgd_input_sized(t, "Z", NULL, m), "input: Z: the number of rows is NULL or of another tape");
    expect_refusal(t, mgd_input_sized(t, "Z", m, foreign),
                   "input: Z: the number of columns is NULL or of another tape");
    tear_down();
}
END_TEST

START_TEST(constants_need_data_and_a_size) {
    set_up();
    const double data[] = { 1, 2 };
    expect_refusal(t, mgd_constant(t, mgd_rows(NULL, 1, 2)), "constant: no data, 1x2");
    expect_refusal(t, mgd_constant(t, mgd_rows(data, 0, 2)), "constant: 0x2");
    expect_refusal(t, mgd_constant(t, mgd_rows(data, 1, (int64_t)1 << 40)), "constant: 1x1099511627776");
    expect_refusal(t, mgd_zeros_sized(t, NULL, m), "zeros: the number of rows is NULL or of another tape");
    expect_refusal(t, mgd_ones_sized(t, m, foreign), "ones: the number of columns is NULL or of another tape");
    expect_refusal(t, mgd_eye_sized(t, NULL), "eye: the size is NULL or of another tape");
    expect_refusal(t, mgd_eye_sized(t, foreign), "eye: the size is NULL or of another tape");
    expect_refusal(t, mgd_zeros(t, 0, 2), "size: 0 is not a whole number from 1 to 2147483647");
    expect_refusal(t, mgd_eye(t, -4), "size: -4 is not a whole number from 1 to 2147483647");
    tear_down();
}
END_TEST

START_TEST(a_null_beside_a_live_operand_is_told) {
    set_up();
    expect_refusal(t, mgd_add(NULL, X), "add: operand 1 is NULL");
    expect_refusal(t, mgd_add(X, NULL), "add: operand 2 is NULL");
    expect_refusal(t, mgd_add(x, NULL), "add: operand 2 is NULL");
    expect_refusal(t, mgd_subtract(NULL, x), "subtract: operand 1 is NULL");
    expect_refusal(t, mgd_hadamard(x, NULL), "hadamard: operand 2 is NULL");
    expect_refusal(t, mgd_hadamard(NULL, X), "hadamard: operand 1 is NULL");
    expect_refusal(t, mgd_divide(NULL, X), "divide: operand 1 is NULL");
    expect_refusal(t, mgd_chain(X, NULL), "chain: operand 2 is NULL");
    expect_refusal(t, mgd_scale(NULL, X), "scale: operand 1 is NULL");
    expect_refusal(t, mgd_scale(x, NULL), "scale: operand 2 is NULL");
    expect_refusal(t, mgd_matmul(NULL, x), "matmul: operand 1 is NULL");
    expect_refusal(t, mgd_matmul(X, NULL), "matmul: operand 2 is NULL");
    expect_refusal(t, mgd_where(NULL, X, X), "where: operand 1 is NULL");
    expect_refusal(t, mgd_where(X, NULL, x), "where: operand 2 is NULL");
    expect_refusal(t, mgd_where(X, x, NULL), "where: operand 3 is NULL");
    expect_refusal(t, mgd_solve(NULL, X), "solve: operand 1 is NULL");
    expect_refusal(t, mgd_solve(A, NULL), "solve: operand 2 is NULL");
    expect_refusal(t, mgd_triangular_solve(NULL, X), "triangular_solve: operand 1 is NULL");
    expect_refusal(t, mgd_triangular_solve(mgd_transpose(A), NULL), "triangular_solve: operand 2 is NULL");
    tear_down();
}
END_TEST

START_TEST(derivatives_check_their_arguments) {
    set_up();
    mgd_var *f = mgd_sum(X), *g = NULL;
    expect_refusal(t, mgd_gradient(X, X), "gradient: X is 3x2, not 1x1");
    expect_refusal(t, mgd_gradient(f, NULL), "gradient: argument 2 is NULL");
    expect_refusal(t, mgd_gradient(f, stranger), "gradient: argument 2, S, is of another tape");
    ck_assert(!mgd_gradients(f, 1, &stranger, &g));
    expect_refusal(t, g, "gradient: argument 2, S, is of another tape");
    expect_refusal(t, mgd_pullback(X, X, A), "pullback: the direction A is 3x3, X is 3x2");
    expect_refusal(t, mgd_pullback(X, X, stranger), "pullback: argument 3, S, is of another tape");
    expect_refusal(t, mgd_pullback(X, NULL, X), "pullback: argument 2 is NULL");
    expect_refusal(t, mgd_pullback(NULL, X, X), "pullback: argument 1 is NULL");
    expect_refusal(t, mgd_pushforward(f, X, A), "pushforward: the direction A is 3x3, X is 3x2");
    expect_refusal(t, mgd_pushforward(f, X, NULL), "pushforward: argument 3 is NULL");
    expect_refusal(t, mgd_hessian_vector(f, X, A), "hessian_vector: the direction A is 3x3, X is 3x2");
    expect_refusal(t, mgd_backward(X, NULL), "backward: X is 3x2, not 1x1");
    expect_refusal(t, mgd_backward(X, A), "backward: the direction A is 3x3, X is 3x2");
    tear_down();
}
END_TEST

START_TEST(copies_and_substitutions_check_their_arguments) {
    set_up();
    expect_refusal(t, mgd_substitute(mgd_exp(X), X, A), "substitute: X is 3x2, A is 3x3");
    expect_refusal(t, mgd_substitute(X, X, NULL), "substitute: operand 3 is NULL");
    expect_refusal(t, mgd_substitute(NULL, X, A), "substitute: operand 1 is NULL");
    expect_refusal(t, mgd_substitute(X, X, stranger), "substitute: the vars are of different tapes");
    mgd_input(other, "X", 2, 2);
    ck_assert_ptr_null(mgd_copy(other, mgd_exp(X)));
    expect_refusal(other, NULL, "copy: the input X is 2x2 here and 3x2 there");
    tear_down();
}
END_TEST

TESTS("refusals", inner_sizes_must_agree, entry_by_entry_needs_equal_sizes, square_matrices_are_asked_for_by_name,
      other_shapes_are_checked, blocks_stay_inside, numbers_must_be_numbers, exponents_are_constant_rational_numbers,
      inputs_need_a_name_and_a_size, constants_need_data_and_a_size, a_null_beside_a_live_operand_is_told,
      derivatives_check_their_arguments, copies_and_substitutions_check_their_arguments);
