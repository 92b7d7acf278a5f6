/* SPDX-License-Identifier: MIT */
/* row_sums: the sum of each row.
 *
 * value        c(i) = sum over j of A(i,j), a column
 * pullback     dA += dc ones(1, cols)
 * pushforward  c. = row_sums(A.)
 */
#include "ops/ops.h"

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__repeat(t, c->arg[i]->rows, c->arg[i]->cols); }

const mgd_operation mgd__op_row_sums = {
    .name = "row_sums",
    .operands = 1,
    .notation = "rowsum({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .reduce = mgd__reduce_single,
    .meaning = mgd__meaning_of_sums,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .reduction = &mgd__sums,
    .axis = MGD_ROWS,
};

/** The sum of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_sums(mgd_var *A) { return mgd__record1(&mgd__op_row_sums, A); }
