/* SPDX-License-Identifier: MIT */
/* The derivative at 0 of a function of one number, by extrapolated differences, with an account of their error. */
#ifndef MGD_DIFFERENCES_H
#define MGD_DIFFERENCES_H

#include <stdbool.h>

/* What the function is like at t. Beyond a kink it is another smooth function than at 0, as far as is known. */
typedef enum { MGD_SMOOTH, MGD_BEYOND_A_KINK, MGD_NO_VALUE } mgd_sample_kind;
typedef struct {
    mgd_sample_kind (*sample)(void *context, double t, double *value);
    void *context;
    double at_0;      /* its value there */
    double noise;     /* a bound on what rounding does to a value near 0 */
    double tolerated; /* an error that is small enough */
    double most;      /* larger steps are not taken */
    double step;      /* the natural one, or about */
} mgd_line;

typedef struct {
    double value, error; /* error is INFINITY where no difference was to be had */
} mgd_estimate;

typedef struct {
    mgd_estimate central;     /* within the smooth piece around 0 */
    mgd_estimate left, right; /* one-sided: at a kink they differ */
    bool kink_within;         /* larger steps went beyond a kink */
} mgd_differences;

/* Steps many orders of magnitude above and below the natural one are tried where they are needed. */
mgd_differences mgd__differences(const mgd_line *f);

#endif
