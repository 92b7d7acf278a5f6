/* SPDX-License-Identifier: MIT */
/* triu: the upper triangle.
 *
 * value        C = lower(A')':  C(i,j) = A(i,j) on and above the diagonal, 0 below
 */
#include "ops/ops.h"

/** The upper triangle of A, its diagonal included; 0 below. */
mgd_var *mgd_triu(mgd_var *A) { return mgd_transpose(mgd_lower(mgd_transpose(A))); }
