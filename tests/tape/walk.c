/* SPDX-License-Identifier: MIT */
/* Reading a tape: operations, operands, sizes, names and parameters. */
#include "expect.h"

static mgd_tape *t;
static mgd_var *A, *B;

static void set_up(void) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", 3, 3);
    B = mgd_input(t, "B", 3, 2);
}

static void is(const mgd_var *v, const char *operation, size_t operands, mgd_parameter_kind kind) {
    ck_assert_str_eq(mgd_operation_name(mgd_operation_of(v)), operation);
    ck_assert_uint_eq(mgd_operands(v), operands);
    ck_assert_int_eq((int)mgd_parameter(v), (int)kind);
    ck_assert_ptr_null(mgd_operand(v, operands));
}

START_TEST(every_node_tells_its_operation_and_parameter) {
    set_up();
    is(A, "input", 0, MGD_PARAMETER_TEXT);
    is(mgd_number(t, 0.5), "number", 0, MGD_PARAMETER_RATIONAL);
    is(mgd_literal(t, "1e40"), "literal", 0, MGD_PARAMETER_TEXT);
    is(mgd_constant(t, mgd_rows((double[]){ 1, 2 }, 1, 2)), "constant", 0, MGD_PARAMETER_FLAG);
    is(mgd_eye(t, 3), "eye", 0, MGD_PARAMETER_NONE);
    is(mgd_zeros(t, 3, 2), "zeros", 0, MGD_PARAMETER_RATIONAL);
    is(mgd_size_as_var(mgd_size_named(t, "n")), "size", 0, MGD_PARAMETER_SIZES);
    is(mgd_matmul(A, B), "matmul", 2, MGD_PARAMETER_NONE);
    is(mgd_where(A, A, mgd_exp(A)), "where", 3, MGD_PARAMETER_NONE);
    is(mgd_power_rational(A, -1, 2), "power", 1, MGD_PARAMETER_RATIONAL);
    is(mgd_block(A, 1, 0, 2, 2), "block", 1, MGD_PARAMETER_SIZES);
    is(mgd_solve(A, B), "solve", 2, MGD_PARAMETER_FLAG);
    is(mgd_eigenvectors(A), "part", 1, MGD_PARAMETER_FLAG);
    mgd_tape_free(t);
}
END_TEST

START_TEST(factorisations_are_not_among_the_operands) {
    set_up();
    mgd_var *const of_lu[] = { mgd_logdet(A), mgd_det(A), mgd_inverse(A), mgd_adjugate(A) };
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(mgd_operands(of_lu[i]), 1);
        ck_assert_ptr_eq(mgd_operand(of_lu[i], 0), A);
        ck_assert_ptr_null(mgd_operand(of_lu[i], 1));
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(solves_and_determinants_share_one_factorisation) {
    set_up();
    mgd_solve(A, B);
    size_t count = mgd_count(t);
    mgd_logdet(A);
    ck_assert_uint_eq(mgd_count(t), count + 1);
    mgd_inverse(A);
    ck_assert_uint_eq(mgd_count(t), count + 2);
    mgd_solve(mgd_transpose(A), B);
    ck_assert_uint_eq(mgd_count(t), count + 4); /* A' itself, and the solve */
    mgd_tape_free(t);
}
END_TEST

START_TEST(parameters_can_be_read) {
    set_up();
    const mgd_size *n = mgd_size_named(t, "n"), *two = mgd_size_number(t, 2);
    mgd_var *W = mgd_input_sized(t, "W", n, n), *power = mgd_power_rational(A, 6, -4);
    ck_assert_int_eq(mgd_parameter_numerator(power), -3);
    ck_assert_int_eq(mgd_parameter_denominator(power), 2);
    ck_assert_int_eq(mgd_parameter_numerator(mgd_eigenvalues(A)), 0);
    ck_assert_int_eq(mgd_parameter_numerator(mgd_eigenvectors(A)), 1);
    ck_assert_int_eq(mgd_parameter_numerator(mgd_solve(A, B)), 0);
    ck_assert_int_eq(mgd_parameter_numerator(mgd_solve(mgd_transpose(A), B)), 1);
    ck_assert_int_eq(mgd_parameter_numerator(A), 0);
    ck_assert_int_eq(mgd_parameter_denominator(A), 1);
    mgd_var *block = mgd_block_sized(W, NULL, n, two, two);
    ck_assert_uint_eq(mgd_parameter_sizes(block), 2);
    ck_assert_str_eq(mgd_parameter_size(block, 0), "0");
    ck_assert_str_eq(mgd_parameter_size(block, 1), "n");
    ck_assert_ptr_null(mgd_parameter_size(block, 2));
    ck_assert_uint_eq(mgd_parameter_sizes(A), 0);
    ck_assert_ptr_null(mgd_parameter_size(A, 0));
    ck_assert_str_eq(mgd_parameter_size(mgd_size_as_var(mgd_size_add(n, two)), 0), "n+2");
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_and_names_can_be_read) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m");
    mgd_var *W = mgd_input_sized(t, "W", m, mgd_size_number(t, 4));
    ck_assert_ptr_eq(mgd_rows_of(W), m);
    ck_assert_str_eq(mgd_size_text(mgd_cols_of(mgd_transpose(W))), "m");
    ck_assert_int_eq(mgd_size_value(mgd_cols_of(W)), 4);
    ck_assert_int_eq(mgd_size_value(mgd_rows_of(W)), 0);
    ck_assert_str_eq(mgd_name(W), "W");
    ck_assert_ptr_null(mgd_name(mgd_exp(W)));
    ck_assert_ptr_null(mgd_name(mgd_literal(t, "1e40")));
    ck_assert_uint_eq(mgd_index(NULL), SIZE_MAX);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_tape_can_be_read_after_an_error) {
    set_up();
    mgd_var *C = mgd_matmul(A, B);
    ck_assert_ptr_null(mgd_matmul(B, A));
    ck_assert_str_eq(mgd_size_text(mgd_rows_of(C)), "3");
    ck_assert_ptr_eq(mgd_operand(C, 1), B);
    ck_assert_uint_eq(mgd_count(t), 3);
    mgd_tape_free(t);
}
END_TEST

TESTS("walk", every_node_tells_its_operation_and_parameter, factorisations_are_not_among_the_operands,
      solves_and_determinants_share_one_factorisation, parameters_can_be_read, sizes_and_names_can_be_read,
      a_tape_can_be_read_after_an_error);
