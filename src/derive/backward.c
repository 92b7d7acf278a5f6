/* SPDX-License-Identifier: MIT */
/* Reverse mode: reads the tape from y down and records each operation's pullback on the same tape. */
#include "derive/derive.h"

#include <stdlib.h>
#include <string.h>

/* A node's shares, in the order in which they came, are a ring through `next`. */
typedef struct {
    mgd_var *node, *share;
    uint32_t operand;
    uint32_t next; /* the position + 1 of the target's next share, or of its first; or of the next spare entry */
} entry;

/* A long sweep spends much of its time on memory that was never touched before: it takes little. */
struct mgd_sweep {
    mgd_attached attached; /* first: the tape frees the sweep through it */
    mgd_tape *tape;
    mgd_reached below;     /* the nodes between y and what is wanted */
    unsigned char *active; /* does what is wanted depend on the node's adjoint? */
    uint32_t *known;       /* of a node: its latest share, a position + 1; then, when the sweep has passed it, its
                            * adjoint, an id + 1 */
    entry *entries;
    size_t count, room;
    bool keeps;     /* the contributions, for the caller to look at; else an entry is used again */
    uint32_t spare; /* entries, position + 1 of the first */
    mgd_var **terms;
    size_t term_room;
};

static void drop(mgd_attached *attached) {
    mgd_sweep *s = (mgd_sweep *)attached;
    mgd_attached **link = &s->tape->attached;
    while (*link && *link != attached) link = &(*link)->next;
    if (*link) *link = attached->next;
    free(s->below.ids);
    free(s->active);
    free(s->known);
    free(s->entries);
    free(s->terms);
    free(s);
}

void mgd_sweep_free(mgd_sweep *s) {
    if (s) drop(&s->attached);
}

/* Where v stands among the nodes of the sweep, or -1. A rule may have walked over the tape itself, and so have taken
 * the marks. */
static int64_t place_of(mgd_sweep *s, const mgd_var *v) {
    mgd_tape *t = s->tape;
    if (t->mark_base != s->below.base + s->below.count) mgd__mark_again(t, &s->below);
    return mgd__position(t, &s->below, v);
}

static mgd_sweep *new_sweep(mgd_var *y, uint32_t first, bool keeps) {
    mgd_tape *t = y->tape;
    mgd_sweep *s = calloc(1, sizeof *s);
    if (!s) return mgd__out_of_memory(t), NULL;
    s->tape = t;
    s->keeps = keeps;
    s->attached = (mgd_attached){ .next = t->attached, .mark = SIZE_MAX, .drop = drop };
    t->attached = &s->attached;
    s->below = mgd__reach(t, 1, &y, first, false);
    size_t n = s->below.count + 1;
    s->active = calloc(n, 1);
    s->known = calloc(n, sizeof *s->known);
    if (s->below.ids && s->active && s->known) return s;
    mgd__out_of_memory(t);
    drop(&s->attached);
    return NULL;
}

static void activate(mgd_sweep *s, size_t wanted, mgd_var *const *x) {
    for (size_t k = 0; k < wanted; k++) {
        int64_t place = place_of(s, x[k]);
        if (place >= 0) s->active[place] = 1;
    }
    for (size_t i = 0; i < s->below.count; i++) {
        const mgd_var *v = mgd__node(s->tape, s->below.ids[i]);
        size_t operands = mgd__formula_operands(v);
        for (size_t k = 0; k < operands && !s->active[i]; k++) {
            int64_t place = mgd__position(s->tape, &s->below, v->arg[k]);
            s->active[i] = place >= 0 && s->active[place];
        }
    }
}

static uint32_t new_entry(mgd_sweep *s) {
    uint32_t k = s->spare;
    if (k) {
        s->spare = s->entries[k - 1].next;
        return k;
    }
    bool room = s->count < UINT32_MAX - 1 && mgd__grow(&s->entries, &s->room, s->count + 1, sizeof *s->entries);
    if (!room) return mgd__out_of_memory(s->tape), 0u;
    return (uint32_t)++s->count;
}

/* A share for operand i of the node, which stands at that place. */
static bool contribute(mgd_sweep *s, mgd_var *node, size_t i, size_t place, mgd_var *share, mgd_var *t) {
    share = mgd__contribution(node, i, share, t, node->arg[i]);
    if (!share) return !s->tape->failed;
    uint32_t k = new_entry(s), last = s->known[place];
    if (!k) return false;
    s->entries[k - 1] = (entry){ .node = node, .share = share, .operand = (uint32_t)i, .next = k };
    if (last) {
        s->entries[k - 1].next = s->entries[last - 1].next;
        s->entries[last - 1].next = k;
    }
    s->known[place] = k;
    return true;
}

/* From that position on, up to the last. */
static mgd_var *sum_of_ring(mgd_sweep *s, uint32_t first, uint32_t last) {
    size_t n = 0;
    for (uint32_t k = first;; k = s->entries[k - 1].next) {
        if (!mgd__grow(&s->terms, &s->term_room, n + 1, sizeof *s->terms)) return mgd__out_of_memory(s->tape), NULL;
        s->terms[n++] = s->entries[k - 1].share;
        if (k == last) return mgd__sum_of(n, s->terms);
    }
}

/* The adjoint of the node at that place: the sum of its shares. None where there are none. */
static bool settle(mgd_sweep *s, size_t place) {
    uint32_t last = s->known[place];
    if (!last) return true;
    uint32_t first = s->entries[last - 1].next;
    const mgd_var *adjoint = first == last ? s->entries[last - 1].share : sum_of_ring(s, first, last);
    if (!adjoint) return false;
    s->known[place] = adjoint->id + 1;
    if (s->keeps) return true;
    s->entries[last - 1].next = s->spare;
    s->spare = first;
    return true;
}

static mgd_var *adjoint_at(const mgd_sweep *s, size_t place) {
    return s->known[place] ? mgd__node(s->tape, s->known[place] - 1) : NULL;
}

static mgd_var *known_adjoint(mgd_sweep *s, const mgd_var *v) {
    int64_t place = v ? place_of(s, v) : -1;
    return place >= 0 ? adjoint_at(s, (size_t)place) : NULL;
}

/* The cotangents of a node's several results are those of its parts, where they were recorded. */
static bool parts_adjoints(mgd_sweep *s, mgd_var *c, mgd_var **dc) {
    bool any = false;
    for (int k = 0; k < c->op->results; k++) {
        dc[k] = known_adjoint(s, mgd__lookup(c->tape, &mgd__op_part, mgd__flag(k), 0, 0, 1, &c));
        any |= dc[k] != NULL;
    }
    return any;
}

static bool pull_back(mgd_sweep *s, size_t place) {
    mgd_var *c = mgd__node(s->tape, s->below.ids[place]), *dc[MGD_RESULTS] = { adjoint_at(s, place) };
    bool several = c->op->results > 1;
    if (c->op == &mgd__op_part || (several ? !parts_adjoints(s, c, dc) : !dc[0])) return true;
    size_t operands = mgd__formula_operands(c);
    for (size_t i = 0; i < operands; i++) {
        int64_t operand = place_of(s, c->arg[i]);
        if (operand < 0 || !s->active[operand]) continue;
        mgd_var *share = several ? c->op->pullback_parts(c, i, dc) : mgd__pullback(c, i, dc[0]);
        if (s->tape->failed || !contribute(s, c, i, (size_t)operand, share, dc[0])) return false;
    }
    return true;
}

/* The sweep from y down to the vars x, or to all where wanted is 0. */
static mgd_sweep *sweep(mgd_var *y, mgd_var *cotangent, size_t wanted, mgd_var *const *x) {
    uint32_t first = wanted ? y->id : 0;
    for (size_t k = 0; k < wanted; k++)
        if (x[k]->id < first) first = x[k]->id;
    mgd_sweep *s = new_sweep(y, first, !wanted);
    if (!s) return NULL;
    if (wanted)
        activate(s, wanted, x);
    else
        memset(s->active, 1, s->below.count);
    bool fine = true, outermost = !mgd__spans_last(&s->tape->rules);
    size_t last = s->below.count - 1;
    for (size_t i = s->below.count; fine && i-- > 0;) {
        if (!s->active[i]) continue;
        if (outermost) mgd__record_for(s->tape, mgd__node(s->tape, s->below.ids[i]));
        if (i == last)
            s->known[i] = cotangent->id + 1;
        else
            fine = settle(s, i);
        fine = fine && pull_back(s, i);
    }
    if (outermost) mgd__record_for(s->tape, NULL);
    s->attached.mark = s->tape->count;
    if (fine) return s;
    drop(&s->attached);
    return NULL;
}

static mgd_var *adjoint_or_zeros(mgd_sweep *s, const mgd_var *v) {
    mgd_var *a = known_adjoint(s, v);
    return a ? a : mgd__zeros_like(v);
}

/* x is asked for its tape where there is no f. */
static bool is_function(const char *what, mgd_var *f, mgd_var *x) {
    if (!f && x && !x->tape->failed) return mgd__refuse(x->tape, "%s: argument 1 is NULL", what);
    if (!f || f->tape->failed) return false;
    return mgd__is_scalar(f) ||
           mgd__refuse(f->tape, "%s: %s is %s, not 1x1", what, mgd__label(f).text, mgd__size_label(f).text);
}

bool mgd_gradients(mgd_var *f, size_t n, mgd_var *const *x, mgd_var **g) {
    for (size_t k = 0; g && k < n; k++) g[k] = NULL;
    if (!is_function("gradient", f, n && x ? x[0] : NULL) || !x || !g) return false;
    for (size_t k = 0; k < n; k++)
        if (!mgd__derivable("gradient", f, x[k], f, f)) return false;
    mgd_sweep *s = n ? sweep(f, mgd__whole(f, 1), n, x) : NULL;
    if (!s) return n == 0;
    bool fine = true;
    for (size_t k = 0; k < n; k++) fine &= (g[k] = mgd__project(x[k], adjoint_or_zeros(s, x[k]))) != NULL;
    drop(&s->attached);
    for (size_t k = 0; !fine && k < n; k++) g[k] = NULL;
    return fine;
}

bool mgd_is_seen_through(const mgd_var *v) { return v && v->op->seen_through; }

mgd_var *mgd_gradient(mgd_var *f, mgd_var *x) {
    mgd_var *g = NULL;
    if (!x && f && !f->tape->failed) mgd__refuse(f->tape, "gradient: argument 2 is NULL");
    return x && mgd_gradients(f, 1, &x, &g) ? g : NULL;
}

mgd_var *mgd_pullback(mgd_var *y, mgd_var *x, mgd_var *cotangent) {
    if (!mgd__derivable("pullback", y, x, cotangent, y)) return NULL;
    mgd_sweep *s = sweep(y, cotangent, 1, &x);
    mgd_var *g = s ? adjoint_or_zeros(s, x) : NULL;
    mgd_sweep_free(s);
    return mgd__project(x, g);
}

mgd_sweep *mgd_backward(mgd_var *y, mgd_var *cotangent) {
    if (!y && cotangent && !cotangent->tape->failed) mgd__refuse(cotangent->tape, "backward: argument 1 is NULL");
    if (!y || y->tape->failed || (!cotangent && !is_function("backward", y, NULL))) return NULL;
    if (!cotangent) cotangent = mgd__whole(y, 1);
    if (!mgd__derivable("backward", y, y, cotangent, y)) return NULL;
    return sweep(y, cotangent, 0, NULL);
}

mgd_var *mgd_adjoint(const mgd_sweep *s, const mgd_var *v) {
    if (!s || !v || v->tape != s->tape) return NULL;
    const uint32_t *found = bsearch(&v->id, s->below.ids, s->below.count, sizeof v->id, mgd__compare_ids);
    mgd_var *a = found ? adjoint_at(s, (size_t)(found - s->below.ids)) : NULL;
    return a ? a : mgd__zeros_like(v);
}

size_t mgd_contributions(const mgd_sweep *s) { return s ? s->count : 0; }

mgd_contribution mgd_contribution_at(const mgd_sweep *s, size_t k) {
    if (!s || k >= s->count) return (mgd_contribution){ .rule = "" };
    const entry *e = &s->entries[k];
    const mgd_listed *listed = mgd__listed(e->node->op);
    const char *rule = "the pullback of a user's operation";
    if (listed) rule = "";
    for (size_t i = 0; listed && i <= e->operand && listed->pullback[i]; i++) rule = listed->pullback[i];
    return (mgd_contribution){ .node = e->node, .operand = e->operand, .share = e->share, .rule = rule };
}
