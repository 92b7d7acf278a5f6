/* SPDX-License-Identifier: MIT */
/* Random expressions of every operation, which stay where they are defined, smooth where that is asked for, and of a
 * size that double precision bears. What can be made is a table in expression.c: a new operation is a row in it. */
#ifndef MGD_TEST_EXPRESSION_H
#define MGD_TEST_EXPRESSION_H

#include "matgrad.h"
#include "support/support.h"

/* What all operations of an expression are fit for. */
enum {
    FIT_FOR_MEANINGS = 1,    /* there is a definition that is evaluated, not equations that are solved */
    FIT_FOR_DIFFERENCES = 2, /* differences of values tend to the derivative */
    FIT_TWICE = 4            /* second derivatives lose no digits */
};

typedef struct {
    mgd_tape *t;
    uint64_t state;  /* of the random numbers: where it begins says which expression it is */
    int64_t largest; /* of the sizes that are drawn, at most MOST_DRAWN */
    unsigned fit;
} generator;

enum { MOST_DRAWN = 8 };

int64_t choose(generator *g, int64_t n); /* 0 to n - 1 */
int64_t draw_size(generator *g);

/* NULL after the tape's error. With a depth of 0 it is a leaf; inputs are called A2_3, B2_3. */
mgd_var *random_expression(generator *g, int64_t rows, int64_t cols, int depth);

mgd_var *random_constant(generator *g, int64_t rows, int64_t cols); /* with some zeros in it */
mgd_var *tame(mgd_var *x);                                          /* in [-1/2, 1/2], entry by entry */

/* Is v one matrix, and not several in one node, whose parts are what a user has, or a factorisation? */
bool is_one_matrix(const mgd_var *v);

#endif
