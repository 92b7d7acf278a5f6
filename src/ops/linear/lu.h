/* SPDX-License-Identifier: MIT */
/* What kernels read of a factorisation. */
#ifndef MGD_LU_H
#define MGD_LU_H

#include "ops/ops.h"

typedef struct {
    size_t n;
    const double *lu, *pivots; /* as linalg/ has them */
    size_t zero_pivot;         /* from 1; 0 where the matrix is regular */
} mgd_factors;

mgd_factors mgd__factors(const mgd_array *lu);
bool mgd__is_regular(const mgd_step *s, mgd_factors f); /* else an error that names the operand and the pivot */

#endif
