/* SPDX-License-Identifier: MIT */
/* x'y in eight running sums, which the compiler keeps in vectors. */
#include "linalg/real.h"

enum { LANES = 8 };

real LINALG(dot)(size_t n, const real *x, const real *y) {
    real part[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) part[lane] += x[i + lane] * y[i + lane];
    for (size_t lane = 0; i < n; i++, lane++) part[lane] += x[i] * y[i];
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}
