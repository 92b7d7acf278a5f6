/* SPDX-License-Identifier: MIT */
/* clamp: every entry moved into an interval.
 *
 * value        C = minimum(maximum(A, L), U)
 * singular     at a bound A and the bound share equally: both slopes are 1/2; U where L > U; NaN where any is NaN
 */
#include "ops/ops.h"

/** A, but L where A is less and U where it is more, entry by entry. L and U are constants or variables, of A's size or
 * 1x1. */
mgd_var *mgd_clamp(mgd_var *A, mgd_var *L, mgd_var *U) {
    mgd_var *const all[] = { A, L, U };
    return mgd__all_live("clamp", 3, all) ? mgd_minimum(mgd_maximum(A, L), U) : NULL;
}
