/* SPDX-License-Identifier: MIT */
/* Running error bounds: numbers that carry, beside the value a plain computation in double has, a bound on its distance
 * from the value that exact arithmetic has (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.3).
 *
 *     bounded e = bounded_exp(bounded_exactly(-3));
 *     bounded s = bounded_over(bounded_exactly(1), bounded_plus(bounded_exactly(1), e));
 *     printf("%g within %g\n", s.value, s.error);
 */
#ifndef EXAMPLES_BOUNDED_H
#define EXAMPLES_BOUNDED_H

typedef struct {
    double value, error;
} bounded;

bounded bounded_exactly(double x);
bounded bounded_plus(bounded x, bounded y);
bounded bounded_minus(bounded x, bounded y);
bounded bounded_times(bounded x, bounded y);
bounded bounded_over(bounded x, bounded y);

/* The C library's exp is taken to be right to one unit in the last place. */
bounded bounded_exp(bounded x);

/* What one rounding to x may have changed: half a unit in the last place, also where x is below the normal range. */
double bounded_rounding(double x);

/* The distance of x and y in units in the last place of the larger. */
double bounded_ulps(double x, double y);

#endif
