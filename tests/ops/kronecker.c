/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_kronecker(variable(c, "A", c->m, c->n), matrix(c, "B", c->k, c->m)); }
static mgd_var *right(rule_case *c) {
    return mgd_exp(mgd_kronecker(matrix(c, "A", c->m, c->n), variable(c, "B", c->k, c->m)));
}
static mgd_var *with_itself(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_kronecker(a, mgd_exp(a));
}
static mgd_var *square(rule_case *c) { return mgd_kronecker(variable(c, "A", c->n, c->n), matrix(c, "B", c->n, c->n)); }
static mgd_var *square_on_the_right(rule_case *c) {
    return mgd_kronecker(matrix(c, "A", c->n, c->n), variable(c, "B", c->n, c->n));
}

RULES("kronecker", left, right, with_itself, square, square_on_the_right);

START_TEST(blocks_are_the_right_factor) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 1, 2), *B = mgd_input(t, "B", 2, 2), *s = mgd_input(t, "s", 1, 1);
    const double a[] = { 1, -2 }, b[] = { 1, 2, 3, 4 }, c[] = { 1, 2, -2, -4, 3, 4, -6, -8 };
    ck_assert(mgd_set(A, a, 1, 2) && mgd_set(B, b, 2, 2));
    ck_assert_mem_eq(mgd_value(mgd_kronecker(A, B)), c, sizeof c);
    ck_assert_ptr_eq(mgd_kronecker(s, B), mgd_scale(s, B));
    ck_assert_ptr_eq(mgd_kronecker(B, s), mgd_scale(s, B));
    ck_assert_ptr_eq(mgd_kronecker(mgd_ones(t, 2, 1), mgd_ones(t, 2, 3)), mgd_ones(t, 4, 3));
    char text[80];
    mgd_describe(mgd_kronecker(mgd_transpose(A), B), text, sizeof text);
    ck_assert_str_eq(text, "kron(A',B)");
    mgd_tape_free(t);
}
END_TEST

#define EQUAL(a, b) ck_assert_int_eq(mgd_equal(a, b).answer, MGD_EQUAL)

START_TEST(it_keeps_its_laws) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *p = mgd_size_named(t, "p"),
                   *q = mgd_size_named(t, "q"), *k = mgd_size_named(t, "k"), *l = mgd_size_named(t, "l");
    mgd_var *A = mgd_input_sized(t, "A", m, n), *X = mgd_input_sized(t, "X", n, p), *B = mgd_input_sized(t, "B", p, q),
            *C = mgd_input_sized(t, "C", n, k), *D = mgd_input_sized(t, "D", q, l);
    mgd_var *axb = mgd_matmul(mgd_matmul(A, X), B);
    EQUAL(mgd_vec(axb), mgd_matmul(mgd_kronecker(mgd_transpose(B), A), mgd_vec(X)));
    ck_assert_int_eq(
        mgd_equal(mgd_vec(mgd_exp(axb)), mgd_exp(mgd_matmul(mgd_kronecker(A, mgd_transpose(B)), mgd_vec(X)))).answer,
        MGD_DIFFERENT);
    EQUAL(mgd_matmul(mgd_kronecker(A, B), mgd_kronecker(C, D)), mgd_kronecker(mgd_matmul(A, C), mgd_matmul(B, D)));
    EQUAL(mgd_transpose(mgd_kronecker(A, B)), mgd_kronecker(mgd_transpose(A), mgd_transpose(B)));
    EQUAL(mgd_kronecker(mgd_kronecker(A, B), C), mgd_kronecker(A, mgd_kronecker(B, C)));
    EQUAL(mgd_kronecker(mgd_vec(A), mgd_vec(B)), mgd_vec(mgd_outer(mgd_vec(B), mgd_vec(A))));
    /* tr(A' B) = vec(A)' vec(B); the derivative of vec(A X B) by X */
    EQUAL(mgd_dot(A, mgd_exp(A)), mgd_matmul(mgd_transpose(mgd_vec(A)), mgd_vec(mgd_exp(A))));
    mgd_var *f = mgd_dot(mgd_vec(axb), mgd_vec(axb));
    EQUAL(mgd_gradient(f, X),
          mgd_scale(mgd_number(t, 2), mgd_matmul(mgd_matmul(mgd_transpose(A), axb), mgd_transpose(B))));
    mgd_var *F = mgd_input_sized(t, "F", m, m), *G = mgd_input_sized(t, "G", n, n);
    EQUAL(mgd_trace(mgd_kronecker(F, G)), mgd_hadamard(mgd_trace(F), mgd_trace(G)));
    EQUAL(mgd_inverse(mgd_kronecker(F, G)), mgd_kronecker(mgd_inverse(F), mgd_inverse(G)));
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}
END_TEST

START_TEST(it_is_refused_what_is_too_large) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 100000, 2);
    ck_assert_ptr_null(mgd_kronecker(A, A));
    ck_assert_str_eq(mgd_message(t), "size: 10000000000 is not a whole number from 1 to 2147483647");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_kronecker(A, NULL));
    ck_assert_str_eq(mgd_message(t), "kronecker: operand 2 is NULL");
    mgd_tape_free(t);
}
END_TEST

TESTS("kronecker", blocks_are_the_right_factor, it_keeps_its_laws, it_is_refused_what_is_too_large);
