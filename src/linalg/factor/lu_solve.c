/* SPDX-License-Identifier: MIT */
/* With P A = L U: inv(A) = inv(U) inv(L) P, inv(A') = P' inv(L') inv(U'). */
#include "linalg/factor/factor.h"

void LINALG(lu_solve)(bool transposed, size_t n, size_t m, const real *lu, const real *pivots, real *b, size_t ldb) {
    if (transposed) {
        LINALG(trsm)(true, true, false, n, m, lu, n, b, ldb);
        LINALG(trsm)(false, true, true, n, m, lu, n, b, ldb);
        for (size_t i = n; i-- > 0;) swap_numbers(m, b + i * ldb, b + (size_t)pivots[i] * ldb);
    } else {
        for (size_t i = 0; i < n; i++) swap_numbers(m, b + i * ldb, b + (size_t)pivots[i] * ldb);
        LINALG(trsm)(false, false, true, n, m, lu, n, b, ldb);
        LINALG(trsm)(true, false, false, n, m, lu, n, b, ldb);
    }
}

bool LINALG(lu_is_unit_lower)(void) { return true; }
