/* SPDX-License-Identifier: MIT */
/* sum: the sum of all entries.
 *
 * value        s = sum of A(i,j)
 * pullback     dA += ds ones(rows, cols)
 * pushforward  s. = sum(A.)
 */
#include "ops/ops.h"

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__spread(t, c->arg[i]); }

const mgd_operation mgd__op_sum = {
    .name = "sum",
    .operands = 1,
    .notation = "sum({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .reduce = mgd__reduce_single,
    .meaning = mgd__meaning_of_sums,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .reduction = &mgd__sums,
    .axis = MGD_ALL,
};

/** The sum of all entries, 1x1. */
mgd_var *mgd_sum(mgd_var *A) { return mgd__record1(&mgd__op_sum, A); }
