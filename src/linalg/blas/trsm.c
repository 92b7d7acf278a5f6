/* SPDX-License-Identifier: MIT */
#include "linalg/blas/cblas_real.h"

void LINALG(trsm)(bool upper, bool transposed, bool unit, size_t n, size_t m, const real *t, size_t ldt, real *b,
                  size_t ldb) {
    if (n == 0 || m == 0) return;
    CBLAS(trsm)
    (CblasRowMajor, CblasLeft, upper ? CblasUpper : CblasLower, transpose_of(transposed),
     unit ? CblasUnit : CblasNonUnit, size_of(n), size_of(m), 1, t, size_of(ldt), b, size_of(ldb));
}
