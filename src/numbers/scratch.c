/* SPDX-License-Identifier: MIT */
/* Where elements live: chunks that are reset, not freed, after each node. */
#include "numbers/number.h"

#include <stdlib.h>

struct mgd_chunk {
    mgd_chunk *next;
    size_t used, capacity;
    max_align_t data[];
};

enum { CHUNK = 1 << 16, ALIGNMENT = 16 };

static void *take(mgd_chunk **chunks, size_t bytes) {
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!*chunks || (*chunks)->used + bytes > (*chunks)->capacity) {
        size_t capacity = bytes > CHUNK ? bytes : CHUNK;
        mgd_chunk *c = malloc(sizeof *c + capacity);
        if (!c) return NULL;
        *c = (mgd_chunk){ .next = *chunks, .capacity = capacity };
        *chunks = c;
    }
    void *p = (char *)(*chunks)->data + (*chunks)->used;
    (*chunks)->used += bytes;
    return p;
}

static void drop(mgd_chunk *c) {
    while (c) {
        mgd_chunk *next = c->next;
        free(c);
        c = next;
    }
}

static void out_of_memory(mgd_calculation *k) {
    k->state = MGD_NO_SUCH_FUNCTION;
    k->why = "out of memory";
}

void *mgd__scratch(mgd_calculation *k, size_t bytes) {
    void *p = take(&k->scratch, bytes);
    if (p) return p;
    out_of_memory(k);
    return bytes <= sizeof k->spare ? k->spare : NULL;
}

void *mgd__keep(mgd_calculation *k, size_t bytes) {
    void *p = take(&k->kept, bytes);
    if (!p) out_of_memory(k);
    return p;
}

void mgd__scratch_reset(mgd_calculation *k) {
    if (!k->scratch) return;
    drop(k->scratch->next);
    k->scratch->next = NULL;
    k->scratch->used = 0;
}

void mgd__calculation_end(mgd_calculation *k) {
    drop(k->scratch);
    drop(k->kept);
    k->scratch = k->kept = NULL;
}

mgd_element mgd__fail(const mgd_numbers *S, mgd_calculation_state state, const char *why) {
    if (S->calculation->state == MGD_FINE) {
        S->calculation->state = state;
        S->calculation->why = why;
    }
    return memset(mgd__scratch(S->calculation, S->size), 0, S->size);
}
