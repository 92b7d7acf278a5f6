/* SPDX-License-Identifier: MIT */
/* Values and slopes where formulas need care: every line of the manual's table at singular points. */
#include "matgrad.h"
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static mgd_tape *t;
static mgd_var *x;

static void begin(double at) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 1, 1);
    ck_assert(mgd_set(x, &at, 1, 1));
}

static double number(mgd_var *v) {
    const double *y = mgd_value(v);
    ck_assert_msg(y, "%s", mgd_message(t));
    return *y;
}

static bool same(double a, double b) { return (isnan(a) && isnan(b)) || (a == b && signbit(a) == signbit(b)); }

/* f(at) and f'(at), by both directions. */
static void check(const char *what, mgd_var *f, double value, double slope) {
    double got = number(f), backward = number(mgd_gradient(f, x)),
           forward = number(mgd_pushforward(f, x, mgd_number(t, 1)));
    ck_assert_msg(same(got, value), "%s: value %g, not %g", what, got, value);
    ck_assert_msg(backward == slope || (isnan(backward) && isnan(slope)), "%s: gradient %g, not %g", what, backward,
                  slope);
    ck_assert_msg(forward == slope || (isnan(forward) && isnan(slope)), "%s: pushforward %g, not %g", what, forward,
                  slope);
    mgd_tape_free(t);
}

static mgd_var *to_the(double p) { return mgd_power(x, p); }

START_TEST(powers_at_zero) {
    static const struct {
        double p, value, slope;
    } lines[] = { { 2, 0, 0 },
                  { 3, 0, 0 },
                  { 1.5, 0, 0 },
                  { 1, 0, 1 },
                  { 0.5, 0, INFINITY },
                  { 0.25, 0, INFINITY },
                  { 0, 1, 0 },
                  { -1, INFINITY, -INFINITY },
                  { -2, INFINITY, -INFINITY },
                  { -0.5, INFINITY, -INFINITY } };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        begin(0);
        char what[32];
        snprintf(what, sizeof what, "x.^%g at 0", lines[i].p);
        check(what, to_the(lines[i].p), lines[i].value, lines[i].slope);
    }
}
END_TEST

START_TEST(powers_of_negative_numbers) {
    begin(-2);
    check("(-2)^3", to_the(3), -8, 12);
    begin(-2);
    check("(-2)^-1", to_the(-1), -0.5, -0.25);
    begin(-2);
    check("(-2)^1.5", to_the(1.5), NAN, NAN);
}
END_TEST

START_TEST(roots_and_logarithms_at_zero) {
    begin(0);
    check("sqrt(0)", mgd_sqrt(x), 0, INFINITY);
    begin(0);
    check("log(0)", mgd_log(x), -INFINITY, INFINITY);
    begin(-1);
    check("sqrt(-1)", mgd_sqrt(x), NAN, NAN);
}
END_TEST

START_TEST(kinks_have_the_subgradient_of_least_norm) {
    begin(0);
    check("abs(0)", mgd_abs(x), 0, 0);
    begin(-3);
    check("abs(-3)", mgd_abs(x), 3, -1);
    begin(0);
    check("sign(0)", mgd_sign(x), 0, 0);
    begin(5);
    check("sign(5)", mgd_sign(x), 1, 0);
}
END_TEST

START_TEST(the_sigmoid_keeps_its_digits) {
    begin(0);
    check("sigmoid(0)", mgd_sigmoid(x), 0.5, 0.25);
    static const double points[] = { 40, -40, 700, -700, 745, -745, 20, -3 };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        begin(points[i]);
        long double e = expl(-fabsl((long double)points[i])), value = (points[i] >= 0 ? 1 : e) / (1 + e);
        long double slope = e / ((1 + e) * (1 + e));
        double got = number(mgd_sigmoid(x)), got_slope = number(mgd_gradient(mgd_sigmoid(x), x));
        ck_assert_msg(fabsl(got - value) <= 4 * DBL_EPSILON * value + 0x1p-1074L, "sigmoid(%g) = %g", points[i], got);
        ck_assert_msg(fabsl(got_slope - slope) <= 8 * DBL_EPSILON * slope + 0x1p-1074L, "its slope %g, not %Lg",
                      got_slope, slope);
        mgd_tape_free(t);
    }
    begin(INFINITY);
    check("sigmoid(inf)", mgd_sigmoid(x), 1, 0);
    begin(-INFINITY);
    check("sigmoid(-inf)", mgd_sigmoid(x), 0, 0);
    begin(NAN);
    check("sigmoid(nan)", mgd_sigmoid(x), NAN, NAN);
}
END_TEST

START_TEST(a_zero_cotangent_wins_over_an_infinite_slope) {
    begin(0);
    ck_assert(number(mgd_gradient(mgd_power(mgd_sqrt(x), 2), x)) == 0);
    mgd_tape_free(t);
    begin(0);
    ck_assert(number(mgd_gradient(mgd_hadamard(mgd_sqrt(x), mgd_number(t, 0)), x)) == 0);
    mgd_tape_free(t);
    begin(-1);
    check("where(x > 0, log(x), 0) at -1",
          mgd_where(mgd_add(mgd_sign(x), mgd_number(t, 1)), mgd_log(x), mgd_number(t, 0)), 0, 0);
    begin(0);
    check("where(0, 1/x, exp(x)) at 0", mgd_where(mgd_number(t, 0), mgd_divide(mgd_number(t, 1), x), mgd_exp(x)), 1, 1);
    begin(0);
    check("where(x, sqrt(x), 0) at 0", mgd_where(x, mgd_sqrt(x), mgd_number(t, 0)), 0, 0);
}
END_TEST

START_TEST(a_nan_stays_visible) {
    begin(NAN);
    check("chain(nan, 0)", mgd_chain(x, mgd_number(t, 0)), NAN, 0);
    begin(0);
    check("chain(0, nan), whose slope is the nan", mgd_chain(x, mgd_log(mgd_number(t, -1))), 0, NAN);
}
END_TEST

static double second(mgd_var *f) { return number(mgd_hessian_vector(f, x, mgd_number(t, 1))); }
static double second_by_gradients(mgd_var *f) { return number(mgd_gradient(mgd_gradient(f, x), x)); }

/* (1/2) g(x)^2 with g(0) = 0: the cotangent of g is 0 there, and its own derivative is not. */
START_TEST(a_zero_cotangent_has_a_derivative) {
    begin(0);
    mgd_var *half = mgd_rational(t, 1, 2);
    mgd_var *all[] = { mgd_subtract(mgd_exp(x), mgd_number(t, 1)),
                       mgd_log(mgd_add(x, mgd_number(t, 1))),
                       mgd_scale(mgd_number(t, 4), mgd_subtract(mgd_sigmoid(x), half)),
                       mgd_hadamard(x, mgd_exp(x)),
                       mgd_divide(x, mgd_add(x, mgd_number(t, 1))),
                       mgd_subtract(mgd_sqrt(mgd_add(mgd_scale(mgd_number(t, 2), x), mgd_number(t, 1))),
                                    mgd_number(t, 1)) };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        mgd_var *f = mgd_scale(half, mgd_hadamard(all[i], all[i]));
        ck_assert_msg(fabs(second(f) - 1) < 1e-15, "case %zu: %g", i, second(f));
        ck_assert_msg(fabs(second_by_gradients(f) - 1) < 1e-15, "case %zu: %g", i, second_by_gradients(f));
    }
    mgd_tape_free(t);
}
END_TEST

/* ---- linear algebra ---- */

static mgd_var *matrix(const double *data, int n) {
    t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", n, n);
    ck_assert(mgd_set(a, data, n, n));
    return a;
}

static void check_entries(mgd_var *v, const double *wanted, int n) {
    const double *y = mgd_value(v);
    ck_assert_msg(y, "%s", mgd_message(t));
    for (int i = 0; i < n; i++)
        ck_assert_msg(fabs(y[i] - wanted[i]) <= 1e-13 * (1 + fabs(wanted[i])), "entry %d: %.17g, not %.17g", i, y[i],
                      wanted[i]);
}

START_TEST(the_determinant_has_a_gradient_at_singular_matrices) {
    const double rank_two[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, cofactors[] = { -3, 6, -3, 6, -12, 6, -3, 6, -3 };
    mgd_var *a = matrix(rank_two, 3);
    check_entries(mgd_gradient(mgd_det(a), a), cofactors, 9);
    mgd_tape_free(t);
    const double rank_one[] = { 1, 2, 2, 4 }, of_rank_one[] = { 4, -2, -2, 1 };
    a = matrix(rank_one, 2);
    check_entries(mgd_gradient(mgd_det(a), a), of_rank_one, 4);
    mgd_tape_free(t);
    const double zero[9] = { 0 };
    a = matrix(zero, 3);
    check_entries(mgd_gradient(mgd_det(a), a), zero, 9);
    mgd_tape_free(t);
    const double reflected[] = { 0, 1, 0, 1, 0, 0, 0, 0, 0 }, of_reflected[] = { 0, 0, 0, 0, 0, 0, 0, 0, -1 };
    a = matrix(reflected, 3);
    check_entries(mgd_gradient(mgd_det(a), a), of_reflected, 9);
    mgd_tape_free(t);
    begin(0);
    check("det of the 1x1 zero", mgd_det(x), 0, 1);
}
END_TEST

START_TEST(the_second_derivative_of_a_singular_determinant_names_the_node) {
    const double rank_one[] = { 1, 2, 2, 4 };
    mgd_var *a = matrix(rank_one, 2), *v = mgd_ones(t, 2, 2);
    ck_assert_ptr_null(mgd_value(mgd_hessian_vector(mgd_det(a), a, v)));
    ck_assert_str_eq(mgd_message(t), "inverse: A is singular: pivot 2 of 2 is 0");
    mgd_tape_free(t);
}
END_TEST

START_TEST(determinants_do_not_overflow_on_the_way) {
    const double data[] = { 1e200, 0, 0, 0, 1e200, 0, 0, 0, 1e-300 };
    mgd_var *a = matrix(data, 3);
    const double *d = mgd_value(mgd_det(a));
    ck_assert_double_eq_tol(*d, 1e100, 1e86);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_gradient_of_a_determinant_does_not_overflow_on_the_way) {
    static const double scales[] = { 1e-160, 1e-170, 1e155, 1 };
    for (int k = 0; k < 4; k++) {
        double s = scales[k], data[] = { 4 * s, s, 2 * s, 3 * s }, wanted[] = { 3 * s, -2 * s, -s, 4 * s };
        mgd_var *a = matrix(data, 2);
        const double *g = mgd_value(mgd_gradient(mgd_det(a), a));
        for (int i = 0; i < 4; i++) ck_assert_double_eq_tol(g[i] / s, wanted[i] / s, 1e-14);
        double rank_one[] = { s, 2 * s, 2 * s, 4 * s }, of_rank_one[] = { 4, -2, -2, 1 };
        ck_assert(mgd_set(a, rank_one, 2, 2));
        g = mgd_value(mgd_gradient(mgd_det(a), a));
        for (int i = 0; i < 4; i++) ck_assert_double_eq_tol(g[i] / s, of_rank_one[i], 1e-13);
        mgd_tape_free(t);
    }
}
END_TEST

START_TEST(logdet_takes_either_sign_and_refuses_singular_matrices) {
    const double negative[] = { 0, 2, 3, 0 }, gradient[] = { 0, 0.5, 1 / 3.0, 0 };
    mgd_var *a = matrix(negative, 2);
    check_entries(mgd_logdet(a), (const double[]){ log(6) }, 1);
    check_entries(mgd_gradient(mgd_logdet(a), a), gradient, 4);
    const double singular[] = { 1, 2, 2, 4 };
    ck_assert(mgd_set(a, singular, 2, 2));
    ck_assert_ptr_null(mgd_value(mgd_logdet(a)));
    ck_assert_str_eq(mgd_message(t), "logdet: A is singular: pivot 2 of 2 is 0");
    mgd_tape_free(t);
}
END_TEST

START_TEST(cholesky_names_the_pivot) {
    const double indefinite[] = { 4, 2, 2, 1, 3, 2, 1, 2, 1 };
    mgd_var *a = matrix(indefinite, 3);
    ck_assert_ptr_null(mgd_value(mgd_cholesky(a)));
    ck_assert_str_eq(mgd_message(t), "cholesky: A is not positive definite: pivot 3 of 3 is not positive");
    mgd_tape_free(t);
}
END_TEST

START_TEST(cholesky_reads_the_symmetric_half) {
    const double lopsided[] = { 4, 3, 1, 5 }, factor[] = { 2, 0, 1, 2 };
    mgd_var *a = matrix(lopsided, 2);
    check_entries(mgd_cholesky(a), factor, 4);
    const double *g = mgd_value(mgd_gradient(mgd_sum(mgd_cholesky(a)), a));
    ck_assert(g && g[1] == g[2]);
    mgd_tape_free(t);
}
END_TEST

START_TEST(equal_eigenvalues_are_named_where_it_matters) {
    const double twice[] = { 2, 0, 0, 0, 5, 0, 0, 0, 2 };
    mgd_var *a = matrix(twice, 3), *w = mgd_input(t, "W", 3, 3);
    const double weights[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10 };
    ck_assert(mgd_set(w, weights, 3, 3));
    const double eye[] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
    check_entries(mgd_gradient(mgd_sum(mgd_eigenvalues(a)), a), eye, 9);
    mgd_var *v = mgd_eigenvectors(a);
    ck_assert_ptr_null(mgd_value(mgd_gradient(mgd_sum(mgd_hadamard(w, v)), a)));
    ck_assert_str_eq(mgd_message(t), "eigenvalues 1 and 2 are equal, 2: their vectors have no derivative");
    mgd_var *projector = mgd_matmul(v, mgd_transpose(v));
    ck_assert_ptr_nonnull(mgd_value(mgd_gradient(mgd_sum(mgd_hadamard(w, projector)), a)));
    mgd_tape_free(t);
}
END_TEST

START_TEST(close_singular_values_keep_their_digits) {
    const double gap = 0x1p-40, data[] = { 1 + gap, 0, 0, 1 };
    mgd_var *a = matrix(data, 2), *w = mgd_input(t, "W", 2, 2);
    const double weights[] = { 0, 1, 0, 0 };
    ck_assert(mgd_set(w, weights, 2, 2));
    mgd_var *u = mgd_svd_left(a), *g = mgd_gradient(mgd_sum(mgd_hadamard(w, u)), a);
    const double *y = mgd_value(g);
    ck_assert_msg(y, "%s", mgd_message(t));
    double s1 = 1 + gap, s2 = 1, f = 1 / ((s2 - s1) * (s2 + s1));
    ck_assert_double_eq_tol(fabs(y[1]), fabs(f * s2), 1e-12 * fabs(f));
    ck_assert_double_eq_tol(fabs(y[2]), fabs(f * s1), 1e-12 * fabs(f));
    mgd_tape_free(t);
}
END_TEST

START_TEST(softmax_does_not_overflow) {
    t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 3);
    const double data[] = { 1000, 1000, -1000, -1e308, 0, -INFINITY };
    ck_assert(mgd_set(a, data, 2, 3));
    check_entries(mgd_softmax_rows(a), (const double[]){ 0.5, 0.5, 0, 0, 1, 0 }, 6);
    check_entries(mgd_gradient(mgd_sum(mgd_softmax_rows(a)), a), (const double[6]){ 0 }, 6);
    mgd_tape_free(t);
}
END_TEST

TESTS("singular points", powers_at_zero, powers_of_negative_numbers, roots_and_logarithms_at_zero,
      kinks_have_the_subgradient_of_least_norm, the_sigmoid_keeps_its_digits,
      a_zero_cotangent_wins_over_an_infinite_slope, a_nan_stays_visible, a_zero_cotangent_has_a_derivative,
      the_determinant_has_a_gradient_at_singular_matrices,
      the_second_derivative_of_a_singular_determinant_names_the_node, determinants_do_not_overflow_on_the_way,
      the_gradient_of_a_determinant_does_not_overflow_on_the_way,
      logdet_takes_either_sign_and_refuses_singular_matrices, cholesky_names_the_pivot,
      cholesky_reads_the_symmetric_half, equal_eigenvalues_are_named_where_it_matters,
      close_singular_values_keep_their_digits, softmax_does_not_overflow);
