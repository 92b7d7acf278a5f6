/* SPDX-License-Identifier: MIT */
/* vcat: matrices one below another.
 *
 * value        C = [A; B; ...]
 * pullback     dA += block(dC), each its own rows
 * pushforward  C. = place(A.) for each operand, in its rows
 */
#include "ops/shape/cat.h"

const mgd_operation mgd__op_vcat = {
    .name = "vcat",
    .operands = MGD_ANY_NUMBER,
    .parameter = MGD_PARAMETER_SIZES,
    .meaning = mgd__cat_meaning,
    .kernel = mgd__cat_kernel,
    .pullback = mgd__cat_pullback,
    .pushforward = mgd__cat_pushforward,
};

/** [A; B; ...], n matrices one below another, which have one number of columns. */
mgd_var *mgd_vcat(size_t n, mgd_var *const *A) { return mgd__cat(&mgd__op_vcat, n, A, true); }
