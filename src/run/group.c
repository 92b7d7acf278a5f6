/* SPDX-License-Identifier: MIT */
/* Which entrywise nodes share a loop. Loops are numbered in the order in which they run, and a loop waits only for
 * lower ones: a node may join a loop when all that it reads from outside is ready before that loop. */
#include "run/program.h"

#include <assert.h>
#include <stdlib.h>

typedef struct {
    mgd_dim rows, cols;
    uint32_t slots, ends;
    bool early; /* what branches depend on shares no loop with what depends on them */
} group;

typedef struct {
    mgd_compilation *c;
    int32_t *after;
    group *groups;
    size_t count, room;
} grouping;

enum { RECENT = 8 }; /* loops of which one of the right size is looked for */

bool mgd__is_entrywise_member(const mgd_var *v) {
    return !mgd__is_scalar(v) && (v->op->blocks || mgd__is(v, &mgd__op_scale));
}

bool mgd__is_number_like(const mgd_var *v) { return mgd__is(v, &mgd__op_ones) || mgd__is(v, &mgd__op_zeros); }

/* The loop that a var is in; NULL for none. */
static group *loop_of(const grouping *g, const mgd_var *v) {
    int32_t k = g->c->group[mgd__place_of(g->c, v)];
    return k >= 0 && (size_t)k < g->count ? &g->groups[k] : NULL;
}

static bool is_early(const grouping *g, const mgd_var *v) { return g->c->early && g->c->early[mgd__place_of(g->c, v)]; }

static bool may_join(const grouping *g, const mgd_var *v, int32_t k) {
    assert(k >= 0 && (size_t)k < g->count);
    const group *x = &g->groups[k];
    if (x->rows != v->rows || x->cols != v->cols || x->slots + v->count + 1 > MGD_MOST_SLOTS) return false;
    if (x->early != is_early(g, v)) return false;
    for (uint32_t i = 0; i < v->count; i++) {
        size_t place = mgd__place_of(g->c, v->arg[i]);
        if (g->c->group[place] != k && g->after[place] >= k) return false;
        if (g->c->group[place] == k && !mgd__is_entrywise_member(v->arg[i]))
            return false; /* a reduction is ready at the end */
    }
    return true;
}

/* A loop for v: one that an operand is in, or a recent one of its size, or a new one; -1 without memory. */
static int32_t group_for(grouping *g, const mgd_var *v) {
    int32_t best = -1;
    for (uint32_t i = 0; i < v->count; i++) {
        int32_t k = g->c->group[mgd__place_of(g->c, v->arg[i])];
        if (k > best && may_join(g, v, k)) best = k;
    }
    for (size_t r = 1; best < 0 && r <= RECENT && r <= g->count; r++)
        if (may_join(g, v, (int32_t)(g->count - r))) best = (int32_t)(g->count - r);
    if (best >= 0) return best;
    if (!mgd__grow(&g->groups, &g->room, g->count + 1, sizeof *g->groups)) return -1;
    g->groups[g->count] = (group){ .rows = v->rows, .cols = v->cols, .early = is_early(g, v) };
    return (int32_t)g->count++;
}

/* The loop that v, a reduction, may end; NULL for none. */
static group *loop_to_end(const grouping *g, const mgd_var *v) {
    if (!v->op->reduction || v->count != 1 || !mgd__is_entrywise_member(v->arg[0])) return NULL;
    group *loop = loop_of(g, v->arg[0]);
    return loop && loop->ends < MGD_MOST_ENDS && loop->early == is_early(g, v) ? loop : NULL;
}

static bool put_in_group(grouping *g, size_t i) {
    const mgd_var *v = mgd__below(g->c, i);
    int32_t latest = -1, k = -1;
    group *ended = NULL;
    for (uint32_t j = 0; j < v->count; j++) {
        int32_t a = g->after[mgd__place_of(g->c, v->arg[j])];
        latest = a > latest ? a : latest;
    }
    if (mgd__is_entrywise_member(v)) {
        if ((k = group_for(g, v)) < 0) return false;
        g->groups[k].slots += v->count + 1;
    } else if ((ended = loop_to_end(g, v))) {
        ended->ends++;
        k = (int32_t)(ended - g->groups);
    }
    g->c->group[i] = k;
    g->after[i] = k > latest ? k : latest;
    return true;
}

int32_t mgd__group(mgd_compilation *c, int32_t *after) {
    grouping g = { .c = c, .after = after };
    bool fine = true;
    for (size_t i = 0; fine && i < c->below.count; i++) fine = put_in_group(&g, i);
    free(g.groups);
    return fine ? (int32_t)g.count : -1;
}
