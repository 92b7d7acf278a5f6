/* SPDX-License-Identifier: MIT */
/* Fractions of 64-bit integers. */
#ifndef MGD_RATIONAL_H
#define MGD_RATIONAL_H

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

#endif
