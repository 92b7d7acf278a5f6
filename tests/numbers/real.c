/* SPDX-License-Identifier: MIT */
/* The reals are doubles and their functions are libm's. */
#include "numbers/numbers.h"

#include <math.h>

static bool same(double x, double y) { return x == y || (isnan(x) && isnan(y)); }

#define assert_real(e, expected)                                                                                       \
    do {                                                                                                               \
        double real_of_e = mgd__real_value(e), real_expected = (expected);                                             \
        ck_assert_msg(same(real_of_e, real_expected), "%s is %.17g, not %.17g", #e, real_of_e, real_expected);         \
    } while (0)

static const double values[] = { 0,       -0.0,  1,      -1,     0.5,   -0.5,   3.25,     -7.75,     1e-300,
                                 -1e-300, 1e300, -1e300, 5e-324, 709.7, -745.2, INFINITY, -INFINITY, NAN };
enum { VALUES = sizeof values / sizeof values[0] };

START_TEST(functions_are_libms) {
    systems w;
    begin_with(&w, 1, mgd__reals);
    const mgd_numbers *R = &w.S;
    for (int i = 0; i < VALUES; i++) {
        double x = values[i];
        mgd_element e = mgd__real(R, x);
        assert_real(e, x);
        assert_real(R->exp(R, e), exp(x));
        assert_real(R->log(R, e), log(x));
        assert_real(R->power(R, e, 1, 2), sqrt(x));
        assert_real(R->power(R, e, 3, 1), pow(x, 3));
        assert_real(R->power(R, e, -1, 1), pow(x, -1));
        assert_real(R->power(R, e, 2, 3), pow(x, 2.0 / 3));
        assert_real(R->sign(R, e), isnan(x) ? x : x > 0 ? 1 : x < 0 ? -1 : 0);
        ck_assert(same(R->magnitude(R, e), fabs(x)));
        ck_assert_int_eq(R->is_zero(R, e), x == 0);
        for (int j = 0; j < VALUES; j++) {
            double y = values[j];
            mgd_element f = mgd__real(R, y);
            assert_real(plus(R, e, f), x + y);
            assert_real(minus(R, e, f), x - y);
            assert_real(times(R, e, f), x * y);
            assert_real(over(R, e, f), x / y);
        }
    }
    assert_real(R->rational(R, -1, 3), -1.0 / 3);
    assert_real(R->rational(R, INT64_MAX, 1), (double)INT64_MAX);
    ck_assert(fine(&w));
    end(&w);
}
END_TEST

START_TEST(draws_lie_in_their_interval_and_depend_on_the_seed_and_the_key_alone) {
    systems u, v;
    begin_with(&u, 7, mgd__reals);
    begin_with(&v, 7, mgd__reals);
    double sum = 0;
    for (uint64_t key = 0; key < 1000; key++) v.S.draw(&v.S, key + 5, true);
    for (uint64_t key = 0; key < 1000; key++) {
        double x = mgd__real_value(u.S.draw(&u.S, key, false)), p = mgd__real_value(u.S.draw(&u.S, key, true));
        ck_assert(-1 <= x && x < 1 && 0.5 <= p && p < 1.5);
        assert_real(v.S.draw(&v.S, key, false), x);
        assert_real(mgd__dual_value(&v.D, v.D.draw(&v.D, key, true)), p);
        sum += x;
    }
    ck_assert(fabs(sum) < 60);
    end(&u);
    end(&v);
}
END_TEST

START_TEST(duals_over_the_reals_are_derivatives) {
    systems w;
    begin_with(&w, 7, mgd__reals);
    const mgd_numbers *R = &w.S, *D = &w.D;
    mgd_element x = mgd__dual(D, mgd__real(R, 2), mgd__real(R, 3));
    assert_real(mgd__dual_tangent(D, D->exp(D, x)), 3 * exp(2));
    assert_real(mgd__dual_tangent(D, D->log(D, x)), 1.5);
    assert_real(mgd__dual_tangent(D, D->power(D, x, 2, 1)), 12);
    assert_real(mgd__dual_tangent(D, times(D, x, x)), 12);
    assert_real(mgd__dual_tangent(D, over(D, whole(D, 1), x)), -0.75);
    end(&w);
}
END_TEST

TESTS("real", functions_are_libms, draws_lie_in_their_interval_and_depend_on_the_seed_and_the_key_alone,
      duals_over_the_reals_are_derivatives);
