/* SPDX-License-Identifier: MIT */
#include "tape/arena.h"

#include <stdlib.h>
#include <string.h>

struct mgd_arena_chunk {
    mgd_arena_chunk *before;
    size_t used, capacity;
    char data[];
};

enum { CHUNK = (1 << 17) - 64 };

static mgd_arena_chunk *new_chunk(mgd_arena *a, size_t bytes) {
    mgd_arena_chunk *c = a->spare;
    if (c && c->capacity >= bytes) {
        a->spare = c->before;
        return c;
    }
    size_t capacity = bytes > CHUNK ? bytes : CHUNK;
    c = malloc(sizeof *c + capacity);
    if (!c) return NULL;
    c->capacity = capacity;
    a->bytes += sizeof *c + capacity;
    return c;
}

void *mgd__arena_take(mgd_arena *a, size_t bytes) {
    bytes = (bytes + 7) & ~(size_t)7;
    mgd_arena_chunk *c = a->last;
    if (!c || c->capacity - c->used < bytes) {
        c = new_chunk(a, bytes);
        if (!c) return NULL;
        c->before = a->last;
        c->used = 0;
        a->last = c;
    }
    void *p = c->data + c->used;
    c->used += bytes;
    return p;
}

static void retire_last(mgd_arena *a) {
    mgd_arena_chunk *c = a->last;
    a->last = c->before;
    c->before = a->spare;
    a->spare = c;
}

void mgd__arena_cut(mgd_arena *a, const void *from) {
    const char *p = from;
    while (a->last && !(p >= a->last->data && p < a->last->data + a->last->capacity)) retire_last(a);
    if (a->last) a->last->used = (size_t)(p - a->last->data);
}

void mgd__arena_reset(mgd_arena *a) {
    while (a->last) retire_last(a);
}

void mgd__arena_free(mgd_arena *a) {
    mgd__arena_reset(a);
    while (a->spare) {
        mgd_arena_chunk *c = a->spare;
        a->spare = c->before;
        free(c);
    }
    a->bytes = 0;
}

static bool make_room(mgd_segments *s, size_t segments) {
    if (segments <= s->segments) return true;
    size_t n = segments > 2 * s->segments ? segments : 2 * s->segments;
    char **grown = realloc(s->segment, n * sizeof *grown);
    if (!grown) return false;
    memset(grown + s->segments, 0, (n - s->segments) * sizeof *grown);
    s->segment = grown;
    s->segments = n;
    return true;
}

void *mgd__segments_at(mgd_segments *s, size_t i) {
    size_t k = i / MGD_SEGMENT;
    if (!make_room(s, k + 1)) return NULL;
    if (!s->segment[k]) s->segment[k] = calloc(MGD_SEGMENT, s->entry);
    return s->segment[k] ? mgd__segments_get(s, i) : NULL;
}

void mgd__segments_free(mgd_segments *s) {
    for (size_t k = 0; k < s->segments; k++) free(s->segment[k]);
    free(s->segment);
    s->segment = NULL;
    s->segments = 0;
}
