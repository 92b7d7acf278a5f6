/* SPDX-License-Identifier: MIT */
/* Values and slopes of reductions where formulas need care: zeros, ties, infinities, NaN, and entries whose squares or
 * products leave the range of a double. */
#include "matgrad.h"
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static mgd_tape *t;
static mgd_var *A;

static void begin(const double *data, int64_t rows, int64_t cols) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", rows, cols);
    ck_assert(mgd_set(A, data, rows, cols));
}

static bool same(double a, double b, double within) {
    if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
    return a == b || fabs(a - b) <= within * fabs(b);
}

/* Entry by entry, within so many units of the last place. */
static void check(const char *what, mgd_var *v, const double *wanted, int n, double ulps) {
    const double *y = mgd_value(v);
    ck_assert_msg(y, "%s: %s", what, mgd_message(t));
    for (int i = 0; i < n; i++)
        ck_assert_msg(same(y[i], wanted[i], ulps * DBL_EPSILON), "%s: entry %d is %.17g, not %.17g", what, i, y[i],
                      wanted[i]);
}

/* f(A) = value, and its gradient; by both directions, entry by entry. */
static void check_slopes(const char *what, mgd_var *f, double value, const double *gradient, int n, double ulps) {
    check(what, f, &value, 1, ulps);
    check(what, mgd_gradient(f, A), gradient, n, ulps);
    for (int i = 0; i < n; i++) {
        double e[16] = { 0 };
        e[i] = 1;
        int64_t rows = mgd_size_value(mgd_rows_of(A)), cols = mgd_size_value(mgd_cols_of(A));
        check(what, mgd_pushforward(f, A, mgd_constant(t, mgd_rows(e, rows, cols))), &gradient[i], 1, ulps);
    }
}

/* The same through a column and through a row, along all and along what there is. */
static void check_vector(const char *what, mgd_var *(*all)(mgd_var *), mgd_var *(*rows)(mgd_var *),
                         mgd_var *(*cols)(mgd_var *), const double *x, int n, double value, const double *gradient,
                         double ulps) {
    for (int way = 0; way < 4; way++) {
        begin(x, way < 2 ? n : 1, way < 2 ? 1 : n);
        check_slopes(what, way % 2 ? all(A) : way < 2 ? cols(A) : rows(A), value, gradient, n, ulps);
        mgd_tape_free(t);
    }
}

#define V(...) ((const double[]){ __VA_ARGS__ })

/* ---- max and min ---- */

START_TEST(ties_share_the_gradient) {
    check_vector("max of a tie", mgd_max, mgd_row_maxima, mgd_col_maxima, V(3, 1, 3, 2), 4, 3, V(0.5, 0, 0.5, 0), 0);
    check_vector("min of a tie", mgd_min, mgd_row_minima, mgd_col_minima, V(1, 1, 3, 1), 4, 1,
                 V(1 / 3.0, 1 / 3.0, 0, 1 / 3.0), 0);
    check_vector("max of +0 and -0", mgd_max, mgd_row_maxima, mgd_col_maxima, V(-0.0, 0), 2, 0, V(0.5, 0.5), 0);
}
END_TEST

START_TEST(extremes_take_infinities) {
    check_vector("max", mgd_max, mgd_row_maxima, mgd_col_maxima, V(-INFINITY, 2, INFINITY), 3, INFINITY, V(0, 0, 1), 0);
    check_vector("max", mgd_max, mgd_row_maxima, mgd_col_maxima, V(-INFINITY, -INFINITY), 2, -INFINITY, V(0.5, 0.5), 0);
    check_vector("min", mgd_min, mgd_row_minima, mgd_col_minima, V(-INFINITY, 2, INFINITY), 3, -INFINITY, V(1, 0, 0),
                 0);
    check_vector("min", mgd_min, mgd_row_minima, mgd_col_minima, V(INFINITY, INFINITY), 2, INFINITY, V(0.5, 0.5), 0);
}
END_TEST

START_TEST(a_nan_is_the_extreme) {
    for (int at = 0; at < 13; at++) {
        double x[13], g[13];
        for (int i = 0; i < 13; i++) {
            x[i] = i == at ? NAN : sin(i);
            g[i] = NAN;
        }
        check_vector("max of a NaN", mgd_max, mgd_row_maxima, mgd_col_maxima, x, 13, NAN, g, 0);
        check_vector("min of a NaN", mgd_min, mgd_row_minima, mgd_col_minima, x, 13, NAN, g, 0);
    }
    begin(V(NAN, 1, 2, 3), 2, 2);
    check("maxima of rows", mgd_row_maxima(A), V(NAN, 3), 2, 0);
    check("maxima of columns", mgd_col_maxima(A), V(NAN, 3), 2, 0);
    mgd_var *only_second = mgd_sum(mgd_hadamard(mgd_row_maxima(A), mgd_constant(t, mgd_rows(V(0, 1), 2, 1))));
    check("a cotangent of 0 beside a NaN", mgd_gradient(only_second, A), V(0, 0, 0, 1), 4, 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(extremes_have_no_second_derivative) {
    begin(V(1, 4, 2, 4), 2, 2);
    mgd_var *m = mgd_max(A), *f = mgd_hadamard(m, m);
    check("Hessian of max^2 at a tie", mgd_hessian_vector(f, A, mgd_constant(t, mgd_rows(V(5, 1, 7, 3), 2, 2))),
          V(0, 2, 0, 2), 4, 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(places_count_from_zero_down_the_columns) {
    begin(V(1, 9, 3, 9, 2, 9), 2, 3);
    check("argmax", mgd_argmax(A), V(1), 1, 0);
    check("argmax of rows", mgd_row_argmaxima(A), V(1, 0), 2, 0);
    check("argmax of columns", mgd_col_argmaxima(A), V(1, 0, 1), 3, 0);
    check("argmin", mgd_argmin(A), V(0), 1, 0);
    check("argmin of rows", mgd_row_argminima(A), V(0, 1), 2, 0);
    check("argmin of columns", mgd_col_argminima(A), V(0, 1, 0), 3, 0);
    const double last[] = { 1, 2, 3, 4, 5, 7 }, nan[] = { 1, 2, NAN, 4, INFINITY, NAN };
    ck_assert(mgd_set(A, last, 2, 3));
    check("argmax", mgd_argmax(A), V(5), 1, 0);
    check("gradient of argmax", mgd_gradient(mgd_argmax(A), A), V(0, 0, 0, 0, 0, 0), 6, 0);
    ck_assert(mgd_set(A, nan, 2, 3));
    check("argmax of NaN", mgd_argmax(A), V(4), 1, 0);
    check("argmin of NaN", mgd_argmin(A), V(4), 1, 0);
    check("argmax of rows with NaN", mgd_row_argmaxima(A), V(2, 2), 2, 0);
    mgd_tape_free(t);
}
END_TEST

/* ---- products ---- */

START_TEST(products_differentiate_at_zeros) {
    check_vector("no zero", mgd_prod, mgd_row_prods, mgd_col_prods, V(2, 3, 5), 3, 30, V(15, 10, 6), 0);
    check_vector("one zero", mgd_prod, mgd_row_prods, mgd_col_prods, V(2, 0, 5), 3, 0, V(0, 10, 0), 0);
    check_vector("two zeros", mgd_prod, mgd_row_prods, mgd_col_prods, V(0, 3, 0), 3, 0, V(0, 0, 0), 0);
    check_vector("one factor", mgd_prod, mgd_row_prods, mgd_col_prods, V(0), 1, 0, V(1), 0);
    check_vector("zero and infinity", mgd_prod, mgd_row_prods, mgd_col_prods, V(0, INFINITY), 2, NAN, V(INFINITY, 0),
                 0);
    check_vector("a NaN", mgd_prod, mgd_row_prods, mgd_col_prods, V(0, NAN, 2), 3, NAN, V(NAN, 0, NAN), 0);
}
END_TEST

START_TEST(second_derivatives_of_products_at_zeros) {
    begin(V(0, 3, 0, 2), 4, 1);
    mgd_var *f = mgd_prod(A), *v = mgd_constant(t, mgd_rows(V(1, 10, 100, 1000), 4, 1));
    check("two zeros", mgd_hessian_vector(f, A, v), V(600, 0, 6, 0), 4, 0);
    mgd_var *third = mgd_pushforward(mgd_hessian_vector(f, A, v), A, v);
    check("third derivative", third,
          V(2 * (100 * 2 * 10 + 100 * 3 * 1000.0), 2 * 100 * 2, 2 * (2 * 10 + 3 * 1000.0), 2 * 100 * 3), 4, 0);
    const double three[] = { 0, 3, 0, 0 };
    ck_assert(mgd_set(A, three, 4, 1));
    check("three zeros", mgd_hessian_vector(f, A, v), V(0, 0, 0, 0), 4, 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(products_do_not_overflow_on_the_way) {
    check_vector("up and down", mgd_prod, mgd_row_prods, mgd_col_prods, V(1e300, 1e300, 1e-300, 1e-300), 4, 1,
                 V(1e-300, 1e-300, 1e300, 1e300), 4);
    check_vector("down and up", mgd_prod, mgd_row_prods, mgd_col_prods, V(1e-320, 0x1p1000, 0x1p1000, 0x1p-900), 4,
                 1e-320 * 0x1p1000 * 0x1p100, V(INFINITY, 1e-320 * 0x1p100, 1e-320 * 0x1p100, INFINITY), 4);
    check_vector("too large", mgd_prod, mgd_row_prods, mgd_col_prods, V(-1e200, 1e200), 2, -INFINITY, V(1e200, -1e200),
                 0);
    check_vector("too small", mgd_prod, mgd_row_prods, mgd_col_prods, V(1e-200, 1e-200), 2, 0, V(1e-200, 1e-200), 0);
}
END_TEST

START_TEST(long_products_do_not_overflow_on_the_way) {
    double x[64];
    for (int i = 0; i < 64; i++) x[i] = i < 32 ? 0x1p500 : -0x1p-500;
    begin(x, 64, 1);
    check("within a block", mgd_prod(A), V(1), 1, 0);
    check("its gradient", mgd_block(mgd_gradient(mgd_prod(A), A), 31, 0, 2, 1), V(0x1p-500, -0x1p500), 2, 0);
    x[40] = 0;
    ck_assert(mgd_set(A, x, 64, 1));
    check("with a zero", mgd_prod(A), V(0), 1, 0);
    check("gradient at a zero", mgd_block(mgd_gradient(mgd_prod(A), A), 39, 0, 3, 1), V(0, -0x1p500, 0), 3, 0);
    x[63] = INFINITY;
    ck_assert(mgd_set(A, x, 64, 1));
    check("zero and infinity", mgd_prod(A), V(NAN), 1, 0);
    mgd_tape_free(t);
}
END_TEST

/* ---- norms ---- */

static mgd_var *of_vector(mgd_var *x) { return mgd_norm2(x); }

START_TEST(norms_have_the_slope_0_at_0) {
    check_vector("norm2", of_vector, mgd_row_norms2, mgd_col_norms2, V(0, 0, 0), 3, 0, V(0, 0, 0), 0);
    check_vector("normF", mgd_normF, mgd_row_norms2, mgd_col_norms2, V(0), 1, 0, V(0), 0);
    check_vector("normF", mgd_normF, mgd_row_norms2, mgd_col_norms2, V(3, -4), 2, 5, V(0.6, -0.8), 1);
    check_vector("norm1", mgd_norm1, mgd_row_norms1, mgd_col_norms1, V(3, 0, -4), 3, 7, V(1, 0, -1), 0);
    begin(V(0, 0, 3, 4), 2, 2);
    check("gradient of rows, one of them 0", mgd_gradient(mgd_sum(mgd_row_norms2(A)), A), V(0, 0, 0.6, 0.8), 4, 1);
    mgd_var *v = mgd_constant(t, mgd_rows(V(1, 1, 1, 1), 2, 2));
    check("second derivative", mgd_hessian_vector(mgd_sum(mgd_row_norms2(A)), A, v),
          V(0, 0, (1 - 0.6 * 1.4) / 5, (1 - 0.8 * 1.4) / 5), 4, 8);
    mgd_tape_free(t);
}
END_TEST

START_TEST(norms_do_not_overflow_on_the_way) {
    static const double scales[] = { 1e200, 1e-200, 1e308, 0x1p-1074, 1, 0x1p-400, 0x1p450 };
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++) {
        double s = scales[k] / (scales[k] > 1e300 ? 8 : 1), x[] = { 3 * s, 0, -4 * s };
        check_vector("norm2", of_vector, mgd_row_norms2, mgd_col_norms2, x, 3, 5 * s, V(0.6, 0, -0.8), 2);
    }
    check_vector("of all scales", mgd_normF, mgd_row_norms2, mgd_col_norms2, V(1e-300, 3, 1e-200), 3, 3,
                 V(1e-300 / 3, 1, 1e-200 / 3), 2);
    check_vector("of all scales", mgd_normF, mgd_row_norms2, mgd_col_norms2, V(1e-300, 3e300, 1, 4e300), 4, 5e300,
                 V(0, 0.6, 2e-301, 0.8), 2);
    begin(V(INFINITY, 1, NAN, INFINITY), 2, 2);
    check("norms with infinity and NaN", mgd_row_norms2(A), V(INFINITY, NAN), 2, 0);
    check("norms with infinity and NaN", mgd_col_norms2(A), V(NAN, INFINITY), 2, 0);
    mgd_tape_free(t);
}
END_TEST

/* ---- logsumexp and softmax ---- */

START_TEST(logsumexp_at_infinity) {
    check_vector("-inf alone", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(-INFINITY, -INFINITY), 2,
                 -INFINITY, V(0, 0), 0);
    check_vector("one +inf", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(-INFINITY, 5, INFINITY, 1e308), 4,
                 INFINITY, V(0, 0, 1, 0), 0);
    check_vector("two +inf", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(INFINITY, 5, INFINITY), 3,
                 INFINITY, V(0.5, 0, 0.5), 0);
    check_vector("one -inf", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(-INFINITY, 0, 0), 3, log(2),
                 V(0, 0.5, 0.5), 1);
    check_vector("a NaN", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(1, NAN, INFINITY), 3, NAN,
                 V(NAN, NAN, NAN), 0);
    check_vector("a NaN among -inf", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(NAN, -INFINITY), 2, NAN,
                 V(NAN, NAN), 0);
    check_vector("one entry", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(-INFINITY), 1, -INFINITY, V(1),
                 0);
}
END_TEST

START_TEST(logsumexp_keeps_its_digits) {
    check_vector("large", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(1e8, 1e8 + 1), 2,
                 1e8 + 1 + log1p(exp(-1)), V(1 / (1 + exp(1)), 1 / (1 + exp(-1))), 2);
    check_vector("1e308", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(1e308, 1e308, -1e308), 3, 1e308,
                 V(0.5, 0.5, 0), 1);
    check_vector("near 0", mgd_logsumexp, mgd_row_logsumexps, mgd_col_logsumexps, V(0, -50), 2, log1p(exp(-50)),
                 V(1, exp(-50)), 2);
}
END_TEST

START_TEST(logsumexp_of_infinities_has_second_derivatives) {
    begin(V(-INFINITY, -INFINITY, 1, 2, INFINITY, 0), 3, 2);
    mgd_var *v = mgd_constant(t, mgd_rows(V(1, 2, 3, 4, 5, 6), 3, 2));
    double w = 1 / (1 + exp(-1.0)), q = w * (1 - w);
    check("of rows", mgd_hessian_vector(mgd_sum(mgd_row_logsumexps(A)), A, v), V(0, 0, -q, q, 0, 0), 6, 8);
    mgd_tape_free(t);
}
END_TEST

START_TEST(softmax_and_its_logarithm_at_extremes) {
    begin(V(0, -800, 1000, 1000, -INFINITY, 3), 3, 2);
    check("softmax of rows", mgd_softmax_rows(A), V(1, 0, 0.5, 0.5, 0, 1), 6, 1);
    check("softmax of columns", mgd_softmax_cols(A), V(0, 0, 1, 1, 0, 0), 6, 1);
    check("softmax of all", mgd_softmax(A), V(0, 0, 0.5, 0.5, 0, 0), 6, 1);
    check("log_softmax of rows", mgd_log_softmax_rows(A), V(0, -800, -log(2), -log(2), -INFINITY, 0), 6, 1);
    check("log_softmax of columns", mgd_log_softmax_cols(A), V(-1000, -1800, 0, 0, -INFINITY, -997), 6, 1);
    check("log_softmax of all", mgd_log_softmax(A),
          V(-1000 - log(2), -1800 - log(2), -log(2), -log(2), -INFINITY, -997 - log(2)), 6, 1);
    mgd_var *loss = mgd_negate(mgd_block(mgd_log_softmax_rows(A), 0, 1, 1, 1));
    check("gradient of a loss whose softmax underflows", mgd_gradient(loss, A), V(1, -1, 0, 0, 0, 0), 6, 1);
    const double near_one[] = { 50, 0, INFINITY, 0, -INFINITY, -INFINITY };
    ck_assert(mgd_set(A, near_one, 3, 2));
    check("log_softmax near 0", mgd_log_softmax_rows(A), V(-log1p(exp(-50)), -50, NAN, -INFINITY, NAN, NAN), 6, 1);
    check("softmax of +inf and of -inf alone", mgd_softmax_rows(A), V(1, exp(-50), NAN, NAN, NAN, NAN), 6, 2);
    mgd_tape_free(t);
}
END_TEST

/* ---- means ---- */

START_TEST(variances_do_not_cancel) {
    begin(V(1e9 + 1, 1e9 + 2, 1e9 + 3, 5, 5, 5), 2, 3);
    check("variance of rows", mgd_row_variances(A), V(2 / 3.0, 0), 2, 1);
    check("gradient", mgd_gradient(mgd_sum(mgd_row_variances(A)), A), V(-2 / 3.0, 0, 2 / 3.0, 0, 0, 0), 6, 2);
    check("mean of rows", mgd_row_means(A), V(1e9 + 2, 5), 2, 0);
    check("mean of columns", mgd_col_means(A), V((1e9 + 6) / 2, (1e9 + 7) / 2, (1e9 + 8) / 2), 3, 0);
    mgd_tape_free(t);
}
END_TEST

/* Lengths below, at and beyond what a block, a vector and a part of either hold, against plain loops. */
START_TEST(every_length_reduces_as_a_loop_does) {
    enum { MOST = 2100 };
    static double x[MOST], three[3 * MOST];
    uint64_t state = 3;
    for (int n = 1; n <= MOST; n += n < 70 || n % 1000 > 997 ? 1 : n > 2000 ? 47 : 9) {
        long double sum = 0, squares = 0, product = 1, exponentials = 0;
        double most = -INFINITY, least = INFINITY;
        for (int i = 0; i < n; i++) {
            x[i] = test_uniform(&state) * 3;
            if (fabs(x[i]) < 0.1) x[i] = 1;
            sum += x[i];
            squares += (long double)x[i] * x[i];
            product *= x[i];
            exponentials += expl(x[i]);
            most = fmax(most, x[i]);
            least = fmin(least, x[i]);
        }
        for (int way = 0; way < 2; way++) {
            begin(x, way ? n : 1, way ? 1 : n);
            check("max", way ? mgd_col_maxima(A) : mgd_row_maxima(A), &most, 1, 0);
            check("min", way ? mgd_col_minima(A) : mgd_min(A), &least, 1, 0);
            check("prod", way ? mgd_col_prods(A) : mgd_prod(A), V((double)product), 1, 2 * n);
            check("norm2", way ? mgd_norm2(A) : mgd_row_norms2(A), V((double)sqrtl(squares)), 1, 12);
            check("logsumexp", way ? mgd_logsumexp(A) : mgd_row_logsumexps(A), V((double)logl(exponentials)), 1, 16);
            double got = *mgd_value(mgd_sum(A));
            ck_assert(fabs(got - (double)sum) <= 12 * DBL_EPSILON * sqrt((double)squares * n));
            mgd_tape_free(t);
        }
        for (int i = 0; i < 3 * n; i++) three[i] = i % 3 == 1 ? x[i / 3] : 1;
        begin(three, n, 3); /* as one column of three, beside ones */
        check("maxima", mgd_col_maxima(A), V(1, most, 1), 3, 0);
        check("minima", mgd_col_minima(A), V(1, least, 1), 3, 0);
        check("prods", mgd_col_prods(A), V(1, (double)product, 1), 3, 2 * n);
        check("norms2", mgd_col_norms2(A), V(sqrt(n), (double)sqrtl(squares), sqrt(n)), 3, 80);
        check("logsumexps", mgd_col_logsumexps(A), V(1 + log(n), (double)logl(exponentials), 1 + log(n)), 3, 80);
        mgd_tape_free(t);
    }
}
END_TEST

/* Ten million terms of 0.1, whose sum one after another would lose half its digits. */
START_TEST(long_reductions_keep_their_digits) {
    enum { N = 10000000 };
    double *x = malloc(N * sizeof *x);
    for (int i = 0; i < N; i++) x[i] = 0.1;
    for (int way = 0; way < 2; way++) {
        begin(x, way ? 2 : N / 2, way ? N / 2 : 2);
        check("sum", mgd_sum(A), V(N * 0.1), 1, 16);
        check("sums", way ? mgd_row_sums(A) : mgd_col_sums(A), V(N * 0.05, N * 0.05), 2, 16);
        check("mean", mgd_mean(A), V(0.1), 1, 16);
        double length = sqrt(N * 0.005), total = 0.1 + log(N / 2);
        check("norms", way ? mgd_row_norms2(A) : mgd_col_norms2(A), V(length, length), 2, 32);
        check("logsumexps", way ? mgd_row_logsumexps(A) : mgd_col_logsumexps(A), V(total, total), 2, 4);
        mgd_tape_free(t);
    }
    free(x);
}
END_TEST

TESTS("singular points of reductions", ties_share_the_gradient, extremes_take_infinities, a_nan_is_the_extreme,
      extremes_have_no_second_derivative, places_count_from_zero_down_the_columns, products_differentiate_at_zeros,
      second_derivatives_of_products_at_zeros, products_do_not_overflow_on_the_way,
      long_products_do_not_overflow_on_the_way, norms_have_the_slope_0_at_0, norms_do_not_overflow_on_the_way,
      logsumexp_at_infinity, logsumexp_keeps_its_digits, logsumexp_of_infinities_has_second_derivatives,
      softmax_and_its_logarithm_at_extremes, variances_do_not_cancel, every_length_reduces_as_a_loop_does,
      long_reductions_keep_their_digits);
