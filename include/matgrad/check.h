/* SPDX-License-Identifier: MIT */
/* Checks by numbers, for tests of your own: is this the gradient? are the rules of this operation right?
 *
 *     mgd_set(x, x0, 3, 1);
 *     assert(mgd_check_gradient(f, x, NULL).holds);              // the library's gradient, at x0
 *
 *     mgd_gradient_check c = mgd_check_gradient(f, x, claim);    // a formula of yours
 *     if (!c.holds) fprintf(stderr, "%s\n", c.message);
 *
 * Derivatives are compared with extrapolated differences of f, which say how much they err. There is no step and no
 * tolerance to choose: steps follow from x and from what the differences say, and the error that is allowed is theirs,
 * with that of the rounding of f and of the gradient, whose bound is read from the tape. Where a right formula is to be
 * proved rather than tried, ask mgd_is_gradient (exact.h).
 */
#ifndef MATGRAD_CHECK_H
#define MATGRAD_CHECK_H

#include "matgrad/operation.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    bool holds;
    /* The entry, counted from 1, that fails; where all hold, that which comes nearest to failing. 0 where no entry is
     * meant: the check could not be made, or failed along a direction alone. */
    int64_t row, col;
    double got, expected; /* what the gradient says, and the differences */
    double error;         /* of `expected`, as the differences estimate it */
    bool kink;            /* f has a kink at the point, or so near that the differences see it */
    char message[400];    /* "" where it holds, unless there is a kink; else what is wrong, in a sentence */
} mgd_gradient_check;

/* Is claim (NULL: what mgd_gradient records) the gradient of the 1x1 f by x, at the present data of the inputs?
 *
 * Up to 1024 entries of x are all compared, one by one. Of more, or where f is costly, some are compared (at most 66:
 * evenly spread, the one with the largest gradient, and the one in which a claim is farthest from the library's), and
 * then directions in which all entries move, at most 8; where one fails, the entry is looked for. They are the same in
 * every run. At last the product of the gradient with a direction is compared with mgd_pushforward, which needs no
 * differences.
 *
 * At a kink (abs, a mask) the differences are one-sided, and the claim holds where it lies between them: that is what
 * can be asked of a subgradient. Near one, steps stay on this side of it.
 *
 * It does not hold, and the message says so, where f, x or the claim has no finite value at the point, or f has none
 * around it. To check second derivatives, check the gradient of the sum of w .* mgd_gradient(f, x). x may be any var;
 * a declared input (mgd_assume) moves as what it is declared to be, a symmetric one by pairs of entries.
 * The tape keeps its data, its nodes and its messages. */
mgd_gradient_check mgd_check_gradient(mgd_var *f, mgd_var *x, mgd_var *claim) MGD_CHECK_RESULT;

/* Are the pullback and the pushforward of an operation of your own the derivatives of its value? They are compared, for
 * one operand after another, at numbers drawn for operands of these vars' sizes; their data does not matter. Named
 * sizes that are unbound become small numbers, and so do numbers above 64 where the operation accepts the smaller
 * operands. Where the value function finds no value, other numbers are drawn: positive ones, then positive definite
 * matrices; where it finds none anywhere, or there is nothing to compare, it holds. The message names the operand, and
 * row, col, got and expected are of the derivative by it. */
mgd_gradient_check mgd_check_operation(const mgd_operation *op, size_t n, mgd_var *const *operands) MGD_CHECK_RESULT;

#ifdef __cplusplus
}
#endif

#endif
