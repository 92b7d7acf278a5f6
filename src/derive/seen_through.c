/* SPDX-License-Identifier: MIT */
#include "matgrad/derive.h"

#include "ops/ops.h"

/* The operations that another looks past when it is recorded: (X')' is X, solve(X', B) reads X. */
bool mgd_is_seen_through(const mgd_var *v) {
    static const mgd_operation *const seen[] = { &mgd__op_transpose, &mgd__op_negate, &mgd__op_reshape,
                                                 &mgd__op_reverse, &mgd__op_from_diag };
    for (size_t i = 0; v && i < sizeof seen / sizeof seen[0]; i++)
        if (v->op == seen[i]) return true;
    return false;
}
