/* SPDX-License-Identifier: MIT */
/* Points and directions of inputs that are declared to be something. */
#ifndef MGD_ASSUMED_H
#define MGD_ASSUMED_H

#include "ops/ops.h"

/* Entries at random, inside the assumptions, with keys from `key` on. */
void mgd__draw_assumed(const mgd_numbers *S, uint64_t key, unsigned assumptions, mgd_matrix *m);

/* Does a matrix that was drawn for an operation's sake satisfy the assumptions too? */
bool mgd__is_assumed(const mgd_numbers *S, unsigned assumptions, const mgd_matrix *m);

/* Entry (i, j) of a direction that was drawn freely, n columns wide, projected as a gradient is. */
typedef mgd_element mgd_free_entry(const mgd_numbers *S, int64_t k);
mgd_element mgd__projected(const mgd_numbers *S, unsigned assumptions, mgd_free_entry *direction, int64_t n, int64_t i,
                           int64_t j);

#endif
