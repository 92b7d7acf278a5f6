/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static mgd_var *by_the_left(rule_case *c) {
    return mgd_sylvester(variable(c, "A", c->m, c->m), matrix(c, "B", c->n, c->n), matrix(c, "C", c->m, c->n));
}

static mgd_var *by_the_right(rule_case *c) {
    return mgd_sylvester(matrix(c, "A", c->m, c->m), variable(c, "B", c->n, c->n), matrix(c, "C", c->m, c->n));
}

static mgd_var *by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_sylvester(matrix(c, "A", c->n, c->n), matrix(c, "B", c->n, c->n), variable(c, "C", c->n, c->n));
    return mgd_hadamard(x, x);
}

static mgd_var *by_the_left_transposed(rule_case *c) {
    mgd_var *a = mgd_transpose(variable(c, "A", c->n, c->n));
    return mgd_sylvester(a, matrix(c, "B", c->n, c->n), matrix(c, "C", c->n, c->n));
}

static mgd_var *by_the_right_transposed(rule_case *c) {
    mgd_var *b = mgd_transpose(variable(c, "B", c->n, c->n));
    return mgd_sylvester(mgd_transpose(matrix(c, "A", c->n, c->n)), b, matrix(c, "C", c->n, c->n));
}

static mgd_var *lyapunov(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_lyapunov(a, mgd_hadamard(a, a));
}

RULES("sylvester", by_the_left, by_the_right, by_the_right_side, by_the_left_transposed, by_the_right_transposed,
      lyapunov);

static double largest(int n, const double *x) {
    double most = 0;
    for (int i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    return most;
}

static void check_residual(int m, int n, double scale) {
    uint64_t state = (uint64_t)(m + n);
    double *a = malloc((size_t)(m * m) * sizeof *a), *b = malloc((size_t)(n * n) * sizeof *b),
           *c = malloc((size_t)(m * n) * sizeof *c);
    for (int i = 0; i < m * m; i++) a[i] = scale * (test_uniform(&state) + (i / m == i % m) * sqrt(m));
    for (int i = 0; i < n * n; i++) b[i] = scale * (test_uniform(&state) + (i / n == i % n) * sqrt(n));
    for (int i = 0; i < m * n; i++) c[i] = test_uniform(&state);
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", m, m), *B = mgd_input(t, "B", n, n), *C = mgd_input(t, "C", m, n);
    mgd_var *forms[] = { mgd_sylvester(A, B, C), mgd_sylvester(mgd_transpose(A), B, C),
                         mgd_sylvester(A, mgd_transpose(B), C), mgd_sylvester(mgd_transpose(A), mgd_transpose(B), C) };
    ck_assert(mgd_set(A, a, m, m) && mgd_set(B, b, n, n) && mgd_set(C, c, m, n));
    for (int k = 0; k < 4; k++) {
        mgd_var *left = k & 1 ? mgd_transpose(A) : A, *right = k & 2 ? mgd_transpose(B) : B;
        mgd_var *rest = mgd_subtract(mgd_add(mgd_matmul(left, forms[k]), mgd_matmul(forms[k], right)), C);
        const double *x = mgd_value(forms[k]), *r = mgd_value(rest);
        ck_assert_msg(x && r, "%s", mgd_message(t));
        double size = (m * largest(m * m, a) + n * largest(n * n, b)) * largest(m * n, x);
        ck_assert_double_le(largest(m * n, r), 20 * (m + n) * DBL_EPSILON * size);
    }
    int factorisations = 0;
    for (size_t i = 0; i < mgd_count(t); i++) factorisations += mgd_at(t, i)->op == &mgd__op_schur;
    ck_assert_int_eq(factorisations, 2);
    mgd_tape_free(t);
    free(a);
    free(b);
    free(c);
}

START_TEST(values_solve_the_equation) {
    static const int sizes[][2] = { { 1, 1 }, { 1, 4 }, { 5, 1 }, { 3, 4 }, { 50, 20 }, { 120, 150 }, { 200, 200 } };
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) check_residual(sizes[k][0], sizes[k][1], 1);
    check_residual(6, 7, 1e-200);
    check_residual(6, 7, 1e200);
}
END_TEST

START_TEST(one_factorisation_serves_a_lyapunov_equation_and_its_derivatives) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 3, 3), *q = mgd_input(t, "Q", 3, 3), *x = mgd_lyapunov(a, q);
    mgd_var *f = mgd_trace(mgd_matmul(x, x));
    ck_assert_ptr_nonnull(mgd_hessian_vector(f, a, mgd_ones(t, 3, 3)));
    int factorisations = 0;
    for (size_t i = 0; i < mgd_count(t); i++) factorisations += mgd_at(t, i)->op == &mgd__op_schur;
    ck_assert_int_eq(factorisations, 1);
    ck_assert_str_eq(mgd__label(x).text, "sylvester(A,A',Q)");
    ck_assert_int_eq(mgd_equal(mgd_transpose(x), mgd_lyapunov(a, mgd_transpose(q))).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_add(mgd_matmul(a, x), mgd_matmul(x, mgd_transpose(a))), q).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_transpose(x), x).answer, MGD_DIFFERENT);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_does_not_fit_is_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 2), *b = mgd_input(t, "B", 3, 3), *c = mgd_input(t, "C", 2, 3);
    ck_assert_ptr_null(mgd_sylvester(a, b, mgd_transpose(c)));
    ck_assert_str_eq(mgd_message(t), "sylvester: A is 2x2, C' is 3x2: the rows differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_sylvester(a, a, c));
    ck_assert_str_eq(mgd_message(t), "sylvester: A is 2x2, C is 2x3: the columns differ");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_sylvester(c, b, c));
    ck_assert_str_eq(mgd_message(t), "sylvester: C is 2x3, not square");
    mgd_clear(t);
    ck_assert_ptr_nonnull(mgd_sylvester(a, b, c));
    mgd_tape_free(t);
}
END_TEST

TESTS("sylvester", values_solve_the_equation, one_factorisation_serves_a_lyapunov_equation_and_its_derivatives,
      what_does_not_fit_is_refused);
