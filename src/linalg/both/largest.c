/* SPDX-License-Identifier: MIT */
/* The largest magnitude of an array: what a factorisation scales by, and its test for entries that are not finite. */
#include "linalg/real.h"

#include <math.h>

real LINALG(largest)(size_t n, const real *x) {
    real most = 0;
    for (size_t i = 0; i < n; i++) {
        const real magnitude = x[i] < 0 ? -x[i] : x[i];
        if (!(magnitude <= most)) most = magnitude; /* a NaN enters here ... */
        if (isnan(most)) return most;               /* ... and stays */
    }
    return most;
}
