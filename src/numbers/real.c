/* SPDX-License-Identifier: MIT */
/* The reals, as doubles: what a kernel is compared with. */
#include "linalg/special.h"
#include "numbers/number.h"

#include <math.h>

mgd_element mgd__real(const mgd_numbers *R, double x) {
    double *r = mgd__scratch(R->calculation, sizeof x);
    *r = x;
    return r;
}

double mgd__real_value(mgd_element e) { return *(const double *)e; }

#define VALUE(e) mgd__real_value(e)

static mgd_element real_rational(const mgd_numbers *R, int64_t n, int64_t d) {
    return mgd__real(R, (double)n / (double)d);
}
static mgd_element real_plus(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return mgd__real(R, VALUE(a) + VALUE(b));
}
static mgd_element real_minus(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return mgd__real(R, VALUE(a) - VALUE(b));
}
static mgd_element real_times(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return mgd__real(R, VALUE(a) * VALUE(b));
}
static mgd_element real_divide(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return mgd__real(R, VALUE(a) / VALUE(b));
}
static mgd_element real_exp(const mgd_numbers *R, mgd_element a) { return mgd__real(R, exp(VALUE(a))); }
static mgd_element real_log(const mgd_numbers *R, mgd_element a) { return mgd__real(R, log(VALUE(a))); }

static mgd_element real_power(const mgd_numbers *R, mgd_element a, int64_t n, int64_t d) {
    if (n == 1 && d == 2) return mgd__real(R, sqrt(VALUE(a)));
    return mgd__real(R, pow(VALUE(a), (double)n / (double)d));
}

static double function_of(mgd_function f, int order, double x) {
    switch (f) {
    case MGD_SINE:
        return sin(x);
    case MGD_COSINE:
        return cos(x);
    case MGD_ARCSINE:
        return asin(x);
    case MGD_ARCTANGENT:
        return atan(x);
    case MGD_ERROR_FUNCTION:
        return erf(x);
    case MGD_LOG_GAMMA:
        return mgd__log_gamma(x);
    case MGD_POLYGAMMA:
        return mgd__polygamma(order, x);
    default:
        return MGD__PI;
    }
}

static mgd_element real_function(const mgd_numbers *R, mgd_function f, int order, mgd_element a) {
    return mgd__real(R, function_of(f, order, VALUE(a)));
}

static mgd_element real_sign(const mgd_numbers *R, mgd_element a) {
    return mgd__real(R, isnan(VALUE(a)) ? VALUE(a) : (VALUE(a) > 0) - (VALUE(a) < 0));
}

static bool real_is_zero(const mgd_numbers *R, mgd_element a) {
    (void)R;
    return VALUE(a) == 0;
}

static double real_magnitude(const mgd_numbers *R, mgd_element a) {
    (void)R;
    return fabs(VALUE(a));
}

static mgd_element real_draw(const mgd_numbers *R, uint64_t key, bool positive) {
    double u = (double)(mgd__mix(R->calculation->seed ^ mgd__mix(key)) >> 11) * 0x1p-53;
    return mgd__real(R, positive ? 0.5 + u : 2 * u - 1);
}

mgd_numbers mgd__reals(mgd_calculation *k) {
    return (mgd_numbers){
        .name = "reals",
        .size = sizeof(double),
        .calculation = k,
        .rational = real_rational,
        .plus = real_plus,
        .minus = real_minus,
        .times = real_times,
        .divide = real_divide,
        .exp = real_exp,
        .log = real_log,
        .power = real_power,
        .function = real_function,
        .sign = real_sign,
        .is_zero = real_is_zero,
        .magnitude = real_magnitude,
        .draw = real_draw,
    };
}
