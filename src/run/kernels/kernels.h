/* SPDX-License-Identifier: MIT */
/* Operations that only programs have: what the passes rewrite to. They are never on a user's tape. */
#ifndef MGD_KERNELS_H
#define MGD_KERNELS_H

#include "ops/ops.h"

extern const mgd_operation mgd__op_product, mgd__op_trace_of_product;

/* op(A) op(B), op the transpose where the flag says so. Scalars are not for it. */
enum { MGD_A_TRANSPOSED = 1, MGD_B_TRANSPOSED = 2 };
mgd_var *mgd__product(mgd_var *a, mgd_var *b, int64_t flags);

/* trace(A B) */
mgd_var *mgd__trace_of_product(mgd_var *a, mgd_var *b);

#endif
