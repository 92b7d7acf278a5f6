/* SPDX-License-Identifier: MIT */
/* Chains of products in their cheapest order, by dynamic programming over the sizes. A chain is a product whose
 * factors, where they are products that nothing else uses, are opened up, and theirs. */
#include "run/rewrite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 }; /* a chain is cut there */

typedef struct {
    mgd_var *v;
    bool transposed;
} factor;

typedef struct {
    mgd_tape *t;
    mgd_reached below;
    uint32_t *uses;
    bool *inner; /* a product that its chain opens */
    mgd_var **made;
    mgd_var **arg;
    size_t arg_room;
} ordering;

static size_t place_of(const ordering *o, const mgd_var *v) { return (size_t)mgd__position(o->t, &o->below, v); }

static bool opens(const ordering *o, const factor *x, mgd_factors_of *f) {
    return mgd__is_product(x->v, f) && o->uses[place_of(o, x->v)] == 1;
}

/* The factors from left to right. A factor that is opened makes room for one more; no recursion. */
static size_t flatten(const ordering *o, const mgd_var *root, factor *chain) {
    mgd_factors_of f;
    mgd__is_product(root, &f);
    chain[0] = (factor){ f.a, f.a_transposed };
    chain[1] = (factor){ f.b, f.b_transposed };
    size_t n = 2;
    for (size_t i = 0; i < n;) {
        if (n == LONGEST || !opens(o, &chain[i], &f)) {
            i++;
            continue;
        }
        bool flipped = chain[i].transposed;
        memmove(chain + i + 2, chain + i + 1, (n - i - 1) * sizeof *chain);
        factor left = { f.a, f.a_transposed }, right = { f.b, f.b_transposed };
        chain[i] = flipped ? (factor){ right.v, !right.transposed } : left;
        chain[i + 1] = flipped ? (factor){ left.v, !left.transposed } : right;
        n++;
    }
    return n;
}

/* split[i][j] is the last factor of the left part of factors i to j. */
static void cheapest_splits(size_t n, const double *size, unsigned char split[LONGEST][LONGEST]) {
    static const double nothing = 0;
    double cost[LONGEST][LONGEST];
    for (size_t i = 0; i < n; i++) cost[i][i] = nothing;
    for (size_t length = 2; length <= n; length++)
        for (size_t i = 0, j = length - 1; j < n; i++, j++) {
            cost[i][j] = INFINITY;
            for (size_t k = i; k < j; k++) {
                double c = cost[i][k] + cost[k + 1][j] + size[i] * size[k + 1] * size[j + 1];
                if (c >= cost[i][j]) continue;
                cost[i][j] = c;
                split[i][j] = (unsigned char)k;
            }
        }
}

/* The product of factors i to j; its depth is bounded by LONGEST. */
static mgd_var *multiply(const ordering *o, const factor *chain, unsigned char split[LONGEST][LONGEST], size_t i,
                         size_t j, bool *transposed) {
    *transposed = i == j && chain[i].transposed;
    if (i == j) return o->made[place_of(o, chain[i].v)];
    mgd_factors_of f;
    f.a = multiply(o, chain, split, i, split[i][j], &f.a_transposed);
    f.b = multiply(o, chain, split, (size_t)split[i][j] + 1, j, &f.b_transposed);
    return f.a && f.b ? mgd__product_of(&f) : NULL;
}

static mgd_var *ordered(const ordering *o, const mgd_var *root) {
    factor chain[LONGEST];
    double size[LONGEST + 1];
    unsigned char split[LONGEST][LONGEST];
    bool transposed;
    size_t n = flatten(o, root, chain);
    if (n < 3) return NULL;
    for (size_t i = 0; i < n; i++) size[i] = chain[i].transposed ? chain[i].v->cols : chain[i].v->rows;
    size[n] = chain[n - 1].transposed ? chain[n - 1].v->rows : chain[n - 1].v->cols;
    cheapest_splits(n, size, split);
    return multiply(o, chain, split, 0, n - 1, &transposed);
}

/* Inner products of a chain are made for nothing where their chain is made anew: they are dead then. */
static bool make(ordering *o, size_t i) {
    mgd_var *v = mgd__node(o->t, o->below.ids[i]);
    mgd_factors_of f;
    bool moved = false;
    if (!mgd__grow(&o->arg, &o->arg_room, v->count, sizeof *o->arg)) return false;
    for (uint32_t k = 0; k < v->count; k++) {
        o->arg[k] = o->made[place_of(o, v->arg[k])];
        moved |= o->arg[k] != v->arg[k];
    }
    if (moved) mgd__record_at_place_of(o->t, v);
    mgd_var *cheaper = mgd__is_product(v, &f) && !o->inner[i] ? ordered(o, v) : NULL;
    if (cheaper)
        o->made[i] = cheaper;
    else
        o->made[i] = moved ? mgd__record(o->t, v->op, v->p, v->rows, v->cols, v->count, o->arg) : v;
    return o->made[i];
}

static void count_uses(ordering *o, size_t outputs, mgd_var **output) {
    for (size_t i = 0; i < o->below.count; i++) {
        const mgd_var *v = mgd__node(o->t, o->below.ids[i]);
        for (uint32_t k = 0; k < v->count; k++) o->uses[place_of(o, v->arg[k])]++;
    }
    for (size_t k = 0; k < outputs; k++) o->uses[place_of(o, output[k])]++;
    for (size_t i = 0; i < o->below.count; i++) {
        mgd_factors_of f, g;
        if (!mgd__is_product(mgd__node(o->t, o->below.ids[i]), &f)) continue;
        if (opens(o, &(factor){ .v = f.a }, &g)) o->inner[place_of(o, f.a)] = true;
        if (opens(o, &(factor){ .v = f.b }, &g)) o->inner[place_of(o, f.b)] = true;
    }
}

bool mgd__order_products(mgd_tape *t, size_t outputs, mgd_var **output) {
    ordering o = { .t = t, .below = mgd__reach(t, outputs, output, 0, true) };
    o.uses = o.below.ids ? calloc(o.below.count + 1, sizeof *o.uses) : NULL;
    o.inner = o.uses ? calloc(o.below.count + 1, sizeof *o.inner) : NULL;
    o.made = o.inner ? calloc(o.below.count + 1, sizeof *o.made) : NULL;
    bool fine = o.made;
    if (fine) count_uses(&o, outputs, output);
    for (size_t i = 0; fine && i < o.below.count; i++) fine = make(&o, i);
    for (size_t k = 0; fine && k < outputs; k++) output[k] = o.made[place_of(&o, output[k])];
    free(o.below.ids);
    free(o.uses);
    free(o.inner);
    free(o.made);
    free(o.arg);
    return fine;
}
