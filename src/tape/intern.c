/* SPDX-License-Identifier: MIT */
/* One copy of each text and list on a tape, so that equal ones have one address. */
#include "tape/tape.h"

#include <stdlib.h>
#include <string.h>

struct mgd_interned {
    size_t room, used;
    struct {
        const void *bytes;
        size_t n;
        uint64_t hash;
        uint32_t input1; /* the id + 1 of the input of that name; it may have been rewound */
    } cell[];            /* open addressing; at most half are used */
};

static struct mgd_interned *new_table(size_t room) {
    struct mgd_interned *s = calloc(1, sizeof *s + room * sizeof s->cell[0]);
    if (s) s->room = room;
    return s;
}

static size_t find(const struct mgd_interned *s, const void *bytes, size_t n, uint64_t hash) {
    size_t i = hash & (s->room - 1);
    while (s->cell[i].bytes && !(s->cell[i].hash == hash && s->cell[i].n == n && !memcmp(s->cell[i].bytes, bytes, n)))
        i = (i + 1) & (s->room - 1);
    return i;
}

static bool make_room(mgd_tape *t) {
    struct mgd_interned *old = t->interned;
    if (old && 2 * (old->used + 1) <= old->room) return true;
    struct mgd_interned *s = new_table(old ? 2 * old->room : 64);
    if (!s) return mgd__out_of_memory(t);
    for (size_t i = 0; old && i < old->room; i++)
        if (old->cell[i].bytes) s->cell[find(s, old->cell[i].bytes, old->cell[i].n, old->cell[i].hash)] = old->cell[i];
    s->used = old ? old->used : 0;
    free(old);
    t->interned = s;
    return true;
}

static uint64_t hash_of(const void *bytes, size_t n) {
    uint64_t hash = n;
    for (size_t i = 0; i < n; i++) hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
    return mgd__mix(hash);
}

const void *mgd__intern(mgd_tape *t, const void *bytes, size_t n) {
    uint64_t hash = hash_of(bytes, n);
    if (!make_room(t)) return NULL;
    size_t i = find(t->interned, bytes, n, hash);
    if (t->interned->cell[i].bytes) return t->interned->cell[i].bytes;
    void *copy = mgd__arena_take(&t->texts, n);
    if (!copy) {
        mgd__out_of_memory(t);
        return NULL;
    }
    memcpy(copy, bytes, n);
    t->interned->cell[i].bytes = copy;
    t->interned->cell[i].n = n;
    t->interned->cell[i].hash = hash;
    t->interned->used++;
    return copy;
}

const char *mgd__intern_text(mgd_tape *t, const char *text) { return mgd__intern(t, text, strlen(text) + 1); }

static size_t cell_of(const mgd_tape *t, const char *name) {
    return find(t->interned, name, strlen(name) + 1, hash_of(name, strlen(name) + 1));
}

mgd_var *mgd__input_named(const mgd_tape *t, const char *name) {
    uint32_t id1 = t->interned->cell[cell_of(t, name)].input1;
    if (!id1 || id1 > t->count) return NULL;
    mgd_var *v = mgd__node(t, id1 - 1);
    return v->op->parameter == MGD_PARAMETER_TEXT && v->p.text.text == name ? v : NULL;
}

void mgd__name_input(mgd_tape *t, const char *name, const mgd_var *v) {
    t->interned->cell[cell_of(t, name)].input1 = v->id + 1;
}

mgd_parameters mgd__size_list(mgd_tape *t, const mgd_dim *list, size_t n) {
    return (mgd_parameters){ .sizes = { mgd__intern(t, list, n * sizeof *list), (int64_t)n } };
}

bool mgd__grow(void *array, size_t *room, size_t wanted, size_t entry) {
    if (wanted <= *room) return true;
    size_t n = *room ? *room : 16;
    while (n < wanted) n *= 2;
    void *old, *grown;
    memcpy(&old, array, sizeof old);
    grown = realloc(old, n * entry);
    if (!grown) return false;
    memcpy(array, &grown, sizeof grown);
    *room = n;
    return true;
}
