/* SPDX-License-Identifier: MIT */
#include "seed.h"

#include <math.h>
#include <stdlib.h>

/* How far a sum of so many products may be from the true one, in whatever order it is added: Higham 2002, section 3.1.
 * The last digits of the factor are for the rounding of the magnitude itself and for second powers of the roundoff. */
double doubt_of_sum(double magnitude, int64_t terms) { return (double)terms * (magnitude * 0x1.00001p-53 + 0x1p-1074); }

bounded sigmoid(bounded v) {
    const bounded one = bounded_exactly(1);
    const bounded e = bounded_exp((bounded){ -fabs(v.value), v.error });
    return bounded_over(v.value < 0 ? e : one, bounded_plus(one, e));
}

/* 2 (w.*w - w.*w.*w) */
static bounded closed_form(double v) {
    const bounded two = bounded_exactly(2), w = sigmoid(bounded_exactly(v)), ww = bounded_times(w, w);
    return bounded_times(two, bounded_minus(ww, bounded_times(ww, w)));
}

/* 2 sigmoid(v) e^-v/(1 + e^-v)^2. The factor behind the sigmoid is even in v: written with e^-|v| it cannot overflow,
 * as it would with e^-v below v = -709. */
static bounded diagonal_form(double v) {
    const bounded two = bounded_exactly(2), w = sigmoid(bounded_exactly(v));
    const bounded e = bounded_exp(bounded_exactly(-fabs(v))), r = bounded_plus(bounded_exactly(1), e);
    return bounded_over(bounded_times(bounded_times(two, w), e), bounded_times(r, r));
}

seed_column *columns_of(seed_data d, const double *tape_v) {
    seed_column *c = allocate(d.n, 1, sizeof *c);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) {
            c[r].v += d.X[i * d.n + r] * d.a[i];
            c[r].doubt += fabs(d.X[i * d.n + r] * d.a[i]);
        }
    for (int64_t r = 0; r < d.n; r++) {
        c[r].doubt = doubt_of_sum(c[r].doubt, d.m);
        c[r].tape_v = tape_v[r];
        c[r].closed = closed_form(c[r].v);
        c[r].diagonal = diagonal_form(c[r].v);
    }
    return c;
}

/* 2 a (w.*w - w.*w.*w)' */
double *closed_gradient(seed_data d, const seed_column *c) {
    double *G = allocate(d.m, d.n, sizeof *G);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) G[i * d.n + r] = d.a[i] * c[r].closed.value;
    return G;
}

/* A D. Of the sum over k of A_ik D_kr only k = r is not 0. */
double *diagonal_gradient(seed_data d, const seed_column *c) {
    double *G = allocate(d.m, d.n, sizeof *G);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) G[i * d.n + r] = d.a[i] * c[r].diagonal.value;
    return G;
}

/* The library adds in an order of its own, and its v is another one. */
bounded plain_f(seed_data d, const seed_column *c) {
    bounded f = bounded_exactly(0);
    for (int64_t r = 0; r < d.n; r++) {
        bounded w = sigmoid((bounded){ c[r].v, c[r].doubt });
        w.error = fmin(w.error, 1);
        f = bounded_plus(f, bounded_times(w, w));
    }
    f.error += doubt_of_sum(f.value, d.n);
    return f;
}

bool overflows(const seed_column *c) { return !isfinite(c->doubt); }

/* The library multiplies 2w by the slope e/(1 + e)^2: the roundings of the diagonal form. */
static double own_error(const seed_column *c, int way) {
    return way == CLOSED_FORM ? c->closed.error : c->diagonal.error;
}

/* How far a program's factor may be from the one here, where its v is so far from the v here: the logarithm of h(v) =
 * 2 sigmoid^2 sigmoid' has the slope 2 - 3 sigmoid, between -1 and 2, and h lies between 0 and both 8/27 and 2 e^-|v|.
 * There the distance counts twice, for the rounding of the exponent. */
static double spread(const seed_column *c, double error, double distance) {
    const double most = fabs(c->diagonal.value) + c->diagonal.error + error;
    const double highest = fmin(0.3, 2.001 * exp(2 * distance - fabs(c->v)));
    return fmin(most * expm1(2 * distance), highest);
}

/* The plain loops share their v. */
double column_bound(const seed_column *c, int way, int other) {
    const double own = own_error(c, way) + own_error(c, other);
    const bool one_v = way != BACKPROPAGATION && other != BACKPROPAGATION;
    return one_v ? own : own + spread(c, own, fabs(c->tape_v - c->v));
}

/* Twice the doubt: the tape's v may be that far from the v here, on the other side of the true one. */
double true_bound(const seed_column *c) {
    const double own = own_error(c, BACKPROPAGATION);
    return own + spread(c, own, 2 * c->doubt);
}

double entry_bound(double a, double of_column, double x, double y) {
    return (fabs(a) * of_column + bounded_rounding(x) + bounded_rounding(y)) * (1 + 0x1p-48);
}
