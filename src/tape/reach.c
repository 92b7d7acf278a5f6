/* SPDX-License-Identifier: MIT */
/* What some outputs are made of: the nodes below them, in the order of recording, found without recursion and without
 * looking at the rest of the tape. A node's mark says in which list it is, and where. */
#include "tape/tape.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    mgd_tape *t;
    uint32_t *ids; /* found so far: first the list, in the end its contents in order */
    size_t count, room;
    uint32_t visited; /* a mark of this walk */
    uint32_t low, high;
    bool failed;
} walk;

static uint32_t *mark_of(walk *w, uint32_t id) {
    mgd_segments *marks = &w->t->marks;
    uint32_t *mark = mgd__segments_have(marks, id) ? mgd__segments_get(marks, id) : mgd__segments_at(marks, id);
    w->failed |= !mark;
    return mark;
}

static void visit(walk *w, uint32_t id) {
    uint32_t *mark = mark_of(w, id);
    if (!mark || *mark == w->visited) return;
    if (w->count == w->room && !mgd__grow(&w->ids, &w->room, w->count + 1, sizeof *w->ids)) {
        w->failed = true;
        return;
    }
    *mark = w->visited;
    w->ids[w->count++] = id;
    if (id < w->low) w->low = id;
    if (id > w->high) w->high = id;
}

int mgd__compare_ids(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void forget_marks(mgd_tape *t) {
    for (size_t k = 0; k < t->marks.segments; k++)
        if (t->marks.segment[k]) memset(t->marks.segment[k], 0, MGD_SEGMENT * t->marks.entry);
    t->mark_base = 1;
}

void mgd__mark_again(mgd_tape *t, mgd_reached *r) {
    if (UINT32_MAX - t->mark_base <= r->count) forget_marks(t);
    r->base = t->mark_base;
    for (size_t i = 0; i < r->count; i++) *(uint32_t *)mgd__segments_get(&t->marks, r->ids[i]) = r->base + (uint32_t)i;
    t->mark_base += (uint32_t)r->count;
}

/* In ascending order: by looking at every mark in the range where most are set, else by sorting. */
static mgd_reached in_order(walk *w) {
    mgd_tape *t = w->t;
    mgd_reached r = { .ids = w->ids, .count = w->count, .base = t->mark_base };
    if (w->count && (w->high - w->low) / 32 > w->count) {
        qsort(w->ids, w->count, sizeof *w->ids, mgd__compare_ids);
        mgd__mark_again(t, &r);
        return r;
    }
    for (uint32_t id = w->low, n = 0; n < w->count; id++) {
        uint32_t *mark = mgd__segments_have(&t->marks, id) ? mgd__segments_get(&t->marks, id) : NULL;
        if (!mark || *mark != w->visited) continue;
        *mark = r.base + n;
        w->ids[n++] = id;
    }
    t->mark_base += (uint32_t)r.count;
    return r;
}

static mgd_reached reach(mgd_tape *t, size_t outputs, mgd_var *const *output, uint32_t first, bool auxiliaries,
                         bool branches) {
    if (UINT32_MAX - t->mark_base <= t->count + 1) forget_marks(t);
    walk w = { .t = t, .visited = t->mark_base++, .low = UINT32_MAX }; /* used up, whether the walk succeeds or not */
    for (size_t i = 0; i < outputs && !w.failed; i++)
        if (output[i]->id >= first) visit(&w, output[i]->id);
    for (size_t next = 0; next < w.count && !w.failed; next++) {
        const mgd_var *v = mgd__node(t, w.ids[next]);
        size_t operands = auxiliaries ? v->count : mgd__formula_operands(v);
        for (size_t k = 0; k < operands; k++)
            if (v->arg[k]->id >= first) visit(&w, v->arg[k]->id);
        const mgd_var *branch = branches ? mgd__branch_over(v) : NULL;
        if (branch && branch->id >= first) visit(&w, branch->id);
    }
    if (w.failed || (!w.ids && !(w.ids = malloc(sizeof *w.ids)))) {
        free(w.ids);
        mgd__out_of_memory(t);
        return (mgd_reached){ .ids = NULL };
    }
    return in_order(&w);
}

mgd_reached mgd__reach(mgd_tape *t, size_t outputs, mgd_var *const *output, uint32_t first, bool auxiliaries) {
    return reach(t, outputs, output, first, auxiliaries, false);
}

mgd_reached mgd__reach_held(mgd_tape *t, size_t outputs, mgd_var *const *output, uint32_t first) {
    return reach(t, outputs, output, first, true, true);
}
