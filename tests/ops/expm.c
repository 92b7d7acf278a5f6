/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_expm(variable(c, "A", c->n, c->n)); }

static mgd_var *inside(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_expm(mgd_hadamard(a, a)), a);
}

RULES("expm", of_a_matrix, inside);

static mgd_tape *t;

static const double *value_at(int n, const double *a) {
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", n, n);
    ck_assert(mgd_set(A, a, n, n));
    const double *e = mgd_value(mgd_expm(A));
    ck_assert_msg(e, "%s", mgd_message(t));
    return e;
}

static void check(int n, const double *a, const double *wanted) {
    const double *e = value_at(n, a);
    double most = 0;
    for (int i = 0; i < n * n; i++) most = fmax(most, fabs(wanted[i]));
    for (int i = 0; i < n * n; i++)
        ck_assert_msg(fabs(e[i] - wanted[i]) <= 100 * DBL_EPSILON * most, "entry %d: %.17g, not %.17g", i, e[i],
                      wanted[i]);
    mgd_tape_free(t);
}

START_TEST(closed_forms) {
    check(2, (const double[]){ 0, 1, -1, 0 }, (const double[]){ cos(1), sin(1), -sin(1), cos(1) });
    check(2, (const double[]){ 0, 30, -30, 0 }, (const double[]){ cos(30), sin(30), -sin(30), cos(30) });
    check(3, (const double[9]){ 0 }, (const double[]){ 1, 0, 0, 0, 1, 0, 0, 0, 1 });
    check(3, (const double[]){ 0, 2, 3, 0, 0, 4, 0, 0, 0 }, (const double[]){ 1, 2, 7, 0, 1, 4, 0, 0, 1 });
    check(1, (const double[]){ -3 }, (const double[]){ exp(-3) });
    check(2, (const double[]){ -1, 0, 0, -800 }, (const double[]){ exp(-1), 0, 0, 0 });
    check(2, (const double[]){ 3, 1, 0, 3 }, (const double[]){ exp(3), exp(3), 0, exp(3) });
}
END_TEST

/* Where the norm is far above the eigenvalues, or the entries' sizes are far apart, digits must not go. */
START_TEST(large_norms_of_harmless_matrices) {
    static const double sizes[] = { 1e6, 1e100, 1e200, 1e300, 1e-300 };
    for (int i = 0; i < 5; i++) {
        double b = sizes[i];
        const double *e = value_at(2, (const double[]){ 1, b, 0, -1 });
        ck_assert_double_le(fabs(e[1] / (b * sinh(1)) - 1), 1e-13);
        ck_assert_double_le(fabs(e[0] / exp(1) - 1), 1e-13);
        ck_assert_double_le(fabs(e[3] / exp(-1) - 1), 1e-13);
        mgd_tape_free(t);
    }
    const double *e = value_at(2, (const double[]){ 0, 1e200, 1e-200, 0 });
    ck_assert_double_le(fabs(e[0] / cosh(1) - 1), 1e-13);
    ck_assert_double_le(fabs(e[1] / (1e200 * sinh(1)) - 1), 1e-13);
    ck_assert_double_le(fabs(e[2] / (1e-200 * sinh(1)) - 1), 1e-13);
    mgd_tape_free(t);
}
END_TEST

/* exp(S) = V diag(exp(l)) V' for symmetric S, and exp(K) is orthogonal for skew K. */
static void check_symmetric(int n, double scale) {
    uint64_t state = (uint64_t)n;
    double *a = malloc((size_t)(n * n) * sizeof *a);
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = test_uniform(&state) * scale;
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", n, n), *v = mgd_eigenvectors(A);
    mgd_var *by_eigen = mgd_matmul(mgd_matmul(v, mgd_from_diag(mgd_exp(mgd_eigenvalues(A)))), mgd_transpose(v));
    ck_assert(mgd_set(A, a, n, n));
    const double *x = mgd_value(mgd_expm(A)), *y = mgd_value(by_eigen), *l = mgd_value(mgd_eigenvalues(A));
    ck_assert_msg(x && y, "%s", mgd_message(t));
    double most = exp(l[n - 1]);
    for (int i = 0; i < n * n; i++)
        ck_assert_double_le(fabs(x[i] - y[i]), 4 * n * (1 + fabs(l[n - 1])) * DBL_EPSILON * most);
    mgd_var *skew = mgd_expm(mgd_subtract(mgd_tril(A), mgd_transpose(mgd_tril(A))));
    const double *product = mgd_value(mgd_matmul(mgd_transpose(skew), skew));
    ck_assert_msg(product, "%s", mgd_message(t));
    for (int i = 0; i < n * n; i++)
        ck_assert_double_le(fabs(product[i] - (i / n == i % n)), 10 * n * (1 + scale) * DBL_EPSILON);
    mgd_tape_free(t);
    free(a);
}

START_TEST(symmetric_and_skew_matrices) {
    static const int sizes[] = { 2, 5, 17, 60, 150 };
    for (int i = 0; i < 5; i++) {
        check_symmetric(sizes[i], 0.1);
        check_symmetric(sizes[i], 1);
        check_symmetric(sizes[i], 5);
    }
}
END_TEST

START_TEST(the_gradient_of_the_trace) {
    t = mgd_tape_new();
    const double data[] = { 1, 2, 3, -1, 0.5, 2, 0, 1, -2 };
    mgd_var *A = mgd_input(t, "A", 3, 3), *e = mgd_expm(A), *g = mgd_gradient(mgd_trace(e), A);
    ck_assert(mgd_set(A, data, 3, 3));
    const double *x = mgd_value(g), *y = mgd_value(mgd_transpose(e));
    ck_assert(x && y);
    for (int i = 0; i < 9; i++) ck_assert_double_eq_tol(x[i], y[i], 1e-13 * (1 + fabs(y[i])));
    mgd_tape_free(t);
}
END_TEST

/* What holds of every analytic function is found; what holds of exp alone is left open; what is false is refuted. */
START_TEST(exact_arithmetic_knows_the_laws_of_functions_of_matrices) {
    t = mgd_tape_new();
    const mgd_size *n = mgd_size_named(t, "n");
    mgd_var *a = mgd_input_sized(t, "A", n, n), *b = mgd_input_sized(t, "B", n, n), *e = mgd_expm(a);
    mgd_var *similar = mgd_expm(mgd_matmul(mgd_inverse(b), mgd_matmul(a, b)));
    ck_assert_int_eq(mgd_equal(mgd_matmul(e, a), mgd_matmul(a, e)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_expm(mgd_transpose(a)), mgd_transpose(e)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_matmul(b, similar), mgd_matmul(e, b)).answer, MGD_EQUAL);
    ck_assert_int_eq(
        mgd_is_gradient(mgd_trace(mgd_matmul(b, e)), a, mgd_gradient(mgd_trace(mgd_matmul(b, e)), a)).answer,
        MGD_EQUAL);
    ck_assert_int_eq(mgd_is_gradient(mgd_trace(e), a, mgd_transpose(e)).answer, MGD_UNDECIDED);
    ck_assert_int_eq(mgd_equal(mgd_expm(mgd_negate(a)), mgd_inverse(e)).answer, MGD_UNDECIDED);
    ck_assert_int_eq(mgd_equal(mgd_expm(mgd_add(a, a)), mgd_matmul(e, e)).answer, MGD_UNDECIDED);
    ck_assert_int_eq(mgd_equal(mgd_expm(mgd_add(a, b)), mgd_matmul(e, mgd_expm(b))).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_is_gradient(mgd_trace(e), a, e).answer, MGD_DIFFERENT);
    mgd_var *cubic = mgd_add(mgd_eye_sized(t, n), mgd_add(a, mgd_matmul(a, a)));
    ck_assert_int_eq(mgd_equal(e, cubic).answer, MGD_DIFFERENT);
    mgd_tape_free(t);
}
END_TEST

/* What stands for the exponential is no polynomial of low degree: of a large nilpotent matrix that would show. */
START_TEST(exact_arithmetic_is_not_fooled_by_large_matrices) {
    enum { N = 40 };
    static double shift[N * N];
    for (int i = 0; i + 1 < N; i++) shift[i * N + i + 1] = 1;
    t = mgd_tape_new();
    mgd_var *corner = mgd_block(mgd_expm(mgd_constant(t, mgd_rows(shift, N, N))), 0, N - 1, 1, 1);
    ck_assert_int_ne(mgd_equal(corner, mgd_number(t, 0)).answer, MGD_EQUAL);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_overflows_or_is_not_finite_is_refused) {
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2), *e = mgd_expm(A), *x = mgd_input(t, "x", 1, 1), *of_x = mgd_expm(x);
    ck_assert(mgd_set(A, (const double[]){ 1000, 0, 0, 1 }, 2, 2));
    ck_assert_ptr_null(mgd_value(e));
    ck_assert_str_eq(mgd_message(t), "expm: the exponential of A overflows");
    ck_assert(mgd_set(A, (const double[]){ 1e300, 1e300, 1e300, 1e300 }, 2, 2));
    ck_assert_ptr_null(mgd_value(e));
    ck_assert(mgd_set(A, (const double[]){ 1, 0, NAN, 1 }, 2, 2));
    ck_assert_ptr_null(mgd_value(e));
    ck_assert_str_eq(mgd_message(t), "expm: A has entries that are not finite");
    ck_assert(mgd_set(x, (const double[]){ 1000 }, 1, 1));
    ck_assert_ptr_null(mgd_value(of_x));
    ck_assert_str_eq(mgd_message(t), "expm: the exponential of x overflows");
    ck_assert(mgd_set(x, (const double[]){ -1000 }, 1, 1));
    ck_assert(mgd_value(of_x) && *mgd_value(of_x) == 0);
    ck_assert(mgd_set(A, (const double[9]){ 0 }, 2, 2) && mgd_value(e));
    ck_assert_ptr_null(mgd_expm(mgd_ones(t, 2, 3)));
    ck_assert_str_eq(mgd_message(t), "expm: ones(2,3) is 2x3, not square");
    mgd_tape_free(t);
}
END_TEST

TESTS("expm", closed_forms, large_norms_of_harmless_matrices, symmetric_and_skew_matrices, the_gradient_of_the_trace,
      exact_arithmetic_knows_the_laws_of_functions_of_matrices, exact_arithmetic_is_not_fooled_by_large_matrices,
      what_overflows_or_is_not_finite_is_refused);
