/* SPDX-License-Identifier: MIT */
/* The gamma functions: digamma and its derivatives against values of 20 digits, and digamma about its zero, where its
 * relative error counts, against MPFR. */
#include "linalg/special.h"
#include "../support/support.h"

#include <float.h>
#include <math.h>
#include <mpfr.h>

/* By mpmath 1.3 at 60 digits; for x > 0 and n > 0 its psi was found equal to (-1)^(n+1) n! zeta(n+1,x). */
static const struct {
    int n;
    double x, value;
} lines[] = {
    { 0, 1e-300, -9.9999999999999997494e+299 },
    { 0, 1e-5, -1.0000057719921567289e+5 },
    { 0, 0.5, -1.9635100260214234794 },
    { 0, 1, -5.7721566490153286061e-1 },
    { 0, 1.4616321449683622, -9.2412655217294275168e-17 },
    { 0, 1.4616321449683625, 1.2245374622004069031e-16 },
    { 0, 1.46, -1.5805619870834521062e-3 },
    { 0, 1.5, 3.6489973978576520559e-2 },
    { 0, 3, 9.2278433509846713939e-1 },
    { 0, 9.999999999999998, 2.2517525890667209208 },
    { 0, 10, 2.2517525890667211076 },
    { 0, 123.25, 4.8101525319648188803 },
    { 0, 1e17, 3.9143946580898776623e+1 },
    { 0, 1e300, 6.9077552789821370526e+2 },
    { 0, -0.25, 2.9141391202135278304 },
    { 0, -1e-8, 9.9999999422784316557e+7 },
    { 0, -10.75, -7.2089576016716117401e-1 },
    { 0, -999999.7, 1.153301009016428727e+1 },
    { 0, -1000000000.25, 2.3864858491286204394e+1 },
    { 1, 1e-100, 9.9999999999999996002e+199 },
    { 1, 1, 1.6449340668482264365 },
    { 1, 0.001, 1.0000016425331958273e+6 },
    { 1, 10.9, 9.6080001122669783564e-2 },
    { 1, 11, 9.5166335681685746122e-2 },
    { 1, 1e10, 1.00000000005e-10 },
    { 1, 1e300, 9.999999999999999475e-301 },
    { 1, -0.5, 8.9348022005446793094 },
    { 1, -3.0000001, 1.0000000032731878133e+14 },
    { 1, -1000000.5, 9.8696034010903586179 },
    { 2, 0.75, -5.3026332163376396314 },
    { 2, 2, -4.041138063191885708e-1 },
    { 2, 1e5, -1.00001000005e-10 },
    { 2, -0.25, 1.2269736678366236037e+2 },
    { 2, -100000.125, 1.0222943908843687108e+3 },
    { 3, 1.5, 1.4090910340024372364 },
    { 3, 40, 3.2441400151563500322e-5 },
    { 3, -2.5, 1.9474787621918762242e+2 },
    { 3, -1000000.7, 7.6902091387998103321e+2 },
    { 4, 0.1, -2.4000156072031951988e+6 },
    { 4, 7.5, -2.4574829893685549885e-3 },
    { 4, -6.25, 2.4481571944064552839e+4 },
    { 5, 1, 1.2208116743813389677e+2 },
    { 5, 100, 2.4605999440119960418e-9 },
    { 5, -0.75, 4.9222675245080886406e+5 },
    { 5, -5.000244140625, 5.6668397794435742564e+23 },
    { 10, 2.5, -1.5622959659323299476e+2 },
    { 20, 3, -2.3314155611225681824e+8 },
    { 20, 1e3, -1.2286580895552956324e-43 },
    { 40, 0.5, -1.7942166824224242841e+60 },
    { 100, 2, -3.6810701397980478271e+127 },
    { 100, 50, -2.739104802190282795e-14 },
};

START_TEST(polygamma_has_its_digits) {
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        double got = mgd__polygamma(lines[i].n, lines[i].x), value = lines[i].value;
        double ulps = fabs(got - value) / fabs(value) / DBL_EPSILON;
        ck_assert_msg(ulps <= 6 + lines[i].n, "polygamma(%d, %.17g) is %.17g, not %.17g: %g units", lines[i].n,
                      lines[i].x, got, value, ulps);
    }
}
END_TEST

static double digamma_by_mpfr(double x) {
    mpfr_t y;
    mpfr_init2(y, 200);
    mpfr_set_d(y, x, MPFR_RNDN);
    mpfr_digamma(y, y, MPFR_RNDN);
    double value = mpfr_get_d(y, MPFR_RNDN);
    mpfr_clear(y);
    return value;
}

/* From all sides, ever closer to the zero, and across the positive numbers. */
START_TEST(digamma_keeps_its_digits_at_its_zero) {
    uint64_t seed = 3;
    const double root = 0x1.762d86356be3fp+0;
    for (int i = 0; i < 20000; i++) {
        double near = root + test_uniform(&seed) * ldexp(1, -i % 54),
               wide = ldexp(1 + fabs(test_uniform(&seed)), i % 40 - 20);
        double x = i % 2 ? near : wide, got = mgd__polygamma(0, x), value = digamma_by_mpfr(x);
        ck_assert_msg(fabs(got - value) <= 4 * DBL_EPSILON * fabs(value), "digamma(%a) is %a, not %a", x, got, value);
    }
    mpfr_free_cache();
}
END_TEST

START_TEST(the_ends_have_their_limits) {
    const double inf = (double)INFINITY;
    ck_assert(mgd__polygamma(0, inf) == inf && mgd__polygamma(1, inf) == 0 && mgd__polygamma(2, inf) == 0);
    ck_assert(mgd__polygamma(0, 0) == -inf && mgd__polygamma(0, -0.0) == inf);
    ck_assert(mgd__polygamma(1, 0) == inf && mgd__polygamma(1, -7) == inf && mgd__polygamma(2, -0.0) == inf);
    ck_assert(isnan(mgd__polygamma(0, -1)) && isnan(mgd__polygamma(2, -4)) && isnan(mgd__polygamma(0, -1e300)));
    ck_assert(isnan(mgd__polygamma(0, -inf)) && isnan(mgd__polygamma(3, (double)NAN)));
    ck_assert(mgd__polygamma(0, 0x1p-1074) == -inf && mgd__polygamma(0, -0x1p-1074) == inf);
    ck_assert(mgd__polygamma(5, 1e-200) == inf && mgd__polygamma(3, 1e300) == 0);
    ck_assert(isnan(mgd__polygamma(MGD__MOST_POLYGAMMA + 1, 1)) && isnan(mgd__polygamma(-1, 1)));
    ck_assert(mgd__log_gamma(0) == inf && mgd__log_gamma(-2) == inf && mgd__log_gamma(1) == 0);
    ck_assert(fabs(mgd__log_gamma(-0.5) - 1.2655121234846454) <= 2 * DBL_EPSILON);
}
END_TEST

TESTS("special functions", polygamma_has_its_digits, digamma_keeps_its_digits_at_its_zero, the_ends_have_their_limits);
