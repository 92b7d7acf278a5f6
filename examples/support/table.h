/* SPDX-License-Identifier: MIT */
/* Matrices, tapes and sweeps on standard output, abbreviated where they are large. */
#ifndef EXAMPLES_TABLE_H
#define EXAMPLES_TABLE_H

#include <matgrad.h>

/* A line with the name and size, then the rows with so many significant digits. */
void print_matrix(const char *name, mgd_array A, int digits);

/* The nodes up to f: operation, operands, size, value. False where one has no value; the tape's message says why. */
bool print_tape(mgd_var *f);

/* Their adjoints, in the order in which the sweep from f completed them, and the rules that made them. False as above.
 */
bool print_sweep(const mgd_sweep *s, mgd_var *f);

#endif
