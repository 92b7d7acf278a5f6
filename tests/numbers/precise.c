/* SPDX-License-Identifier: MIT */
/* The numbers that kernels are judged by: their digits, against constants from tables and laws of the functions. */
#include "support/precise.h"
#include "numbers/numbers.h"

#include <math.h>

static mgd_numbers of_256_bits(mgd_calculation *k) { return precise_numbers(k, PRECISE_BITS); }

/* x has the digits of the text, of which there are more than 50. */
static void assert_digits(const mgd_numbers *P, mgd_element x, const char *digits) {
    mpfr_t expected, view;
    mpfr_init2(expected, PRECISE_BITS);
    mpfr_set_str(expected, digits, 10, MPFR_RNDN);
    precise_view(P, x, view);
    mpfr_exp_t exponent = mpfr_get_exp(expected);
    mpfr_sub(expected, expected, view, MPFR_RNDN);
    char got[80];
    mpfr_snprintf(got, sizeof got, "%.55Rg", view);
    ck_assert_msg(mpfr_zero_p(expected) || mpfr_get_exp(expected) < exponent - 165, "%s, not %s", got, digits);
    mpfr_clear(expected);
}

START_TEST(arithmetic_has_the_digits_that_it_promises) {
    systems w;
    begin_with(&w, 1, of_256_bits);
    const mgd_numbers *P = &w.S;
    mgd_element two = whole(P, 2), third = P->rational(P, 1, 3);
    assert_digits(P, third, "0.333333333333333333333333333333333333333333333333333333333333");
    assert_digits(P, P->rational(P, -22, 7), "-3.14285714285714285714285714285714285714285714285714285714285");
    assert_digits(P, P->rational(P, INT64_MAX, 1), "9223372036854775807");
    assert_digits(P, plus(P, third, two), "2.333333333333333333333333333333333333333333333333333333333333");
    assert_digits(P, minus(P, third, two), "-1.66666666666666666666666666666666666666666666666666666666667");
    assert_digits(P, times(P, third, third), "0.111111111111111111111111111111111111111111111111111111111111");
    assert_digits(P, over(P, two, whole(P, 3)), "0.666666666666666666666666666666666666666666666666666666666667");
    assert_digits(P, P->exp(P, whole(P, 1)), "2.71828182845904523536028747135266249775724709369995957496697");
    assert_digits(P, P->log(P, two), "0.693147180559945309417232121458176568075500134360255254120680");
    assert_digits(P, P->power(P, two, 1, 2), "1.41421356237309504880168872420969807856967187537694807317668");
    assert_digits(P, P->power(P, two, 1, 3), "1.25992104989487316476721060727822835057025146470150798008198");
    assert_digits(P, P->power(P, two, -3, 1), "0.125");
    ck_assert(fine(&w));
    end(&w);
    mpfr_free_cache();
}
END_TEST

static mgd_element of(const mgd_numbers *P, mgd_function f, int order, double x) {
    return P->function(P, f, order, precise_element(P, x));
}

START_TEST(functions_have_the_digits_of_tables) {
    systems w;
    begin_with(&w, 1, of_256_bits);
    const mgd_numbers *P = &w.S;
    assert_digits(P, of(P, MGD_PI, 0, 0), "3.14159265358979323846264338327950288419716939937510582097494");
    assert_digits(P, of(P, MGD_SINE, 0, 1), "0.841470984807896506652502321630298999622563060798371065672752");
    assert_digits(P, of(P, MGD_COSINE, 0, 1), "0.540302305868139717400936607442976603732310420617922227670097");
    assert_digits(P, of(P, MGD_ARCSINE, 0, 0.5), "0.523598775598298873077107230546583814032861566562517636829157");
    assert_digits(P, of(P, MGD_ARCTANGENT, 0, 1), "0.785398163397448309615660845819875721049292349843776455243736");
    assert_digits(P, of(P, MGD_LOG_GAMMA, 0, 0.5), "0.572364942924700087071713675676529355823647406457655785756812");
    assert_digits(P, of(P, MGD_POLYGAMMA, 0, 1), "-0.577215664901532860606512090082402431042159335939923598805767");
    assert_digits(P, of(P, MGD_POLYGAMMA, 1, 1), "1.64493406684822643647241516664602518921894990120679843773556");
    assert_digits(P, of(P, MGD_POLYGAMMA, 2, 1), "-2.40411380631918857079947632302289998152997258468099776358450");
    assert_digits(P, of(P, MGD_POLYGAMMA, 3, 1), "6.49393940226682914909602217924700741664850571151236144609785");
    assert_digits(P, of(P, MGD_POLYGAMMA, 1, 0.25), "17.1973291545071107392713191193352240215068944014941677005453");
    ck_assert(fine(&w));
    end(&w);
    mpfr_free_cache();
}
END_TEST

/* a and b agree to 60 digits. */
static bool alike(const mgd_numbers *P, mgd_element a, mgd_element b) {
    return P->magnitude(P, minus(P, a, b)) <= 1e-60 * P->magnitude(P, b);
}

/* polygamma(x + 1) = polygamma(x) + (-1)^n n!/x^(n+1), across the place where the series begins and below 0, where it
 * is reflected; and polygamma(x) + polygamma(x + 1/2) = 2^(n+1) polygamma(2x) for n >= 1. */
START_TEST(polygamma_follows_its_recurrence_and_its_duplication) {
    static const double points[] = { 0.25, 0.5,   0.75, 1.375, 63.5,    79.75,       80.5,
                                     1e9,  -0.25, -0.5, -3.25, -17.125, -1e6 - 0.375 };
    systems w;
    begin_with(&w, 1, of_256_bits);
    const mgd_numbers *P = &w.S;
    int64_t factorial = 1;
    for (int n = 1; n <= 6; n++) {
        factorial *= n;
        for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
            double x = points[i];
            mgd_element here = of(P, MGD_POLYGAMMA, n, x), step = P->power(P, precise_element(P, x), -(n + 1), 1);
            mgd_element next = plus(P, here, times(P, whole(P, n % 2 ? -factorial : factorial), step));
            ck_assert_msg(alike(P, of(P, MGD_POLYGAMMA, n, x + 1), next), "order %d at %g", n, x);
            mgd_element both = plus(P, here, of(P, MGD_POLYGAMMA, n, x + 0.5));
            mgd_element doubled = times(P, whole(P, (int64_t)1 << (n + 1)), of(P, MGD_POLYGAMMA, n, 2 * x));
            ck_assert_msg(x < 0 || alike(P, both, doubled), "order %d at %g and its double", n, x);
            mgd__scratch_reset(&w.k);
        }
        double pole = precise_value(P, of(P, MGD_POLYGAMMA, n, -3));
        ck_assert(n % 2 ? pole == (double)INFINITY : isnan(pole));
        ck_assert(precise_value(P, of(P, MGD_POLYGAMMA, n, 0)) == (n % 2 ? (double)INFINITY : -(double)INFINITY));
        ck_assert(precise_value(P, of(P, MGD_POLYGAMMA, n, INFINITY)) == 0);
    }
    end(&w);
    mpfr_free_cache();
}
END_TEST

static const double values[] = { 0,      -0.0,   1,     -1,     0.1,      -7.75,     1e-300,
                                 -1e300, 5e-324, 709.7, -745.2, INFINITY, -INFINITY, NAN };
enum { VALUES = sizeof values / sizeof *values };

static bool same(double x, double y) { return x == y || (isnan(x) && isnan(y)); }

START_TEST(doubles_come_and_go_unchanged_and_infinities_are_those_of_doubles) {
    systems w;
    begin_with(&w, 1, of_256_bits);
    const mgd_numbers *P = &w.S;
    for (int i = 0; i < VALUES; i++) {
        mgd_element x = precise_element(P, values[i]);
        ck_assert(same(precise_value(P, x), values[i]));
        ck_assert_int_eq(P->is_zero(P, x), values[i] == 0);
        ck_assert(
            same(precise_value(P, P->sign(P, x)), isnan(values[i]) ? values[i] : (values[i] > 0) - (values[i] < 0)));
        for (int j = 0; j < VALUES; j++) {
            mgd_element y = precise_element(P, values[j]);
            ck_assert(same(precise_value(P, plus(P, x, y)), values[i] + values[j]));
            ck_assert(same(precise_value(P, minus(P, x, y)), values[i] - values[j]));
            ck_assert(same(precise_value(P, times(P, x, y)), values[i] * values[j]));
            ck_assert(same(precise_value(P, over(P, x, y)), values[i] / values[j]));
        }
    }
    ck_assert(precise_value(P, P->log(P, P->exp(P, precise_element(P, 1e15)))) == 1e15);
    ck_assert(P->magnitude(P, P->exp(P, precise_element(P, -1e6))) > 0);
    ck_assert(isfinite(P->magnitude(P, P->exp(P, precise_element(P, 1e6)))));
    end(&w);
    mpfr_free_cache();
}
END_TEST

START_TEST(elements_survive_the_scratch_as_their_bytes_do) {
    systems w;
    begin_with(&w, 1, of_256_bits);
    const mgd_numbers *P = &w.S;
    char kept[256];
    ck_assert(P->size <= sizeof kept && !P->keep);
    memcpy(kept, P->rational(P, 1, 3), P->size);
    mgd__scratch_reset(&w.k);
    memset(mgd__scratch(&w.k, 4096), 0xff, 4096);
    assert_digits(P, kept, "0.333333333333333333333333333333333333333333333333333333333333");
    end(&w);
}
END_TEST

START_TEST(draws_are_those_of_the_reals) {
    systems w;
    begin_with(&w, 7, of_256_bits);
    mgd_numbers R = mgd__reals(&w.k);
    for (uint64_t key = 0; key < 100; key++)
        ck_assert(precise_value(&w.S, w.S.draw(&w.S, key, key % 2)) == mgd__real_value(R.draw(&R, key, key % 2)));
    end(&w);
}
END_TEST

TESTS("precise", arithmetic_has_the_digits_that_it_promises, functions_have_the_digits_of_tables,
      polygamma_follows_its_recurrence_and_its_duplication,
      doubles_come_and_go_unchanged_and_infinities_are_those_of_doubles, elements_survive_the_scratch_as_their_bytes_do,
      draws_are_those_of_the_reals);
