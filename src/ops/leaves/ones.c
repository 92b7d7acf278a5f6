/* SPDX-License-Identifier: MIT */
/* ones: every entry is 1.
 *
 * value        C(i,j) = 1
 */
#include "ops/leaves/fill.h"
#include "ops/traits.h"

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    (void)of;
    return MGD_POSITIVE | MGD_SEMIDEFINITE;
}

const mgd_operation mgd__op_ones = {
    .name = "ones",
    .parameter = MGD_PARAMETER_RATIONAL,
    .notation = "ones(%r,%c)",
    .precedence = MGD_ATOM,
    .reduce = mgd__fill_reduce,
    .meaning = mgd__fill_meaning,
    .kernel = mgd__fill_kernel,
    .traits = traits,
};

/** The rows x cols matrix of ones. */
mgd_var *mgd_ones(mgd_tape *t, int64_t rows, int64_t cols) {
    return mgd_ones_sized(t, mgd_size_number(t, rows), mgd_size_number(t, cols));
}

/** The same of a size in names. */
mgd_var *mgd_ones_sized(mgd_tape *t, const mgd_size *rows, const mgd_size *cols) {
    return mgd__fill(t, &mgd__op_ones, 1, rows, cols);
}

mgd_var *mgd__ones_like(const mgd_var *v) { return mgd__fill_like(&mgd__op_ones, 1, v); }
bool mgd__is_ones(const mgd_var *v) { return mgd__is_fill(v, &mgd__op_ones, 1); }
