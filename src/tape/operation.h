/* SPDX-License-Identifier: MIT */
/* The descriptor: all that the library knows of an operation. Each stands as a constant in a file of its own under
 * ops/, and whatever reads a tape asks it.
 *
 * In rules, c is the node and i one of its operands; t is a cotangent of c's size or a tangent of the operand's.
 */
#ifndef MGD_OPERATION_H
#define MGD_OPERATION_H

#include "linalg/block.h"
#include "linalg/reduction.h"
#include "matgrad/run.h"
#include "numbers/number.h"
#include "tape/node.h"

/* What a meaning and a kernel see of a node: its parameters, at bound sizes. */
typedef struct {
    const mgd_operation *op;
    mgd_parameters p;
    const int64_t *sizes; /* the parameter's sizes as numbers */
    mgd_isa isa;
    void *scratch; /* as many bytes as the operation's scratch() asked for, 64-byte aligned */
    mgd_complaint *complaint;
    const mgd_var *node; /* for messages */
} mgd_step;

enum { MGD_ANY_NUMBER = -1, MGD_RESULTS = 3 };

/* How formulas write the operation. In a template <1 stands for operand 1 where an operator as loose as this one needs
 * no parentheses, >1 where only a tighter one needs none, and {1} where none are ever needed; %q, %t, %z and %r, %c
 * are the number, the text, the sizes and the node's own rows and columns. Variants for a flag of 0, 1, ... or for each
 * of several results stand with | between them. */
typedef enum { MGD_SUM = 1, MGD_PRODUCT, MGD_POSTFIX, MGD_ATOM } mgd_precedence;

struct mgd_operation {
    const char *name;
    int operands;  /* that the formula reads, or MGD_ANY_NUMBER */
    int auxiliary; /* after them: what only the kernel reads, factorisations */
    int results;   /* 0 for one. With several the node's value holds them one after another, and `part` nodes project */
    bool commutes; /* in its two operands */
    mgd_parameter_kind parameter;
    const char *notation;
    mgd_precedence precedence;

    /* Sets v's rows and cols from its operands, or refuses. With several results, part gives each one's. */
    bool (*shape)(mgd_var *v);
    bool (*part)(const mgd_var *v, int k, mgd_dim *rows, mgd_dim *cols);

    /* A simpler node that is equal bit for bit for every value, or NULL. Looks two levels down at most. */
    mgd_var *(*reduce)(const mgd_var *v);

    /* Is some node of it looked through, by its own reduce or another operation's? mgd_is_seen_through asks. */
    bool seen_through;

    /* What every value of v is known to be, from what its operands are known to be (of[k] of operand k): assumptions,
     * and those that ops/traits.h adds; what follows from them is added by who asks. Whether v is square is the
     * caller's to look at, too. Never asked while recording. */
    unsigned (*traits)(const mgd_var *v, const unsigned *of);

    /* n nodes of this operation as one that is their sum: how the contributions of many blocks of one matrix become one
     * node. */
    mgd_var *(*merge)(mgd_tape *t, size_t n, mgd_var *const *terms);

    /* The definition over any number system; or for implicit results what defines them: entries that all must be 0,
     * told through mgd__must_vanish. Neither reads auxiliary operands. */
    void (*meaning)(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out);
    void (*equations)(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, const mgd_matrix *out,
                      mgd_residuals *zero);

    /* Moves operands, which come drawn freely, to where the operation is defined and, for implicit results, draws the
     * results that belong to them, from S->draw with keys from `key` on. False, or no domain at all, leaves them. */
    bool (*domain)(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out);

    /* The definition fast, in double, row by row. False where it is undefined, with the reason told to
     * mgd__undefined. scratch is the bytes that it needs. */
    bool (*kernel)(const mgd_step *s, const mgd_array *in, mgd_array *out);
    size_t (*scratch)(const mgd_step *s, const mgd_array *in);

    /* Additions and multiplications that the kernel takes, at sizes that are numbers; without it one for each entry. */
    double (*flops)(const mgd_var *v);

    /* The share of operand i in the adjoint: the transposed Jacobian times t; and the part of c's tangent that comes
     * from operand i: the Jacobian times t. Recorded; NULL is none. Without a pushforward it follows by transposing
     * the pullback; without any rule the derivative is 0. */
    mgd_var *(*pullback)(mgd_var *c, size_t i, mgd_var *t);
    mgd_var *(*pushforward)(mgd_var *c, size_t i, mgd_var *t);

    /* The same with several results: dc holds the cotangent of each or NULL; k is the result whose tangent it is. */
    mgd_var *(*pullback_parts)(mgd_var *c, size_t i, mgd_var *const *dc);
    mgd_var *(*pushforward_part)(mgd_var *c, int k, size_t i, mgd_var *t);

    /* An entrywise operation (operands and result of one size) gives these instead of shape, meaning, kernel,
     * pullback and pushforward: the scalar meaning, the block kernels, and t times the slope in operand i, which
     * serves both directions since the Jacobian is diagonal. */
    mgd_element (*entry)(const mgd_numbers *S, const mgd_step *s, const mgd_element *x);
    const mgd_block_kernels *blocks;
    mgd_var *(*times_slope)(mgd_var *c, size_t i, mgd_var *t);

    /* Its kernel refuses where what was recorded after it does not hold: tape/branch.c. */
    bool decides;

    /* A reduction gives its table of functions on states, which end fused loops, and mgd__reduction_kernel for its
     * kernel. What it goes along is in the parameter, a flag, where there is one. */
    const mgd_reduction *reduction;
    mgd_axis axis;

    /* The slope of each result in the entries of its own group, of the operand's size: what
     * mgd__reduction_pullback and mgd__reduction_pushforward make rules of. */
    mgd_var *(*slope)(mgd_var *c);

    /* An operation that a user made. */
    const struct mgd_user_functions *user;
};

/* How many of v's operands the formula reads. */
static inline size_t mgd__formula_operands(const mgd_var *v) {
    return v->op->operands == MGD_ANY_NUMBER ? v->count : (size_t)v->op->operands;
}

#endif
