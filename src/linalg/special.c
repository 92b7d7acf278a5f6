/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* lgamma_r */
#include "linalg/special.h"

#include <math.h>

double mgd__log_gamma(double x) {
    int sign;
    return lgamma_r(x, &sign);
}

static double factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

/* The asymptotic series at a large x (Abramowitz and Stegun 6.3.18 and 6.4.11), without the sign (-1)^(n-1). */
static double far_out(int n, double x) {
    static const double bernoulli[] = { 1.0 / 6,       -1.0 / 30, 1.0 / 42,      -1.0 / 30,     5.0 / 66,
                                        -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798, -174611.0 / 330 };
    double sum = n ? factorial(n - 1) / pow(x, n) + factorial(n) / (2 * pow(x, n + 1)) : 1 / (2 * x) - log(x);
    double coefficient = factorial(n + 1) / 2 / pow(x, n + 2); /* (2k + n - 1)!/(2k)! x^-(2k + n) for k = 1 */
    for (int k = 1; k <= 10; k++) {
        sum += bernoulli[k - 1] * coefficient;
        coefficient *= (2.0 * k + n) * (2.0 * k + n + 1) / ((2.0 * k + 1) * (2.0 * k + 2)) / (x * x);
    }
    return sum;
}

double mgd__polygamma(int n, double x) {
    if (isnan(x) || (x <= 0 && x == floor(x))) return (double)NAN;
    double near = 0, far = 20 + n;
    for (; x < far; x++) near += factorial(n) / pow(x, n + 1);
    double sum = near + far_out(n, x);
    return n % 2 ? sum : -sum;
}
