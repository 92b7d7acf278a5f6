/* SPDX-License-Identifier: MIT */
/* Values and slopes of entrywise functions where formulas need care: every line that their head comments promise. */
#include "matgrad.h"
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

static const double inf = (double)INFINITY, nan_ = (double)NAN, pi = 0x1.921fb54442d18p+1;

/* Equal, with the sign of zero and NaN; or within some units in the last place. */
static bool close_to(double got, double wanted) {
    if (isnan(got) || isnan(wanted)) return isnan(got) && isnan(wanted);
    if (isinf(got) || isinf(wanted)) return got == wanted;
    return fabs(got - wanted) <= 6 * DBL_EPSILON * fabs(wanted) + 0x1p-1074;
}

static double number(mgd_var *v) {
    const double *y = mgd_value(v);
    ck_assert_msg(y, "%s", mgd_message(mgd_tape_of(v)));
    return *y;
}

static void check(const char *what, const char *which, double got, double wanted) {
    ck_assert_msg(close_to(got, wanted), "%s: %s %.17g, not %.17g", what, which, got, wanted);
}

/* ---- one operand ---- */

typedef mgd_var *function1(mgd_var *);
typedef struct {
    const char *name;
    function1 *f;
    double at, value, slope;
} line1;

static void check_line(const line1 *l) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = l->f(x);
    char what[64];
    snprintf(what, sizeof what, "%s(%g)", l->name, l->at);
    ck_assert(mgd_set(x, &l->at, 1, 1));
    check(what, "value", number(y), l->value);
    check(what, "gradient", number(mgd_gradient(y, x)), l->slope);
    check(what, "pushforward", number(mgd_pushforward(y, x, mgd_number(t, 1))), l->slope);
    mgd_tape_free(t);
}

#define LINES(test, ...)                                                                                               \
    START_TEST(test) {                                                                                                 \
        const line1 lines[] = { __VA_ARGS__ };                                                                         \
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) check_line(&lines[i]);                               \
    }                                                                                                                  \
    END_TEST
#define F(name) #name, mgd_##name

LINES(exponentials_and_logarithms, { F(expm1), 1e-20, 1e-20, 1 }, { F(expm1), -inf, -1, 0 },
      { F(expm1), 710, inf, inf }, { F(log1p), 1e-20, 1e-20, 1 }, { F(log1p), -1, -inf, inf },
      { F(log1p), 1e-300, 1e-300, 1 }, { F(log2), 8, 3, 1 / (8 * log(2)) }, { F(log2), 0, -inf, inf },
      { F(log2), 0x1p-1074, -1074, inf }, { F(log10), 1000, 3, 1 / (1000 * log(10)) }, { F(log10), 0, -inf, inf },
      { F(log10), DBL_MAX, log10(DBL_MAX), 1 / log(10) / DBL_MAX })

LINES(roots_and_reciprocals, { F(cbrt), 0, 0, inf }, { F(cbrt), -8, -2, 1.0 / 12 }, { F(cbrt), -inf, -inf, 0 },
      { F(reciprocal), 0, inf, -inf }, { F(reciprocal), -0.0, -inf, -inf }, { F(reciprocal), inf, 0, 0 },
      { F(square), 0, 0, 0 }, { F(square), -3, 9, -6 })

LINES(circular_functions, { F(sin), inf, nan_, nan_ }, { F(cos), -inf, nan_, nan_ }, { F(tan), inf, nan_, nan_ },
      { F(sin), 0, 0, 1 }, { F(cos), 0, 1, 0 }, { F(tan), -0.0, -0.0, 1 }, { F(asin), 1, pi / 2, inf },
      { F(asin), -1, -pi / 2, inf }, { F(asin), 1.5, nan_, nan_ }, { F(acos), 1, 0, -inf }, { F(acos), -1, pi, -inf },
      { F(acos), -1.5, nan_, nan_ }, { F(atan), inf, pi / 2, 0 }, { F(atan), -inf, -pi / 2, 0 },
      { F(asin), 1 - 0x1p-53, 0x1.921fb50442d18p+0, 0x1p+26 }, { F(acos), 1 - 0x1p-53, 0x1p-26, -0x1p+26 })

LINES(hyperbolic_functions, { F(sinh), 1e-20, 1e-20, 1 }, { F(sinh), -inf, -inf, inf }, { F(cosh), 0, 1, 0 },
      { F(cosh), -inf, inf, -inf }, { F(tanh), 20, tanh(20), 1.6993417021166355e-17 },
      { F(tanh), -20, -tanh(20), 1.6993417021166355e-17 }, { F(tanh), 350, 1, 3.9438706175039083e-304 },
      { F(tanh), inf, 1, 0 }, { F(tanh), -inf, -1, 0 }, { F(tanh), 1e-20, 1e-20, 1 }, { F(asinh), 1e-20, 1e-20, 1 },
      { F(asinh), 1e200, 461.2101657793690821, 1e-200 }, { F(asinh), -inf, -inf, 0 }, { F(acosh), 1, 0, inf },
      { F(acosh), 0.5, nan_, nan_ }, { F(acosh), -2, nan_, nan_ }, { F(acosh), 1e200, 461.2101657793690821, 1e-200 },
      { F(acosh), 1 + 0x1p-52, 0x1.6a09e667f3bccp-26, 0x1.6a09e667f3bccp+25 }, { F(atanh), 1, inf, inf },
      { F(atanh), -1, -inf, inf }, { F(atanh), 1e-20, 1e-20, 1 },
      { F(atanh), 1 - 0x1p-53, 18.714973875118524, 0x1p+52 })

LINES(softplus_and_its_kin, { F(softplus), 1000, 1000, 1 }, { F(softplus), -1000, 0, 0 },
      { F(softplus), -40, 4.2483542552915889e-18, 4.2483542552915889e-18 }, { F(softplus), 40, 40, 1 },
      { F(softplus), -inf, 0, 0 }, { F(softplus), inf, inf, 1 }, { F(softplus), nan_, nan_, nan_ },
      { F(softplus), 0, log(2), 0.5 }, { F(logsigmoid), -1000, -1000, 1 },
      { F(logsigmoid), 40, -4.2483542552915889e-18, 4.2483542552915889e-18 }, { F(logsigmoid), -inf, -inf, 1 },
      { F(logsigmoid), inf, 0, 0 }, { F(logsigmoid), 0, -log(2), 0.5 }, { F(relu), 0, 0, 0 }, { F(relu), -inf, 0, 0 },
      { F(relu), inf, inf, 1 }, { F(relu), 3, 3, 1 }, { F(relu), -3, 0, 0 }, { F(relu), nan_, nan_, nan_ },
      { F(unit_step), 0, 0, 0 }, { F(unit_step), -0.0, 0, 0 }, { F(unit_step), 0x1p-1074, 1, 0 },
      { F(unit_step), nan_, nan_, 0 })

LINES(error_functions, { F(erf), 0, 0, 1.1283791670955126 }, { F(erf), inf, 1, 0 }, { F(erf), -inf, -1, 0 },
      { F(erf), 1e-20, 1.1283791670955126e-20, 1.1283791670955126 }, { F(erfc), inf, 0, 0 }, { F(erfc), -inf, 2, 0 },
      { F(erfc), 10, 2.0884875837625448e-45, -4.1976562313544169e-44 },
      { F(erfc), -1, 1.8427007929497148, -0.41510749742059472 },
      { F(erfc), 25.3, 2.29303686084590177e-280, -1.16118157981169885e-278 },
      { F(erf), -5.7, -9.99999999999999243e-1, 8.75441927216601016e-15 })

static mgd_var *trigamma(mgd_var *x) { return mgd_polygamma(x, 1); }
static mgd_var *tetragamma(mgd_var *x) { return mgd_polygamma(x, 2); }

LINES(gamma_functions, { F(lgamma), 0, inf, -inf }, { F(lgamma), -0.0, inf, inf }, { F(lgamma), -1, inf, nan_ },
      { F(lgamma), 1, 0, -0.57721566490153287 }, { F(lgamma), 2, 0, 0.42278433509846714 }, { F(lgamma), inf, inf, inf },
      { F(lgamma), -inf, inf, nan_ }, { F(digamma), 0, -inf, inf }, { F(digamma), -0.0, inf, inf },
      { F(digamma), -3, nan_, inf }, { F(digamma), inf, inf, 0 }, { F(digamma), -inf, nan_, nan_ },
      { F(digamma), 0x1.762d86356be3fp+0, -9.2412655217294279e-17, 0.9676722454476212 },
      { "trigamma", trigamma, 0, inf, -inf }, { "trigamma", trigamma, -2, inf, nan_ },
      { "trigamma", trigamma, inf, 0, 0 }, { "trigamma", trigamma, -inf, nan_, nan_ },
      { "tetragamma", tetragamma, 0, -inf, inf }, { "tetragamma", tetragamma, -0.0, inf, inf },
      { "tetragamma", tetragamma, -5, nan_, inf })

/* ---- two operands ---- */

typedef mgd_var *function2(mgd_var *, mgd_var *);
typedef struct {
    const char *name;
    function2 *f;
    double a, b, value, slope_a, slope_b;
} line2;

static void check_pair(const line2 *l) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, 1), *b = mgd_input(t, "b", 1, 1), *y = l->f(a, b), *one = mgd_number(t, 1);
    char what[80];
    snprintf(what, sizeof what, "%s(%g,%g)", l->name, l->a, l->b);
    ck_assert(mgd_set(a, &l->a, 1, 1) && mgd_set(b, &l->b, 1, 1));
    check(what, "value", number(y), l->value);
    check(what, "gradient by the first", number(mgd_gradient(y, a)), l->slope_a);
    check(what, "gradient by the second", number(mgd_gradient(y, b)), l->slope_b);
    check(what, "pushforward of the first", number(mgd_pushforward(y, a, one)), l->slope_a);
    check(what, "pushforward of the second", number(mgd_pushforward(y, b, one)), l->slope_b);
    mgd_tape_free(t);
}

#define PAIRS(test, ...)                                                                                               \
    START_TEST(test) {                                                                                                 \
        const line2 lines[] = { __VA_ARGS__ };                                                                         \
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) check_pair(&lines[i]);                               \
    }                                                                                                                  \
    END_TEST

PAIRS(powers_with_a_variable_exponent, { F(pow), 0, 2, 0, 0, 0 }, { F(pow), 0, 1, 0, 1, 0 },
      { F(pow), 0, 0.5, 0, inf, 0 }, { F(pow), 0, 0, 1, 0, -inf }, { F(pow), 0, -1, inf, -inf, -inf },
      { F(pow), -0.0, -1, inf, -inf, -inf }, { F(pow), 1, inf, 1, inf, 0 }, { F(pow), 5, 0, 1, 0, log(5) },
      { F(pow), -2, 3, nan_, nan_, nan_ }, { F(pow), nan_, 1, nan_, nan_, nan_ }, { F(pow), 2, nan_, nan_, nan_, nan_ },
      { F(pow), 2, 3, 8, 12, 8 * log(2) })

PAIRS(lengths, { F(hypot), 0, 0, 0, 0, 0 }, { F(hypot), 3, -4, 5, 0.6, -0.8 },
      { F(hypot), 1e200, 1e200, 0x1.6a09e667f3bcdp+0 * 1e200, 0x1.6a09e667f3bcdp-1, 0x1.6a09e667f3bcdp-1 },
      { F(hypot), 3e-320, 4e-320, 5e-320, 3e-320 / 5e-320, 4e-320 / 5e-320 }, { F(hypot), -1e-300, 0, 1e-300, -1, 0 },
      { F(hypot), inf, 1, inf, nan_, 0 }, { F(hypot), nan_, inf, nan_, nan_, nan_ },
      { F(hypot), DBL_MAX, DBL_MAX, inf, 0, 0 })

PAIRS(angles, { F(atan2), 0, 0, 0, 0, 0 }, { F(atan2), -0.0, -0.0, 0, 0, 0 }, { F(atan2), 0, -1, pi, -1, 0 },
      { F(atan2), -0.0, -1, pi, -1, 0 }, { F(atan2), 1, 0, pi / 2, 0, -1 }, { F(atan2), -1, -0.0, -pi / 2, 0, 1 },
      { F(atan2), 1e-200, 1e-200, pi / 4, 5e199, -5e199 }, { F(atan2), 1e200, 1e200, pi / 4, 5e-201, -5e-201 },
      { F(atan2), 1, inf, 0, nan_, 0 }, { F(atan2), inf, 1, pi / 2, 0, nan_ }, { F(atan2), nan_, 1, nan_, nan_, nan_ })

PAIRS(the_larger_and_the_smaller, { F(maximum), 1, 1, 1, 0.5, 0.5 }, { F(maximum), 2, 1, 2, 1, 0 },
      { F(maximum), -3, 1, 1, 0, 1 }, { F(maximum), nan_, 1, nan_, nan_, nan_ },
      { F(maximum), 1, nan_, nan_, nan_, nan_ }, { F(maximum), inf, inf, inf, 0.5, 0.5 },
      { F(minimum), 1, 1, 1, 0.5, 0.5 }, { F(minimum), 2, 1, 1, 0, 1 }, { F(minimum), -3, 1, -3, 1, 0 },
      { F(minimum), 1, nan_, nan_, nan_, nan_ }, { F(minimum), -inf, -inf, -inf, 0.5, 0.5 })

PAIRS(comparisons, { F(is_less), 1, 2, 1, 0, 0 }, { F(is_less), 1, 1, 0, 0, 0 }, { F(is_at_most), 1, 1, 1, 0, 0 },
      { F(is_at_most), 2, 1, 0, 0, 0 }, { F(is_greater), 2, 1, 1, 0, 0 }, { F(is_greater), 1, 1, 0, 0, 0 },
      { F(is_at_least), 1, 1, 1, 0, 0 }, { F(is_at_least), 0, 1, 0, 0, 0 }, { F(is_equal), 0, -0.0, 1, 0, 0 },
      { F(is_equal), inf, inf, 1, 0, 0 }, { F(is_equal), 1, 2, 0, 0, 0 }, { F(is_not_equal), 1, 2, 1, 0, 0 },
      { F(is_not_equal), 3, 3, 0, 0, 0 }, { F(is_less), nan_, 1, 0, 0, 0 }, { F(is_at_most), 1, nan_, 0, 0, 0 },
      { F(is_greater), nan_, 1, 0, 0, 0 }, { F(is_at_least), nan_, nan_, 0, 0, 0 },
      { F(is_equal), nan_, nan_, 0, 0, 0 }, { F(is_not_equal), nan_, nan_, 1, 0, 0 })

START_TEST(zeros_of_either_sign_do_not_depend_on_who_came_first) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, 1), *b = mgd_input(t, "b", 1, 1);
    const double plus = 0, minus = -0.0;
    for (int turned = 0; turned < 2; turned++) {
        ck_assert(mgd_set(a, turned ? &minus : &plus, 1, 1) && mgd_set(b, turned ? &plus : &minus, 1, 1));
        ck_assert(!signbit(number(mgd_maximum(a, b))) && signbit(number(mgd_minimum(a, b))));
    }
    ck_assert_ptr_eq(mgd_maximum(a, b), mgd_maximum(b, a));
    ck_assert_ptr_eq(mgd_minimum(a, a), a);
    mgd_tape_free(t);
}
END_TEST

START_TEST(clamps_share_at_their_bounds) {
    static const struct {
        double x, lower, upper, value, slope, by_lower, by_upper;
    } lines[] = { { 0.5, 0, 1, 0.5, 1, 0, 0 },    { -1, 0, 1, 0, 0, 1, 0 },    { 7, 0, 1, 1, 0, 0, 1 },
                  { 0, 0, 1, 0, 0.5, 0.5, 0 },    { 1, 0, 1, 1, 0.5, 0, 0.5 }, { 5, 3, 2, 2, 0, 0, 1 },
                  { 1, 1, 1, 1, 0.25, 0.25, 0.5 } };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        mgd_tape *t = mgd_tape_new();
        mgd_var *x = mgd_input(t, "x", 1, 1), *l = mgd_input(t, "l", 1, 1), *u = mgd_input(t, "u", 1, 1);
        mgd_var *y = mgd_clamp(x, l, u);
        ck_assert(mgd_set(x, &lines[i].x, 1, 1) && mgd_set(l, &lines[i].lower, 1, 1) &&
                  mgd_set(u, &lines[i].upper, 1, 1));
        check("clamp", "value", number(y), lines[i].value);
        check("clamp", "slope", number(mgd_gradient(y, x)), lines[i].slope);
        check("clamp", "slope by the lower bound", number(mgd_gradient(y, l)), lines[i].by_lower);
        check("clamp", "slope by the upper bound", number(mgd_gradient(y, u)), lines[i].by_upper);
        mgd_tape_free(t);
    }
}
END_TEST

START_TEST(clamps_and_powers_keep_nan) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *zero = mgd_number(t, 0), *one = mgd_number(t, 1);
    ck_assert(mgd_set(x, &nan_, 1, 1));
    ck_assert(isnan(number(mgd_clamp(x, zero, one))) && isnan(number(mgd_gradient(mgd_clamp(x, zero, one), x))));
    ck_assert(isnan(number(mgd_clamp(one, x, one))) && isnan(number(mgd_clamp(one, zero, x))));
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_exponent_that_is_a_number_allows_negative_bases) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_pow(x, mgd_number(t, 3));
    const double at = -2;
    ck_assert(mgd_set(x, &at, 1, 1));
    ck_assert_ptr_eq(y, mgd_power(x, 3));
    ck_assert(number(y) == -8 && number(mgd_gradient(y, x)) == 12);
    mgd_tape_free(t);
}
END_TEST

/* ---- second derivatives ---- */

/* (1/2) g(x)^2 with g(0) = 0: the cotangent of g is 0 there, and its own derivative is not. */
START_TEST(a_zero_cotangent_has_a_derivative) {
    function1 *const all[] = { mgd_expm1, mgd_log1p, mgd_sin,  mgd_tan,   mgd_asin,
                               mgd_atan,  mgd_sinh,  mgd_tanh, mgd_asinh, mgd_atanh };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *half = mgd_rational(t, 1, 2), *one = mgd_number(t, 1);
    const double zero = 0;
    ck_assert(mgd_set(x, &zero, 1, 1));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        mgd_var *f = mgd_hadamard(half, mgd_square(all[i](x)));
        check("half a square", "second derivative", number(mgd_hessian_vector(f, x, one)), 1);
        check("half a square", "second derivative", number(mgd_gradient(mgd_gradient(f, x), x)), 1);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(lengths_and_angles_have_second_derivatives_at_the_origin) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1), *one = mgd_number(t, 1);
    const double zero = 0;
    ck_assert(mgd_set(x, &zero, 1, 1) && mgd_set(y, &zero, 1, 1));
    mgd_var *const all[] = { mgd_hypot(x, y), mgd_atan2(x, y) };
    for (int i = 0; i < 2; i++) {
        check("at the origin", "second derivative", number(mgd_hessian_vector(all[i], x, one)), 0);
        check("at the origin", "mixed derivative", number(mgd_pushforward(mgd_gradient(all[i], x), y, one)), 0);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_levels_off_has_no_second_derivative_at_infinity) {
    function1 *const all[] = { mgd_erf, mgd_erfc, mgd_tanh, mgd_softplus, mgd_logsigmoid };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *one = mgd_number(t, 1);
    for (int side = 0; side < 2; side++) {
        ck_assert(mgd_set(x, side ? &inf : (const double[]){ -inf }, 1, 1));
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            check("at infinity", "second derivative", number(mgd_hessian_vector(all[i](x), x, one)), 0);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_zero_cotangent_wins_over_an_infinite_slope) {
    function1 *const infinite_at_0[] = { mgd_cbrt, mgd_log2, mgd_log10, mgd_lgamma, mgd_digamma, mgd_reciprocal };
    function1 *const infinite_at_1[] = { mgd_asin, mgd_acos, mgd_acosh, mgd_atanh };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1), *none = mgd_number(t, 0);
    const double zero = 0, one = 1;
    ck_assert(mgd_set(x, &zero, 1, 1) && mgd_set(y, &one, 1, 1));
    for (size_t i = 0; i < sizeof infinite_at_0 / sizeof *infinite_at_0; i++)
        ck_assert(number(mgd_gradient(mgd_where(none, infinite_at_0[i](x), x), x)) == 1);
    for (size_t i = 0; i < sizeof infinite_at_1 / sizeof *infinite_at_1; i++)
        ck_assert(number(mgd_gradient(mgd_where(none, infinite_at_1[i](y), y), y)) == 1);
    ck_assert(number(mgd_gradient(mgd_where(none, mgd_pow(x, y), y), y)) == 1);
    mgd_tape_free(t);
}
END_TEST

/* An odd second derivative has its digits near 0, where the first has a maximum. */
START_TEST(second_derivatives_of_the_logistic_function_near_0) {
    const double at[] = { 1e-3, -1e-9, 1e-30, 1e-200 };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        mgd_tape *t = mgd_tape_new();
        mgd_var *x = mgd_input(t, "x", 1, 1), *logistic = mgd_gradient(mgd_gradient(mgd_sigmoid(x), x), x);
        mgd_var *tangent = mgd_gradient(mgd_gradient(mgd_tanh(x), x), x);
        const double h = at[i], squared = h * h, expected = -h / 8 * (1 - squared / 3 + 17 * squared * squared / 240);
        ck_assert(mgd_set(x, &h, 1, 1));
        check("sigmoid", "second derivative", number(logistic), expected);
        check("tanh", "second derivative", number(tangent), -2 * tanh(h) * (1 - tanh(h) * tanh(h)));
        mgd_tape_free(t);
    }
}
END_TEST

START_TEST(pi_is_a_number) {
    mgd_tape *t = mgd_tape_new();
    ck_assert(number(mgd_pi(t)) == pi);
    ck_assert_ptr_eq(mgd_pi(t), mgd_pi(t));
    ck_assert_ptr_null(mgd_pi(NULL));
    char text[16];
    mgd_describe(mgd_pi(t), text, sizeof text);
    ck_assert_str_eq(text, "pi");
    mgd_tape_free(t);
}
END_TEST

TESTS("singular points of entrywise functions", exponentials_and_logarithms, roots_and_reciprocals, circular_functions,
      hyperbolic_functions, softplus_and_its_kin, error_functions, gamma_functions, powers_with_a_variable_exponent,
      lengths, angles, the_larger_and_the_smaller, comparisons, zeros_of_either_sign_do_not_depend_on_who_came_first,
      clamps_share_at_their_bounds, clamps_and_powers_keep_nan, an_exponent_that_is_a_number_allows_negative_bases,
      a_zero_cotangent_has_a_derivative, lengths_and_angles_have_second_derivatives_at_the_origin,
      what_levels_off_has_no_second_derivative_at_infinity, a_zero_cotangent_wins_over_an_infinite_slope,
      second_derivatives_of_the_logistic_function_near_0, pi_is_a_number);
