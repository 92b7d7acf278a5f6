/* SPDX-License-Identifier: MIT */
/* What gather_rows and scatter_add_rows have in common: a list of rows, counted from 0, in the parameter's sizes. */
#ifndef MGD_INDEX_H
#define MGD_INDEX_H

#include "ops/ops.h"

/* The list as a parameter; .sizes.list is NULL after an error: it is empty, or a row is negative or too large. */
mgd_parameters mgd__index_list(mgd_tape *t, const char *name, size_t n, const int64_t *index);

/* Is every row of v's list one of `rows` of them? While that has names nobody knows, and it is checked with values. */
bool mgd__index_fits(const mgd_var *v, mgd_dim rows);
bool mgd__index_inside(const mgd_step *s, int64_t rows);
bool mgd__index_drawn_inside(const mgd_numbers *S, const mgd_step *s, int64_t rows);

#endif
