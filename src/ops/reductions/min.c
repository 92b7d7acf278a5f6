/* SPDX-License-Identifier: MIT */
/* min: the smallest entry of all, of each row or of each column.
 *
 * value        c(i) = the smallest of A's entries in group i: all, a row or a column
 * pullback     dA += chain(repeat(dc), E) with E = is_equal(A, repeat(c)) over the number of such entries in the group
 * pushforward  c. = the sums of chain(A., E)
 * singular     equal entries share the slope equally; a NaN among the entries is the result, and its gradient
 */
#include "ops/reductions/extreme.h"

enum { SIGN = -1 };

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd__extreme_meaning(S, SIGN, s, in, out);
}

MGD_BLOCK2(farther, a < b || a != a ? a : b);

static void start(size_t n, double *state) { mgd__extreme_start(SIGN, n, state); }

static void block(mgd_isa isa, size_t n, const double *x, double *state) {
    *state = mgd__extreme_of_block(&farther, SIGN, isa, n, x);
}

static void row(mgd_isa isa, size_t n, size_t apart, const double *x, double *state) {
    (void)apart;
    farther.of[0][isa](0, n, (const void *[]){ x, state }, state);
}

static void combine(size_t n, double *state, const double *other) { mgd__extreme_combine(SIGN, n, state, other); }

static const mgd_reduction reduction = { 1, start, block, row, combine, NULL };

const mgd_operation mgd__op_min = {
    .name = "min",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "min({1})|rowmin({1})|colmin({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .reduce = mgd__reduce_single,
    .meaning = meaning,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = mgd__reduction_pullback,
    .pushforward = mgd__reduction_pushforward,
    .reduction = &reduction,
    .slope = mgd__extreme_slope,
};

/** The smallest of all entries, 1x1; NaN where one is NaN. */
mgd_var *mgd_min(mgd_var *A) { return mgd__along(&mgd__op_min, MGD_ALL, A); }

/** The smallest entry of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_minima(mgd_var *A) { return mgd__along(&mgd__op_min, MGD_ROWS, A); }

/** The smallest entry of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_minima(mgd_var *A) { return mgd__along(&mgd__op_min, MGD_COLS, A); }
