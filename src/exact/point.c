/* SPDX-License-Identifier: MIT */
#include "exact/point.h"
#include "exact/assumed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { REAL_POINTS = 16, REAL_POINTS_OF_SIGNS = 96 };

static const uint64_t direction_key = 0x1000001;

static mgd_element direction(const mgd_numbers *S, int64_t k) { return S->draw(S, direction_key + (uint64_t)k, false); }

/* Inside the space in which x moves. The gradient lies in it, so it is asked for its product with a direction outside.
 */
static mgd_element projected(const mgd_question *q, const mgd_numbers *S, const mgd_matrix *like, int64_t k) {
    return mgd__projected(S, mgd_assumptions(q->x), direction, like->cols, k / like->cols, k % like->cols);
}

static void move_along(void *user, const mgd_numbers *D, const mgd_var *v, mgd_matrix *value) {
    const mgd_question *q = user;
    if (v != q->x) return;
    for (int64_t k = 0; k < value->rows * value->cols; k++) {
        char *entry = value->data + (size_t)k * value->size;
        memcpy(entry, mgd__dual(D, mgd__dual_value(D, entry), projected(q, D->over, value, k)), value->size);
    }
}

bool mgd__try_point(mgd_question *q, mgd_trial *p, mgd_numbers (*base)(mgd_calculation *), uint64_t seed) {
    *p = (mgd_trial){ .k = { .seed = seed } };
    p->S = base(&p->k);
    p->D = mgd__duals(&p->S);
    mgd_point at = { .S = q->derivative ? &p->D : &p->S, .move = q->derivative ? move_along : NULL, .user = q };
    mgd_matrix values[2];
    bool fine = mgd__evaluate(&at, 2, (mgd_var *[]){ q->a, q->b }, values);
    p->a = values[0];
    p->b = values[1];
    return fine;
}

void mgd__end_trial(mgd_question *q, mgd_trial *p) {
    if (p->k.state != MGD_FINE) snprintf(q->why, sizeof q->why, "%s", p->k.why);
    free(p->a.data);
    free(p->b.data);
    mgd__calculation_end(&p->k);
}

static mgd_element entry(const mgd_matrix *m, int64_t k) { return m->data + (size_t)k * m->size; }
static int64_t entries(const mgd_matrix *m) { return m->rows * m->cols; }

static mgd_element term(const mgd_trial *p, int64_t k) {
    return times(&p->S, mgd__dual_value(&p->D, entry(&p->b, k)), direction(&p->S, k));
}

/* The derivative along the direction less g's product with it. */
static mgd_element derivative_less_product(const mgd_trial *p) {
    mgd_element x = mgd__dual_tangent(&p->D, p->a.data);
    for (int64_t k = 0; k < entries(&p->b); k++) x = minus(&p->S, x, term(p, k));
    return x;
}

int64_t mgd__first_difference(const mgd_question *q, const mgd_trial *p) {
    if (q->derivative) return mgd__vanishes(&p->S, derivative_less_product(p)) ? -1 : 0;
    for (int64_t k = 0; k < entries(&p->a); k++)
        if (!mgd__vanishes(&p->S, minus(&p->S, entry(&p->a, k), entry(&p->b, k)))) return k;
    return -1;
}

/* ---- the reals, where a difference, or its absence, may be the residues' own ---- */

/* Is x another number than 0, whatever rounding did to it? */
static bool is_certain(mgd_element x) {
    double value = fabs(mgd__bounded_value(x)), error = mgd__bounded_error(x);
    return isfinite(value) && value > 2 * error;
}

static bool certainly_differ(const mgd_question *q, const mgd_trial *p) {
    if (q->derivative) return is_certain(derivative_less_product(p));
    for (int64_t k = 0; k < entries(&p->a); k++)
        if (is_certain(minus(&p->S, entry(&p->a, k), entry(&p->b, k)))) return true;
    return false;
}

/* Where negative inputs have no value, positive ones may, or those above 1. */
static mgd_element draw_positive(const mgd_numbers *R, uint64_t key, bool positive) {
    (void)positive;
    return mgd__bounded_reals(R->calculation).draw(R, key, true);
}

static mgd_element draw_above_1(const mgd_numbers *R, uint64_t key, bool positive) {
    return plus(R, whole(R, 1), draw_positive(R, key, positive));
}

static mgd_numbers positive_reals(mgd_calculation *k) {
    mgd_numbers R = mgd__bounded_reals(k);
    R.draw = draw_positive;
    return R;
}

static mgd_numbers reals_above_1(mgd_calculation *k) {
    mgd_numbers R = mgd__bounded_reals(k);
    R.draw = draw_above_1;
    return R;
}

/* Where functions have more than one branch, small numbers reach the first alone. */
static mgd_element draw_wide(const mgd_numbers *R, uint64_t key, bool positive) {
    mgd_element x = mgd__bounded_reals(R->calculation).draw(R, key, positive);
    return positive ? x : mgd__bounded(R, 8 * mgd__bounded_value(x));
}

static mgd_numbers wide_reals(mgd_calculation *k) {
    mgd_numbers R = mgd__bounded_reals(k);
    R.draw = draw_wide;
    return R;
}

bool mgd__differ_as_reals(mgd_question *q) {
    mgd_numbers (*const system[])(mgd_calculation *) = { mgd__bounded_reals, positive_reals, wide_reals,
                                                         reals_above_1 };
    bool differ = false;
    int points = REAL_POINTS;
    for (int seed = 1; seed <= points && !differ; seed++) {
        mgd_trial p;
        differ = mgd__try_point(q, &p, system[seed % 4], (uint64_t)seed) && certainly_differ(q, &p);
        if (p.k.decided) points = REAL_POINTS_OF_SIGNS;
        mgd__end_trial(q, &p);
    }
    return differ;
}
