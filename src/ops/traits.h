/* SPDX-License-Identifier: MIT */
/* What is known of every value that a node can have: a reading of the tape, from what inputs are declared to be and
 * from what operations make. What is not known is not false; a trait that is wrong is a wrong number. */
#ifndef MGD_TRAITS_H
#define MGD_TRAITS_H

#include "ops/ops.h"

/* Beside the assumptions that a user may declare. */
enum {
    MGD_SEMIDEFINITE = 1 << 7,                                                 /* symmetric, and x' A x >= 0 */
    MGD_PATTERNS = MGD_DIAGONAL | MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR, /* where zeros are */
    MGD_LINEAR_TRAITS = MGD_SYMMETRIC | MGD_PATTERNS, /* of a matrix and of its multiples, and of sums */
};

/* The traits of the nodes of one tape, in the order of recording, as far as they were asked for. A tape that is read so
 * is a small one, a program's: all of it up to the node that is asked for is read. */
typedef struct {
    unsigned *of;
    size_t count, room;
} mgd_traits;

unsigned mgd__traits_of(mgd_traits *t, const mgd_var *v); /* 0 where there is no memory to know */

/* ---- for the operations ---- */
unsigned mgd__traits_of_sum(const unsigned *of);
unsigned mgd__traits_of_product(bool adjoint, const unsigned *of); /* adjoint: one factor is the other's transpose */
unsigned mgd__traits_transposed(unsigned traits);

#endif
