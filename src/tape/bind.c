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

static bool changed(const mgd_tape *t, mgd_dim d) { return d < 0 && t->sizes.size[-d - 1]->changed; }

static bool has_changed(const mgd_tape *t, const mgd_var *v) {
    if (changed(t, v->rows) || changed(t, v->cols)) return true;
    if (v->op->parameter != MGD_PARAMETER_SIZES) return false;
    for (int64_t i = 0; i < v->p.sizes.length; i++)
        if (changed(t, v->p.sizes.list[i])) return true;
    return false;
}

/* Sizes are evaluated in the order in which they were made: those inside a minimum are older than it. Values of
 * another size than before are forgotten. */
static void bind_atom(mgd_tape *t, mgd_atom *a, int64_t n, const mgd_var *binder) {
    a->binder = binder;
    if (a->value == n) return;
    a->value = n;
    t->clock++;
    for (size_t i = 0; i < t->sizes.count; i++) {
        mgd_size *s = t->sizes.size[i];
        int64_t before = s->value;
        if (s->dim < 0) s->value = mgd__size_evaluate(t, s);
        s->changed = before && s->value != before;
    }
    for (uint32_t id = 0; id < t->count; id++)
        if (has_changed(t, mgd__node(t, id))) mgd__forget_value(t, id);
}

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
            if (a && !strcmp(a->name, label.text)) return mgd__undefined(t, "%s: the size %s is unbound", what, a->name);
            if (a) return mgd__undefined(t, "%s: the size %s is unbound, since %s is", what, label.text, a->name);
        }
    }
    return mgd__undefined(t, "%s: the size %s is not a whole number from 1 to %d", what, label.text, INT32_MAX);
}

/* d = factor * atom + rest, where the atom is the one unbound name in d and occurs to the first power; else NULL. */
static mgd_atom *only_unbound(mgd_tape *t, const mgd_size *s, int64_t *factor, int64_t *rest) {
    mgd_atom *only = NULL;
    *factor = *rest = 0;
    for (int i = 0; i < s->terms; i++) {
        int64_t x;
        const mgd_atom *a = unbound_atom(t, &s->term[i]);
        if (!a) {
            if (!term_value(t, &s->term[i], &x)) return NULL;
            *rest += x;
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
        if (!known || power > 1) return NULL;
        *factor += x;
    }
    return only;
}

/* What setting an input would bind: nothing where the atom is NULL. */
typedef struct {
    mgd_atom *atom;
    int64_t value;
} binding;

static bool decide(mgd_tape *t, const mgd_size *s, int64_t n, const mgd_var *x, const char *what, binding *b) {
    int64_t factor, rest, scaled;
    mgd_atom *a = only_unbound(t, s, &factor, &rest);
    if (!a || factor == 0 || __builtin_mul_overflow(n, s->divisor, &scaled))
        return mgd__undefined(t, "set: %s has %s %s, which %lld does not decide: bind its names first", mgd__label(x).text,
                              s->text, what, (long long)n);
    int64_t value = (scaled - rest) / factor;
    if ((scaled - rest) % factor || value < 1 || value > INT32_MAX)
        return mgd__undefined(t, "set: %s has %s %s; no whole %s makes that %lld", mgd__label(x).text, s->text, what,
                              a->name, (long long)n);
    *b = (binding){ a, value };
    return true;
}

static bool is_bare_name(const mgd_size *s) {
    return s->terms == 1 && s->divisor == 1 && s->term[0].coefficient == 1 && !s->term[0].atom[1];
}

/* What must be bound so that d is n: the one unbound name in it, or a name that x itself had bound. */
static bool plan(mgd_tape *t, mgd_dim d, int64_t n, const mgd_var *x, const char *what, const mgd_atom *taken, binding *b) {
    if (d == n) return true;
    if (d > 0) return mgd__undefined(t, "set: %s has %ld %s, not %lld", mgd__label(x).text, (long)d, what, (long long)n);
    const mgd_size *s = t->sizes.size[-d - 1];
    int64_t known = mgd__size_evaluate(t, s);
    if (known == n) return true;
    if (n < 1 || n > INT32_MAX)
        return mgd__undefined(t, "set: %s cannot have %lld %s", mgd__label(x).text, (long long)n, what);
    if (!known) return decide(t, s, n, x, what, b);
    mgd_atom *a = &t->sizes.atom[s->term[0].atom[0] - 1];
    if (is_bare_name(s) && a->binder == x && a != taken) {
        *b = (binding){ a, n };
        return true;
    }
    char by[96] = "";
    if (a == taken) snprintf(by, sizeof by, " from its rows");
    else if (a->binder) snprintf(by, sizeof by, " from %s", mgd__label(a->binder).text);
    return mgd__undefined(t, "set: %s is %lld%s, but %s has %lld %s", s->text, (long long)known, by, mgd__label(x).text,
                          (long long)n, what);
}

bool mgd__bind_size(mgd_tape *t, const mgd_var *x, int64_t rows, int64_t cols) {
    binding of_rows = { NULL, 0 }, of_cols = { NULL, 0 };
    if (!plan(t, x->rows, rows, x, "rows", NULL, &of_rows)) return false;
    int64_t before = of_rows.atom ? of_rows.atom->value : 0;
    if (of_rows.atom) of_rows.atom->value = of_rows.value; /* so that the columns see it; nothing is lost if they refuse */
    bool fits = plan(t, x->cols, cols, x, "columns", of_rows.atom, &of_cols);
    if (of_rows.atom) of_rows.atom->value = before;
    if (!fits) return false;
    if (of_rows.atom) bind_atom(t, of_rows.atom, of_rows.value, x);
    if (of_cols.atom) bind_atom(t, of_cols.atom, of_cols.value, x);
    return true;
}

bool mgd_bind(mgd_tape *t, const char *name, int64_t number) {
    if (!t) return false;
    t->complaint[0] = 0;
    mgd_atom *a = t->sizes.atom, *end = a + t->sizes.atoms;
    while (a < end && !(a->kind == MGD_ATOM_NAME && name && !strcmp(a->name, name))) a++;
    if (a == end) return mgd__undefined(t, "bind: no size of this tape is named '%.64s'", name ? name : "(null)");
    if (number < 1 || number > INT32_MAX)
        return mgd__undefined(t, "bind: %s cannot be %lld, a size is a whole number from 1 to %d", name,
                              (long long)number, INT32_MAX);
    bind_atom(t, a, number, NULL);
    return true;
}
