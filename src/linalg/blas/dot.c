/* SPDX-License-Identifier: MIT */
#include "linalg/blas/cblas_real.h"

real LINALG(dot)(size_t n, const real *x, const real *y) { return CBLAS(dot)(size_of(n), x, 1, y, 1); }
