/* SPDX-License-Identifier: MIT */
/* Operations of your own.
 *
 *     static bool cube(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n);      // numbers
 *     static mgd_var *cube_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {                 // recorded
 *         mgd_var *x = mgd_operand(c, 0);
 *         return mgd_hadamard(dc, mgd_scale(mgd_number(mgd_tape_of(c), 3), mgd_hadamard(x, x)));
 *     }
 *     mgd_operation *op = mgd_operation_new("cube", 1);
 *     mgd_operation_set_value(op, cube);
 *     mgd_operation_set_pullback(op, cube_pullback);
 *     mgd_var *y = mgd_apply(op, 1, &x);
 *
 * The operation is yours: free it after the last tape that uses it. Set all that it has before the first mgd_apply.
 */
#ifndef MATGRAD_OPERATION_H
#define MATGRAD_OPERATION_H

#include "matgrad/run.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An operation of so many operands, 1 to 8. name is copied. NULL without memory or where an argument is wrong. */
mgd_operation *mgd_operation_new(const char *name, size_t operands) MGD_CHECK_RESULT;
void mgd_operation_free(mgd_operation *op);

/* Passed to every function below; NULL unless set. */
void mgd_operation_set_user(mgd_operation *op, void *user);

/* The result's size from the operands', which may be of another tape than yours (mgd_compile and mgd_equal copy): make
 * the sizes from theirs. Without it all operands must have one size, which is the result's. Returns
 * false, with the reason in why (n chars), where the operands do not fit. */
typedef bool mgd_shape_function(void *user, const mgd_var *const *operands, const mgd_size **rows,
                                const mgd_size **cols, char *why, size_t n);
void mgd_operation_set_shape(mgd_operation *op, mgd_shape_function *shape);

/* The value: in are the operands and out the result, row by row in double. Returns false, with the reason in why (n
 * chars), where it is undefined. Without it the operation can be recorded and differentiated, not evaluated. */
typedef bool mgd_value_function(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n);
void mgd_operation_set_value(mgd_operation *op, mgd_value_function *value);

/* The derivatives, recorded with the library's operations: the share of operand i in the adjoint, given the cotangent
 * of c; and the part of c's tangent that comes from operand i's. NULL stands for no contribution. Without a pullback a
 * gradient through the operation is refused; without a pushforward it is computed by transposing the pullback. */
typedef mgd_var *mgd_rule_function(void *user, mgd_var *c, size_t i, mgd_var *direction);
void mgd_operation_set_pullback(mgd_operation *op, mgd_rule_function *pullback);
void mgd_operation_set_pushforward(mgd_operation *op, mgd_rule_function *pushforward);

/* Whether the first mgd_apply tries the rules as mgd_check_operation (check.h) does, and refuses the operation where
 * they are not the derivatives of its value, with the entry, what the rule says, and what differences say. It does
 * where the library was built for debugging (MODE=debug, MODE=asan), unless told not to; elsewhere only when told to.
 * Say false for an operation whose rules are not to be its derivative, such as one that stops gradients. */
void mgd_operation_set_checked(mgd_operation *op, bool checked);

/* Records op on n operands, all on one tape. NULL after an error. */
mgd_var *mgd_apply(const mgd_operation *op, size_t n, mgd_var *const *operands);

#ifdef __cplusplus
}
#endif

#endif
