/* SPDX-License-Identifier: MIT */
/* What repeats gets a name. */
#include "text/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORTH_A_NAME = 3, DEEPEST = 400 };

typedef struct {
    uint32_t uses;
    uint32_t operations; /* in its formula, with those of its operands that have no name */
    uint32_t depth;
} weight;

static bool is_taken(mgd_tape *t, const char *name, size_t n, const char *const *names) {
    const char *text = mgd__intern_text(t, name);
    if (!text || mgd__input_named(t, text)) return true;
    for (size_t k = 0; names && k < n; k++)
        if (names[k] && !strcmp(names[k], name)) return true;
    for (size_t i = 0; i < t->sizes.atoms; i++)
        if (t->sizes.atom[i].kind == MGD_ATOM_NAME && t->sizes.atom[i].name == text) return true;
    return false;
}

static const char *next_name(mgd_tape *t, uint32_t *last, size_t n, const char *const *names) {
    char name[16];
    do {
        snprintf(name, sizeof name, "t%u", ++*last);
    } while (is_taken(t, name, n, names) && *last < UINT32_MAX);
    return mgd__intern_text(t, name);
}

static uint32_t plus_at_most(uint32_t a, uint32_t b) { return a + b > 1000000 ? 1000000 : a + b; }

/* Of v from its operands, which were weighed before it. */
static void weigh(mgd_tape *t, const mgd_names *names, weight *w, size_t i) {
    const mgd_var *v = mgd__node(t, names->below.ids[i]);
    w[i].operations = v->count && !mgd__is(v, &mgd__op_part);
    for (size_t k = 0; k < mgd__formula_operands(v); k++) {
        size_t place = (size_t)mgd__position(t, &names->below, v->arg[k]);
        if (names->name[place]) continue;
        w[i].operations = plus_at_most(w[i].operations, w[place].operations);
        if (w[place].depth >= w[i].depth) w[i].depth = w[place].depth + 1;
    }
}

static void count_uses(mgd_tape *t, const mgd_names *names, weight *w) {
    for (size_t i = 0; i < names->below.count; i++) {
        const mgd_var *v = mgd__node(t, names->below.ids[i]);
        for (size_t k = 0; k < mgd__formula_operands(v); k++) {
            const mgd_var *a = v->arg[k];
            w[mgd__position(t, &names->below, a)].uses++;
        }
    }
}

/* A node of several results has no formula: its parts have. */
static bool worth_a_name(const mgd_var *v, const weight *w) {
    if (v->op->results > 1) return false;
    return (w->uses > 1 && w->operations >= WORTH_A_NAME) || (w->uses && w->depth >= DEEPEST);
}

bool mgd__name_repeated(mgd_tape *t, size_t n, mgd_var *const *v, const char *const *given, mgd_names *names) {
    *names = (mgd_names){ .below = mgd__reach(t, n, v, 0, false) };
    weight *w = names->below.ids ? calloc(names->below.count + 1, sizeof *w) : NULL;
    names->name = w ? calloc(names->below.count + 1, sizeof *names->name) : NULL;
    uint32_t last = 0;
    bool fine = names->name != NULL;
    if (fine) count_uses(t, names, w);
    for (size_t k = 0; fine && k < n; k++) w[mgd__position(t, &names->below, v[k])].uses++;
    for (size_t i = 0; fine && i < names->below.count; i++) {
        const mgd_var *x = mgd__node(t, names->below.ids[i]);
        weigh(t, names, w, i);
        if (!worth_a_name(x, &w[i])) continue;
        names->name[i] = next_name(t, &last, n, given);
        fine = names->name[i] != NULL;
    }
    free(w);
    return fine;
}
