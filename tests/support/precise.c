/* SPDX-License-Identifier: MIT */
#include "support/precise.h"

#include <math.h>

typedef struct {
    int64_t kind;
    mpfr_exp_t exponent;
    mp_limb_t limbs[];
} number;

static mpfr_prec_t bits_of(const mgd_numbers *P) { return (mpfr_prec_t)(P->size - sizeof(number)) * 8; }

void precise_view(const mgd_numbers *P, mgd_element x, mpfr_t view) {
    number n;
    memcpy(&n, x, sizeof n);
    const void *limbs = (const char *)x + sizeof n;
    void *unconst;
    memcpy(&unconst, &limbs, sizeof unconst);
    mpfr_custom_init_set(view, (int)n.kind, n.exponent, bits_of(P), unconst);
}

/* A new element, as a variable to compute; what was computed is its value once it is finished. */
static number *begin(const mgd_numbers *P, mpfr_t result) {
    number *n = mgd__scratch(P->calculation, P->size);
    memset(n, 0, P->size);
    mpfr_custom_init_set(result, MPFR_NAN_KIND, 0, bits_of(P), n->limbs);
    return n;
}

static mgd_element finish(number *n, mpfr_t result) {
    n->kind = mpfr_custom_get_kind(result);
    n->exponent = mpfr_regular_p(result) ? mpfr_custom_get_exp(result) : 0;
    return n;
}

mgd_element precise_element(const mgd_numbers *P, double x) {
    mpfr_t r;
    number *n = begin(P, r);
    mpfr_set_d(r, x, MPFR_RNDN);
    return finish(n, r);
}

double precise_value(const mgd_numbers *P, mgd_element x) {
    mpfr_t v;
    precise_view(P, x, v);
    return mpfr_get_d(v, MPFR_RNDN);
}

bool precise_range_exceeded(void) {
    bool exceeded = mpfr_overflow_p() || mpfr_underflow_p();
    mpfr_clear_flags();
    return exceeded;
}

typedef int function1(mpfr_t, mpfr_srcptr, mpfr_rnd_t);
typedef int function2(mpfr_t, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

static mgd_element of1(const mgd_numbers *P, function1 *f, mgd_element a) {
    mpfr_t x, r;
    precise_view(P, a, x);
    number *n = begin(P, r);
    f(r, x, MPFR_RNDN);
    return finish(n, r);
}

static mgd_element of2(const mgd_numbers *P, function2 *f, mgd_element a, mgd_element b) {
    mpfr_t x, y, r;
    precise_view(P, a, x);
    precise_view(P, b, y);
    number *n = begin(P, r);
    f(r, x, y, MPFR_RNDN);
    return finish(n, r);
}

static mgd_element precise_plus(const mgd_numbers *P, mgd_element a, mgd_element b) { return of2(P, mpfr_add, a, b); }
static mgd_element precise_minus(const mgd_numbers *P, mgd_element a, mgd_element b) { return of2(P, mpfr_sub, a, b); }
static mgd_element precise_times(const mgd_numbers *P, mgd_element a, mgd_element b) { return of2(P, mpfr_mul, a, b); }
static mgd_element precise_divide(const mgd_numbers *P, mgd_element a, mgd_element b) { return of2(P, mpfr_div, a, b); }
static mgd_element precise_exp(const mgd_numbers *P, mgd_element a) { return of1(P, mpfr_exp, a); }
static mgd_element precise_log(const mgd_numbers *P, mgd_element a) { return of1(P, mpfr_log, a); }

static mgd_element precise_rational(const mgd_numbers *P, int64_t numerator, int64_t denominator) {
    mpfr_t r;
    number *n = begin(P, r);
    mpfr_set_si(r, numerator, MPFR_RNDN); /* exact: there are 64 bits and more */
    mpfr_div_si(r, r, denominator, MPFR_RNDN);
    return finish(n, r);
}

static mgd_element precise_power(const mgd_numbers *P, mgd_element a, int64_t numerator, int64_t denominator) {
    if (denominator != 1 && !(numerator == 1 && denominator == 2))
        return of2(P, mpfr_pow, a, precise_rational(P, numerator, denominator));
    mpfr_t x, r;
    precise_view(P, a, x);
    number *n = begin(P, r);
    if (denominator == 1)
        mpfr_pow_si(r, x, numerator, MPFR_RNDN);
    else
        mpfr_sqrt(r, x, MPFR_RNDN);
    return finish(n, r);
}

/* ---- functions ---- */

static int log_gamma(mpfr_t r, mpfr_srcptr x, mpfr_rnd_t rounding) {
    int sign;
    return mpfr_lgamma(r, &sign, x, rounding);
}

/* (-1)^(m+1) times polygamma of order m >= 1, for x > 0: x^-(m+1) m! is added until x is large, and then the asymptotic
 * series (Abramowitz and Stegun 6.4.10 and 6.4.11) has enough digits. Its Bernoulli numbers are values of zeta. */
static void polygamma_of_positive(mpfr_t r, int m, mpfr_srcptr argument) {
    mpfr_prec_t bits = mpfr_get_prec(r);
    mpfr_t x, term, power, factor, step;
    mpfr_inits2(bits, x, term, power, factor, step, (mpfr_ptr)0);
    mpfr_set(x, argument, MPFR_RNDN);
    mpfr_set_zero(r, 1);
    for (; mpfr_cmp_si(x, (long)bits / 4 + m) < 0; mpfr_add_ui(x, x, 1, MPFR_RNDN)) {
        mpfr_pow_si(term, x, -(m + 1), MPFR_RNDN);
        mpfr_add(r, r, term, MPFR_RNDN);
    }
    mpfr_pow_si(power, x, -(m + 1), MPFR_RNDN); /* x^-(m+1)/2 + x^-m/m are the first two terms over m! */
    mpfr_div_ui(term, power, 2, MPFR_RNDN);
    mpfr_add(r, r, term, MPFR_RNDN);
    mpfr_mul(term, power, x, MPFR_RNDN);
    mpfr_div_ui(term, term, (unsigned long)m, MPFR_RNDN);
    mpfr_add(r, r, term, MPFR_RNDN);

    /* factor is 2 (2k + m - 1)!/m! / ((2 pi)^2k x^(2k + m)), which zeta(2k) multiplies with alternating signs */
    mpfr_const_pi(step, MPFR_RNDN);
    mpfr_mul(step, step, x, MPFR_RNDN);
    mpfr_mul_ui(step, step, 2, MPFR_RNDN);
    mpfr_sqr(step, step, MPFR_RNDN);
    mpfr_mul(factor, power, x, MPFR_RNDN);
    mpfr_mul_ui(factor, factor, 2, MPFR_RNDN);
    mpfr_div_ui(factor, factor, (unsigned long)m, MPFR_RNDN);
    for (unsigned long k = 1, n = (unsigned long)m; k < (unsigned long)bits; k++) {
        mpfr_mul_ui(factor, factor, (2 * k + n - 2) * (2 * k + n - 1), MPFR_RNDN);
        mpfr_div(factor, factor, step, MPFR_RNDN);
        if (mpfr_zero_p(factor) || mpfr_get_exp(factor) < mpfr_get_exp(r) - bits) break;
        mpfr_zeta_ui(term, 2 * k, MPFR_RNDN);
        mpfr_mul(term, term, factor, MPFR_RNDN);
        k % 2 ? mpfr_add(r, r, term, MPFR_RNDN) : mpfr_sub(r, r, term, MPFR_RNDN);
    }
    mpfr_fac_ui(factor, (unsigned long)m, MPFR_RNDN);
    mpfr_mul(r, r, factor, MPFR_RNDN);
    mpfr_clears(x, term, power, factor, step, (mpfr_ptr)0);
}

/* The derivative of order m of cot(pi x): pi^m P(c) in c = cot(pi x), where P becomes -(1 + c^2) P' each time. */
static void derivative_of_cotangent(mpfr_t r, int m, mpfr_srcptr argument) {
    enum { MOST = 12 };
    double p[MOST + 2] = { 0, 1 }; /* coefficients: whole numbers */
    for (int k = 0; k < m; k++) {
        double q[MOST + 2] = { 0 };
        for (int i = 1; i <= k + 1; i++) {
            q[i - 1] -= i * p[i];
            q[i + 1] -= i * p[i];
        }
        memcpy(p, q, sizeof p);
    }
    mpfr_t c, pi;
    mpfr_inits2(mpfr_get_prec(r), c, pi, (mpfr_ptr)0);
    mpfr_const_pi(pi, MPFR_RNDN);
    mpfr_frac(c, argument, MPFR_RNDN);
    mpfr_mul(c, c, pi, MPFR_RNDN);
    mpfr_cot(c, c, MPFR_RNDN);
    mpfr_set_zero(r, 1);
    for (int i = m + 1; i >= 0; i--) {
        mpfr_mul(r, r, c, MPFR_RNDN);
        mpfr_add_d(r, r, p[i], MPFR_RNDN);
    }
    mpfr_pow_si(pi, pi, m, MPFR_RNDN);
    mpfr_mul(r, r, pi, MPFR_RNDN);
    mpfr_clears(c, pi, (mpfr_ptr)0);
}

/* psi(x) = (-1)^m psi(1-x) - pi (d/dx)^m cot(pi x) */
static void reflected_polygamma(mpfr_t r, int m, mpfr_srcptr x) {
    mpfr_t other, pi;
    mpfr_inits2(mpfr_get_prec(r), other, pi, (mpfr_ptr)0);
    mpfr_const_pi(pi, MPFR_RNDN);
    derivative_of_cotangent(r, m, x);
    mpfr_mul(r, r, pi, MPFR_RNDN);
    mpfr_ui_sub(pi, 1, x, MPFR_RNDN);
    polygamma_of_positive(other, m, pi);
    mpfr_add(r, r, other, MPFR_RNDN); /* (-1)^m (-1)^(m+1) = -1 */
    mpfr_neg(r, r, MPFR_RNDN);
    mpfr_clears(other, pi, (mpfr_ptr)0);
}

/* At infinity and at the poles: odd orders tend to +inf from both sides; at 0 the zero says which side is meant. */
static bool polygamma_by_limit(mpfr_t result, int m, mpfr_srcptr x) {
    if (mpfr_nan_p(x) || (mpfr_inf_p(x) && mpfr_sgn(x) < 0))
        mpfr_set_nan(result);
    else if (mpfr_inf_p(x) && m > 0)
        mpfr_set_zero(result, 1);
    else if (m % 2 && mpfr_sgn(x) <= 0 && mpfr_integer_p(x))
        mpfr_set_inf(result, 1);
    else if (mpfr_zero_p(x))
        mpfr_set_inf(result, mpfr_signbit(x) ? 1 : -1);
    else if (mpfr_sgn(x) < 0 && mpfr_integer_p(x))
        mpfr_set_nan(result);
    else
        return false;
    return true;
}

static void polygamma(mpfr_t result, int m, mpfr_srcptr x) {
    if (polygamma_by_limit(result, m, x)) return;
    if (m == 0) {
        mpfr_digamma(result, x, MPFR_RNDN);
        return;
    }
    mpfr_t r;
    mpfr_init2(r, mpfr_get_prec(result) + 64);
    if (mpfr_cmp_d(x, 0.5) < 0) {
        reflected_polygamma(r, m, x);
    } else {
        polygamma_of_positive(r, m, x);
        if (m % 2 == 0) mpfr_neg(r, r, MPFR_RNDN);
    }
    mpfr_set(result, r, MPFR_RNDN);
    mpfr_clear(r);
}

static mgd_element precise_function(const mgd_numbers *P, mgd_function f, int order, mgd_element a) {
    static function1 *const simple[MGD_FUNCTIONS] = {
        [MGD_SINE] = mpfr_sin,        [MGD_COSINE] = mpfr_cos,         [MGD_ARCSINE] = mpfr_asin,
        [MGD_ARCTANGENT] = mpfr_atan, [MGD_ERROR_FUNCTION] = mpfr_erf, [MGD_LOG_GAMMA] = log_gamma,
    };
    if (simple[f]) return of1(P, simple[f], a);
    mpfr_t x, r;
    precise_view(P, a, x);
    number *n = begin(P, r);
    if (f == MGD_POLYGAMMA)
        polygamma(r, order, x);
    else
        mpfr_const_pi(r, MPFR_RNDN);
    return finish(n, r);
}

/* ---- the system ---- */

static mgd_element precise_sign(const mgd_numbers *P, mgd_element a) {
    mpfr_t x;
    precise_view(P, a, x);
    return mpfr_nan_p(x) ? a : precise_rational(P, mpfr_sgn(x) > 0 ? 1 : mpfr_sgn(x) < 0 ? -1 : 0, 1);
}

static bool precise_is_zero(const mgd_numbers *P, mgd_element a) {
    mpfr_t x;
    precise_view(P, a, x);
    return mpfr_zero_p(x);
}

/* What is too small or too large for a double is still a pivot. */
static double precise_magnitude(const mgd_numbers *P, mgd_element a) {
    mpfr_t x;
    precise_view(P, a, x);
    double magnitude = fabs(mpfr_get_d(x, MPFR_RNDA));
    return isinf(magnitude) && mpfr_number_p(x) ? 0x1.fffffffffffffp+1023 : magnitude;
}

static mgd_element precise_draw(const mgd_numbers *P, uint64_t key, bool positive) {
    mgd_numbers R = mgd__reals(P->calculation);
    return precise_element(P, mgd__real_value(R.draw(&R, key, positive)));
}

/* Exponents have 62 bits from here on, where MPFR begins with 30: exp(1e9) is a number. */
mgd_numbers precise_numbers(mgd_calculation *k, int bits) {
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    return (mgd_numbers){
        .name = "precise numbers",
        .size = sizeof(number) + (size_t)bits / 8,
        .calculation = k,
        .rational = precise_rational,
        .plus = precise_plus,
        .minus = precise_minus,
        .times = precise_times,
        .divide = precise_divide,
        .exp = precise_exp,
        .log = precise_log,
        .power = precise_power,
        .function = precise_function,
        .sign = precise_sign,
        .is_zero = precise_is_zero,
        .magnitude = precise_magnitude,
        .draw = precise_draw,
    };
}
