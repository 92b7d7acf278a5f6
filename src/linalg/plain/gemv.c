/* SPDX-License-Identifier: MIT */
#include "linalg/real.h"

void LINALG(gemv)(bool a_transposed, size_t m, size_t n, real alpha, const real *a, size_t lda, const real *x,
                  real beta, real *y) {
    LINALG(gemv_by_hand)(a_transposed, m, n, alpha, a, lda, x, beta, y);
}
