/* SPDX-License-Identifier: MIT */
/* Functions for block kernels: one text for every instruction set, without branches or tables, so that a loop over them
 * becomes vector code, and without fused multiply-adds, so that it rounds alike everywhere. Each takes a double or a
 * float and returns the same. */
#ifndef MGD_PRIMITIVES_H
#define MGD_PRIMITIVES_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MGD_PRIMITIVE static inline __attribute__((always_inline))

/* exp, within one unit in the last place, over the full range: infinity, gradual underflow, NaN. */
#define mgd__exp(x) _Generic((x), float : mgd__exp_float, default : mgd__exp_double)(x)

/* 1/(1 + exp(-x)), and its slope. Both go through exp(-|x|): nothing overflows, and no digit is lost near 1. */
#define mgd__sigmoid(x) _Generic((x), float : mgd__sigmoid_float, default : mgd__sigmoid_double)(x)
#define mgd__sigmoid_slope(x) _Generic((x), float : mgd__sigmoid_slope_float, default : mgd__sigmoid_slope_double)(x)

/* Within 2 units in the last place, sinh and tanh within 3, near 0 too; none overflows where its result does not. */
#define mgd__expm1(x) _Generic((x), float : mgd__expm1_float, default : mgd__expm1_double)(x)
#define mgd__sinh(x) _Generic((x), float : mgd__sinh_float, default : mgd__sinh_double)(x)
#define mgd__cosh(x) _Generic((x), float : mgd__cosh_float, default : mgd__cosh_double)(x)
#define mgd__tanh(x) _Generic((x), float : mgd__tanh_float, default : mgd__tanh_double)(x)

/* log(1 + exp(x)), within 2 units in the last place. */
#define mgd__softplus(x) _Generic((x), float : mgd__softplus_float, default : mgd__softplus_double)(x)

/* exp(-x^2), within 2 units in the last place: x^2 rounded would cost as many as it is large. */
#define mgd__gaussian(x) _Generic((x), float : mgd__gaussian_float, default : mgd__gaussian_double)(x)

/* A value and what its rounding left out. */
typedef struct {
    double value, rest;
} mgd_two_parts;

/* exp x = (1 + less_one) power other, two powers of 2 */
typedef struct {
    double less_one, power, other;
} mgd_reduced;

/* 2^k from k + 1023 + 1.5 * 2^52, a sum whose low bits are those of the biased exponent. */
MGD_PRIMITIVE double mgd__power_of_two(double biased) {
    uint64_t bits;
    memcpy(&bits, &biased, sizeof bits);
    bits <<= 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* The C library's, which have no vector form but for the first two. */
#define mgd__abs(x) _Generic((x), float : fabsf, default : fabs)(x)
#define mgd__sqrt(x) _Generic((x), float : sqrtf, default : sqrt)(x)
#define mgd__log(x) _Generic((x), float : logf, default : log)(x)
#define mgd__pow(x, p) _Generic((x), float : powf, default : pow)(x, p)
#define mgd__log2(x) _Generic((x), float : log2f, default : log2)(x)
#define mgd__log10(x) _Generic((x), float : log10f, default : log10)(x)
#define mgd__log1p(x) _Generic((x), float : log1pf, default : log1p)(x)
#define mgd__cbrt(x) _Generic((x), float : cbrtf, default : cbrt)(x)
#define mgd__sin(x) _Generic((x), float : sinf, default : sin)(x)
#define mgd__cos(x) _Generic((x), float : cosf, default : cos)(x)
#define mgd__tan(x) _Generic((x), float : tanf, default : tan)(x)
#define mgd__asin(x) _Generic((x), float : asinf, default : asin)(x)
#define mgd__acos(x) _Generic((x), float : acosf, default : acos)(x)
#define mgd__atan(x) _Generic((x), float : atanf, default : atan)(x)
#define mgd__asinh(x) _Generic((x), float : asinhf, default : asinh)(x)
#define mgd__acosh(x) _Generic((x), float : acoshf, default : acosh)(x)
#define mgd__atanh(x) _Generic((x), float : atanhf, default : atanh)(x)
#define mgd__erf(x) _Generic((x), float : erff, default : erf)(x)
#define mgd__erfc(x) _Generic((x), float : erfcf, default : erfc)(x)
#define mgd__atan2(x, y) _Generic((x), float : atan2f, default : atan2)(x, y)
#define mgd__hypot(x, y) _Generic((x), float : hypotf, default : hypot)(x, y)

/* exp x = 2^k exp r with k the integer nearest to x/ln 2, so |r| <= ln 2/2, and exp r = 1 + (r + r^2 q(r)) by Taylor.
 * The first part of ln 2 has so few digits that k times it is exact; r's own rounding matters in q alone, since the sum
 * is formed from the two parts of r. 2^k is applied in two factors, which a number below the normal range needs; adding
 * `round` leaves an integer, with the exponent's bias, in the low bits. For |x| < 1400; who calls chooses the value
 * beyond, and does so last: a choice of a constant up here would have gcc compute all that follows once for each. */
MGD_PRIMITIVE mgd_reduced mgd__exp_reduced(double x) {
    const double round = 0x1.8p52, bias = 1023;
    const double k = (x * 0x1.71547652b82fep+0 + round) - round;
    const double high = x - k * 0x1.62e42feep-1, low = k * 0x1.a39ef35793c76p-33;
    const double r = high - low;

    const double rr = r * r;
    double even = 1.0 / 479001600, odd = 1.0 / 6227020800;
    even = even * rr + 1.0 / 3628800;
    odd = odd * rr + 1.0 / 39916800;
    even = even * rr + 1.0 / 40320;
    odd = odd * rr + 1.0 / 362880;
    even = even * rr + 1.0 / 720;
    odd = odd * rr + 1.0 / 5040;
    even = even * rr + 1.0 / 24;
    odd = odd * rr + 1.0 / 120;
    even = even * rr + 0.5;
    odd = odd * rr + 1.0 / 6;
    const double q = even + r * odd;

    const double half = k * 0.5 + (round + bias), rest = k - (half - (round + bias)) + (round + bias);
    return (mgd_reduced){ high + (rr * q - low), mgd__power_of_two(half), mgd__power_of_two(rest) };
}

MGD_PRIMITIVE mgd_two_parts mgd__exp_in_parts(double x) {
    const mgd_reduced e = mgd__exp_reduced(x);
    const double y = 1 + e.less_one, rest_of_y = e.less_one - (y - 1);
    return (mgd_two_parts){ y * e.power * e.other, rest_of_y * e.power * e.other };
}

MGD_PRIMITIVE double mgd__exp_double(double x) {
    const double y = mgd__exp_in_parts(x).value;
    return x < -746 ? 0 : x > 710 ? (double)INFINITY : y;
}

/* A float has 29 digits to spare in double arithmetic: one part of r, fewer terms, one factor 2^k. For |x| < 700. */
MGD_PRIMITIVE double mgd__exp_for_float(double x) {
    const double round = 0x1.8p52, bias = 1023;
    const double biased = x * 0x1.71547652b82fep+0 + (round + bias);
    const double r = x - (biased - (round + bias)) * 0x1.62e42fefa39efp-1;

    const double rr = r * r;
    double even = 1.0 / 40320, odd = 1.0 / 5040;
    even = even * rr + 1.0 / 720;
    odd = odd * rr + 1.0 / 120;
    even = even * rr + 1.0 / 24;
    odd = odd * rr + 1.0 / 6;
    even = even * rr + 0.5;
    const double q = even + r * odd;
    return (1 + r + rr * q) * mgd__power_of_two(biased);
}

MGD_PRIMITIVE float mgd__exp_float(float x) {
    const float y = (float)mgd__exp_for_float((double)x);
    return x < -105 ? 0 : x > 89 ? INFINITY : y;
}

/* x to 26 digits, so that a product of two such is exact. */
MGD_PRIMITIVE double mgd__first_half(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits &= ~(uint64_t)0x7ffffff;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* n/d with d = 1 + e: half of the quotient's digits, and the others from the remainder, which has every part of n and
 * d. */
MGD_PRIMITIVE double mgd__sigmoid_double(double x) {
    const mgd_two_parts e = mgd__exp_in_parts(x < 0 ? x : -x);
    const double n = x < 0 ? e.value : 1, rest_of_n = x < 0 ? e.rest : 0;
    const double d = 1 + e.value, rest_of_d = (e.value - (d - 1)) + e.rest;
    const double first = mgd__first_half(d), q = mgd__first_half(n / d);
    const double remainder = ((n - q * first) - q * (d - first)) + (rest_of_n - q * rest_of_d);
    const double y = q + remainder / d;
    return x < -746 ? 0 : x > 746 ? 1 : y;
}

/* x^2 is the exact square of half the digits, and d; exp(-d) is formed from its series. */
MGD_PRIMITIVE double mgd__gaussian_double(double x) {
    const double first = mgd__first_half(x), d = (x - first) * (x + first);
    const mgd_two_parts e = mgd__exp_in_parts(-(first * first));
    const double y = e.value - (e.value * (d - d * d * (0.5 - d * (1.0 / 6))) - e.rest);
    return x < -28 || x > 28 ? 0 : y;
}

MGD_PRIMITIVE float mgd__gaussian_float(float x) {
    const float y = (float)mgd__exp_for_float(-((double)x * (double)x));
    return x < -12 || x > 12 ? 0 : y;
}

MGD_PRIMITIVE float mgd__sigmoid_float(float x) {
    const double e = mgd__exp_for_float((double)(x < 0 ? x : -x));
    const float y = (float)((x < 0 ? e : 1) / (1 + e));
    return x < -105 ? 0 : x > 105 ? 1 : y;
}

/* Within 6 units in the last place for double: e/(1 + e)^2 as it stands. */
MGD_PRIMITIVE double mgd__sigmoid_slope_double(double x) {
    const double e = mgd__exp_in_parts(x < 0 ? x : -x).value, y = e / ((1 + e) * (1 + e));
    return x < -746 || x > 746 ? 0 : y;
}

MGD_PRIMITIVE float mgd__sigmoid_slope_float(float x) {
    const double e = mgd__exp_for_float((double)(x < 0 ? x : -x));
    const float y = (float)(e / ((1 + e) * (1 + e)));
    return x < -105 || x > 105 ? 0 : y;
}

/* For |x| < 700 */
MGD_PRIMITIVE double mgd__expm1_in_range(double x) {
    const mgd_reduced e = mgd__exp_reduced(x);
    const double power = e.power * e.other;
    return power * e.less_one + (power - 1);
}

MGD_PRIMITIVE double mgd__expm1_double(double x) {
    const double small = mgd__expm1_in_range(x), y = x > 40 ? mgd__exp_in_parts(x).value : small;
    return x == 0 ? x : x < -746 ? -1 : x > 710 ? (double)INFINITY : y;
}

/* exp(x)/2, which overflows later than exp(x) does */
MGD_PRIMITIVE double mgd__half_exp(double x) {
    const mgd_reduced e = mgd__exp_reduced(x);
    return (1 + e.less_one) * e.power * (0.5 * e.other);
}

MGD_PRIMITIVE double mgd__cosh_double(double x) {
    const double half = mgd__half_exp(fabs(x)), y = half + 0.25 / half;
    return fabs(x) > 711 ? (double)INFINITY : y;
}

MGD_PRIMITIVE double mgd__sinh_double(double x) {
    const double m = mgd__expm1_in_range(fabs(x)), half = mgd__half_exp(fabs(x));
    const double y = fabs(x) < 1 ? 0.5 * (m + m / (m + 1)) : half - 0.25 / half;
    return copysign(fabs(x) > 711 ? (double)INFINITY : y, x);
}

MGD_PRIMITIVE double mgd__tanh_double(double x) {
    const double m = mgd__expm1_in_range(2 * fabs(x)), y = m / (m + 2);
    return copysign(fabs(x) > 22 ? 1 : y, x);
}

/* log(1 + f) for 0 <= f <= 1 as f - (f^2/2 - s (f^2/2 + r)) with s = f/(2 + f), since log(1 + f) = 2 atanh(s) and r is
 * what atanh's series has behind its first term, doubled and over s (Ng, 1992: the form that fdlibm has): only f itself
 * counts with all its digits. */
MGD_PRIMITIVE double mgd__log1p_of_part(double f, double rest_of_f) {
    const double s = f / (2 + f), z = s * s, zz = z * z, square = 0.5 * f * f;
    double odd = 2.0 / 35, even = 2.0 / 33;
    odd = odd * zz + 2.0 / 31;
    even = even * zz + 2.0 / 29;
    odd = odd * zz + 2.0 / 27;
    even = even * zz + 2.0 / 25;
    odd = odd * zz + 2.0 / 23;
    even = even * zz + 2.0 / 21;
    odd = odd * zz + 2.0 / 19;
    even = even * zz + 2.0 / 17;
    odd = odd * zz + 2.0 / 15;
    even = even * zz + 2.0 / 13;
    odd = odd * zz + 2.0 / 11;
    even = even * zz + 2.0 / 9;
    odd = odd * zz + 2.0 / 7;
    even = even * zz + 2.0 / 5;
    odd = odd * zz + 2.0 / 3;
    return f - ((square - s * (square + z * (odd + z * even))) - rest_of_f / (1 + f));
}

MGD_PRIMITIVE double mgd__softplus_double(double x) {
    const mgd_two_parts e = mgd__exp_in_parts(x < 0 ? x : -x);
    const double y = (x > 0 ? x : 0) + mgd__log1p_of_part(e.value, e.rest);
    return x < -746 ? 0 : x > 746 ? x : y;
}

MGD_PRIMITIVE float mgd__expm1_float(float x) { return (float)mgd__expm1_double((double)x); }
MGD_PRIMITIVE float mgd__cosh_float(float x) { return (float)mgd__cosh_double((double)x); }
MGD_PRIMITIVE float mgd__sinh_float(float x) { return (float)mgd__sinh_double((double)x); }
MGD_PRIMITIVE float mgd__tanh_float(float x) { return (float)mgd__tanh_double((double)x); }
MGD_PRIMITIVE float mgd__softplus_float(float x) { return (float)mgd__softplus_double((double)x); }

#endif
