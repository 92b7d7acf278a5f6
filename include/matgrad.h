/* SPDX-License-Identifier: MIT */
/* matgrad: derivatives of matrix expressions.
 *
 *     mgd_tape *t = mgd_tape_new();
 *     mgd_var *X = mgd_input(t, "X", 3, 2);
 *     mgd_var *a = mgd_input(t, "a", 3, 1);
 *
 *     mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a));
 *     mgd_var *f = mgd_sum(mgd_hadamard(w, w));
 *     mgd_var *G = mgd_gradient(f, X);               // backpropagation: G is on the tape too
 *
 *     mgd_set(X, x, 3, 2);                           // your numbers, row by row
 *     mgd_set(a, a0, 3, 1);
 *     const double *g = mgd_value(G);                // 3x2, row by row; NULL after an error
 *     if (!g) fprintf(stderr, "%s\n", mgd_message(t));
 *     mgd_tape_free(t);
 *
 * An expression is recorded once on a tape; its value, its derivatives (which are expressions again, on the same
 * tape) and the proof that two expressions are equal are readings of that tape. The parts, simple things first:
 *
 *     tape.h       tapes, sizes, errors, walking over a tape
 *     ops.h        the operations: what an expression is made of
 *     run.h        numbers in, numbers out
 *     program.h    a part of a tape compiled once and run many times
 *     derive.h     gradients, Jacobian-vector and vector-Jacobian products, sweeps
 *     jacobian.h   Jacobians and Hessians as matrices of numbers
 *     files.h      matrices in files
 *     exact.h      are two expressions equal? is this the derivative?
 *     diagnose.h   where did the NaN come from?
 *     operation.h  operations of your own
 *     check.h      is a gradient right, by numbers? for tests of your own
 *     manual.h     what the manual says of each operation
 *     text.h       formulas as text, read and printed
 */
#ifndef MATGRAD_H
#define MATGRAD_H

#include "matgrad/tape.h"

#include "matgrad/ops.h"

#include "matgrad/run.h"

#include "matgrad/program.h"

#include "matgrad/files.h"

#include "matgrad/derive.h"

#include "matgrad/jacobian.h"

#include "matgrad/exact.h"

#include "matgrad/diagnose.h"

#include "matgrad/operation.h"

#include "matgrad/check.h"

#include "matgrad/manual.h"

#include "matgrad/text.h"

#endif
