/* SPDX-License-Identifier: MIT */
/* The sum of n numbers: pairwise above a block of numbers, in eight running sums below, which is what lets the
 * compiler use vectors without reordering anything that is written here. */
#include "linalg/real.h"

enum { LANES = 8, BLOCK = 256 };

static real block_sum(size_t n, const real *x) {
    real part[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) part[lane] += x[i + lane];
    for (size_t lane = 0; i < n; i++, lane++) part[lane] += x[i];
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

real LINALG(sum)(size_t n, const real *x) {
    if (n <= BLOCK) return block_sum(n, x);
    size_t half = n / 2 / BLOCK * BLOCK;
    if (half == 0) half = BLOCK;
    return LINALG(sum)(half, x) + LINALG(sum)(n - half, x + half);
}
