/* SPDX-License-Identifier: MIT */
/* The Fortran symbols of LAPACK that this folder calls, in the precision at hand. A character argument has a hidden
 * length at the end. LAPACK stores columns: a row-major matrix is its own transpose there. */
#ifndef MGD_LAPACK_H
#define MGD_LAPACK_H

#include "linalg/blas/cblas_real.h"

#ifdef MGD_FLOAT
#define LAPACK(name) s##name##_
#else
#define LAPACK(name) d##name##_
#endif

void LAPACK(getrf)(const int *m, const int *n, real *a, const int *lda, int *pivots, int *info);
void LAPACK(potrf)(const char *triangle, const int *n, real *a, const int *lda, int *info, size_t);
void LAPACK(gelqf)(const int *m, const int *n, real *a, const int *lda, real *tau, real *work, const int *size,
                   int *info);
void LAPACK(orglq)(const int *m, const int *n, const int *k, real *a, const int *lda, const real *tau, real *work,
                   const int *size, int *info);
void LAPACK(syevd)(const char *job, const char *triangle, const int *n, real *a, const int *lda, real *l, real *work,
                   const int *size, int *iwork, const int *isize, int *info, size_t, size_t);
void LAPACK(gesdd)(const char *job, const int *m, const int *n, real *a, const int *lda, real *s, real *u,
                   const int *ldu, real *vt, const int *ldvt, real *work, const int *size, int *iwork, int *info,
                   size_t);
void LAPACK(gees)(const char *job, const char *sort, const void *select, const int *n, real *a, const int *lda,
                  int *selected, real *wr, real *wi, real *u, const int *ldu, real *work, const int *size, int *flags,
                  int *info, size_t, size_t);

#endif
