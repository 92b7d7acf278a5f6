/* SPDX-License-Identifier: MIT */
/* Romberg's table (Ridders, Advances in Engineering Software 4, 1982): a row for each step, and in each row column j
 * removes the power 2j of the step from the error. A small step loses digits to the noise, a large one to the powers
 * that remain: no step is right everywhere, so the entry is taken that has the smallest error by its own account. */
#include "romberg.h"

#include <math.h>

enum { STEPS = 9 };

bounded romberg_derivative(double (*f)(void *context, double t), void *context, double step, double noise) {
    bounded best = { NAN, INFINITY };
    double table[STEPS][STEPS];
    for (int k = 0; k < STEPS; k++, step /= 2) {
        table[k][0] = (f(context, step) - f(context, -step)) / (2 * step);
        double weight = 1;
        for (int j = 1; j <= k; j++) {
            weight *= 4;
            table[k][j] = table[k][j - 1] + (table[k][j - 1] - table[k - 1][j - 1]) / (weight - 1);
            /* The extrapolation at most doubles the noise: the product of (4^j + 1)/(4^j - 1) is below 2. */
            const double error = fmax(fabs(table[k][j] - table[k][j - 1]), fabs(table[k][j] - table[k - 1][j - 1])) +
                                 2 * noise / step + 4 * bounded_rounding(table[k][j]);
            if (error < best.error) best = (bounded){ table[k][j], error };
        }
    }
    return best;
}
