/* SPDX-License-Identifier: MIT */
#ifndef MGD_EXECUTE_H
#define MGD_EXECUTE_H

#include "ops/ops.h"

/* Computes v's value into its slot; those of its operands are there. False, with the evaluation's error. */
bool mgd__execute(mgd_var *v);

#endif
