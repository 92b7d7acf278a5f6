/* SPDX-License-Identifier: MIT */
/* reciprocal: 1 over every entry.
 *
 * value        C = A.^-1
 * singular     at 0 and -0 infinities, with slope -inf
 */
#include "ops/ops.h"

/** 1 ./ A, entry by entry. */
mgd_var *mgd_reciprocal(mgd_var *A) { return mgd_power_rational(A, -1, 1); }
