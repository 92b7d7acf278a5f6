/* SPDX-License-Identifier: MIT */
/* The gradient check: along lines through x, the claim against differences of f. */
#include "matgrad/check.h"

#include "check/subject.h"
#include "matgrad/derive.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ALL_ENTRIES = 1024, SOME_ENTRIES = 64, FEW_ENTRIES = 4, SOME_DIRECTIONS = 8, FEW_DIRECTIONS = 3 };
static const double most_flops = 2e10, evaluations = 16; /* for all entries; at each of them, as a rule */
static const double rounding = DBL_EPSILON / 2, enough = 0x1p-30;

/* A line through x: one entry moves, by its scale, or those in a range, each in a direction of its own. */
typedef struct {
    mgd_subject *s;
    int64_t first, last;
    uint64_t draw; /* which random direction; 0 for one entry */
} line;

/* Between 1/2 and 1 of the entry's scale, to either side. */
static double direction(const line *l, int64_t i) {
    if (!l->draw) return l->s->scale[i];
    uint64_t bits = mgd__mix(l->draw * 0x9e3779b97f4a7c15u + (uint64_t)i);
    double size = 0.5 + (double)(bits >> 12) * 0x1p-53;
    return (bits & 1 ? size : -size) * l->s->scale[i];
}

static mgd_sample_kind sample(void *context, double t, double *value) {
    const line *l = context;
    mgd_subject *s = l->s;
    bool finite = true;
    for (int64_t i = l->first; i < l->last; i++) {
        s->moved[i] = s->at[i] + t * direction(l, i);
        finite &= isfinite(s->moved[i]);
    }
    mgd_sample_kind kind = finite ? mgd__subject_sample(s, value) : MGD_NO_VALUE;
    memcpy(s->moved + l->first, s->at + l->first, (size_t)(l->last - l->first) * sizeof *s->at);
    return kind;
}

/* The claim along a line, and what rounding may do to it: to the terms of the gradient, and to their sum. */
typedef struct {
    double value, doubt;
} product;

static product claim_along(const line *l) {
    double sum = 0, rest = 0, terms = 0, magnitude = 0;
    for (int64_t i = l->first; i < l->last; i++) {
        double v = direction(l, i), term = l->s->claim[i] * v, next = sum + term;
        rest += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum; /* Neumaier 1974 */
        sum = next;
        terms += fabs(term);
        magnitude += l->s->magnitude[i] * fabs(v);
    }
    return (product){ isfinite(rest) ? sum + rest : sum, rounding * (64 * terms + 16 * magnitude) };
}

/* ---- verdicts ---- */

typedef struct {
    bool holds, kink, no_value, corner;
    product got;
    mgd_differences d;
    double strain; /* how much of the error that is allowed was used up: below 1 it holds */
} verdict;

static bool is_known(mgd_estimate e) { return e.error < INFINITY; }

/* Is there a corner at x itself? Differences to the left and to the right tell, and central ones are their mean. */
static bool is_corner(const verdict *v, double floor) {
    const mgd_differences *d = &v->d;
    double error = d->left.error + d->right.error, mean = d->left.value / 2 + d->right.value / 2;
    return is_known(d->left) && is_known(d->right) && fabs(d->left.value - d->right.value) > 16 * error + floor &&
           fabs(d->central.value - mean) <= 2 * (error + d->central.error) + floor;
}

static bool is_between(const verdict *v, double floor) {
    const mgd_differences *d = &v->d;
    double low = fmin(d->left.value - 2 * d->left.error, d->right.value - 2 * d->right.error) - floor;
    double high = fmax(d->left.value + 2 * d->left.error, d->right.value + 2 * d->right.error) + floor;
    return low <= v->got.value && v->got.value <= high;
}

/* Far outside of where x is, and of where functions have their features as a rule, differences say nothing of x. */
static double largest_step(const line *l) {
    double largest = 0;
    for (int64_t i = l->first; i < l->last; i++) largest = fmax(largest, l->s->scale[i]);
    return 100 * fmax(l->s->largest, 1) / largest;
}

static verdict judge_by_steps(const line *l, product got, double step) {
    const mgd_subject *s = l->s;
    verdict v = { .got = got };
    double size = v.got.value != 0 && isfinite(v.got.value) ? fabs(v.got.value) : s->terms;
    mgd_line f = { .sample = sample,
                   .context = (void *)(uintptr_t)l,
                   .at_0 = s->value,
                   .noise = 8 * rounding * s->terms,
                   .tolerated = enough * size,
                   .most = largest_step(l),
                   .step = step };
    v.d = mgd__differences(&f);
    double floor = v.got.doubt + 64 * rounding * fabs(v.d.central.value);
    if (is_known(v.d.central)) {
        v.strain = fabs(v.got.value - v.d.central.value) / (3 * v.d.central.error + floor);
        v.holds = v.strain <= 1 || v.got.value == v.d.central.value;
        v.corner = !v.holds && !v.d.kink_within && is_corner(&v, floor);
        v.kink = !v.holds && (v.d.kink_within || v.corner);
        if (v.corner) v.holds = is_between(&v, floor);
        return v;
    }
    v.kink = is_known(v.d.left) && is_known(v.d.right);
    v.no_value = !v.kink;
    v.holds = v.kink && is_between(&v, v.got.doubt);
    v.strain = v.holds ? 1 : INFINITY;
    return v;
}

/* What rounding may do to the gradient deep in its sweep: costs a second derivative. */
static double deep_doubt(const line *l) {
    mgd_subject *s = l->s;
    memset(s->moved, 0, (size_t)s->entries * sizeof *s->moved);
    for (int64_t i = l->first; i < l->last; i++) s->moved[i] = direction(l, i);
    double terms = mgd__subject_terms_along(s, s->moved);
    memcpy(s->moved, s->at, (size_t)s->entries * sizeof *s->moved);
    return 8 * rounding * terms;
}

/* The account of an error may be too small by luck, but not again and again: only what fails with all steps fails. A
 * corner that is not seen may be at x, or so near that smaller steps tell; one set of steps may lie across it. */
static verdict judge(const line *l) {
    product got = claim_along(l);
    verdict v = judge_by_steps(l, got, 0.37);
    int corners = v.corner;
    if (v.holds && !v.corner) return v;
    got.doubt += deep_doubt(l);
    for (double step = 0.31; step > 1e-5; step /= 100) {
        verdict again = judge_by_steps(l, got, step);
        if (again.holds && !again.corner) return again;
        corners += again.corner;
        if (again.d.central.error < v.d.central.error) v = again;
    }
    v.holds &= corners >= 3 || !v.corner;
    v.kink &= corners >= 3 || !v.corner;
    return v;
}

/* ---- the report ---- */

static double printable(double x) { return isnan(x) ? NAN : x; } /* not -nan */

static void say(mgd_gradient_check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(mgd_gradient_check *c, const char *format, ...) {
    size_t length = strlen(c->message);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(c->message + length, sizeof c->message - length, format, arguments);
    va_end(arguments);
}

static void fill_in(mgd_gradient_check *c, const line *l, const verdict *v) {
    double scale = l->draw ? 1 : l->s->scale[l->first];
    c->row = l->draw ? 0 : l->first / l->s->cols + 1;
    c->col = l->draw ? 0 : l->first % l->s->cols + 1;
    c->got = printable(l->draw ? v->got.value : l->s->claim[l->first]);
    c->expected = v->d.central.value / scale;
    c->error = v->d.central.error / scale;
    c->holds = v->holds;
    c->kink = v->kink;
}

static void explain(mgd_gradient_check *c, const line *l, const verdict *v) {
    double scale = l->draw ? 1 : l->s->scale[l->first];
    const mgd_differences *d = &v->d;
    c->message[0] = 0;
    say(c, "the gradient of %s by %s: ", mgd__label(l->s->f).text, mgd__label(l->s->x).text);
    if (l->draw)
        say(c, "its product with a direction");
    else
        say(c, "entry (%lld,%lld)", (long long)c->row, (long long)c->col);
    say(c, " is %.12g", c->got);
    if (is_known(d->central)) say(c, ", by differences %.12g, which err by about %.1g", c->expected, c->error);
    if (v->kink && (v->corner || !is_known(d->central)))
        say(c, "; a kink is at the point or near: %.10g to its left, %.10g to its right", d->left.value / scale,
            d->right.value / scale);
    else if (v->kink)
        say(c, "; a kink is near");
    if (v->no_value) say(c, ", and %s has no finite values around the point", mgd__label(l->s->f).text);
}

/* ---- which lines ---- */

static line along_entry(mgd_subject *s, int64_t i) { return (line){ s, i, i + 1, 0 }; }

/* Judges a line, and keeps the worst so far in c. True while all hold. */
static bool holds_along(mgd_gradient_check *c, const line *l, double *strain) {
    verdict v = judge(l);
    bool kink_before = c->kink;
    if (v.holds && !(v.strain > *strain)) return true;
    *strain = v.strain;
    char note[sizeof c->message];
    memcpy(note, c->message, sizeof note);
    fill_in(c, l, &v);
    if (!v.holds || v.kink)
        explain(c, l, &v);
    else
        memcpy(c->message, note, sizeof note);
    c->kink |= v.holds && kink_before;
    return v.holds;
}

/* The entry in a range along which the claim fails. */
static bool find_entry(mgd_gradient_check *c, line l, double *strain) {
    while (l.last - l.first > 1) {
        line half = { l.s, l.first, l.first + (l.last - l.first) / 2, l.draw };
        if (judge_by_steps(&half, claim_along(&half), 0.37).holds)
            l.first = half.last;
        else
            l.last = half.last;
    }
    line entry = along_entry(l.s, l.first);
    return !holds_along(c, &entry, strain);
}

static bool directions_hold(mgd_gradient_check *c, mgd_subject *s, int directions, double *strain) {
    for (uint64_t k = 1; k <= (uint64_t)directions; k++) {
        line l = { s, 0, s->entries, k };
        mgd_gradient_check of_entry = *c, along = *c;
        if (holds_along(&along, &l, strain)) continue;
        *c = find_entry(&of_entry, l, strain) ? of_entry : along;
        return false;
    }
    return true;
}

static int64_t largest_claim(const mgd_subject *s) {
    int64_t largest = 0;
    for (int64_t i = 1; i < s->entries; i++)
        if (fabs(s->claim[i]) > fabs(s->claim[largest])) largest = i;
    return largest;
}

static bool some_entries_hold(mgd_gradient_check *c, mgd_subject *s, int64_t wanted, double *strain) {
    line l = along_entry(s, largest_claim(s));
    if (!holds_along(c, &l, strain)) return false;
    for (int64_t k = 0; k < wanted; k++) {
        l = along_entry(s, wanted > 1 ? (s->entries - 1) / (wanted - 1) * k : 0);
        if (!holds_along(c, &l, strain)) return false;
    }
    return true;
}

/* The claim's product with a direction is the tangent of f along it; but at a kink there are many subgradients. */
static void compare_with_pushforward(mgd_gradient_check *c, mgd_subject *s) {
    if (!s->forward.program || c->kink) return;
    line l = { s, 0, s->entries, SOME_DIRECTIONS + 1 };
    double tangent = NAN;
    product p = claim_along(&l);
    for (int64_t i = 0; i < s->entries; i++) s->moved[i] = direction(&l, i);
    s->forward.in[0].data = s->moved;
    s->forward.out[0].data = &tangent;
    bool fine = mgd__seeded_run(&s->forward, &s->tape->complaint);
    memcpy(s->moved, s->at, (size_t)s->entries * sizeof *s->at);
    if (!fine || fabs(tangent - p.value) <= 1024 * rounding * (s->terms + fabs(tangent)) + 64 * p.doubt) return;
    *c = (mgd_gradient_check){ .got = p.value, .expected = tangent };
    say(c, "the gradient of %s by %s: its product with a direction is %.16g, but by mgd_pushforward %.16g",
        mgd__label(s->f).text, mgd__label(s->x).text, p.value, tangent);
}

static void check(mgd_gradient_check *c, mgd_subject *s) {
    double strain = -1, flops = mgd_program_flops(s->function.program) + (double)s->entries;
    double affordable = most_flops / (evaluations * flops);
    bool all = s->entries <= ALL_ENTRIES && (double)s->entries <= affordable;
    c->holds = true;
    for (int64_t i = 0; all && i < s->entries; i++) {
        line l = along_entry(s, i);
        if (!holds_along(c, &l, &strain)) return;
    }
    int64_t entries = (int64_t)fmax(FEW_ENTRIES, fmin(SOME_ENTRIES, affordable));
    if (entries > s->entries) entries = s->entries;
    int directions = (int)fmax(FEW_DIRECTIONS, fmin(SOME_DIRECTIONS, affordable));
    if (!all && !some_entries_hold(c, s, entries, &strain)) return;
    if (!all && !directions_hold(c, s, directions, &strain)) return;
    compare_with_pushforward(c, s);
}

static bool are_checkable(const mgd_tape *t, mgd_var *f, mgd_var *x, mgd_var *claim, mgd_gradient_check *c) {
    if (!f || !x)
        say(c, "check: %s is NULL", f ? "x" : "f");
    else if (t->failed)
        say(c, "%s", mgd_message(t));
    else if (x->tape != t || (claim && claim->tape != t))
        say(c, "check: the vars are of different tapes");
    else if (!mgd__is_scalar(f))
        say(c, "check: %s is %s, not 1x1", mgd__label(f).text, mgd__size_label(f).text);
    else if (claim && !mgd__same_size(claim, x))
        say(c, "check: the gradient by %s is %s, the claim %s is %s", mgd__label(x).text, mgd__size_label(x).text,
            mgd__label(claim).text, mgd__size_label(claim).text);
    return !c->message[0];
}

mgd_gradient_check mgd_check_gradient(mgd_var *f, mgd_var *x, mgd_var *claim) {
    mgd_gradient_check c = { .got = NAN, .expected = NAN, .error = INFINITY };
    mgd_tape *t = f ? f->tape : x ? x->tape : NULL;
    if (!are_checkable(t, f, x, claim, &c)) return c;
    mgd_subject s = { .tape = t };
    mgd_aside aside = mgd__aside_begin(t);
    mgd_var *gradient = claim ? claim : mgd_gradient(f, x);
    bool fine = gradient && mgd__subject_make(&s, f, x, gradient);
    if (fine) check(&c, &s);
    mgd__subject_free(&s);
    mgd__aside_end(&aside, fine, false);
    if (!fine) say(&c, "%s", mgd_message(t));
    mgd_clear(t);
    return c;
}
