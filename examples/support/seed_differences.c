/* SPDX-License-Identifier: MIT */
#include "romberg.h"
#include "seed.h"

#include <math.h>

typedef struct {
    seed_data d;
    int64_t row, col;
} entry;

/* sum + rest grows by x y; rest has what rounds off (Ogita, Rump and Oishi, Accurate sum and dot product, 2005). */
static void add_product(double x, double y, double *sum, double *rest) {
    const double product = x * y, old = *sum;
    *sum += product;
    const double added = *sum - old;
    *rest += (old - (*sum - added)) + (product - added) + fma(x, y, -product);
}

/* The only term of f that depends on X(row, col), with t added to that entry: the others cancel in a difference, and
 * would leave their rounding behind. */
static double moved_term(void *context, double t) {
    const entry *e = context;
    double sum = 0, rest = 0;
    for (int64_t i = 0; i < e->d.m; i++) add_product(e->d.X[i * e->d.n + e->col], e->d.a[i], &sum, &rest);
    add_product(t, e->d.a[e->row], &sum, &rest);
    const double w = sigmoid(bounded_exactly(sum + rest)).value;
    return w * w;
}

/* The step moves v by a half. Then log(w.*w), whose slope is between 0 and 2, moves by at most 1: the term stays below
 * 1 and e times its value. It errs by the roundings of w.*w, of v, and, to second order, of the sum that v is. */
bounded by_differences(seed_data d, const seed_column *c, int64_t row, int64_t col) {
    entry e = { d, row, col };
    const double a = fabs(d.a[row]), step = a > 0 ? fmin(0.5 / a, 1e290) : 1;
    const double sum = (c->doubt + doubt_of_sum(0.5, d.m)) * (double)(d.m + 1) * 0x1p-51;
    const double doubt = sum + bounded_rounding(fabs(c->v) + c->doubt + 0.5);
    const double noise = 2.72 * moved_term(&e, 0) * (10 * 0x1p-53 + expm1(2 * doubt)) + 0x1p-1070;
    return romberg_derivative(moved_term, &e, step, fmin(noise, 1));
}
