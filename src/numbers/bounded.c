/* SPDX-License-Identifier: MIT */
/* The reals, as doubles with a running bound of their error (Wilkinson 1963): what tells two numbers apart for certain.
 * Numbers that are drawn are exact. Where the sign of a number, or whether it is 0, lies within its error, the point is
 * a bad one. A bound that is not finite says that nothing is known. */
#include "linalg/special.h"
#include "numbers/number.h"

#include <float.h>
#include <math.h>

typedef struct {
    double x, error;
} bounded;

#define B(e) ((const bounded *)(e))

static const double unit = DBL_EPSILON;         /* twice the unit roundoff */
static const double least_normal = 4 * DBL_MIN; /* what a product or a quotient may lose where it underflows */

/* The bound is made larger by what its own computation may have rounded away. */
static mgd_element make(const mgd_numbers *R, double x, double error) {
    bounded *r = mgd__scratch(R->calculation, sizeof *r);
    *r = (bounded){ x, isfinite(x) ? error * (1 + 8 * unit) : INFINITY };
    return r;
}

double mgd__bounded_value(mgd_element e) { return B(e)->x; }
double mgd__bounded_error(mgd_element e) { return B(e)->error; }

static double rounding(double x) { return unit * fabs(x) + (x == 0 ? 0 : least_normal); }

/* x + the errors of operands, that of its own rounding added. */
static mgd_element rounded(const mgd_numbers *R, double x, double error) { return make(R, x, error + rounding(x)); }

static mgd_element bounded_rational(const mgd_numbers *R, int64_t n, int64_t d) {
    const int64_t exact = (int64_t)1 << 53;
    double x = (double)n / (double)d;
    return make(R, x, d == 1 && n <= exact && n >= -exact ? 0 : 2 * unit * fabs(x));
}

/* The sum with the error of its rounding, which is a double itself (Knuth's two-sum): where it is 0, as for small whole
 * numbers, exact operands have an exact sum. */
static mgd_element sum(const mgd_numbers *R, double a, double b, double error) {
    double s = a + b, part = s - a;
    return make(R, s, error + fabs((a - (s - part)) + (b - part)));
}

static mgd_element bounded_plus(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return sum(R, B(a)->x, B(b)->x, B(a)->error + B(b)->error);
}

static mgd_element bounded_minus(const mgd_numbers *R, mgd_element a, mgd_element b) {
    return sum(R, B(a)->x, -B(b)->x, B(a)->error + B(b)->error);
}

static bool is_exact_zero(mgd_element a) { return B(a)->x == 0 && B(a)->error == 0; }

static double underflow(double x) { return fabs(x) < 0x1p-900 ? least_normal : 0; }

static mgd_element bounded_times(const mgd_numbers *R, mgd_element a, mgd_element b) {
    double x = B(a)->x, y = B(b)->x, xy = x * y;
    if (is_exact_zero(a) || is_exact_zero(b)) return make(R, xy, 0);
    return make(R, xy,
                fabs(x) * B(b)->error + B(a)->error * (fabs(y) + B(b)->error) + fabs(fma(x, y, -xy)) + underflow(xy));
}

static mgd_element bounded_divide(const mgd_numbers *R, mgd_element a, mgd_element b) {
    double q = B(a)->x / B(b)->x, away = fabs(B(b)->x) - B(b)->error;
    if (!(away > 0)) return make(R, q, INFINITY);
    if (is_exact_zero(a)) return make(R, q, 0);
    double own = fabs(fma(-q, B(b)->x, B(a)->x));
    return make(R, q, (B(a)->error + fabs(q) * B(b)->error + own) / away + underflow(q));
}

static mgd_element bounded_exp(const mgd_numbers *R, mgd_element a) {
    double y = exp(B(a)->x);
    return rounded(R, y, 2 * unit * y + y * expm1(B(a)->error) + least_normal);
}

static mgd_element bounded_log(const mgd_numbers *R, mgd_element a) {
    double y = log(B(a)->x), away = B(a)->x - B(a)->error;
    return rounded(R, y, away > 0 ? 2 * unit * fabs(y) + B(a)->error / away : INFINITY);
}

static mgd_element square_root(const mgd_numbers *R, mgd_element a) {
    double y = sqrt(B(a)->x), far = sqrt(B(a)->x + B(a)->error);
    return rounded(R, y, B(a)->error == 0 ? 0 : B(a)->error <= B(a)->x / 2 ? B(a)->error / y : far);
}

/* x^p has the relative error |p| times that of x, and |log x| times that of p. */
static mgd_element bounded_power(const mgd_numbers *R, mgd_element a, int64_t n, int64_t d) {
    if (n == 1 && d == 2) return square_root(R, a);
    double p = (double)n / (double)d, x = B(a)->x, y = pow(x, p), away = fabs(x) - B(a)->error;
    if (n == 0 || (B(a)->error == 0 && x == 0)) return make(R, y, 0);
    if (away <= 0) return make(R, y, n > 0 ? 2 * pow(fabs(x) + B(a)->error, p) : INFINITY);
    double relative = fabs(p) * (B(a)->error / away + 2 * unit * fabs(log(fabs(x))));
    return rounded(R, y, fabs(y) * (expm1(relative) + 4 * unit) + least_normal);
}

/* How far f may move within the error of x: by its steepest slope there. */
static double steepest(mgd_function f, int order, double x, double error) {
    double edge = fabs(x) + error, pole = x - round(x);
    switch (f) {
    case MGD_ARCSINE:
        return edge < 1 ? 1 / sqrt((1 - edge) * (1 + edge)) : INFINITY;
    case MGD_LOG_GAMMA:
    case MGD_POLYGAMMA:
        if (x < 0.5 && fabs(pole) <= 4 * error) return INFINITY;
        return 2 * fabs(mgd__polygamma(f == MGD_LOG_GAMMA ? 0 : order + 1, x)) + 1;
    case MGD_ERROR_FUNCTION:
        return 1.2;
    default:
        return 1;
    }
}

static double function_of(const mgd_numbers *R, mgd_function f, int order, double x) {
    mgd_numbers plain = mgd__reals(R->calculation);
    return mgd__real_value(plain.function(&plain, f, order, &x));
}

static mgd_element bounded_function(const mgd_numbers *R, mgd_function f, int order, mgd_element a) {
    double x = B(a)->x, error = B(a)->error, y = function_of(R, f, order, x);
    bool gamma = f == MGD_LOG_GAMMA || f == MGD_POLYGAMMA;
    if (f == MGD_PI) return rounded(R, y, 0);
    if (is_exact_zero(a) && y == 0) return make(R, y, 0);
    double own = gamma ? 1e-11 * (1 + fabs(y)) : 4 * unit * fabs(y);
    return rounded(R, y, own + (error > 0 ? error * steepest(f, order, x, error) : 0));
}

static bool is_told_from_zero(const mgd_numbers *R, mgd_element a) {
    if (is_exact_zero(a) || fabs(B(a)->x) > B(a)->error) return true;
    mgd__fail(R, MGD_BAD_POINT, "a sign is lost in rounding");
    return false;
}

static mgd_element bounded_sign(const mgd_numbers *R, mgd_element a) {
    R->calculation->decided = true;
    return make(R, is_told_from_zero(R, a) ? (B(a)->x > 0) - (B(a)->x < 0) : 0, 0);
}

static bool bounded_is_zero(const mgd_numbers *R, mgd_element a) { return is_told_from_zero(R, a) && B(a)->x == 0; }

static double bounded_magnitude(const mgd_numbers *R, mgd_element a) {
    (void)R;
    return fabs(B(a)->x);
}

static mgd_element bounded_draw(const mgd_numbers *R, uint64_t key, bool positive) {
    mgd_numbers plain = mgd__reals(R->calculation);
    return make(R, mgd__real_value(plain.draw(&plain, key, positive)), 0);
}

mgd_element mgd__bounded(const mgd_numbers *R, double x) { return make(R, x, 0); }

mgd_numbers mgd__bounded_reals(mgd_calculation *k) {
    return (mgd_numbers){
        .name = "bounded reals",
        .size = sizeof(bounded),
        .calculation = k,
        .rational = bounded_rational,
        .plus = bounded_plus,
        .minus = bounded_minus,
        .times = bounded_times,
        .divide = bounded_divide,
        .exp = bounded_exp,
        .log = bounded_log,
        .power = bounded_power,
        .function = bounded_function,
        .sign = bounded_sign,
        .is_zero = bounded_is_zero,
        .magnitude = bounded_magnitude,
        .draw = bounded_draw,
    };
}
