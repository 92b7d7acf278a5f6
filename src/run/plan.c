/* SPDX-License-Identifier: MIT */
/* Where intermediate values live: memory is shared by those that are not alive together, and what a loop stores may
 * take the place of what it reads for the last time. */
#include "run/program.h"

#include <stdlib.h>

enum { ALIGNMENT = 64, MANY = 3000 };

/* Values in one place: the first, and those that take over from it. */
typedef struct {
    uint32_t first, last; /* steps */
    size_t bytes, place;
} item;

typedef struct {
    mgd_program *p;
    item *items;
    uint32_t *item_of; /* of a value; UINT32_MAX for none */
    uint32_t *by_size;
    size_t count;
} planning;

/* Matrices are aligned for vectors; numbers are packed. */
static size_t alignment_of(size_t bytes) { return bytes == sizeof(double) ? sizeof(double) : ALIGNMENT; }
static size_t rounded(size_t bytes, size_t alignment) { return (bytes + alignment - 1) & ~(alignment - 1); }
static size_t bytes_of(const mgd_program_value *v) {
    size_t bytes = mgd__entries(v) * sizeof(double);
    return rounded(bytes, alignment_of(bytes));
}

static void touch(mgd_program *p, uint32_t value, uint32_t step) {
    mgd_program_value *v = &p->value[p->value[value].base];
    if (step < v->first) v->first = step;
    if (step > v->last) v->last = step;
}

static void find_lives(mgd_program *p) {
    for (uint32_t t = 0; t < p->steps; t++) {
        const mgd_program_step *s = &p->step[t];
        for (uint32_t k = 0; k < s->operands; k++) touch(p, s->operand[k], t);
        for (uint32_t k = 0; k < s->results; k++) touch(p, s->result[k], t);
    }
}

static bool in_workspace(const mgd_program_value *v, uint32_t index) {
    return v->base == index && v->home == MGD_IN_WORKSPACE && v->first != UINT32_MAX;
}

/* The last instruction that reads, or the one that writes, that value in a loop; -1 for none. */
static int64_t last_read(const mgd_fused *f, uint32_t value) {
    int64_t last = -1;
    for (uint32_t i = 0; i < f->instructions; i++)
        for (int k = 0; k < 3; k++)
            if (f->slot[f->instruction[i].operand[k]].value == value) last = i;
    for (uint32_t k = 0; k < f->ends; k++)
        if (f->slot[f->end[k].slot].value == value) last = INT64_MAX;
    return last;
}

static int64_t written(const mgd_fused *f, uint32_t value) {
    for (uint32_t i = 0; i < f->instructions; i++)
        if (f->slot[f->instruction[i].result].value == value) return i;
    return -1;
}

static bool is_read_in_full(const mgd_fused *f, uint32_t value) {
    for (uint32_t k = 0; k < f->slots; k++)
        if (f->slot[k].value == value && f->slot[k].kind != MGD_FULL) return false;
    return true;
}

/* An operand that dies in this loop, of the result's size, read for the last time before the result is written. */
static uint32_t heir_of(planning *g, uint32_t t, uint32_t result) {
    const mgd_program *p = g->p;
    const mgd_program_step *s = &p->step[t];
    int64_t write = written(&s->fused, result);
    for (uint32_t k = 0; s->kind == MGD_FUSED_STEP && write >= 0 && k < s->operands; k++) {
        uint32_t x = s->operand[k];
        const mgd_program_value *v = &p->value[x];
        if (!in_workspace(v, x) || v->first >= t || mgd__entries(v) != mgd__entries(&p->value[result])) continue;
        if (g->items[g->item_of[x]].last != t || !is_read_in_full(&s->fused, x)) continue;
        if (last_read(&s->fused, x) <= write) return g->item_of[x];
    }
    return UINT32_MAX;
}

static void make_items(planning *g) {
    mgd_program *p = g->p;
    bool share = !(p->options & MGD_WITHOUT_SHARING);
    for (uint32_t v = 0; v < p->values; v++) g->item_of[v] = UINT32_MAX;
    for (uint32_t t = 0; t < p->steps; t++)
        for (uint32_t k = 0; k < p->step[t].results; k++) {
            uint32_t v = p->step[t].result[k];
            const mgd_program_value *x = &p->value[v];
            if (!in_workspace(x, v)) continue;
            uint32_t heir = share ? heir_of(g, t, v) : UINT32_MAX;
            if (heir != UINT32_MAX)
                g->items[heir].last = x->last;
            else
                g->items[heir = (uint32_t)g->count++] = (item){ x->first, x->last, bytes_of(x), 0 };
            g->item_of[v] = heir;
            if (!share) g->items[heir].last = p->steps;
            if (!share) g->items[heir].first = 0;
        }
}

static bool together(const item *a, const item *b) { return a->first <= b->last && b->first <= a->last; }

/* The lowest place at which x meets none of the items placed before it that are alive with it. */
static size_t lowest_place(const planning *g, const uint32_t *placed, size_t n, const item *x) {
    size_t place = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t k = 0; k < n; k++) {
            const item *y = &g->items[placed[k]];
            if (!together(x, y) || place >= y->place + y->bytes || y->place >= place + x->bytes) continue;
            place = rounded(y->place + y->bytes, alignment_of(x->bytes));
            moved = true;
        }
    }
    return place;
}

typedef struct {
    size_t bytes;
    uint32_t item;
} sized;

static int larger_first(const void *a, const void *b) {
    const sized *x = a, *y = b;
    if (x->bytes != y->bytes) return (x->bytes < y->bytes) - (x->bytes > y->bytes);
    return (x->item > y->item) - (x->item < y->item);
}

/* Large ones first, each as low as it goes: close to the least there can be, in time that is quadratic. */
static bool place_by_size(planning *g) {
    sized *order = malloc((g->count + 1) * sizeof *order);
    if (!order) return false;
    for (uint32_t k = 0; k < g->count; k++) order[k] = (sized){ g->items[k].bytes, k };
    qsort(order, g->count, sizeof *order, larger_first);
    for (size_t k = 0; k < g->count; k++) {
        g->by_size[k] = order[k].item;
        g->items[order[k].item].place = lowest_place(g, g->by_size, k, &g->items[order[k].item]);
    }
    free(order);
    return true;
}

/* The sizes in classes, eight to a power of two, and how much each member of the class gets: it can take any other's
 * place. */
enum { CLASSES = 8 * 64 + 8 };
static size_t class_of(size_t bytes, size_t *room) {
    size_t log = 63 - (size_t)__builtin_clzll(bytes), step = log > 3 ? (size_t)1 << (log - 3) : 1;
    size_t steps = (bytes + step - 1) / step;
    *room = steps * step;
    return log > 3 ? 8 * log + steps - 8 : bytes;
}

/* Many: in the order of the steps, in the place of one of the same class that has died. The items of one class are a
 * list through `next`, the most recently freed first. */
static bool place_in_order(planning *g) {
    uint32_t *dying = calloc(g->p->steps + 1, sizeof *dying), *next = calloc(g->count + 1, sizeof *next);
    uint32_t freed[CLASSES] = { 0 }; /* positions + 1 */
    size_t end = 0, room;
    uint32_t t = 0;
    for (uint32_t k = 0; dying && next && k < g->count; k++) { /* items are in the order of their first steps */
        item *x = &g->items[k];
        for (; t < x->first; t++)
            for (uint32_t d = dying[t], after; d; d = after) {
                after = next[d - 1];
                size_t class = class_of(g->items[d - 1].bytes, &room);
                next[d - 1] = freed[class];
                freed[class] = d;
            }
        uint32_t *first = &freed[class_of(x->bytes, &room)];
        if (*first) {
            x->place = g->items[*first - 1].place;
            *first = next[*first - 1];
        } else {
            x->place = rounded(end, alignment_of(x->bytes));
            end = x->place + room;
        }
        next[k] = dying[x->last];
        dying[x->last] = k + 1;
    }
    bool fine = dying && next;
    free(dying);
    free(next);
    return fine;
}

/* The most bytes that are alive at once. */
static bool measure(planning *g) {
    int64_t *change = calloc(g->p->steps + 2, sizeof *change), alive = 0;
    if (!change) return false;
    for (size_t k = 0; k < g->count; k++) {
        const item *x = &g->items[k];
        if (x->place + x->bytes > g->p->values_bytes) g->p->values_bytes = x->place + x->bytes;
        change[x->first] += (int64_t)x->bytes;
        change[x->last + 1] -= (int64_t)x->bytes;
    }
    for (uint32_t t = 0; t <= g->p->steps; t++) {
        alive += change[t];
        if ((size_t)alive > g->p->live_bytes) g->p->live_bytes = (size_t)alive;
    }
    free(change);
    return true;
}

bool mgd__plan(mgd_compilation *c) {
    mgd_program *p = c->p;
    planning g = { .p = p };
    find_lives(p);
    g.items = calloc(p->values + 1, sizeof *g.items);
    g.item_of = calloc(p->values + 1, sizeof *g.item_of);
    g.by_size = calloc(p->values + 1, sizeof *g.by_size);
    bool fine = g.items && g.item_of && g.by_size;
    if (fine) make_items(&g);
    fine = fine && (g.count <= MANY ? place_by_size(&g) : place_in_order(&g)) && measure(&g);
    for (uint32_t v = 0; fine && v < p->values; v++)
        if (g.item_of[v] != UINT32_MAX) p->value[v].place = g.items[g.item_of[v]].place;
    free(g.items);
    free(g.item_of);
    free(g.by_size);
    return fine || mgd__undefined(&c->from->complaint, "compile: out of memory");
}
