/* SPDX-License-Identifier: MIT */
#ifndef MGD_WORKSPACE_H
#define MGD_WORKSPACE_H

#include "run/program.h"

/* A kernel step with all that it is called with. */
typedef struct {
    mgd_step step;
    mgd_array *in, *out;
} mgd_call;

/* An array of a call that is where the caller's arrays are. */
typedef struct {
    mgd_array *array;
    uint32_t value;
} mgd_moving_array;

struct mgd_workspace {
    const mgd_program *p;
    double *memory, *scratch; /* intermediate values, and behind them what kernels and loops work in */
    double **pointer;         /* where each value is */
    uint32_t *moving;         /* the values that are where the caller's arrays are */
    mgd_call *call;           /* of each step */
    mgd_array *arrays;
    mgd_moving_array *moving_array;
    size_t movers, moving_arrays;
    double **copy; /* of arrays that are not rows of doubles: inputs, then outputs; made when they are first needed */
    double *seconds;
    bool timing, busy;
    mgd_complaint complaint;
};

#endif
