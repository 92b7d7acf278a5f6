/* SPDX-License-Identifier: MIT */
/* Each function computes the value as C would, and beside it how far the operands' errors carry and what the rounding
 * adds. The bounds are rounded too, and may underflow; bound() makes up for both. */
#include "bounded.h"

#include <math.h>

static bounded bound(double value, double error) { return (bounded){ value, error * (1 + 0x1p-49) + 0x1p-1072 }; }

double bounded_rounding(double x) { return fabs(x) * 0x1p-53 + 0x1p-1074; }

bounded bounded_exactly(double x) { return (bounded){ x, 0 }; }

bounded bounded_plus(bounded x, bounded y) {
    const double sum = x.value + y.value;
    return bound(sum, x.error + y.error + bounded_rounding(sum));
}

bounded bounded_minus(bounded x, bounded y) {
    const double difference = x.value - y.value;
    return bound(difference, x.error + y.error + bounded_rounding(difference));
}

bounded bounded_times(bounded x, bounded y) {
    const double product = x.value * y.value;
    return bound(product,
                 fabs(x.value) * y.error + x.error * fabs(y.value) + x.error * y.error + bounded_rounding(product));
}

bounded bounded_over(bounded x, bounded y) {
    const double quotient = x.value / y.value, least = fabs(y.value) - y.error;
    if (!(least > 0)) return (bounded){ quotient, INFINITY };
    return bound(quotient, (x.error + fabs(quotient) * y.error) / least + bounded_rounding(quotient));
}

/* expm1 is infinite where the exponent's error is large, and the power may be 0: then the power at the far end counts.
 */
bounded bounded_exp(bounded x) {
    const double power = exp(x.value), end = x.value + x.error + 2 * bounded_rounding(x.value);
    const double carried = x.error < 1 ? power * expm1(x.error) : exp(end) * (1 + 0x1p-40);
    return bound(power, carried + 2 * bounded_rounding(power));
}

double bounded_ulps(double x, double y) {
    if (x == y) return 0;
    const double larger = fmax(fabs(x), fabs(y));
    return fabs(x - y) / fmax(larger - nextafter(larger, 0), 0x1p-1074);
}
