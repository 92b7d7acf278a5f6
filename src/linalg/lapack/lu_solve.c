/* SPDX-License-Identifier: MIT */
/* A = L U P' with P = P_1 ... P_n, the exchanges of lu.c: inv(A) = P inv(U) inv(L), inv(A') = inv(L') inv(U') P'. */
#include "linalg/lapack/lapack.h"

static void exchange(size_t m, real *b, size_t ldb, size_t i, size_t j) {
    if (i != j) CBLAS(swap)(size_of(m), b + i * ldb, 1, b + j * ldb, 1);
}

void LINALG(lu_solve)(bool transposed, size_t n, size_t m, const real *lu, const real *pivots, real *b, size_t ldb) {
    if (transposed) {
        for (size_t i = 0; i < n; i++) exchange(m, b, ldb, i, (size_t)pivots[i]);
        LINALG(trsm)(true, true, true, n, m, lu, n, b, ldb);
        LINALG(trsm)(false, true, false, n, m, lu, n, b, ldb);
    } else {
        LINALG(trsm)(false, false, false, n, m, lu, n, b, ldb);
        LINALG(trsm)(true, false, true, n, m, lu, n, b, ldb);
        for (size_t i = n; i-- > 0;) exchange(m, b, ldb, i, (size_t)pivots[i]);
    }
}

bool LINALG(lu_is_unit_lower)(void) { return false; }
