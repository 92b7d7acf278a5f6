/* SPDX-License-Identifier: MIT */
/* Operations that only programs have: what the passes rewrite to. They are never on a user's tape. */
#ifndef MGD_KERNELS_H
#define MGD_KERNELS_H

#include "ops/ops.h"

extern const mgd_operation mgd__op_product, mgd__op_trace_of_product, mgd__op_lu_of_definite, mgd__op_lu_of_triangular,
    mgd__op_diagonal_solve;

/* op(A) op(B), op the transpose where the flag says so. Scalars are not for it. */
enum { MGD_A_TRANSPOSED = 1, MGD_B_TRANSPOSED = 2 };
mgd_var *mgd__product(mgd_var *a, mgd_var *b, int64_t flags);

/* The same where a factor, as it stands, is known to be triangular; what is said is in the parameter's second word. */
typedef enum { MGD_NO_TRIANGLE, MGD_A_LOWER, MGD_A_UPPER, MGD_B_LOWER, MGD_B_UPPER } mgd_triangle;
mgd_var *mgd__triangular_product(mgd_var *a, mgd_var *b, int64_t flags, mgd_triangle triangle);

/* What lu is of a matrix of which more is known, for whatever reads lu: of a definite one by Cholesky, of a triangular
 * one as it stands. What is not declared definite, but follows to be, and is not for rounding, is factorised as lu
 * does. */
mgd_var *mgd__lu_of_definite(mgd_var *a, bool declared);
mgd_var *mgd__lu_of_triangular(mgd_var *a, bool upper);

/* inv(diag(d)) B, d n x 1. */
mgd_var *mgd__diagonal_solve(mgd_var *d, mgd_var *b);

/* trace(A B) */
mgd_var *mgd__trace_of_product(mgd_var *a, mgd_var *b);

#endif
