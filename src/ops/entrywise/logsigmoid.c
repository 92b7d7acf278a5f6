/* SPDX-License-Identifier: MIT */
/* logsigmoid: the logarithm of the logistic function, entry by entry.
 *
 * value        C = -softplus(-A)
 * singular     -inf at -inf with slope 1, 0 at +inf with slope 0
 */
#include "ops/ops.h"

/** log(sigmoid(A)), entry by entry, without underflow. */
mgd_var *mgd_logsigmoid(mgd_var *A) { return mgd_negate(mgd_softplus(mgd_negate(A))); }
