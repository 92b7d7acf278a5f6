/* SPDX-License-Identifier: MIT */
/* Dense linear algebra on plain row-major arrays, in double (mgd__d...) and float (mgd__s...).
 *
 * Every function has one meaning and two providers, chosen at build time (BLAS=auto|builtin|PKG):
 *     plain/   products and solves in C          blas/     the same through CBLAS
 *     factor/  factorisations in C               lapack/   the same through LAPACK
 * and both/ holds what needs no provider. A file in these five is compiled twice, once for each precision; what stands
 * in this folder, once. block.h and primitives.h make entrywise kernels.
 */
#ifndef MGD_LINALG_H
#define MGD_LINALG_H

#include <stdbool.h>
#include <stddef.h>

#define real double
#define LINALG(name) mgd__d##name
#include "linalg/prototypes.h"
#undef real
#undef LINALG

#define real float
#define LINALG(name) mgd__s##name
#include "linalg/prototypes.h"
#undef real
#undef LINALG

/* What was chosen, for people: "openblas", "builtin"; and for OpenBLAS the kernel that it runs, else "". */
const char *mgd__blas_name(void);
const char *mgd__blas_core(void);

#endif
