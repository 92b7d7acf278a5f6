/* SPDX-License-Identifier: MIT */
/* Where did the NaN come from?
 *
 *     if (!isfinite(*mgd_value(f))) puts(mgd_first_nonfinite(f).message);
 *         // log(X)(2,3) = -inf: X(2,3) = 0 (recorded at model.c:41)
 *
 *     mgd_sweep *s = mgd_backward(f, NULL);
 *     puts(mgd_first_nonfinite_adjoint(s).message);
 *         // sqrt(x)(2,1) = 0 gives x(2,1) the share inf: x(2,1) = 0, the adjoint of sqrt(x) there is 1;
 *         // dA += chain(dC, 0.5 ./ C) (recorded at model.c:17)
 *
 * A gradient is a var like any other, so mgd_first_nonfinite serves it too, and tells which of the recorded operations
 * it was; mgd_first_nonfinite_adjoint tells it in the terms of the sweep: whose rule, which share. MGD_HERE (tape.h)
 * gives the lines of your program.
 */
#ifndef MATGRAD_DIAGNOSE_H
#define MATGRAD_DIAGNOSE_H

#include "matgrad/derive.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    MGD_ORIGIN_NONE,         /* what was asked about is finite; infinities on the way are in the message alone */
    MGD_ORIGIN_DATA,         /* an input's, a constant's or a number's own */
    MGD_ORIGIN_OPERATION,    /* not finite from operands that are */
    MGD_ORIGIN_SHARE,        /* a contribution, not finite while cotangent, node and operands are */
    MGD_ORIGIN_ADJOINT,      /* the sum of shares that are finite */
    MGD_ORIGIN_NOT_EVALUATED /* an evaluation failed: the message is the error */
} mgd_origin_kind;

typedef struct {
    mgd_origin_kind kind;
    mgd_var *node;    /* whose value it is, or whose share or adjoint; NULL where there is none */
    size_t operand;   /* of a share: which of node's operands received it */
    mgd_var *share;   /* of a share or an adjoint: the var that is not finite; else NULL */
    const char *rule; /* of a share: "dA += dC B'"; else "" */
    int64_t row, col; /* of the first entry that is not finite, counted from 1; 0 where there is none */
    double value;     /* of that entry */
    char message[512];
} mgd_origin;

/* Computes v and follows what is not finite down to where it came from: the var that was recorded first among those
 * whose value, not finite, v's is made of, and whose operands are finite; of an operation entry by entry, in the entry
 * at which they are. The message has the operands' values: in that entry, or the largest in the row and column, or in
 * the matrix, that the entry was made of. Infinities that something has absorbed on the way, as 1/inf, do not count;
 * where v itself is finite the first of them is noted in the message. Takes one evaluation and one look at each value;
 * records nothing. */
mgd_origin mgd_first_nonfinite(mgd_var *v);

/* Computes the contributions in the order of the sweep, up to the first that is not finite while the node's adjoint,
 * its value and its operands are, or to the first adjoint that is not while its shares are. Where there is none but
 * some share is not finite, the forward values are to blame, and the message is mgd_first_nonfinite's of the node. */
mgd_origin mgd_first_nonfinite_adjoint(const mgd_sweep *s);

#ifdef __cplusplus
}
#endif

#endif
