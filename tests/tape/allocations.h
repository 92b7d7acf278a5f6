/* SPDX-License-Identifier: MIT */
/* The allocator under a test program that is linked with --wrap (every one called `memory`): counts what the library
 * asks for and holds, and fails the k-th request. */
#ifndef MGD_TEST_ALLOCATIONS_H
#define MGD_TEST_ALLOCATIONS_H

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static struct {
    size_t requests; /* so far */
    size_t failing;  /* the request that fails; 0 for none */
    long live;       /* pieces */
    long bytes;      /* that they hold */
} allocations;

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t n, size_t bytes);
void *__real_realloc(void *p, size_t bytes);
void *__real_aligned_alloc(size_t alignment, size_t bytes);
void __real_free(void *p);

void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t n, size_t bytes);
void *__wrap_realloc(void *p, size_t bytes);
void *__wrap_aligned_alloc(size_t alignment, size_t bytes);
void __wrap_free(void *p);

static bool granted(void) { return ++allocations.requests != allocations.failing; }

static void *taken(void *p) {
    if (!p) return NULL;
    allocations.live++;
    allocations.bytes += (long)malloc_usable_size(p);
    return p;
}

static void given_back(void *p) {
    if (!p) return;
    allocations.live--;
    allocations.bytes -= (long)malloc_usable_size(p);
}

void *__wrap_malloc(size_t bytes) { return granted() ? taken(__real_malloc(bytes)) : NULL; }
void *__wrap_calloc(size_t n, size_t bytes) { return granted() ? taken(__real_calloc(n, bytes)) : NULL; }
void *__wrap_aligned_alloc(size_t alignment, size_t bytes) {
    return granted() ? taken(__real_aligned_alloc(alignment, bytes)) : NULL;
}

void *__wrap_realloc(void *p, size_t bytes) {
    if (!granted()) return NULL;
    long before = p ? (long)malloc_usable_size(p) : 0;
    void *grown = __real_realloc(p, bytes);
    if (!grown) return NULL;
    allocations.live += !p;
    allocations.bytes += (long)malloc_usable_size(grown) - before;
    return grown;
}

void __wrap_free(void *p) {
    given_back(p);
    __real_free(p);
}

#endif
