/* SPDX-License-Identifier: MIT */
#ifndef MGD_EXECUTE_H
#define MGD_EXECUTE_H

#include "ops/ops.h"

/* Computes v's value into its slot; those of its operands are there. False, with the evaluation's error. */
bool mgd__execute(mgd_var *v);

/* Memory of the tape's for one computation, 64-byte aligned; NULL where there is none. */
double *mgd__scratch_room(mgd_tape *t, size_t bytes);

#endif
