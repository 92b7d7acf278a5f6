/* SPDX-License-Identifier: MIT */
/* Short formulas: what messages call a var. */
#include "expect.h"

static mgd_tape *t;
static mgd_var *A, *B, *C, *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", 3, 3);
    B = mgd_input(t, "B", 3, 3);
    C = mgd_input(t, "C", 3, 3);
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
}

START_TEST(parentheses_follow_precedence) {
    set_up();
    expect_text(mgd_matmul(mgd_add(A, B), C), "(A+B)*C");
    expect_text(mgd_matmul(A, mgd_add(B, C)), "A*(B+C)");
    expect_text(mgd_matmul(mgd_matmul(A, B), C), "A*B*C");
    expect_text(mgd_matmul(A, mgd_matmul(B, C)), "A*(B*C)");
    expect_text(mgd_hadamard(A, mgd_hadamard(B, C)), "A.*(B.*C)");
    expect_text(mgd_divide(mgd_divide(A, B), C), "A./B./C");
    expect_text(mgd_divide(A, mgd_divide(B, C)), "A./(B./C)");
    expect_text(mgd_divide(A, mgd_hadamard(B, C)), "A./(B.*C)");
    expect_text(mgd_add(mgd_add(A, B), C), "A+B+C");
    expect_text(mgd_add(A, mgd_add(B, C)), "A+(B+C)");
    expect_text(mgd_subtract(mgd_subtract(A, B), C), "A-B-C");
    expect_text(mgd_subtract(A, mgd_subtract(B, C)), "A-(B-C)");
    expect_text(mgd_subtract(A, mgd_add(B, C)), "A-(B+C)");
    expect_text(mgd_add(A, mgd_matmul(B, C)), "A+B*C");
    expect_text(mgd_negate(mgd_add(A, B)), "-(A+B)");
    expect_text(mgd_negate(mgd_matmul(A, B)), "-A*B");
    expect_text(mgd_matmul(mgd_negate(A), B), "(-A)*B");
    expect_text(mgd_subtract(A, mgd_negate(B)), "A-(-B)");
    expect_text(mgd_transpose(mgd_matmul(A, B)), "(A*B)'");
    expect_text(mgd_transpose(mgd_negate(A)), "(-A)'");
    expect_text(mgd_matmul(mgd_transpose(A), B), "A'*B");
    expect_text(mgd_scale(x, mgd_add(A, B)), "x*(A+B)");
    mgd_tape_free(t);
}
END_TEST

START_TEST(powers_stand_behind_their_base) {
    set_up();
    expect_text(mgd_power(A, 2), "A.^2");
    expect_text(mgd_power(A, -1), "A.^-1");
    expect_text(mgd_power(A, 0.5), "A.^(1/2)");
    expect_text(mgd_power(mgd_add(A, B), 2), "(A+B).^2");
    expect_text(mgd_power(mgd_matmul(A, B), 2), "(A*B).^2");
    expect_text(mgd_power(mgd_negate(A), 2), "(-A).^2");
    expect_text(mgd_negate(mgd_power(A, 2)), "-A.^2");
    expect_text(mgd_power(mgd_transpose(A), 2), "A'.^2");
    mgd_tape_free(t);
}
END_TEST

START_TEST(negative_numbers_are_set_in_parentheses_where_they_would_mislead) {
    set_up();
    mgd_var *minus_three = mgd_number(t, -3), *two = mgd_number(t, 2), *huge = mgd_literal(t, "-1e40");
    expect_text(minus_three, "-3");
    expect_text(mgd_exp(minus_three), "exp(-3)");
    expect_text(mgd_power(minus_three, 2), "(-3).^2");
    expect_text(mgd_power(huge, 2), "(-1e40).^2");
    expect_text(mgd_subtract(x, minus_three), "x-(-3)");
    expect_text(mgd_hadamard(x, minus_three), "x.*(-3)");
    expect_text(mgd_subtract(x, mgd_rational(t, -1, 2)), "x-(-1/2)");
    expect_text(mgd_subtract(x, two), "x-2");
    mgd_tape_free(t);
}
END_TEST

START_TEST(functions_and_shapes_have_names) {
    set_up();
    mgd_var *s = mgd_sigmoid(mgd_subtract(A, B));
    const mgd_size *n = mgd_size_named(t, "n"), *one = mgd_size_number(t, 1);
    expect_text(s, "sigmoid(A-B)");
    expect_text(mgd_sum(mgd_hadamard(A, B)), "sum(A.*B)");
    expect_text(mgd_trace(A), "tr(A)");
    expect_text(mgd_solve(A, B), "solve(A,B)");
    expect_text(mgd_solve(mgd_transpose(mgd_add(A, B)), B), "solve((A+B)',B)");
    expect_text(mgd_eigenvectors(A), "eigenvectors(A)");
    expect_text(mgd_singular_values(A), "singular_values(A)");
    expect_text(mgd_svd_right(A), "svd_right(A)");
    expect_text(mgd_exp(mgd_add(A, x)), "exp(A+x)");
    expect_text(mgd_add(A, mgd_negate(B)), "A+(-B)");
    expect_text(mgd_inverse(mgd_matmul(A, B)), "inv(A*B)");
    expect_text(mgd_where(A, B, C), "where(A,B,C)");
    expect_text(mgd_block(A, 1, 0, 2, 3), "block(A,1,0,2,3)");
    expect_text(mgd_block_sized(mgd_input_sized(t, "W", n, n), one, NULL, one, n), "block(W,1,0,1,n)");
    expect_text(mgd_eye_sized(t, n), "eye(n)");
    expect_text(mgd_ones_sized(t, n, one), "ones(n,1)");
    expect_text(mgd_size_as_var(n), "(n)");
    expect_text(mgd_constant(t, mgd_rows((double[]){ 1, 2, 3 }, 1, 3)), "constant(1x3)");
    expect_text(mgd_literal(t, "123456789012345678901"), "123456789012345678901e0");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_long_list_of_operands_is_cut) {
    set_up();
    mgd_operation *op = mgd_operation_new("blend", 5);
    expect_text(mgd_apply(op, 5, (mgd_var *[]){ A, B, C, mgd_exp(A), A }), "blend(A,B,C,...)");
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

START_TEST(what_lies_deeper_than_five_operations_is_left_out) {
    set_up();
    mgd_var *v = mgd_exp(mgd_exp(mgd_exp(mgd_exp(mgd_exp(mgd_exp(x))))));
    expect_text(v, "exp(exp(exp(exp(exp(exp(x))))))");
    expect_text(mgd_exp(v), "exp(exp(exp(exp(exp(exp(...))))))");
    for (int i = 0; i < 10000; i++) v = mgd_add(v, mgd_hadamard(v, y));
    char text[512];
    ck_assert_uint_lt(mgd_describe(v, text, sizeof text), sizeof text);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_text_is_cut_to_any_buffer) {
    set_up();
    mgd_var *v = mgd_matmul(mgd_transpose(mgd_add(A, mgd_hadamard(B, C))), mgd_softmax_rows(mgd_subtract(A, B)));
    const char whole[] = "(A+B.*C)'*softmax_rows(A-B)";
    const size_t length = strlen(whole);
    ck_assert_uint_eq(mgd_describe(v, NULL, 0), length);
    for (size_t size = 0; size <= 80; size++) {
        char text[84], kept = (char)0x7f;
        memset(text, kept, sizeof text);
        ck_assert_uint_eq(mgd_describe(v, text, size), length);
        for (size_t i = size; i < sizeof text; i++) ck_assert_int_eq(text[i], kept);
        if (size == 0) continue;
        if (size > length) {
            ck_assert_str_eq(text, whole);
            continue;
        }
        size_t dots = size - 1 < 3 ? size - 1 : 3, letters = size - 1 - dots;
        ck_assert_uint_eq(strlen(text), size - 1);
        ck_assert_mem_eq(text, whole, letters);
        ck_assert_mem_eq(text + letters, "...", dots);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_letter_of_several_bytes_is_not_cut) {
    set_up();
    mgd_var *v = mgd_exp(mgd_input(t, "\u03b1\u03b2\u03b3\u03b4\u03b5", 1, 1));
    expect_text(v, "exp(\u03b1\u03b2\u03b3\u03b4\u03b5)");
    char text[16];
    mgd_describe(v, text, 12);
    ck_assert_str_eq(text, "exp(\u03b1\u03b2...");
    mgd_describe(v, text, 13);
    ck_assert_str_eq(text, "exp(\u03b1\u03b2...");
    mgd_describe(v, text, 14);
    ck_assert_str_eq(text, "exp(\u03b1\u03b2\u03b3...");
    mgd_tape_free(t);
}
END_TEST

START_TEST(nothing_is_described_as_nothing) {
    char text[4] = "abc";
    ck_assert_uint_eq(mgd_describe(NULL, text, sizeof text), 0);
    ck_assert_str_eq(text, "");
    set_up();
    ck_assert_uint_eq(mgd_describe(x, NULL, 7), 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(describing_records_nothing) {
    set_up();
    mgd_var *v = mgd_solve(mgd_ones(t, 3, 3), mgd_block(A, 0, 0, 3, 1));
    size_t count = mgd_count(t);
    char text[64];
    mgd_describe(v, text, sizeof text);
    ck_assert_uint_eq(mgd_count(t), count);
    mgd_tape_free(t);
}
END_TEST

TESTS("describe", parentheses_follow_precedence, powers_stand_behind_their_base,
      negative_numbers_are_set_in_parentheses_where_they_would_mislead, functions_and_shapes_have_names,
      a_long_list_of_operands_is_cut, what_lies_deeper_than_five_operations_is_left_out, a_text_is_cut_to_any_buffer,
      a_letter_of_several_bytes_is_not_cut, nothing_is_described_as_nothing, describing_records_nothing);
