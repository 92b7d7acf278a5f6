/* SPDX-License-Identifier: MIT */
/* The sizes of a tape: one of each, named, computed with, and found again on another tape. */
#include "tape/tape.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mgd_polynomial polynomial_of(const mgd_tape *t, mgd_dim d) {
    if (d >= 0) return mgd__polynomial_constant(d);
    const mgd_size *s = t->sizes.size[-d - 1];
    mgd_polynomial p = { .divisor = s->divisor, .terms = s->terms };
    memcpy(p.term, s->term, (size_t)s->terms * sizeof p.term[0]);
    return p;
}

static const char *name_of_atom(const void *tape, uint16_t atom) {
    return ((const mgd_tape *)tape)->sizes.atom[atom - 1].name;
}

static mgd_polynomial_text text_of(const mgd_tape *t, const mgd_polynomial *p) {
    return mgd__polynomial_text(p, name_of_atom, t);
}

/* ---- one of each on its tape ---- */

static uint32_t hash_of(const mgd_polynomial *p) {
    uint64_t h = (uint64_t)p->divisor;
    for (int i = 0; i < p->terms; i++) {
        h = mgd__mix(h ^ (uint64_t)p->term[i].coefficient);
        for (int d = 0; d < MGD_SIZE_DEGREE; d++) h = mgd__mix(h ^ p->term[i].atom[d]);
    }
    return (uint32_t)(h >> 32);
}

static bool is_this(const mgd_size *s, const mgd_polynomial *p, uint32_t hash) {
    if (s->hash != hash || s->divisor != p->divisor || s->terms != p->terms) return false;
    for (int i = 0; i < p->terms; i++) /* a term has padding: no memcmp */
        if (s->term[i].coefficient != p->term[i].coefficient || mgd__compare_terms(&s->term[i], &p->term[i]))
            return false;
    return true;
}

static mgd_size *new_size(mgd_tape *t, const mgd_polynomial *p, uint32_t hash) {
    size_t bytes = (size_t)p->terms * sizeof p->term[0];
    mgd_size *s = mgd__arena_take(&t->texts, sizeof *s + bytes);
    mgd_polynomial_text label = text_of(t, p);
    char *name = mgd__arena_take(&t->texts, label.length + 1);
    if (!s || !name || !mgd__grow(&t->sizes.size, &t->sizes.room, t->sizes.count + 1, sizeof s)) {
        mgd__out_of_memory(t);
        return NULL;
    }
    memcpy(name, label.text, label.length + 1);
    *s = (mgd_size){ .tape = t, .hash = hash, .text = name, .divisor = p->divisor, .terms = p->terms };
    memcpy(s->term, p->term, bytes);
    t->sizes.size[t->sizes.count++] = s;
    s->dim = (mgd_dim) - (int64_t)t->sizes.count;
    s->value = mgd__size_evaluate(t, s);
    return s;
}

static bool make_cells(mgd_tape *t) {
    mgd_sizes *s = &t->sizes;
    if (2 * (s->count + 1) <= s->cells) return true;
    size_t cells = s->cells ? 2 * s->cells : 64;
    uint32_t *cell = calloc(cells, sizeof *cell);
    if (!cell) return mgd__out_of_memory(t);
    for (size_t k = 0; k < s->count; k++) {
        size_t i = s->size[k]->hash & (cells - 1);
        while (cell[i]) i = (i + 1) & (cells - 1);
        cell[i] = (uint32_t)(k + 1);
    }
    free(s->cell);
    s->cell = cell;
    s->cells = cells;
    return true;
}

static mgd_size *intern(mgd_tape *t, const mgd_polynomial *p) {
    uint32_t hash = hash_of(p);
    mgd_sizes *s = &t->sizes;
    if (!make_cells(t)) return NULL;
    size_t i = hash & (s->cells - 1);
    for (; s->cell[i]; i = (i + 1) & (s->cells - 1))
        if (is_this(s->size[s->cell[i] - 1], p, hash)) return s->size[s->cell[i] - 1];
    mgd_size *made = new_size(t, p, hash);
    if (made) s->cell[i] = (uint32_t)s->count;
    return made;
}

static bool is_number(const mgd_polynomial *p) { return p->terms == 0 || (p->terms == 1 && !p->term[0].atom[0]); }

static mgd_dim dim_of(mgd_tape *t, mgd_polynomial p) {
    if (p.broken) {
        mgd__refuse(t, "size: an expression has more than %d terms, a degree over %d or a coefficient over 64 bits",
                    MGD_SIZE_TERMS, MGD_SIZE_DEGREE);
        return 0;
    }
    mgd__polynomial_reduce(&p);
    if (is_number(&p)) {
        int64_t n = p.terms ? p.term[0].coefficient : 0;
        if (n >= 1 && n <= INT32_MAX && p.divisor == 1) return (mgd_dim)n;
        mgd__refuse(t, "size: %s is not a whole number from 1 to %d", text_of(t, &p).text, INT32_MAX);
        return 0;
    }
    mgd_size *s = intern(t, &p);
    return s ? s->dim : 0;
}

static mgd_term term_of_atom(size_t i) { return (mgd_term){ .coefficient = 1, .atom = { (uint16_t)(i + 1) } }; }

/* The size that an atom is, made where it is new. */
static mgd_dim dim_of_atom(mgd_tape *t, mgd_atom a) {
    size_t i = 0;
    const mgd_atom *x = t->sizes.atom;
    a.name = mgd__intern_text(t, a.name);
    if (!a.name) return 0;
    while (i < t->sizes.atoms && !(x[i].name == a.name && x[i].kind == a.kind && x[i].a == a.a && x[i].b == a.b)) i++;
    if (i == UINT16_MAX - 1) return mgd__refuse(t, "size: more than %d names", UINT16_MAX - 1), 0;
    if (i == t->sizes.atoms) {
        if (!mgd__grow(&t->sizes.atom, &t->sizes.atom_room, i + 1, sizeof a)) return mgd__out_of_memory(t), 0;
        t->sizes.atom[t->sizes.atoms++] = a;
    }
    return dim_of(t, (mgd_polynomial){ .divisor = 1, .terms = 1, .term = { term_of_atom(i) } });
}

mgd_dim mgd__dim_number(mgd_tape *t, int64_t n) { return dim_of(t, mgd__polynomial_constant(n)); }

mgd_dim mgd__dim_add(mgd_tape *t, mgd_dim a, mgd_dim b) {
    return a && b ? dim_of(t, mgd__polynomial_sum(polynomial_of(t, a), polynomial_of(t, b))) : 0;
}

mgd_dim mgd__dim_times(mgd_tape *t, mgd_dim a, mgd_dim b) {
    return a && b ? dim_of(t, mgd__polynomial_product(polynomial_of(t, a), polynomial_of(t, b))) : 0;
}

static mgd_dim extreme(mgd_tape *t, bool smaller, mgd_dim a, mgd_dim b) {
    if (a == b || !a || !b) return a && b ? a : 0;
    if (a > 0 && b > 0) return (a < b) == smaller ? a : b;
    mgd_dim low = a < b ? a : b, high = a < b ? b : a;
    char name[160];
    snprintf(name, sizeof name, "%s(%s,%s)", smaller ? "min" : "max", mgd__dim_label(t, high).text,
             mgd__dim_label(t, low).text);
    return dim_of_atom(t,
                       (mgd_atom){ .kind = smaller ? MGD_ATOM_MIN : MGD_ATOM_MAX, .name = name, .a = low, .b = high });
}

mgd_dim mgd__dim_min(mgd_tape *t, mgd_dim a, mgd_dim b) { return extreme(t, true, a, b); }

mgd_label mgd__dim_label(const mgd_tape *t, mgd_dim d) {
    mgd_label l;
    if (d < 0)
        snprintf(l.text, sizeof l.text, "%s", t->sizes.size[-d - 1]->text);
    else
        snprintf(l.text, sizeof l.text, "%ld", (long)d);
    return l;
}

/* ---- from one tape to another ---- */

static mgd_polynomial polynomial_on(mgd_tape *to, const mgd_tape *from, mgd_dim d, const mgd_dim *atom) {
    mgd_polynomial p = polynomial_of(from, d), q = { .divisor = 1 };
    for (int i = 0; i < p.terms; i++) {
        mgd_polynomial x = mgd__polynomial_constant(p.term[i].coefficient);
        for (int k = 0; k < MGD_SIZE_DEGREE && p.term[i].atom[k]; k++)
            x = mgd__polynomial_product(x, polynomial_of(to, atom[p.term[i].atom[k] - 1]));
        q = mgd__polynomial_sum(q, x);
    }
    return mgd__polynomial_scaled(q, 1, p.divisor);
}

/* Marks the atoms that d is made of; those inside a minimum are older than it, so one way down finds all. */
static void mark_atoms(const mgd_tape *t, mgd_dim d, bool *needed) {
    const mgd_size *s = d < 0 ? t->sizes.size[-d - 1] : NULL;
    for (int i = 0; s && i < s->terms; i++)
        for (int k = 0; k < MGD_SIZE_DEGREE && s->term[i].atom[k]; k++) needed[s->term[i].atom[k] - 1] = true;
}

static void find_atoms(const mgd_tape *t, mgd_dim d, bool *needed) {
    mark_atoms(t, d, needed);
    for (size_t i = t->sizes.atoms; i-- > 0;) {
        const mgd_atom *a = &t->sizes.atom[i];
        if (!needed[i] || a->kind == MGD_ATOM_NAME) continue;
        mark_atoms(t, a->a, needed);
        mark_atoms(t, a->b, needed);
    }
}

static mgd_dim atom_on(mgd_tape *to, const mgd_tape *from, const mgd_atom *a, const mgd_dim *atom) {
    if (a->kind == MGD_ATOM_NAME) return dim_of_atom(to, (mgd_atom){ .name = a->name });
    mgd_dim low = dim_of(to, polynomial_on(to, from, a->a, atom)),
            high = dim_of(to, polynomial_on(to, from, a->b, atom));
    return extreme(to, a->kind == MGD_ATOM_MIN, low, high);
}

mgd_dim mgd__dim_on(mgd_tape *to, const mgd_tape *from, mgd_dim d) {
    if (d >= 0 || to == from) return d;
    size_t atoms = from->sizes.atoms;
    mgd_dim *atom = calloc(atoms, sizeof *atom), result = 0;
    bool *needed = calloc(atoms, sizeof *needed);
    if (needed) find_atoms(from, d, needed);
    for (size_t i = 0; atom && needed && i < atoms; i++)
        if (needed[i]) atom[i] = atom_on(to, from, &from->sizes.atom[i], atom);
    if (atom && needed)
        result = dim_of(to, polynomial_on(to, from, d, atom));
    else
        mgd__out_of_memory(to);
    free(atom);
    free(needed);
    return result;
}

/* ---- the public face ---- */

mgd_dim mgd__dim_of(const mgd_tape *t, const mgd_size *s) { return s && s->tape == t ? s->dim : 0; }

const mgd_size *mgd__dim_size(mgd_tape *t, mgd_dim d) {
    if (!d) return NULL;
    if (d < 0) return t->sizes.size[-d - 1];
    mgd_polynomial p = mgd__polynomial_constant(d);
    mgd_size *s = intern(t, &p);
    if (s) s->dim = d;
    return s;
}

const mgd_size *mgd_size_number(mgd_tape *t, int64_t number) {
    return t && !t->failed ? mgd__dim_size(t, mgd__dim_number(t, number)) : NULL;
}

bool mgd__is_name(const char *name) {
    if (!name || !name[0] || (name[0] >= '0' && name[0] <= '9') || strlen(name) > 64) return false;
    for (const char *c = name; *c; c++)
        if ((*c > 0 && *c <= ' ') || *c == 0x7f) return false;
    return !strpbrk(name, "+-*/^'.,;:()[]{}<>=#\"\\&|!?%$@~`");
}

const mgd_size *mgd_size_named(mgd_tape *t, const char *name) {
    if (!t || t->failed) return NULL;
    if (!mgd__is_name(name)) {
        mgd__refuse(t, "size: '%.64s' is no name", name ? name : "(null)");
        return NULL;
    }
    return mgd__dim_size(t, dim_of_atom(t, (mgd_atom){ .kind = MGD_ATOM_NAME, .name = name }));
}

/* The tape that both are of, or NULL with the error raised on a's. */
static mgd_tape *common_tape(const mgd_size *a, const mgd_size *b) {
    if (!a || !b || a->tape->failed) return NULL;
    if (a->tape == b->tape) return a->tape;
    mgd__refuse(a->tape, "size: %s and %s are of different tapes", a->text, b->text);
    return NULL;
}

const mgd_size *mgd_size_add(const mgd_size *a, const mgd_size *b) {
    mgd_tape *t = common_tape(a, b);
    return t ? mgd__dim_size(t, mgd__dim_add(t, a->dim, b->dim)) : NULL;
}

const mgd_size *mgd_size_subtract(const mgd_size *a, const mgd_size *b) {
    mgd_tape *t = common_tape(a, b);
    if (!t) return NULL;
    return mgd__dim_size(t, dim_of(t, mgd__polynomial_sum(polynomial_of(t, a->dim),
                                                          mgd__polynomial_scaled(polynomial_of(t, b->dim), -1, 1))));
}

const mgd_size *mgd_size_times(const mgd_size *a, const mgd_size *b) {
    mgd_tape *t = common_tape(a, b);
    return t ? mgd__dim_size(t, mgd__dim_times(t, a->dim, b->dim)) : NULL;
}

const mgd_size *mgd_size_divide(const mgd_size *a, int64_t divisor) {
    if (!a || a->tape->failed) return NULL;
    if (divisor < 1) {
        mgd__refuse(a->tape, "size: %s cannot be divided by %lld", a->text, (long long)divisor);
        return NULL;
    }
    return mgd__dim_size(a->tape, dim_of(a->tape, mgd__polynomial_scaled(polynomial_of(a->tape, a->dim), 1, divisor)));
}

const mgd_size *mgd_size_min(const mgd_size *a, const mgd_size *b) {
    mgd_tape *t = common_tape(a, b);
    return t ? mgd__dim_size(t, extreme(t, true, a->dim, b->dim)) : NULL;
}

const mgd_size *mgd_size_max(const mgd_size *a, const mgd_size *b) {
    mgd_tape *t = common_tape(a, b);
    return t ? mgd__dim_size(t, extreme(t, false, a->dim, b->dim)) : NULL;
}

const char *mgd_size_text(const mgd_size *s) { return s ? s->text : ""; }
int64_t mgd_size_value(const mgd_size *s) { return s ? mgd__dim_value(s->tape, s->dim) : 0; }

void mgd__sizes_reset(mgd_sizes *s) {
    s->count = s->atoms = 0;
    if (s->cells) memset(s->cell, 0, s->cells * sizeof *s->cell);
}

void mgd__sizes_free(mgd_sizes *s) {
    free(s->cell);
    free(s->size);
    free(s->atom);
}
