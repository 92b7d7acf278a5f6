/* SPDX-License-Identifier: MIT */
/* The gradient check: along lines through x, the claim against differences of f. */
#include "matgrad/check.h"

#include "check/ray.h"
#include "matgrad/derive.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ALL_ENTRIES = 1024, SOME_ENTRIES = 64, FEW_ENTRIES = 2, SOME_DIRECTIONS = 8, FEW_DIRECTIONS = 2 };
static const double most_flops = 2e10, evaluations = 16; /* for all entries; at each of them, as a rule */
static const double rounding = DBL_EPSILON / 2;

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

static void fill_in(mgd_gradient_check *c, const mgd_ray *r, const mgd_judgement *v) {
    double scale = r->draw ? 1 : r->s->scale[r->first];
    c->row = r->draw ? 0 : r->first / r->s->cols + 1;
    c->col = r->draw ? 0 : r->first % r->s->cols + 1;
    c->got = printable(r->draw || r->s->assumed ? v->got.value / scale : r->s->claim[r->first]);
    c->expected = v->d.central.value / scale;
    c->error = v->d.central.error / scale;
    c->holds = v->holds;
    c->kink = v->kink;
}

static void explain(mgd_gradient_check *c, const mgd_ray *r, const mgd_judgement *v) {
    double scale = r->draw ? 1 : r->s->scale[r->first];
    const mgd_differences *d = &v->d;
    c->message[0] = 0;
    say(c, "the gradient of %s by %s: ", mgd__label(r->s->f).text, mgd__label(r->s->x).text);
    if (r->draw)
        say(c, "its product with a direction");
    else
        say(c, "entry (%lld,%lld)", (long long)c->row, (long long)c->col);
    say(c, " is %.12g", c->got);
    if (mgd__is_known(d->central)) say(c, ", by differences %.12g, which err by about %.1g", c->expected, c->error);
    if (v->kink && (v->corner || !mgd__is_known(d->central)))
        say(c, "; a kink is at the point or near: %.10g to its left, %.10g to its right", d->left.value / scale,
            d->right.value / scale);
    else if (v->kink)
        say(c, "; a kink is near");
    if (v->no_value) say(c, ", and %s has no finite values around the point", mgd__label(r->s->f).text);
}

/* ---- which lines ---- */

static mgd_ray along_entry(mgd_subject *s, int64_t i) { return (mgd_ray){ s, i, i + 1, 0 }; }

/* Judges a line, and keeps the worst so far in c. True while all hold. */
static bool holds_along(mgd_gradient_check *c, const mgd_ray *r, double *strain) {
    mgd_judgement v = mgd__judge(r);
    bool kink_before = c->kink;
    if (v.holds && !(v.strain > *strain)) return true;
    *strain = v.strain;
    char note[sizeof c->message];
    memcpy(note, c->message, sizeof note);
    fill_in(c, r, &v);
    if (!v.holds || v.kink)
        explain(c, r, &v);
    else
        memcpy(c->message, note, sizeof note);
    c->kink |= v.holds && kink_before;
    return v.holds;
}

/* The entry in a range along which the claim fails. */
static bool find_entry(mgd_gradient_check *c, mgd_ray r, double *strain) {
    while (r.last - r.first > 1) {
        mgd_ray half = { r.s, r.first, r.first + (r.last - r.first) / 2, r.draw };
        if (mgd__seems_to_hold(&half))
            r.first = half.last;
        else
            r.last = half.last;
    }
    mgd_ray entry = along_entry(r.s, r.first);
    return !holds_along(c, &entry, strain);
}

static bool directions_hold(mgd_gradient_check *c, mgd_subject *s, int directions, double *strain) {
    for (uint64_t k = 1; k <= (uint64_t)directions; k++) {
        mgd_ray r = { s, 0, s->entries, k };
        mgd_gradient_check of_entry = *c, along = *c;
        if (holds_along(&along, &r, strain)) continue;
        *c = find_entry(&of_entry, r, strain) ? of_entry : along;
        return false;
    }
    return true;
}

/* The entry with the largest gradient; or that in which a claim is farthest from the library's gradient, as far as it
 * matters to f. */
static int64_t entry_of_interest(const mgd_subject *s, const double *other) {
    int64_t found = 0;
    double largest = -1;
    for (int64_t i = 0; i < s->entries; i++) {
        double size = other ? fabs(s->claim[i] - other[i]) * s->scale[i] : fabs(s->claim[i]);
        if (size > largest) found = i;
        largest = fmax(largest, size);
    }
    return found;
}

static bool some_entries_hold(mgd_gradient_check *c, mgd_subject *s, int64_t wanted, double *strain) {
    mgd_ray r = along_entry(s, entry_of_interest(s, NULL));
    if (!holds_along(c, &r, strain)) return false;
    const double *other = mgd_value(s->gradient);
    if (other && other != s->claim) {
        r = along_entry(s, entry_of_interest(s, other));
        if (!holds_along(c, &r, strain)) return false;
    }
    for (int64_t k = 0; k < wanted; k++) {
        r = along_entry(s, wanted > 1 ? (s->entries - 1) / (wanted - 1) * k : 0);
        if (!holds_along(c, &r, strain)) return false;
    }
    return true;
}

/* The claim's product with a direction is the tangent of f along it; but at a kink there are many subgradients. */
static void compare_with_pushforward(mgd_gradient_check *c, mgd_subject *s) {
    if (!s->forward.program || c->kink) return;
    mgd_ray r = { s, 0, s->entries, SOME_DIRECTIONS + 1 };
    double tangent = NAN;
    mgd_product p = mgd__claim_along(&r);
    for (int64_t i = 0; i < s->entries; i++) s->moved[i] = mgd__ray_direction(&r, i);
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
        mgd_ray r = along_entry(s, i);
        if (!holds_along(c, &r, &strain)) return;
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
