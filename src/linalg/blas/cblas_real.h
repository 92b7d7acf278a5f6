/* SPDX-License-Identifier: MIT */
/* CBLAS's names in the precision at hand, and its arguments from ours. The layer above refuses sizes beyond an int. */
#ifndef MGD_CBLAS_REAL_H
#define MGD_CBLAS_REAL_H

#include "linalg/real.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>

#ifdef MGD_FLOAT
#define CBLAS(name) cblas_s##name
#else
#define CBLAS(name) cblas_d##name
#endif

static inline int size_of(size_t n) {
    assert(n <= INT_MAX);
    return (int)n;
}

/* CBLAS refuses a distance of 0 even between the rows of an empty matrix. */
static inline int distance_of(size_t ld) { return ld == 0 ? 1 : size_of(ld); }

static inline enum CBLAS_TRANSPOSE transpose_of(bool transposed) { return transposed ? CblasTrans : CblasNoTrans; }

#endif
