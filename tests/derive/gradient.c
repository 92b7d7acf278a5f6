/* SPDX-License-Identifier: MIT */
/* Gradients, products with Jacobians and Hessians, on whole expressions. */
#include "matgrad.h"
#include "support/support.h"

#include <math.h>
#include <string.h>

static mgd_tape *t;
static const mgd_size *m, *n, *k, *one;

static void begin(void) {
    t = mgd_tape_new();
    m = mgd_size_named(t, "m");
    n = mgd_size_named(t, "n");
    k = mgd_size_named(t, "k");
    one = mgd_size_number(t, 1);
}

static mgd_var *input(const char *name, const mgd_size *rows, const mgd_size *cols) {
    mgd_var *v = mgd_input_sized(t, name, rows, cols);
    ck_assert_msg(v, "%s", mgd_message(t));
    return v;
}

static mgd_var *squared_norm(mgd_var *a) { return mgd_sum(mgd_hadamard(a, a)); }

static void same(mgd_var *a, mgd_var *b) {
    mgd_verdict v = mgd_equal(a, b);
    ck_assert_msg(v.answer == MGD_EQUAL, "%s %s", v.reason, mgd_message(t));
}

START_TEST(the_closed_forms_of_the_seed_hold) {
    begin();
    mgd_var *X = input("X", m, n), *a = input("a", m, one);
    mgd_var *v = mgd_matmul(mgd_transpose(X), a), *w = mgd_sigmoid(v), *f = mgd_matmul(mgd_transpose(w), w);
    mgd_var *G = mgd_gradient(f, X), *w2 = mgd_hadamard(w, w), *two = mgd_number(t, 2);
    mgd_var *closed = mgd_scale(two, mgd_matmul(a, mgd_transpose(mgd_subtract(w2, mgd_hadamard(w2, w)))));
    mgd_var *e = mgd_exp(mgd_negate(v)), *r = mgd_add(mgd_number(t, 1), e);
    mgd_var *d = mgd_scale(two, mgd_divide(mgd_hadamard(w, e), mgd_hadamard(r, r)));
    mgd_var *copies = mgd_matmul(a, mgd_ones_sized(t, one, n));
    same(G, closed);
    same(G, mgd_matmul(copies, mgd_from_diag(d)));
    ck_assert_int_eq(mgd_is_gradient(f, X, closed).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_is_gradient(f, X, mgd_scale(mgd_number(t, 1.0001), closed)).answer, MGD_DIFFERENT);
    mgd_tape_free(t);
}
END_TEST

START_TEST(known_gradients) {
    begin();
    mgd_var *A = input("A", m, n), *S = input("S", n, n), *x = input("x", n, one), *b = input("b", m, one);
    mgd_var *At = mgd_transpose(A), *St = mgd_transpose(S), *two = mgd_number(t, 2), *xt = mgd_transpose(x);
    mgd_var *r = mgd_subtract(mgd_matmul(A, x), b);
    same(mgd_gradient(squared_norm(r), x), mgd_scale(two, mgd_matmul(At, r)));
    same(mgd_gradient(squared_norm(r), A), mgd_scale(two, mgd_matmul(r, xt)));
    same(mgd_gradient(mgd_matmul(xt, mgd_matmul(S, x)), x), mgd_matmul(mgd_add(S, St), x));
    same(mgd_gradient(mgd_trace(mgd_matmul(S, S)), S), mgd_scale(two, St));
    same(mgd_gradient(mgd_logdet(S), S), mgd_transpose(mgd_inverse(S)));
    same(mgd_gradient(mgd_det(S), S), mgd_scale(mgd_det(S), mgd_transpose(mgd_inverse(S))));
    mgd_var *y = mgd_solve(S, x), *z = mgd_solve(St, x);
    same(mgd_gradient(mgd_matmul(xt, y), S), mgd_negate(mgd_matmul(z, mgd_transpose(y))));
    mgd_var *ones_row = mgd_ones_sized(t, one, n), *p = mgd_softmax_rows(A), *mask = input("Y", m, n);
    mgd_var *entropy = mgd_negate(mgd_sum(mgd_hadamard(mask, mgd_log(p))));
    same(mgd_gradient(entropy, A), mgd_subtract(mgd_hadamard(p, mgd_matmul(mgd_row_sums(mask), ones_row)), mask));
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_f_does_not_depend_on_has_a_zero_gradient) {
    begin();
    mgd_var *A = input("A", m, n), *B = input("B", n, k), *f = squared_norm(A), *g[2];
    ck_assert_ptr_eq(mgd_gradient(f, B), mgd_zeros_sized(t, n, k));
    mgd_var *both[] = { A, B };
    ck_assert(mgd_gradients(f, 2, both, g));
    ck_assert_ptr_eq(g[0], mgd_gradient(f, A));
    ck_assert_ptr_eq(g[1], mgd_zeros_sized(t, n, k));
    ck_assert_ptr_eq(mgd_pushforward(f, B, B), mgd_number(t, 0));
    ck_assert_ptr_eq(mgd_gradient(f, f), mgd_number(t, 1));
    mgd_var *later = mgd_exp(A);
    ck_assert_ptr_eq(mgd_gradient(f, later), mgd_zeros_sized(t, m, n));
    mgd_tape_free(t);
}
END_TEST

START_TEST(one_sweep_serves_many) {
    begin();
    mgd_var *W = input("W", k, m), *A = input("A", m, n), *x = input("x", n, one);
    mgd_var *f = squared_norm(mgd_sigmoid(mgd_matmul(W, mgd_sigmoid(mgd_matmul(A, x)))));
    mgd_var *all[] = { W, A, x }, *g[3];
    ck_assert(mgd_gradients(f, 3, all, g));
    for (int i = 0; i < 3; i++) {
        ck_assert_ptr_eq(g[i], mgd_gradient(f, all[i]));
        ck_assert_int_eq(mgd_is_gradient(f, all[i], g[i]).answer, MGD_EQUAL);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_gradient_by_a_var_inside) {
    begin();
    mgd_var *A = input("A", m, n), *B = mgd_exp(A), *f = mgd_add(squared_norm(B), mgd_sum(A));
    same(mgd_gradient(f, B), mgd_scale(mgd_number(t, 2), B));
    mgd_tape_free(t);
}
END_TEST

START_TEST(products_with_the_jacobian_are_adjoint) {
    begin();
    mgd_var *X = input("X", m, n), *u = input("u", m, m), *v = input("v", m, n);
    mgd_var *y =
        mgd_solve(mgd_add(mgd_matmul(X, mgd_transpose(X)), mgd_eye_sized(t, m)), mgd_matmul(X, mgd_transpose(X)));
    mgd_var *forward = mgd_sum(mgd_hadamard(u, mgd_pushforward(y, X, v)));
    mgd_var *backward = mgd_sum(mgd_hadamard(mgd_pullback(y, X, u), v));
    same(forward, backward);
    mgd_tape_free(t);
}
END_TEST

START_TEST(hessians_agree_and_are_symmetric) {
    begin();
    mgd_var *X = input("X", n, n), *a = input("a", n, one), *u = input("u", n, n), *v = input("v", n, n);
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a));
    mgd_var *f = mgd_add(mgd_logdet(mgd_matmul(X, mgd_from_diag(w))), mgd_sum(mgd_hadamard(w, mgd_solve(X, w))));
    mgd_var *Hu = mgd_hessian_vector(f, X, u), *Hv = mgd_gradient(mgd_sum(mgd_hadamard(mgd_gradient(f, X), v)), X);
    same(mgd_sum(mgd_hadamard(v, Hu)), mgd_sum(mgd_hadamard(u, Hv)));
    mgd_tape_free(t);
}
END_TEST

START_TEST(third_derivatives_agree_in_every_order) {
    begin();
    mgd_var *X = input("X", n, n), *a = input("a", n, one), *u = input("u", n, n);
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a)), *f = mgd_sum(mgd_hadamard(w, mgd_solve(X, w)));
    mgd_var *backward = f, *forward = f;
    for (int i = 0; i < 3; i++) {
        backward = mgd_sum(mgd_hadamard(mgd_gradient(backward, X), u));
        forward = mgd_pushforward(forward, X, u);
    }
    same(backward, forward);
    mgd_tape_free(t);
}
END_TEST

START_TEST(wrong_calls_say_what_is_wrong) {
    static const char *const messages[] = { "gradient: A is mxn, not 1x1",
                                            "pullback: the direction B is nxk, A is mxn",
                                            "pushforward: the direction A is mxn, B is nxk",
                                            "gradient: argument 2 is NULL",
                                            "pullback: argument 3 is NULL",
                                            "pushforward: argument 1 is NULL" };
    for (int i = 0; i < 6; i++) {
        begin();
        mgd_var *A = input("A", m, n), *B = input("B", n, k), *f = squared_norm(A), *r = f;
        if (i == 0) r = mgd_gradient(A, A);
        if (i == 1) r = mgd_pullback(A, B, B);
        if (i == 2) r = mgd_pushforward(f, B, A);
        if (i == 3) r = mgd_gradient(f, NULL);
        if (i == 4) r = mgd_pullback(f, A, NULL);
        if (i == 5) r = mgd_pushforward(NULL, A, A);
        ck_assert_ptr_null(r);
        ck_assert_str_eq(mgd_message(t), messages[i]);
        mgd_tape_free(t);
    }
    ck_assert_ptr_null(mgd_gradient(NULL, NULL));
}
END_TEST

START_TEST(a_gradient_costs_about_two_nodes_a_node) {
    begin();
    enum { N = 1000 };
    mgd_var *x = input("x", one, one), *y = input("y", one, one), *f = x;
    for (int i = 0; i < N; i++) f = mgd_add(mgd_hadamard(mgd_exp(f), y), y);
    size_t before = mgd_count(t);
    ck_assert_ptr_nonnull(mgd_gradient(f, x));
    ck_assert_uint_le(mgd_count(t) - before, 2 * before);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_cost_follows_what_lies_between) {
    begin();
    mgd_var *x = input("x", one, one), *far = x;
    for (int i = 0; i < 100000; i++) far = mgd_exp(far);
    mgd_var *f = mgd_hadamard(x, x);
    size_t before = mgd_count(t);
    ck_assert_ptr_nonnull(mgd_gradient(f, x));
    ck_assert_uint_le(mgd_count(t) - before, 3);
    mgd_tape_free(t);
}
END_TEST

TESTS("gradient", the_closed_forms_of_the_seed_hold, known_gradients, what_f_does_not_depend_on_has_a_zero_gradient,
      one_sweep_serves_many, a_gradient_by_a_var_inside, products_with_the_jacobian_are_adjoint,
      hessians_agree_and_are_symmetric, third_derivatives_agree_in_every_order, wrong_calls_say_what_is_wrong,
      a_gradient_costs_about_two_nodes_a_node, the_cost_follows_what_lies_between);
