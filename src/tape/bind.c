/* SPDX-License-Identifier: MIT */
/* Sizes as numbers: what the names are bound to, and by whom. */
#include "tape/tape.h"

#include <stdio.h>
#include <string.h>

int64_t mgd__dim_value(const mgd_tape *t, mgd_dim d) { return d >= 0 ? d : t->sizes.size[-d - 1]->value; }

static int64_t atom_value(const mgd_tape *t, const mgd_atom *a) {
    if (a->kind == MGD_ATOM_NAME) return a->value;
    int64_t x = mgd__dim_value(t, a->a), y = mgd__dim_value(t, a->b);
    return !x || !y ? 0 : (x < y) == (a->kind == MGD_ATOM_MIN) ? x : y;
}

static bool term_value(const mgd_tape *t, const mgd_term *x, int64_t *value) {
    int64_t v = x->coefficient;
    for (int d = 0; d < MGD_SIZE_DEGREE && x->atom[d]; d++) {
        int64_t a = atom_value(t, &t->sizes.atom[x->atom[d] - 1]);
        if (a == 0 || __builtin_mul_overflow(v, a, &v)) return false;
    }
    *value = v;
    return true;
}

int64_t mgd__size_evaluate(const mgd_tape *t, const mgd_size *s) {
    int64_t total = 0, x;
    for (int i = 0; i < s->terms; i++)
        if (!term_value(t, &s->term[i], &x) || __builtin_add_overflow(total, x, &total)) return 0;
    if (total % s->divisor) return 0;
    total /= s->divisor;
    return total >= 1 && total <= INT32_MAX ? total : 0;
}

/* ---- a binding is tried out, then kept or taken back ---- */

/* Sizes in the order in which they were made: those inside a minimum are older than it. */
static void evaluate_sizes(mgd_tape *t) {
    for (size_t i = 0; i < t->sizes.count; i++) {
        mgd_size *s = t->sizes.size[i];
        if (s->dim < 0) s->value = mgd__size_evaluate(t, s);
    }
}

/* The names that x had bound, which it may bind again, are open from here on. */
static void begin(mgd_tape *t, const mgd_var *x) {
    for (size_t i = 0; i < t->sizes.count; i++) t->sizes.size[i]->before = t->sizes.size[i]->value;
    for (size_t i = 0; i < t->sizes.atoms; i++) {
        mgd_atom *a = &t->sizes.atom[i];
        a->before = a->value;
        if (x && a->binder == x) a->value = 0;
    }
    evaluate_sizes(t);
}

static void bind_atom(mgd_tape *t, mgd_atom *a, int64_t n, const mgd_var *binder) {
    a->binder = binder;
    a->value = n;
    evaluate_sizes(t);
}

void mgd__drop_binding(mgd_tape *t) {
    for (size_t i = 0; i < t->sizes.count; i++) t->sizes.size[i]->value = t->sizes.size[i]->before;
    for (size_t i = 0; i < t->sizes.atoms; i++) {
        mgd_atom *a = &t->sizes.atom[i];
        a->value = a->before;
        if (!a->value) a->binder = NULL;
    }
}

static bool changed(const mgd_tape *t, mgd_dim d) {
    const mgd_size *s = d < 0 ? t->sizes.size[-d - 1] : NULL;
    return s && s->before && s->before != s->value;
}

static bool has_changed(const mgd_tape *t, const mgd_var *v) {
    if (changed(t, v->rows) || changed(t, v->cols)) return true;
    if (v->op->parameter != MGD_PARAMETER_SIZES) return false;
    for (int64_t i = 0; i < v->p.sizes.length; i++)
        if (changed(t, v->p.sizes.list[i])) return true;
    return false;
}

void mgd__keep_binding(mgd_tape *t) {
    bool any = false;
    for (size_t i = 0; i < t->sizes.count; i++) any |= t->sizes.size[i]->value != t->sizes.size[i]->before;
    if (!any) return;
    t->clock++;
    for (uint32_t id = 0; id < t->count; id++)
        if (has_changed(t, mgd__node(t, id))) mgd__forget_value(t, id);
}

/* ---- */

static const mgd_atom *unbound_atom(const mgd_tape *t, const mgd_term *x) {
    for (int d = 0; d < MGD_SIZE_DEGREE && x->atom[d]; d++)
        if (!atom_value(t, &t->sizes.atom[x->atom[d] - 1])) return &t->sizes.atom[x->atom[d] - 1];
    return NULL;
}

bool mgd__unbound(mgd_tape *t, mgd_dim d, const char *what) {
    mgd_label label = mgd__dim_label(t, d);
    if (d < 0) {
        const mgd_size *s = t->sizes.size[-d - 1];
        for (int i = 0; i < s->terms; i++) {
            const mgd_atom *a = unbound_atom(t, &s->term[i]);
            if (a && !strcmp(a->name, label.text))
                return mgd__undefined(&t->complaint, "%s: the size %s is unbound", what, a->name);
            if (a)
                return mgd__undefined(&t->complaint, "%s: the size %s is unbound, since %s is", what, label.text,
                                      a->name);
        }
    }
    return mgd__undefined(&t->complaint, "%s: the size %s is not a whole number from 1 to %d", what, label.text,
                          INT32_MAX);
}

/* d = factor * atom + rest, where the atom is the one unbound name in d and occurs to the first power; else NULL. */
static mgd_atom *only_unbound(mgd_tape *t, const mgd_size *s, int64_t *factor, int64_t *rest) {
    mgd_atom *only = NULL;
    *factor = *rest = 0;
    for (int i = 0; i < s->terms; i++) {
        int64_t x;
        const mgd_atom *a = unbound_atom(t, &s->term[i]);
        if (!a) {
            if (!term_value(t, &s->term[i], &x) || __builtin_add_overflow(*rest, x, rest)) return NULL;
            continue;
        }
        if ((only && a != only) || a->kind != MGD_ATOM_NAME) return NULL;
        only = &t->sizes.atom[a - t->sizes.atom];
        only->value = 1; /* so that the term's value is its factor; a second unbound name in it makes that fail */
        int power = 0;
        for (int k = 0; k < MGD_SIZE_DEGREE && s->term[i].atom[k]; k++)
            power += &t->sizes.atom[s->term[i].atom[k] - 1] == only;
        bool known = term_value(t, &s->term[i], &x);
        only->value = 0;
        if (!known || power > 1 || __builtin_add_overflow(*factor, x, factor)) return NULL;
    }
    return only;
}

static bool is_open(const mgd_tape *t, const mgd_size *s) {
    for (int i = 0; i < s->terms; i++)
        if (unbound_atom(t, &s->term[i])) return true;
    return false;
}

static bool decide(mgd_tape *t, const mgd_size *s, int64_t n, const mgd_var *x, const char *what) {
    int64_t factor, rest, scaled;
    if (!is_open(t, s))
        return mgd__undefined(&t->complaint, "set: %s has %s %s, which is not a whole number from 1 to %d",
                              mgd__label(x).text, s->text, what, INT32_MAX);
    mgd_atom *a = only_unbound(t, s, &factor, &rest);
    if (!a || factor == 0 || __builtin_mul_overflow(n, s->divisor, &scaled) ||
        __builtin_sub_overflow(scaled, rest, &scaled))
        return mgd__undefined(&t->complaint, "set: %s has %s %s, which %lld does not decide: bind its names first",
                              mgd__label(x).text, s->text, what, (long long)n);
    int64_t value = scaled / factor;
    if (scaled % factor || value < 1 || value > INT32_MAX)
        return mgd__undefined(&t->complaint, "set: %s has %s %s; no whole %s makes that %lld", mgd__label(x).text,
                              s->text, what, a->name, (long long)n);
    bind_atom(t, a, value, x);
    return true;
}

static bool is_bare_name(const mgd_size *s) {
    return s->terms == 1 && s->divisor == 1 && s->term[0].coefficient == 1 && !s->term[0].atom[1];
}

/* Names of x's own are open, so one that has a value by x has it from its rows. */
static bool conflict(mgd_tape *t, const mgd_size *s, int64_t n, const mgd_var *x, const char *what) {
    const mgd_var *binder = is_bare_name(s) ? t->sizes.atom[s->term[0].atom[0] - 1].binder : NULL;
    char by[96] = "";
    if (binder) snprintf(by, sizeof by, " from %s", binder == x ? "its rows" : mgd__label(binder).text);
    return mgd__undefined(&t->complaint, "set: %s is %lld%s, but %s has %lld %s", s->text, (long long)s->value, by,
                          mgd__label(x).text, (long long)n, what);
}

/* Lets d be n, by binding the one open name in it where there is one. */
static bool fit(mgd_tape *t, mgd_dim d, int64_t n, const mgd_var *x, const char *what) {
    if (mgd__dim_value(t, d) == n) return true;
    if (d > 0)
        return mgd__undefined(&t->complaint, "set: %s has %ld %s, not %lld", mgd__label(x).text, (long)d, what,
                              (long long)n);
    if (n < 1 || n > INT32_MAX)
        return mgd__undefined(&t->complaint, "set: %s cannot have %lld %s", mgd__label(x).text, (long long)n, what);
    const mgd_size *s = t->sizes.size[-d - 1];
    return s->value ? conflict(t, s, n, x, what) : decide(t, s, n, x, what);
}

bool mgd__try_binding(mgd_tape *t, const mgd_var *x, int64_t rows, int64_t cols) {
    begin(t, x);
    bool fits = fit(t, x->rows, rows, x, "rows") && fit(t, x->cols, cols, x, "columns");
    if (!fits) mgd__drop_binding(t);
    return fits;
}

void mgd__unbind(mgd_tape *t, uint32_t first) {
    begin(t, NULL);
    for (size_t i = 0; i < t->sizes.atoms; i++) {
        mgd_atom *a = &t->sizes.atom[i];
        if (a->binder && a->binder->id >= first) bind_atom(t, a, 0, NULL);
    }
    mgd__keep_binding(t);
}

bool mgd_bind(mgd_tape *t, const char *name, int64_t number) {
    if (!t) return false;
    t->complaint.text[0] = 0;
    mgd_atom *a = t->sizes.atom, *end = a + t->sizes.atoms;
    while (a < end && !(a->kind == MGD_ATOM_NAME && name && !strcmp(a->name, name))) a++;
    if (a == end)
        return mgd__undefined(&t->complaint, "bind: no size of this tape is named '%.64s'", name ? name : "(null)");
    if (number < 1 || number > INT32_MAX)
        return mgd__undefined(&t->complaint, "bind: %s cannot be %lld, a size is a whole number from 1 to %d", name,
                              (long long)number, INT32_MAX);
    begin(t, NULL);
    bind_atom(t, a, number, NULL);
    mgd__keep_binding(t);
    return true;
}
