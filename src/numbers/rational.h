/* SPDX-License-Identifier: MIT */
/* Fractions of 64-bit integers. */
#ifndef MGD_RATIONAL_H
#define MGD_RATIONAL_H

#include <math.h>
#include <stdint.h>

/* The greatest common divisor, >= 0. */
static inline int64_t mgd__common_divisor(int64_t a, int64_t b) {
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a < 0 ? -a : a;
}

__extension__ typedef unsigned __int128 mgd_wide;

/* The double nearest to n/d, d > 0: 64 bits or more of the quotient, of which the last tells whether anything is left
 * over, are rounded once. */
static inline double mgd__nearest_double(int64_t n, int64_t d) {
    if (n == 0) return 0;
    uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    int zeros = __builtin_clzll(magnitude);
    mgd_wide dividend = (mgd_wide)(magnitude << zeros) << 64, quotient = dividend / (uint64_t)d;
    quotient |= dividend % (uint64_t)d != 0;
    double x = ldexp((double)quotient, -64 - zeros);
    return n < 0 ? -x : x;
}

#endif
