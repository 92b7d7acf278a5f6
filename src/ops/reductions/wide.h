/* SPDX-License-Identifier: MIT */
/* Numbers with an exponent of their own, so that a product overflows only where it is itself too large. */
#ifndef MGD_WIDE_H
#define MGD_WIDE_H

#include <math.h>
#include <stdint.h>

/* x times 2 to the power e, with |x| between 2^-256 and 2^256, or 0, or not finite. */
typedef struct {
    double x;
    int64_t e;
} mgd_wide;

static inline mgd_wide mgd__wide(double x, int64_t e) {
    const double magnitude = fabs(x);
    if ((magnitude >= 0x1p-256 && magnitude <= 0x1p256) || x == 0 || !isfinite(x)) return (mgd_wide){ x, e };
    int exponent;
    x = frexp(x, &exponent);
    return (mgd_wide){ x, e + exponent };
}

static inline mgd_wide mgd__wide_times(mgd_wide a, mgd_wide b) { return mgd__wide(a.x * b.x, a.e + b.e); }

static inline double mgd__power_of_two_times(double x, int64_t e) {
    return ldexp(x, e > 8000 ? 8000 : e < -8000 ? -8000 : (int)e);
}

/* What falls below the smallest double on being shifted is far below the other's last digit. */
static inline mgd_wide mgd__wide_plus(mgd_wide a, mgd_wide b) {
    if (a.x == 0) return b;
    if (b.x == 0) return a;
    const mgd_wide large = a.e >= b.e ? a : b, small = a.e >= b.e ? b : a;
    return mgd__wide(large.x + mgd__power_of_two_times(small.x, small.e - large.e), large.e);
}

static inline double mgd__wide_value(mgd_wide a) { return mgd__power_of_two_times(a.x, a.e); }

#endif
