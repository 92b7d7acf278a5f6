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

mgd_numbers precise_numbers(mgd_calculation *k, int bits) {
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
        .sign = precise_sign,
        .is_zero = precise_is_zero,
        .magnitude = precise_magnitude,
        .draw = precise_draw,
    };
}
