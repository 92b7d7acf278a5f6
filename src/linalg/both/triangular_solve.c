/* SPDX-License-Identifier: MIT */
/* B = inv(op(L)) B: the lower triangle with its own diagonal. */
#include "linalg/real.h"

void LINALG(triangular_solve)(bool transposed, size_t n, size_t m, const real *l, size_t ldl, real *b, size_t ldb) {
    LINALG(trsm)(false, transposed, false, n, m, l, ldl, b, ldb);
}
