/* SPDX-License-Identifier: MIT */
/* y += alpha x. */
#include "linalg/real.h"

void LINALG(axpy)(size_t n, real alpha, const real *restrict x, real *restrict y) {
    for (size_t i = 0; i < n; i++) y[i] += alpha * x[i];
}
