/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* lgamma_r */
#include "linalg/special.h"

#include <math.h>

double mgd__log_gamma(double x) {
    int sign;
    return lgamma_r(x, &sign);
}

/* ---- polygamma from 0 on ---- */

static double factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

static double power(double x, int n) {
    double p = 1;
    for (; n; n >>= 1, x *= x)
        if (n & 1) p *= x;
    return p;
}

enum { TERMS = 10, FAR = 10 }; /* of the asymptotic series, and where it serves for digamma */

static const double bernoulli[TERMS] = { 1.0 / 6,       -1.0 / 30, 1.0 / 42,      -1.0 / 30,     5.0 / 66,
                                         -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798, -174611.0 / 330 };

/* The asymptotic series of (-1)^(n-1) polygamma (Abramowitz and Stegun 6.4.11) at x >= FAR + n, n > 0, times x^n. */
static double far_out(int n, double x) {
    double sum = 0, coefficient[TERMS]; /* (2k + n - 1)!/(2k)! x^(-2k) */
    coefficient[0] = factorial(n + 1) / 2 / (x * x);
    for (int k = 1; k < TERMS; k++)
        coefficient[k] =
            coefficient[k - 1] * (2.0 * k + n) * (2.0 * k + n + 1) / ((2.0 * k + 1) * (2.0 * k + 2)) / (x * x);
    for (int k = TERMS - 1; k >= 0; k--) sum += bernoulli[k] * coefficient[k];
    return factorial(n - 1) + (factorial(n) / (2 * x) + sum);
}

/* Where the terms underflow x^n may overflow: it is divided by in two steps. */
static double positive_polygamma(int n, double x) {
    double far = x, sum;
    int steps = 0;
    for (; far < FAR + n; steps++) far = x + steps + 1;
    sum = isinf(x) ? 0 : far_out(n, far) / power(far, n / 2) / power(far, n - n / 2);
    while (steps--) sum += factorial(n) / power(x + steps, n + 1);
    return n % 2 ? sum : -sum;
}

/* Digamma less its value 0 at the root r, term by term: every term has the factor x - r and the same sign, so that no
 * digit is lost, at the root least of all. psi(x) = log x - 1/(2x) - sum of b/(2k) x^(-2k), and psi(x + 1) = psi(x) +
 * 1/x. */
static double digamma_by_its_root(double x) {
    const double root = 0x1.762d86356be3fp+0, rest_of_root = 0x1.b86a722197829p-54;
    double gap = (x - root) - rest_of_root, near = 0, series = 0;
    double far = x + FAR, far_root = root + FAR;
    double q = 1 / (far * far), s = 1 / (far_root * far_root), mixed = 1, power_of_s = 1;
    double factor = (far + far_root) * q * s; /* q^k - s^k = -gap factor (q^(k-1) + q^(k-2) s + ... + s^(k-1)) */
    for (int k = 1; k <= TERMS; k++) {
        series += bernoulli[k - 1] / (2 * k) * mixed;
        power_of_s *= s;
        mixed = mixed * q + power_of_s;
    }
    double of_log = gap == 0 ? 1 / far_root : log1p(gap / far_root) / gap;
    double sum = of_log + 0.5 / (far * far_root) + series * factor;
    for (int k = FAR - 1; k >= 0; k--) near += 1 / ((root + k) * (x + k));
    return gap * (sum + near);
}

static double positive_digamma(double x) {
    if (x < FAR) return digamma_by_its_root(x);
    double xx = x * x, q = 1 / xx, sum = 0;
    for (int k = TERMS; k >= 1; k--) sum = (sum + bernoulli[k - 1] / (2 * k)) * q;
    return log(x) - (1 / (2 * x) + sum);
}

static double positive(int n, double x) { return n ? positive_polygamma(n, x) : positive_digamma(x); }

/* ---- and below 0, by reflection ---- */

/* cot(pi x), with all its digits near the poles and the zeros. */
static double cotangent(double x) {
    double f = x - nearbyint(x), g = fabs(f);
    return copysign(g < 0.25 ? 1 / tan(MGD__PI * g) : tan(MGD__PI * (0.5 - g)), f);
}

/* The n-th derivative of cot(pi x), over pi^n: a polynomial in c = cot(pi x), which d/dx turns into -(1 + c^2) times
 * its derivative by c. */
static double derivative_of_cotangent(int n, double x) {
    double p[MGD__MOST_POLYGAMMA + 3] = { 0, 1 }, c = cotangent(x);
    for (int order = 1; order <= n; order++) {
        double lower = 0;
        for (int k = 0; k <= order + 1; k++) {
            double old = p[k];
            p[k] = -((k + 1) * p[k + 1] + (k - 1) * lower);
            lower = old;
        }
    }
    double sum = p[n + 1]; /* not 0, beside a cotangent that may be infinite */
    for (int k = n; k >= 0; k--) sum = sum * c + p[k];
    return sum;
}

/* psi(x) = (-1)^n psi(1 - x) - pi d^n/dx^n cot(pi x) */
static double reflected(int n, double x) {
    double mirrored = positive(n, 1 - x);
    return (n % 2 ? -mirrored : mirrored) - power(MGD__PI, n + 1) * derivative_of_cotangent(n, x);
}

double mgd__polygamma(int n, double x) {
    if (isnan(x) || n < 0 || n > MGD__MOST_POLYGAMMA || x == -(double)INFINITY) return (double)NAN;
    if (x == 0) return n % 2 ? (double)INFINITY : copysign((double)INFINITY, -x);
    if (x < 0 && x == floor(x)) return n % 2 ? (double)INFINITY : (double)NAN;
    return x < 0 ? reflected(n, x) : positive(n, x);
}
