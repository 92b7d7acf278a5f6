/* SPDX-License-Identifier: MIT */
/* What the two directions share. */
#ifndef MGD_DERIVE_H
#define MGD_DERIVE_H

#include "matgrad/derive.h"
#include "ops/ops.h"

/* Every contribution, of a cotangent or of a tangent, passes through here before it is recorded: node's share for, or
 * from, its operand i, made from the direction t. Mistakes are planted here, and the share's size is checked against
 * `like`. NULL where there is nothing to record, or after an error. */
mgd_var *mgd__contribution(mgd_var *node, size_t i, mgd_var *share, mgd_var *t, const mgd_var *like);

/* g as a gradient by x, or a direction of x: projected on what x is declared to be. NULL flows through. */
mgd_var *mgd__project(const mgd_var *x, mgd_var *g);

/* Are all of one tape, which has no error, and direction and `like` of one size? Else the error is raised, in the name
 * of `what`. */
bool mgd__derivable(const char *what, mgd_var *y, mgd_var *x, mgd_var *direction, const mgd_var *like);

#endif
