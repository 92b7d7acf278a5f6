/* SPDX-License-Identifier: MIT */
#ifndef MGD_BRANCH_H
#define MGD_BRANCH_H

#include "ops/ops.h"

extern const mgd_operation mgd__op_branch;

#endif
