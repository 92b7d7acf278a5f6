/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_spectral_norm(variable(c, "A", c->m, c->n)); }
static mgd_var *of_a_square_matrix(rule_case *c) { return mgd_spectral_norm(variable(c, "A", c->n, c->n)); }

RULES("spectral_norm", of_a_matrix, of_a_square_matrix);

static mgd_tape *t;
static mgd_var *A, *f, *g;

static void begin(int m, int n, const double *a) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", m, n);
    f = mgd_spectral_norm(A);
    g = mgd_gradient(f, A);
    ck_assert(mgd_set(A, a, m, n));
}

static double norm(void) {
    const double *y = mgd_value(f);
    ck_assert_msg(y, "%s", mgd_message(t));
    return *y;
}

static void check_gradient(int count, const double *wanted) {
    const double *y = mgd_value(g);
    ck_assert_msg(y, "%s", mgd_message(t));
    for (int i = 0; i < count; i++) ck_assert_msg(fabs(y[i] - wanted[i]) < 1e-14, "entry %d: %g", i, y[i]);
}

START_TEST(it_is_the_largest_singular_value) {
    begin(2, 3, (const double[]){ 0, 3, 0, 0, 0, -4 });
    ck_assert_double_eq_tol(norm(), 4, 8 * DBL_EPSILON);
    check_gradient(6, (const double[]){ 0, 0, 0, 0, 0, -1 });
    ck_assert_str_eq(mgd__label(f).text, "spectral_norm(A)");
    ck_assert(mgd_set(A, (const double[]){ 0, 3e200, 0, 0, 0, -4e200 }, 2, 3));
    ck_assert_double_eq_tol(norm() / 4e200, 1, 8 * DBL_EPSILON);
    check_gradient(6, (const double[]){ 0, 0, 0, 0, 0, -1 });
    ck_assert(mgd_set(A, (const double[]){ 0, 3e-200, 0, 0, 0, -4e-200 }, 2, 3));
    check_gradient(6, (const double[]){ 0, 0, 0, 0, 0, -1 });
    mgd_tape_free(t);
    begin(1, 1, (const double[]){ -7 });
    ck_assert_double_eq_tol(norm(), 7, 8 * DBL_EPSILON);
    check_gradient(1, (const double[]){ -1 });
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_gradient_at_zero_is_zero) {
    begin(2, 3, (const double[6]){ 0 });
    ck_assert(norm() == 0);
    check_gradient(6, (const double[6]){ 0 });
    mgd_var *p = mgd_pushforward(f, A, mgd_ones(t, 2, 3));
    ck_assert(mgd_value(p) && *mgd_value(p) == 0);
    mgd_tape_free(t);
}
END_TEST

/* u v' of some pair: one of the subgradients, all of which have a spectral norm of 1, and <G, A> = |A|. */
START_TEST(a_tie_has_the_gradient_of_one_pair) {
    begin(2, 2, (const double[]){ 2, 0, 0, 2 });
    ck_assert_double_eq_tol(norm(), 2, 8 * DBL_EPSILON);
    const double *y = mgd_value(g);
    ck_assert(y);
    ck_assert_double_eq_tol(y[0] + y[3], 1, 8 * DBL_EPSILON);
    ck_assert_double_eq_tol(hypot(hypot(y[0], y[1]), hypot(y[2], y[3])), 1, 8 * DBL_EPSILON);
    ck_assert_double_eq_tol(y[0] * y[3] - y[1] * y[2], 0, 8 * DBL_EPSILON);
    mgd_tape_free(t);
}
END_TEST

static double second_derivative(const double *v, int m, int n) {
    mgd_var *V = mgd_input(t, "V", m, n);
    ck_assert(mgd_set(V, v, m, n));
    mgd_var *h = mgd_sum(mgd_hadamard(V, mgd_hessian_vector(f, A, V)));
    const double *y = mgd_value(h);
    ck_assert_msg(y, "%s", mgd_message(t));
    return *y;
}

/* The other singular values may be equal, or 0. Of [3, e; 0, 1] the norm is 3 + 3 e^2/(2 (9 - 1)) + ..., of
 * [3, 0; e, 0; 0, 0] it is sqrt(9 + e^2). */
START_TEST(the_second_derivative_needs_only_the_largest_to_be_simple) {
    begin(2, 2, (const double[]){ 3, 0, 0, 1 });
    ck_assert_double_eq_tol(second_derivative((const double[]){ 0, 1, 0, 0 }, 2, 2), 3.0 / 8, 1e-14);
    mgd_tape_free(t);
    begin(3, 2, (const double[]){ 3, 0, 0, 0, 0, 0 });
    ck_assert_double_eq_tol(second_derivative((const double[]){ 0, 0, 1, 0, 0, 0 }, 3, 2), 1.0 / 3, 1e-14);
    mgd_tape_free(t);
    begin(3, 3, (const double[]){ 3, 0, 0, 0, 1, 0, 0, 0, 1 });
    ck_assert_double_eq_tol(second_derivative((const double[]){ 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 3, 3), 3.0 / 8, 1e-14);
    mgd_tape_free(t);
    begin(2, 2, (const double[]){ 2, 0, 0, 2 });
    mgd_var *h = mgd_hessian_vector(f, A, mgd_eye(t, 2));
    ck_assert_ptr_null(mgd_value(h));
    ck_assert_str_eq(mgd_message(t), "spectral_norm: singular values 1 and 2 of A are equal, 2: there is no second "
                                     "derivative");
    ck_assert(mgd_set(A, (const double[]){ 1.6, 1.2, -1.2, 1.6 }, 2, 2)); /* but for rounding */
    ck_assert_ptr_null(mgd_value(h));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "singular values 1 and 2 of A are equal"));
    ck_assert(mgd_set(A, (const double[4]){ 0 }, 2, 2));
    ck_assert_ptr_null(mgd_value(h));
    ck_assert_str_eq(mgd_message(t), "spectral_norm: A is 0: there is no second derivative");
    mgd_tape_free(t);
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    begin(2, 2, (const double[]){ 1, NAN, 0, 1 });
    ck_assert_ptr_null(mgd_value(f));
    ck_assert_str_eq(mgd_message(t), "spectral_norm: A has no singular values that could be computed: are its entries "
                                     "finite?");
    mgd_tape_free(t);
}
END_TEST

TESTS("spectral_norm", it_is_the_largest_singular_value, the_gradient_at_zero_is_zero,
      a_tie_has_the_gradient_of_one_pair, the_second_derivative_needs_only_the_largest_to_be_simple,
      entries_that_are_not_finite_are_refused);
