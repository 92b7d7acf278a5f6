/* SPDX-License-Identifier: MIT */
/* col_sums: the sum of each column.
 *
 * value        c(j) = sum over i of A(i,j), a row
 * pullback     dA += ones(rows, 1) dc
 * pushforward  c. = col_sums(A.)
 */
#include "ops/ops.h"

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return mgd__repeat(t, c->arg[i]->rows, c->arg[i]->cols); }

const mgd_operation mgd__op_col_sums = {
    .name = "col_sums",
    .operands = 1,
    .notation = "colsum({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .reduce = mgd__reduce_single,
    .meaning = mgd__meaning_of_sums,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
    .reduction = &mgd__sums,
    .axis = MGD_COLS,
};

/** The sum of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_sums(mgd_var *A) { return mgd__record1(&mgd__op_col_sums, A); }
