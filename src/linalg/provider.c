/* SPDX-License-Identifier: MIT */
/* Names the provider of the products and solves. OpenBLAS also tells which processor's kernels it chose; the symbol is
 * weak, so that every other provider links too. */
#include "linalg/linalg.h"

__attribute__((weak)) char *openblas_get_corename(void);

const char *mgd__blas_name(void) { return MGD_BLAS_NAME; }

const char *mgd__blas_core(void) { return openblas_get_corename ? openblas_get_corename() : ""; }
