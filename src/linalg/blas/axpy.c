/* SPDX-License-Identifier: MIT */
#include "linalg/blas/cblas_real.h"

void LINALG(axpy)(size_t n, real alpha, const real *x, real *y) { CBLAS(axpy)(size_of(n), alpha, x, 1, y, 1); }
