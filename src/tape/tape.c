/* SPDX-License-Identifier: MIT */
/* A tape's life: new, rewound, reset, freed. */
#include "tape/tape.h"

#include <stdlib.h>

const char *mgd_version(void) { return MGD_VERSION; }

mgd_tape *mgd_tape_new(void) {
    mgd_tape *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->index.entry = sizeof(mgd_var *);
    t->slots.entry = sizeof(mgd_slot);
    t->marks.entry = sizeof(uint32_t);
    t->clock = 1;
    t->mark_base = 1;
    t->isa = mgd__isa();
    if (mgd__table_reserve(t, 0)) return t;
    mgd_tape_free(t);
    return NULL;
}

static void drop_attached(mgd_tape *t, size_t mark) {
    for (mgd_attached **a = &t->attached; *a;) {
        if ((*a)->mark > mark)
            (*a)->drop(*a);
        else
            a = &(*a)->next;
    }
}

void mgd_tape_free(mgd_tape *t) {
    if (!t) return;
    drop_attached(t, 0);
    for (uint32_t id = 0; id < t->count; id++) mgd__forget_value(t, id);
    mgd__arena_free(&t->nodes);
    mgd__arena_free(&t->texts);
    mgd__segments_free(&t->index);
    mgd__segments_free(&t->slots);
    mgd__segments_free(&t->marks);
    mgd__sizes_free(&t->sizes);
    free(t->places.span);
    free(t->rules.span);
    free(t->branches.span);
    mgd__table_free(&t->table);
    free(t->interned);
    free(t->declared);
    free(t->stack);
    free(t->scratch);
    free(t->bound);
    free(t->arrays);
    free(t);
}

/* A branch begins behind its node. A sweep is over once it is rewound. */
static void rewind_spans(mgd_tape *t) {
    mgd__rewind_places(t);
    mgd__spans_cut(&t->branches, t->count + 1);
    mgd__spans_cut(&t->rules, t->count);
    mgd__spans_set(&t->rules, t->count, NULL);
}

size_t mgd_mark(const mgd_tape *t) { return t ? t->count : 0; }

void mgd_rewind(mgd_tape *t, size_t mark) {
    if (!t || mark >= t->count) return;
    drop_attached(t, mark);
    mgd__unbind(t, (uint32_t)mark);
    mgd__undeclare(t, (uint32_t)mark);
    const mgd_var *first = mgd__node(t, (uint32_t)mark);
    while (t->count > mark) {
        t->count--;
        mgd__unrecord(t, mgd__node(t, t->count));
        mgd__forget_value(t, t->count);
    }
    mgd__arena_cut(&t->nodes, first);
    rewind_spans(t);
    t->clock++;
}

void mgd_tape_reset(mgd_tape *t) {
    if (!t) return;
    mgd_rewind(t, 0);
    t->places.count = t->rules.count = t->branches.count = 0;
    mgd__sizes_reset(&t->sizes);
    mgd__arena_reset(&t->nodes);
    mgd__arena_reset(&t->texts);
    free(t->interned);
    t->interned = NULL;
    mgd__table_empty(&t->table);
    mgd_clear(t);
}
