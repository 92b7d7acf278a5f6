/* SPDX-License-Identifier: MIT */
/* Memory that is given out piece by piece and taken back all at once, or from some piece on. Pieces never move. */
#ifndef MGD_ARENA_H
#define MGD_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mgd_arena_chunk mgd_arena_chunk;
typedef struct {
    mgd_arena_chunk *last, *spare; /* the chunk in use, which knows those before it; emptied ones, for later */
    size_t bytes;                  /* held from the system */
} mgd_arena;

void *mgd__arena_take(mgd_arena *a, size_t bytes);   /* 8-byte aligned; NULL without memory */
void mgd__arena_cut(mgd_arena *a, const void *from); /* gives back `from`, which was taken, and all taken after it */
void mgd__arena_reset(mgd_arena *a);
void mgd__arena_free(mgd_arena *a);

/* An array by node number that grows without moving: pieces of 4096 entries, zeroed when they are made. */
enum { MGD_SEGMENT = 4096 };

typedef struct {
    char **segment;
    size_t segments;
    size_t entry; /* bytes */
} mgd_segments;

void *mgd__segments_at(mgd_segments *s, size_t i); /* makes the piece where it is missing; NULL without memory */
void mgd__segments_free(mgd_segments *s);

/* The entry, of which it is known that its piece exists. */
static inline void *mgd__segments_get(const mgd_segments *s, size_t i) {
    return s->segment[i / MGD_SEGMENT] + i % MGD_SEGMENT * s->entry;
}

/* Does the piece of entry i exist? */
static inline bool mgd__segments_have(const mgd_segments *s, size_t i) {
    return i / MGD_SEGMENT < s->segments && s->segment[i / MGD_SEGMENT];
}

#endif
