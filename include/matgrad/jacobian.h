/* SPDX-License-Identifier: MIT */
/* Jacobians and Hessians as matrices of numbers, at the sizes and the data that the inputs have now.
 *
 *     double J[6 * 3], H[3 * 3], d[3];
 *     mgd_set(x, x0, 3, 1);
 *     if (!mgd_jacobian(y, x, mgd_rows(J, 6, 3))) fprintf(stderr, "%s\n", mgd_message(t));   // y is 3x2, x is 3x1
 *     if (!mgd_hessian(f, x, mgd_rows(H, 3, 3))) fprintf(stderr, "%s\n", mgd_message(t));    // f is 1x1
 *     if (!mgd_hessian_diagonal(f, x, mgd_rows(d, 3, 1))) fprintf(stderr, "%s\n", mgd_message(t));
 *
 * A matrix stands for its vec, the columns one below the other: entry (i, j) of an m x n matrix has number i + j m,
 * from 0. So the Jacobian of A X B by X is the Kronecker product of B' and A.
 *
 * What is evaluated again and again is recorded once, and undone at the end: the tape has the nodes that it had, and
 * pointers from mgd_value stay valid. What does not depend on the direction (values, adjoints, factorisations) is
 * computed once. x may be any var, as for mgd_gradient; by a declared input (mgd_assume) derivatives are projected, as
 * everywhere. For products with few directions record mgd_pullback, mgd_pushforward or mgd_hessian_vector, which need
 * no such matrix.
 *
 * All three return false, with a message and with out not to be relied on, where out has another size, a size is
 * unbound, an input has no data, or a value or a derivative is undefined. This is an error of evaluation: the next call
 * starts clean.
 */
#ifndef MATGRAD_JACOBIAN_H
#define MATGRAD_JACOBIAN_H

#include "matgrad/run.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The derivative of vec(y) by vec(x): p x n, with p the number of y's entries and n of x's. By rows, as many pullbacks,
 * where p <= n; else by columns, as many pushforwards. */
bool mgd_jacobian(mgd_var *y, mgd_var *x, mgd_array out) MGD_CHECK_RESULT;

/* The second derivatives of a 1x1 f by vec(x): n x n, from n Hessian-vector products. Exactly symmetric: two entries
 * that mirror one another, which differ by rounding, are given as their mean. */
bool mgd_hessian(mgd_var *f, mgd_var *x, mgd_array out) MGD_CHECK_RESULT;

/* Its diagonal, of x's size: entry (i, j) is the second derivative by entry (i, j) of x. Takes n products too, but not
 * the memory. */
bool mgd_hessian_diagonal(mgd_var *f, mgd_var *x, mgd_array out) MGD_CHECK_RESULT;

#ifdef __cplusplus
}
#endif

#endif
