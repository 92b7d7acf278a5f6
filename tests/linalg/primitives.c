/* SPDX-License-Identifier: MIT */
/* exp, sigmoid and its slope, softplus, expm1 and the hyperbolic functions: against long double over the whole range,
 * and the same bits on every instruction set. */
#include "linalg/primitives.h"
#include "../support/support.h"
#include "linalg/block.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { COUNT = (1 << 16) / TEST_SLOWNESS };

MGD_BLOCK1(exponentials, mgd__exp(a));
MGD_BLOCK1(sigmoids, mgd__sigmoid(a));
MGD_BLOCK1(slopes, mgd__sigmoid_slope(a));
MGD_BLOCK1(exponentials_less_one, mgd__expm1(a));
MGD_BLOCK1(sines, mgd__sinh(a));
MGD_BLOCK1(cosines, mgd__cosh(a));
MGD_BLOCK1(tangents, mgd__tanh(a));
MGD_BLOCK1(softplus_of, mgd__softplus(a));
MGD_BLOCK1(gaussians, mgd__gaussian(a));

static long double sigmoid(long double x) {
    const long double e = expl(-fabsl(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

static long double slope(long double x) {
    const long double e = expl(-fabsl(x));
    return e / ((1 + e) * (1 + e));
}

/* The square in two parts, each exact: a long double holds that of 32 digits. */
static long double gaussian(long double x) {
    const long double first = (long double)(float)x, rest = x - first;
    return fabsl(x) > 40 ? 0 : expl(-first * first) * expl(-rest * (x + first));
}

static long double softplus(long double x) { return (x > 0 ? x : 0) + log1pl(expl(-fabsl(x))); }

typedef struct {
    const mgd_block_kernels *kernels;
    long double (*reference)(long double);
    double ulps; /* the error allowed in double */
    const char *name;
} function;

static const function functions[] = { { &exponentials, expl, 1, "exp" },
                                      { &sigmoids, sigmoid, 1, "sigmoid" },
                                      { &slopes, slope, 6, "the sigmoid's slope" },
                                      { &exponentials_less_one, expm1l, 2, "expm1" },
                                      { &sines, sinhl, 3, "sinh" },
                                      { &cosines, coshl, 2, "cosh" },
                                      { &tangents, tanhl, 3, "tanh" },
                                      { &softplus_of, softplus, 2, "softplus" },
                                      { &gaussians, gaussian, 2, "exp(-x^2)" } };
enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* In units of the last place of `want`, for numbers of so many digits whose least exponent is that. */
static double error_of(long double got, long double want, int digits, int least) {
    int e = 0;
    (void)frexpl(want, &e);
    return (double)(fabsl(got - want) / ldexpl(1, e - digits < least ? least : e - digits));
}

/* Where results are ordinary, where they underflow or overflow, and where x is small. */
static double argument(size_t i, uint64_t *seed) {
    static const double ranges[] = { 2, 40, 760, 1e-3, 1e-20 };
    static const double ends[] = { 0,
                                   -0.0,
                                   709.782712893384,
                                   710.4758600739439,
                                   -710.475860073944,
                                   89.41599,
                                   -89.416,
                                   709.7827128933841,
                                   -745.1332191019411,
                                   -745.1332191019412,
                                   -708.3964185322641,
                                   88.72283,
                                   88.72284,
                                   -87.33654,
                                   -103.97207,
                                   -103.97208,
                                   DBL_MAX,
                                   -DBL_MAX,
                                   DBL_MIN,
                                   0x1p-1074 };
    if (i < sizeof ends / sizeof *ends) return ends[i];
    return test_uniform(seed) * ranges[i % (sizeof ranges / sizeof *ranges)];
}

static void check_double(const function *f, mgd_isa isa, const double *x, double *y) {
    f->kernels->of[0][isa](0, COUNT, (const void *const[]){ x }, y);
    for (size_t i = 0; i < COUNT; i++) {
        const long double want = f->reference((long double)x[i]);
        if (fabsl(want) >= (long double)DBL_MAX * (1 + (long double)DBL_EPSILON / 4)) {
            ck_assert(isinf(y[i]) && (y[i] > 0) == (want > 0));
            continue;
        }
        const double error = error_of((long double)y[i], want, DBL_MANT_DIG, -1074);
        ck_assert_msg(error <= f->ulps, "%s of %a on instruction set %d: %g ulp", f->name, x[i], isa, error);
    }
}

START_TEST(doubles_are_within_their_bounds) {
    uint64_t seed = 3;
    double *const x = malloc(2 * COUNT * sizeof *x), *const y = x + COUNT;
    for (size_t i = 0; i < COUNT; i++) x[i] = argument(i, &seed);
    for (size_t k = 0; k < FUNCTIONS; k++)
        for (mgd_isa isa = MGD_BASELINE; isa <= mgd__isa(); isa++) check_double(functions + k, isa, x, y);
    free(x);
}
END_TEST

static void check_float(const function *f, mgd_isa isa, const float *x, float *y) {
    f->kernels->of[1][isa](0, COUNT, (const void *const[]){ x }, y);
    for (size_t i = 0; i < COUNT; i++) {
        const long double want = f->reference((long double)x[i]);
        if (fabsl(want) >= (long double)FLT_MAX * (1 + (long double)FLT_EPSILON / 4)) {
            ck_assert(isinf(y[i]) && (y[i] > 0) == (want > 0));
            continue;
        }
        const double error = error_of((long double)y[i], want, FLT_MANT_DIG, -149);
        ck_assert_msg(error <= 0.51, "%s of %a on instruction set %d: %g ulp", f->name, (double)x[i], isa, error);
    }
}

START_TEST(floats_are_rounded_from_more_digits) {
    uint64_t seed = 4;
    float *const x = malloc(2 * COUNT * sizeof *x), *const y = x + COUNT;
    for (size_t i = 0; i < COUNT; i++) x[i] = (float)fmin(fmax(argument(i, &seed), -FLT_MAX), FLT_MAX);
    for (size_t k = 0; k < FUNCTIONS; k++)
        for (mgd_isa isa = MGD_BASELINE; isa <= mgd__isa(); isa++) check_float(functions + k, isa, x, y);
    free(x);
}
END_TEST

static void check_bits(const function *f, int precision, size_t size, const void *x, void *y, void *other) {
    f->kernels->of[precision][MGD_BASELINE](0, COUNT, (const void *const[]){ x }, y);
    for (mgd_isa isa = MGD_BASELINE; isa <= mgd__isa(); isa++) {
        f->kernels->of[precision][isa](0, COUNT, (const void *const[]){ x }, other);
        ck_assert_msg(memcmp(y, other, COUNT * size) == 0, "%s in precision %d differs on instruction set %d", f->name,
                      precision, isa);
    }
}

START_TEST(every_instruction_set_gives_the_same_bits) {
    uint64_t seed = 5;
    double *const x = malloc(3 * COUNT * sizeof *x);
    float *const z = malloc(3 * COUNT * sizeof *z);
    for (size_t i = 0; i < COUNT; i++) z[i] = (float)(x[i] = argument(i + 12, &seed));
    for (size_t k = 0; k < FUNCTIONS; k++) {
        check_bits(functions + k, 0, sizeof *x, x, x + COUNT, x + 2 * COUNT);
        check_bits(functions + k, 1, sizeof *z, z, z + COUNT, z + 2 * COUNT);
    }
    free(x);
    free(z);
}
END_TEST

START_TEST(infinities_and_nan_have_their_values) {
    ck_assert(mgd__exp(INFINITY) == INFINITY && mgd__exp(-INFINITY) == 0 && isnan(mgd__exp(NAN)));
    ck_assert(mgd__exp((double)INFINITY) == INFINITY && mgd__exp(-(double)INFINITY) == 0 &&
              isnan(mgd__exp((double)NAN)));
    ck_assert(mgd__exp(0.0) == 1 && mgd__exp(0.0f) == 1);
    ck_assert(mgd__exp(-745.1) == 0x1p-1074 && mgd__exp(-746.0) == 0 && isfinite(mgd__exp(709.78)));
    ck_assert(mgd__sigmoid((double)INFINITY) == 1 && mgd__sigmoid(-(double)INFINITY) == 0);
    ck_assert(mgd__sigmoid(0.0) == 0.5 && isnan(mgd__sigmoid((double)NAN)));
    ck_assert(mgd__sigmoid_slope((double)INFINITY) == 0 && mgd__sigmoid_slope(-(double)INFINITY) == 0);
    ck_assert(mgd__sigmoid_slope(0.0) == 0.25 && isnan(mgd__sigmoid_slope((double)NAN)));
    ck_assert(mgd__expm1(-(double)INFINITY) == -1 && mgd__expm1((double)INFINITY) == (double)INFINITY);
    ck_assert(mgd__sinh(-(double)INFINITY) == -(double)INFINITY && mgd__cosh(-(double)INFINITY) == (double)INFINITY);
    ck_assert(mgd__tanh(-(double)INFINITY) == -1 && mgd__tanh(0x1p-1074) == 0x1p-1074);
    ck_assert(mgd__softplus(-(double)INFINITY) == 0 && mgd__softplus((double)INFINITY) == (double)INFINITY);
    ck_assert(mgd__gaussian((double)INFINITY) == 0 && mgd__gaussian(-INFINITY) == 0 && mgd__gaussian(0.0) == 1);
    ck_assert(isnan(mgd__gaussian((double)NAN)) && isnan(mgd__gaussian(NAN)));
    ck_assert(signbit(mgd__expm1(-0.0)) && signbit(mgd__sinh(-0.0)) && signbit(mgd__tanh(-0.0)));
    ck_assert(isnan(mgd__expm1((double)NAN)) && isnan(mgd__sinh((double)NAN)) && isnan(mgd__cosh((double)NAN)));
    ck_assert(isnan(mgd__tanh((double)NAN)) && isnan(mgd__softplus((double)NAN)) && isnan(mgd__softplus(NAN)));
    ck_assert(sizeof(mgd__exp(1.0f)) == sizeof(float) && sizeof(mgd__sigmoid(1.0f)) == sizeof(float));
}
END_TEST

TESTS("linalg primitives", doubles_are_within_their_bounds, floats_are_rounded_from_more_digits,
      every_instruction_set_gives_the_same_bits, infinities_and_nan_have_their_values);
