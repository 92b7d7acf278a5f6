/* SPDX-License-Identifier: MIT */
/* Rewriting for execution. The part that is compiled is copied, at numbers for sizes, to a tape of the program's own,
 * and each node is offered to the passes as it comes; the user's tape does not change. What a pass replaces is dead,
 * and equal nodes are one, so that neither needs a pass.
 *
 * A pass is a file in run/passes/ with one function. It looks at a node, whose operands have been rewritten, and
 * returns an equal one that is cheaper to run, or NULL. To add one: its file, its prototype here, its line in
 * rewrite.c, its option in program.h, behind
 * which those that follow move up.
 */
#ifndef MGD_REWRITE_H
#define MGD_REWRITE_H

#include "ops/traits.h"
#include "run/kernels/kernels.h"

typedef struct {
    mgd_var *v;
    mgd_traits *traits; /* of the nodes of the program's tape */
    bool used_once[2];  /* is operand 1, 2 of the node that v stands for used by nothing else? */
} mgd_candidate;

typedef mgd_var *mgd_pass(const mgd_candidate *c);
mgd_pass mgd__pass_transposes, mgd__pass_repeats, mgd__pass_diagonals, mgd__pass_traces, mgd__pass_solves,
    mgd__pass_structure, mgd__pass_factors, mgd__pass_triangles;

/* A product of two matrices as a pass sees it: op(a) op(b), whatever way it is recorded. */
typedef struct {
    mgd_var *a, *b;
    bool a_transposed, b_transposed;
} mgd_factors_of;
bool mgd__is_product(const mgd_var *v, mgd_factors_of *f);
mgd_var *mgd__product_of(const mgd_factors_of *f);
static inline mgd_var *mgd__flipped(mgd_var *a, bool transposed) { return transposed ? mgd_transpose(a) : a; }

/* The outputs on the program's tape, rewritten by the passes that the options leave. inputs become input nodes whose
 * serial is their position + 1. False, with the error in t's complaint. */
bool mgd__rewrite(mgd_tape *to, mgd_tape *t, size_t inputs, mgd_var *const *input, size_t outputs,
                  mgd_var *const *output, unsigned options, mgd_var **result);

/* Chains of products in their cheapest order, on the program's tape. */
bool mgd__order_products(mgd_tape *t, size_t outputs, mgd_var **output);

#endif
