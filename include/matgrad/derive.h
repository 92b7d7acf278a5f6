/* SPDX-License-Identifier: MIT */
/* Derivatives. Each is recorded on the tape of its operands: a var like any other, to be evaluated or differentiated
 * again.
 *
 *     mgd_var *G = mgd_gradient(f, X);               // f is 1x1, G has X's size
 *     mgd_var *Hv = mgd_gradient(mgd_sum(mgd_hadamard(G, V)), X);
 *
 *     mgd_sweep *s = mgd_backward(f, NULL);          // one run of backpropagation, step by step
 *     for (size_t k = 0; k < mgd_contributions(s); k++) {
 *         mgd_contribution c = mgd_contribution_at(s, k);
 *         printf("%s: %s\n", mgd_operation_name(mgd_operation_of(c.node)), c.rule);
 *     }
 *
 * The derivative with respect to an m x n matrix is the m x n matrix of the partial derivatives. The convention at
 * points where no derivative exists is in docs/operations.md, an entry for each operation.
 *
 * By an input that is declared symmetric, diagonal or triangular (mgd_assume) the derivative is projected on such
 * matrices, (G + G')/2 for a symmetric one, and so is the direction of a pushforward: docs/assumptions.md.
 */
#ifndef MATGRAD_DERIVE_H
#define MATGRAD_DERIVE_H

#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

/* df/dx for a 1x1 f, of x's size: zeros where f does not depend on x. NULL after an error. x may be any var, not only
 * an input: f is then taken as a function of x with everything that does not pass through x held fixed. (mgd_solve and
 * mgd_triangular_solve look through a transpose, and (X')' is X: differentiate by the matrix, not by its transpose.) */
mgd_var *mgd_gradient(mgd_var *f, mgd_var *x);

/* Do operations look through v, as they do through a transpose, a negation, a reshaping, a reversal and a diagonal
 * matrix? What was recorded of it may then not pass through it, and a gradient by it is not what one would think. */
bool mgd_is_seen_through(const mgd_var *v);

/* The gradients by n vars in one sweep; g receives n vars, all NULL after an error. */
bool mgd_gradients(mgd_var *f, size_t n, mgd_var *const *x, mgd_var **g);

/* The vector-Jacobian product: the gradient by x of the sum of the entries of cotangent .* y. cotangent has y's size
 * and is held fixed, the result has x's. */
mgd_var *mgd_pullback(mgd_var *y, mgd_var *x, mgd_var *cotangent);

/* The Jacobian-vector product: the derivative of y as x moves along tangent. tangent has x's size, the result y's. */
mgd_var *mgd_pushforward(mgd_var *y, mgd_var *x, mgd_var *tangent);

/* The Hessian of a 1x1 f by x, times a direction of x's size (forward over reverse). */
mgd_var *mgd_hessian_vector(mgd_var *f, mgd_var *x, mgd_var *direction);

/* ---- sweeps: one run of backpropagation, to be looked at ---- */

typedef struct mgd_sweep mgd_sweep;

/* One share that a node gave to the adjoint of one of its operands. */
typedef struct {
    mgd_var *node;
    size_t operand;   /* which of node's operands received it */
    mgd_var *share;   /* what was added to that operand's adjoint */
    const char *rule; /* "dA += dC B'" */
} mgd_contribution;

/* Backpropagation from y down to every var that y is made of. cotangent has y's size; NULL stands for 1 where y is
 * 1x1. The tape owns the sweep; mgd_sweep_free gives its memory back earlier. NULL after an error. */
mgd_sweep *mgd_backward(mgd_var *y, mgd_var *cotangent);
void mgd_sweep_free(mgd_sweep *s);

mgd_var *mgd_adjoint(const mgd_sweep *s, const mgd_var *v); /* zeros where nothing reached v; never projected */
size_t mgd_contributions(const mgd_sweep *s);
mgd_contribution mgd_contribution_at(const mgd_sweep *s, size_t k); /* in the order of the reverse sweep */

#ifdef __cplusplus
}
#endif

#endif
