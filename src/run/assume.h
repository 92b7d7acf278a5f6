/* SPDX-License-Identifier: MIT */
/* Data against what an input is declared to be. */
#ifndef MGD_ASSUME_H
#define MGD_ASSUME_H

#include "tape/tape.h"

/* Data of an input, row by row, as it was computed in that precision. */
typedef struct {
    const char *call, *name; /* for the message: "set", "S" */
    unsigned assumptions;
    int64_t rows, cols;
    const double *data;
    mgd_precision precision;
} mgd_declared_data;

/* Does the data satisfy the assumptions? Else false, with the entry told to the complaint. */
bool mgd__holds(const mgd_declared_data *d, mgd_complaint *complaint, double *scratch);
size_t mgd__holds_scratch(const mgd_declared_data *d); /* bytes */

/* What is symmetric but for rounding becomes (A + A')/2. */
void mgd__take_symmetric_half(int64_t n, double *a);

#endif
