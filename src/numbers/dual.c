/* SPDX-License-Identifier: MIT */
/* Duals over any system, duals included: v + t e with e*e = 0. The slopes of the scalar functions stand here and, as
 * rules, in the operations' files: each is the other's test. */
#include "numbers/number.h"

mgd_element mgd__dual(const mgd_numbers *D, mgd_element value, mgd_element tangent) {
    size_t n = D->over->size;
    char *r = mgd__scratch(D->calculation, 2 * n);
    memcpy(r, value, n);
    memcpy(r + n, tangent, n);
    return r;
}

mgd_element mgd__dual_value(const mgd_numbers *D, mgd_element a) {
    (void)D;
    return a;
}

mgd_element mgd__dual_tangent(const mgd_numbers *D, mgd_element a) { return (const char *)a + D->over->size; }

mgd_element mgd__held(const mgd_numbers *S, mgd_element x) {
    return S->over ? mgd__dual(S, mgd__held(S->over, mgd__dual_value(S, x)), whole(S->over, 0)) : x;
}

#define V(a) mgd__dual_value(D, a)
#define T(a) mgd__dual_tangent(D, a)

static mgd_element dual_rational(const mgd_numbers *D, int64_t n, int64_t d) {
    return mgd__dual(D, D->over->rational(D->over, n, d), whole(D->over, 0));
}

static mgd_element dual_plus(const mgd_numbers *D, mgd_element a, mgd_element b) {
    return mgd__dual(D, plus(D->over, V(a), V(b)), plus(D->over, T(a), T(b)));
}

static mgd_element dual_minus(const mgd_numbers *D, mgd_element a, mgd_element b) {
    return mgd__dual(D, minus(D->over, V(a), V(b)), minus(D->over, T(a), T(b)));
}

static mgd_element dual_times(const mgd_numbers *D, mgd_element a, mgd_element b) {
    const mgd_numbers *B = D->over;
    return mgd__dual(D, times(B, V(a), V(b)), plus(B, times(B, T(a), V(b)), times(B, V(a), T(b))));
}

static mgd_element dual_divide(const mgd_numbers *D, mgd_element a, mgd_element b) {
    const mgd_numbers *B = D->over;
    mgd_element q = over(B, V(a), V(b));
    return mgd__dual(D, q, over(B, minus(B, T(a), times(B, q, T(b))), V(b)));
}

static mgd_element dual_exp(const mgd_numbers *D, mgd_element a) {
    const mgd_numbers *B = D->over;
    mgd_element e = B->exp(B, V(a));
    return mgd__dual(D, e, times(B, e, T(a)));
}

static mgd_element dual_log(const mgd_numbers *D, mgd_element a) {
    mgd_element l = D->over->log(D->over, V(a));
    return mgd__dual(D, l, over(D->over, T(a), V(a)));
}

static mgd_element dual_power(const mgd_numbers *D, mgd_element a, int64_t n, int64_t d) {
    const mgd_numbers *B = D->over;
    if (n == 0) return dual_rational(D, 1, 1);
    mgd_element slope = times(B, B->rational(B, n, d), B->power(B, V(a), n - d, d));
    return mgd__dual(D, B->power(B, V(a), n, d), times(B, slope, T(a)));
}

/* The slope of a function at x, over any system. */
static mgd_element slope_of(const mgd_numbers *B, mgd_function f, int order, mgd_element x) {
    mgd_element one = whole(B, 1), zero = whole(B, 0), xx = times(B, x, x);
    switch (f) {
    case MGD_SINE:
        return B->function(B, MGD_COSINE, 0, x);
    case MGD_COSINE:
        return minus(B, zero, B->function(B, MGD_SINE, 0, x));
    case MGD_ARCSINE:
        return B->power(B, minus(B, one, xx), -1, 2);
    case MGD_ARCTANGENT:
        return over(B, one, plus(B, one, xx));
    case MGD_ERROR_FUNCTION:
        return times(B, over(B, whole(B, 2), B->power(B, B->function(B, MGD_PI, 0, zero), 1, 2)),
                     B->exp(B, minus(B, zero, xx)));
    case MGD_LOG_GAMMA:
        return B->function(B, MGD_POLYGAMMA, 0, x);
    case MGD_POLYGAMMA:
        return B->function(B, MGD_POLYGAMMA, order + 1, x);
    default:
        return zero;
    }
}

static mgd_element dual_function(const mgd_numbers *D, mgd_function f, int order, mgd_element a) {
    const mgd_numbers *B = D->over;
    return mgd__dual(D, B->function(B, f, order, V(a)), times(B, slope_of(B, f, order, V(a)), T(a)));
}

static mgd_element dual_sign(const mgd_numbers *D, mgd_element a) {
    return mgd__dual(D, D->over->sign(D->over, V(a)), whole(D->over, 0));
}

static bool dual_is_zero(const mgd_numbers *D, mgd_element a) { return D->over->is_zero(D->over, V(a)); }
static double dual_magnitude(const mgd_numbers *D, mgd_element a) { return D->over->magnitude(D->over, V(a)); }

static mgd_element dual_draw(const mgd_numbers *D, uint64_t key, bool positive) {
    return mgd__dual(D, D->over->draw(D->over, key, positive), whole(D->over, 0));
}

static void dual_keep(const mgd_numbers *D, void *element) {
    D->over->keep(D->over, element);
    D->over->keep(D->over, (char *)element + D->over->size);
}

mgd_numbers mgd__duals(const mgd_numbers *base) {
    return (mgd_numbers){
        .name = "duals",
        .size = 2 * base->size,
        .over = base,
        .calculation = base->calculation,
        .rational = dual_rational,
        .plus = dual_plus,
        .minus = dual_minus,
        .times = dual_times,
        .divide = dual_divide,
        .exp = dual_exp,
        .log = dual_log,
        .power = dual_power,
        .function = dual_function,
        .sign = dual_sign,
        .is_zero = dual_is_zero,
        .magnitude = dual_magnitude,
        .draw = dual_draw,
        .keep = base->keep ? dual_keep : NULL,
    };
}
