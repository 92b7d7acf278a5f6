/* SPDX-License-Identifier: MIT */
#ifndef MGD_CHECK_OPERATION_H
#define MGD_CHECK_OPERATION_H

#include "matgrad/check.h"

/* mgd_check_operation for operands that fit the operation. What cannot be tried, since a size, a value or a rule is not
 * to be had away from the tape of the operands, holds with a message. */
mgd_gradient_check mgd__try_operation(const mgd_operation *op, size_t n, mgd_var *const *operands);

#endif
