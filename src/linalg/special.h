/* SPDX-License-Identifier: MIT */
/* Special functions that the C library lacks, or has only with global state. */
#ifndef MGD_SPECIAL_H
#define MGD_SPECIAL_H

#define MGD__PI 0x1.921fb54442d18p+1

double mgd__log_gamma(double x); /* log|gamma(x)|, which lgamma gives with a global sign; infinite at 0, -1, -2, ... */

/* The derivative of order n + 1 of log|gamma|, n >= 0: digamma, trigamma, ... NaN at 0, -1, -2, ... */
double mgd__polygamma(int n, double x);

#endif
