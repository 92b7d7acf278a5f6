/* SPDX-License-Identifier: MIT */
/* square: the square, entry by entry.
 *
 * value        C = A.^2
 */
#include "ops/ops.h"

/** A.^2, entry by entry. */
mgd_var *mgd_square(mgd_var *A) { return mgd_power_rational(A, 2, 1); }
