/* SPDX-License-Identifier: MIT */
#ifndef MGD_WORKSPACE_H
#define MGD_WORKSPACE_H

#include "run/program.h"

struct mgd_workspace {
    const mgd_program *p;
    double *memory, *scratch; /* intermediate values, and behind them what kernels and loops work in */
    double **pointer;         /* where each value is */
    uint32_t *moving;         /* the values that are where the caller's arrays are */
    size_t movers;
    mgd_array *arrays;
    double **copy; /* of arrays that are not rows of doubles: inputs, then outputs; made when they are first needed */
    double *seconds;
    bool timing, busy;
    mgd_complaint complaint;
};

#endif
