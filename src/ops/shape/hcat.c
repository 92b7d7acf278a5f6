/* SPDX-License-Identifier: MIT */
/* hcat: matrices side by side.
 *
 * value        C = [A B ...]
 * pullback     dA += block(dC), each its own columns
 * pushforward  C. = place(A.) for each operand, in its columns
 */
#include "ops/shape/cat.h"

const mgd_operation mgd__op_hcat = {
    .name = "hcat",
    .operands = MGD_ANY_NUMBER,
    .parameter = MGD_PARAMETER_SIZES,
    .meaning = mgd__cat_meaning,
    .kernel = mgd__cat_kernel,
    .pullback = mgd__cat_pullback,
    .pushforward = mgd__cat_pushforward,
};

/** [A B ...], n matrices side by side, which have one number of rows. */
mgd_var *mgd_hcat(size_t n, mgd_var *const *A) { return mgd__cat(&mgd__op_hcat, n, A, false); }
