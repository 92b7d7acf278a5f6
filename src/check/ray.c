/* SPDX-License-Identifier: MIT */
#include "check/ray.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { STEPS = 4 };
static const double steps[STEPS] = { 0.37, 0.31, 3.1e-3, 3.1e-5 }; /* where differences begin, of the scale */
static const double rounding = DBL_EPSILON / 2, enough = 0x1p-30;

/* Between 1/2 and 1 of the entry's scale, to either side. */
static double drawn(const mgd_ray *r, int64_t i) {
    if (i < r->first || i >= r->last) return 0;
    if (!r->draw) return r->s->scale[i];
    uint64_t bits = mgd__mix(r->draw * 0x9e3779b97f4a7c15u + (uint64_t)i);
    double size = 0.5 + (double)(bits >> 12) * 0x1p-53;
    return (bits & 1 ? size : -size) * r->s->scale[i];
}

double mgd__ray_direction(const mgd_ray *r, int64_t i) {
    unsigned assumed = r->s->assumed;
    if (!assumed) return drawn(r, i);
    int64_t row = i / r->s->cols, col = i % r->s->cols;
    if (assumed & MGD_LOWER_TRIANGULAR && col > row) return 0;
    if (assumed & MGD_UPPER_TRIANGULAR && col < row) return 0;
    return assumed & MGD_SYMMETRIC ? (drawn(r, i) + drawn(r, col * r->s->cols + row)) / 2 : drawn(r, i);
}

int64_t mgd__ray_first(const mgd_ray *r) { return r->s->assumed & MGD_SYMMETRIC ? 0 : r->first; }
int64_t mgd__ray_last(const mgd_ray *r) { return r->s->assumed & MGD_SYMMETRIC ? r->s->entries : r->last; }

static mgd_sample_kind sample(void *context, double t, double *value) {
    const mgd_ray *r = context;
    mgd_subject *s = r->s;
    bool finite = true;
    for (int64_t i = mgd__ray_first(r); i < mgd__ray_last(r); i++) {
        s->moved[i] = s->at[i] + t * mgd__ray_direction(r, i);
        finite &= isfinite(s->moved[i]);
    }
    mgd_sample_kind kind = finite ? mgd__subject_sample(s, value) : MGD_NO_VALUE;
    for (int64_t i = mgd__ray_first(r); i < mgd__ray_last(r); i++) s->moved[i] = s->at[i];
    return kind;
}

mgd_product mgd__claim_along(const mgd_ray *r) {
    double sum = 0, rest = 0, terms = 0, magnitude = 0;
    for (int64_t i = mgd__ray_first(r); i < mgd__ray_last(r); i++) {
        double v = mgd__ray_direction(r, i), term = r->s->claim[i] * v, next = sum + term;
        rest += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum; /* Neumaier 1974 */
        sum = next;
        terms += fabs(term);
        magnitude += r->s->magnitude[i] * fabs(v);
    }
    return (mgd_product){ isfinite(rest) ? sum + rest : sum, rounding * (64 * terms + 16 * magnitude) };
}

/* Is there a corner at x itself? Differences to the left and to the right tell, and central ones are their mean. */
static bool is_corner(const mgd_judgement *v, double floor) {
    const mgd_differences *d = &v->d;
    double error = d->left.error + d->right.error, mean = d->left.value / 2 + d->right.value / 2;
    return mgd__is_known(d->left) && mgd__is_known(d->right) &&
           fabs(d->left.value - d->right.value) > 16 * error + floor &&
           fabs(d->central.value - mean) <= 2 * (error + d->central.error) + floor;
}

/* Is the kink so near that x does not move before it is reached, as far as differences can tell? */
static bool is_at_a_kink(const mgd_differences *d) {
    if (!d->kink_within || !mgd__is_known(d->left) || !mgd__is_known(d->right)) return false;
    return d->central.error > fmax(100 * (d->left.error + d->right.error), fabs(d->left.value - d->right.value) / 4);
}

static bool is_between(const mgd_judgement *v, double floor) {
    const mgd_differences *d = &v->d;
    double low = fmin(d->left.value - 2 * d->left.error, d->right.value - 2 * d->right.error) - floor;
    double high = fmax(d->left.value + 2 * d->left.error, d->right.value + 2 * d->right.error) + floor;
    return low <= v->got.value && v->got.value <= high;
}

/* Far outside of where x is, and of where functions have their features as a rule, differences say nothing of x. */
static double largest_step(const mgd_ray *r) {
    double largest = 0;
    for (int64_t i = mgd__ray_first(r); i < mgd__ray_last(r); i++) largest = fmax(largest, r->s->scale[i]);
    return 100 * fmax(r->s->largest, 1) / largest;
}

static mgd_judgement judge_by_steps(const mgd_ray *r, mgd_product got, double step) {
    const mgd_subject *s = r->s;
    mgd_judgement v = { .got = got };
    double size = v.got.value != 0 && isfinite(v.got.value) ? fabs(v.got.value) : s->terms;
    mgd_line f = { .sample = sample,
                   .context = (void *)(uintptr_t)r,
                   .at_0 = s->value,
                   .noise = 8 * rounding * s->terms,
                   .tolerated = enough * size,
                   .most = largest_step(r),
                   .step = step };
    v.d = mgd__differences(&f);
    if (is_at_a_kink(&v.d)) {
        v.kink = true;
        v.d.central = (mgd_estimate){ NAN, INFINITY };
        v.holds = is_between(&v, v.got.doubt);
        v.strain = v.holds ? 1 : INFINITY;
        return v;
    }
    double floor = v.got.doubt + 64 * rounding * fabs(v.d.central.value);
    v.no_value = !mgd__is_known(v.d.central);
    v.strain = v.no_value ? INFINITY : fabs(v.got.value - v.d.central.value) / (3 * v.d.central.error + floor);
    if (v.got.value == v.d.central.value) v.strain = 0;
    v.holds = v.strain <= 1;
    v.corner = !v.holds && !v.d.kink_within && is_corner(&v, floor);
    v.kink = !v.holds && (v.d.kink_within || v.corner);
    if (v.corner) v.holds = is_between(&v, floor);
    return v;
}

bool mgd__seems_to_hold(const mgd_ray *r) { return judge_by_steps(r, mgd__claim_along(r), steps[0]).holds; }

/* What rounding may do to the gradient deep in its sweep: costs a second derivative. */
static double deep_doubt(const mgd_ray *r) {
    mgd_subject *s = r->s;
    memset(s->moved, 0, (size_t)s->entries * sizeof *s->moved);
    for (int64_t i = mgd__ray_first(r); i < mgd__ray_last(r); i++) s->moved[i] = mgd__ray_direction(r, i);
    double terms = mgd__subject_terms_along(s, s->moved);
    memcpy(s->moved, s->at, (size_t)s->entries * sizeof *s->moved);
    return 8 * rounding * terms;
}

/* The account of an error may be too small by luck, but not again and again: only what fails with all steps fails. A
 * corner that is not seen may be at x, or so near that smaller steps tell; one set of steps may lie across it. */
mgd_judgement mgd__judge(const mgd_ray *r) {
    mgd_product got = mgd__claim_along(r);
    mgd_judgement v = judge_by_steps(r, got, steps[0]);
    int corners = v.corner;
    if (v.holds && !v.corner) return v;
    got.doubt += deep_doubt(r);
    for (int k = 1; k < STEPS; k++) {
        mgd_judgement again = judge_by_steps(r, got, steps[k]);
        if (again.holds && !again.corner) return again;
        corners += again.corner;
        if (again.d.central.error < v.d.central.error) v = again;
    }
    v.holds &= corners >= STEPS - 1 || !v.corner;
    v.kink &= corners >= STEPS - 1 || !v.corner;
    return v;
}
