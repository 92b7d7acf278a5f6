/* SPDX-License-Identifier: MIT */
/* Applying a user's operation: here, above what differentiates and evaluates, since the first time its rules may be
 * tried. */
#include "check/operation.h"
#include "ops/ops.h"

static bool rules_hold(const mgd_operation *op, size_t n, mgd_var *const *operands) {
    if (!mgd__operation_take_check(op)) return true;
    mgd_gradient_check c = mgd__try_operation(op, n, operands);
    if (c.holds) return true;
    mgd_operation_set_checked((mgd_operation *)(uintptr_t)op, true);
    return mgd__refuse(operands[0]->tape, "%s", c.message);
}

mgd_var *mgd_apply(const mgd_operation *op, size_t n, mgd_var *const *operands) {
    if (!op || !operands) return NULL;
    for (size_t i = 0; i < n; i++) {
        mgd_tape *t = operands[i] ? operands[i]->tape : NULL;
        if (!t) continue;
        if (op->user && n == (size_t)op->operands) {
            mgd_var *v = mgd__apply(op, MGD_NO_PARAMETERS, 0, 0, n, operands);
            return v && rules_hold(op, n, operands) ? v : NULL;
        }
        mgd__refuse(t, op->user ? "%s takes %d operands, not %zu" : "%s is not an operation of your own", op->name,
                    op->operands, n);
        return NULL;
    }
    return NULL;
}
