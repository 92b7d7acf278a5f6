/* SPDX-License-Identifier: MIT */
/* Structured matrices drawn at random in any number system. */
#ifndef MGD_DRAW_H
#define MGD_DRAW_H

#include "numbers/number.h"

/* An orthogonal n x n matrix, (I - K) inv(I + K) with K skew (Cayley), row by row in the scratch; NULL without memory.
 * Keys from `key` on are used, n * n of them. */
const mgd_element *mgd__draw_orthogonal(const mgd_numbers *S, uint64_t key, int64_t n);

/* Entry (i, j) of L L', n x n, for a lower triangular L with a positive diagonal, or with positive entries alone. Keys
 * from `key` on are used, n * n of them. */
mgd_element mgd__draw_definite(const mgd_numbers *S, uint64_t key, int64_t n, int64_t i, int64_t j, bool positive);

/* n numbers in ascending order, where the system has an order; residues are left as they are drawn. */
void mgd__draw_ascending(const mgd_numbers *S, uint64_t key, bool positive, int64_t n, mgd_element *x);

/* 1 or -1, the i-th of several: over a few points every pattern of signs comes, and so every sign of their product. */
mgd_element mgd__draw_sign(const mgd_numbers *S, int64_t i);

/* Entry (i, j) of a skew n x n matrix. */
mgd_element mgd__draw_skew(const mgd_numbers *S, uint64_t key, int64_t n, int64_t i, int64_t j);

#endif
