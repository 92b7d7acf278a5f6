/* SPDX-License-Identifier: MIT */
/* Special functions that the C library lacks, or has only with global state. */
#ifndef MGD_SPECIAL_H
#define MGD_SPECIAL_H

#define MGD__PI 0x1.921fb54442d18p+1

double mgd__log_gamma(double x); /* log|gamma(x)|, which lgamma gives with a global sign; infinite at 0, -1, -2, ... */

/* The derivative of order n + 1 of log|gamma|, 0 <= n <= MGD__MOST_POLYGAMMA: digamma, trigamma, ... At 0, -1, -2, ...
 * +inf for odd n; for even n -inf at 0 (+inf at -0), else NaN. Within 2n + 6 units in the last place; for even n below
 * 0, where there is a zero between any two poles, of the larger of the value and 1. */
enum { MGD__MOST_POLYGAMMA = 100 };
double mgd__polygamma(int n, double x);

#endif
