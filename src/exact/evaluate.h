/* SPDX-License-Identifier: MIT */
/* Any part of a tape over any number system, by the meanings. */
#ifndef MGD_EVALUATE_H
#define MGD_EVALUATE_H

#include "ops/ops.h"

/* Where the inputs get their numbers. They are drawn, each from its name and the calculation's seed alone, and where an
 * operation with a domain stands directly above, from that domain; implicit results are drawn with them. What an input
 * is declared to be holds for its numbers. */
typedef struct {
    const mgd_numbers *S;
    void (*move)(void *user, const mgd_numbers *S, const mgd_var *v, mgd_matrix *value); /* NULL, or gives v tangents */
    void *user;
} mgd_point;

/* The values of n vars of one tape, whose named sizes are bound, at one point. False where the calculation failed: its
 * state and reason say how. values[k].data are the caller's to free; NULL after a failure. */
bool mgd__evaluate(const mgd_point *p, size_t n, mgd_var *const *vars, mgd_matrix *values);

/* An input's entry (i, j) is S->draw with this key, plus i * cols + j. */
uint64_t mgd__draw_key(const mgd_var *input);

/* Views of the several results that lie one after another in a node's value. */
void mgd__results_in(const mgd_var *v, mgd_matrix *whole_value, mgd_matrix *results);

#endif
