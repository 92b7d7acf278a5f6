/* SPDX-License-Identifier: MIT */
/* Recording: one node for each expression (hash-consing), simpler where its operation knows a simpler one. */
#include "tape/tape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Cells in a cache line; operands of a candidate that needs no memory; cells that a growing piece looks ahead; and the
 * cells of the first piece of a new tape. */
enum { LINE = 8, NEAR = 8, AHEAD = 24, FIRST_CELLS = 1024 };
static const uint32_t GONE = UINT32_MAX, MOST_NODES = (uint32_t)1 << 30;

/* What a node would be, before it is known whether it is one. */
typedef union {
    mgd_var v;
    char room[sizeof(mgd_var) + NEAR * sizeof(mgd_var *)];
} candidate;

static uint32_t hash_of(const mgd_var *v) {
    uint64_t h = (uint64_t)(uintptr_t)v->op ^ (uint64_t)v->p.bits[0] * 0x9e3779b97f4a7c15 ^
                 (uint64_t)v->p.bits[1] * 0xc2b2ae3d27d4eb4f ^
                 ((uint64_t)(uint32_t)v->rows << 32 | (uint32_t)v->cols) * 0x165667b19e3779f9;
    if (v->op->commutes) {
        h += mgd__mix(v->arg[0]->id) + mgd__mix(v->arg[1]->id); /* i + j alone is constant along a reverse sweep */
    } else {
        for (uint32_t i = 0; i < v->count; i++) h = (h ^ v->arg[i]->id) * 0xff51afd7ed558ccd;
    }
    h ^= h >> 29;
    return (uint32_t)(h * 0xbf58476d1ce4e5b9 >> 32);
}

static bool is_same(const mgd_var *v, const mgd_var *w) {
    if (v->op != w->op || v->p.bits[0] != w->p.bits[0] || v->p.bits[1] != w->p.bits[1] || !mgd__same_size(v, w) ||
        v->count != w->count)
        return false;
    if (!memcmp(v->arg, w->arg, v->count * sizeof v->arg[0])) return true;
    return v->op->commutes && v->arg[0] == w->arg[1] && v->arg[1] == w->arg[0];
}

static uint32_t latest_operand(const mgd_var *v) {
    uint32_t latest = 0;
    for (uint32_t i = 0; i < v->count; i++)
        if (v->arg[i]->id > latest) latest = v->arg[i]->id;
    return latest;
}

/* The piece in which v is, where it is known; NULL where that piece was never made. */
static mgd_piece *piece_of(const mgd_tape *t, uint32_t latest) {
    size_t k = latest / MGD_PIECE;
    return k < t->table.pieces && t->table.piece[k].cell ? &t->table.piece[k] : NULL;
}

/* Cells are looked at a cache line at a time. Nodes recorded one after another meet in memory that is still near: the
 * first line is one that the latest operand names. When it is full the search goes from line to line by steps that the
 * hash decides; side by side, full lines would make runs that take long to cross. */
static uint32_t first_cell(const mgd_piece *p, uint32_t latest) {
    return (latest * 2 & p->mask) & ~(uint32_t)(LINE - 1);
}

static uint32_t next_cell(const mgd_piece *p, uint32_t cell, uint32_t hash) {
    if (cell % LINE < LINE - 1) return cell + 1;
    return (cell + 1 - LINE + LINE * (hash | 1)) & p->mask;
}

/* A node that is held to branches which are not in force any more is not found again: what is recorded now does not
 * depend on them. */
static bool may_be_found(const mgd_tape *t, const mgd_var *w) {
    const mgd_var *branch = t->branches.count && !mgd__is_projection(w) ? mgd__branch_over(w) : NULL;
    return !branch || branch->p.text.serial >> 1 == mgd__branch_generation(t);
}

/* The node that is the same, or NULL and the cell where it belongs. */
static mgd_var *find(const mgd_tape *t, const mgd_piece *p, const mgd_var *v, uint32_t latest, uint32_t hash,
                     mgd_cell **place) {
    *place = NULL;
    for (uint32_t i = first_cell(p, latest);; i = next_cell(p, i, hash)) {
        mgd_cell c = p->cell[i];
        if ((c.id1 == 0 || c.id1 == GONE) && !*place) *place = &p->cell[i];
        if (c.id1 == 0) return NULL;
        if (c.id1 == GONE || c.hash != hash) continue;
        mgd_var *known = mgd__node(t, c.id1 - 1);
        if (is_same(known, v) && may_be_found(t, known)) return known;
    }
}

static void insert(mgd_piece *p, const mgd_var *v, uint32_t hash) {
    uint32_t i = first_cell(p, latest_operand(v));
    while (p->cell[i].id1) i = next_cell(p, i, hash);
    p->cell[i] = (mgd_cell){ hash, v->id + 1 };
    p->used++;
}

static bool is_used(mgd_cell c) { return c.id1 && c.id1 != GONE; }

/* Begins to bring the cell's node near: waiting for one node after another would be most of the work. */
static void fetch(const mgd_tape *t, mgd_cell c) {
    if (!is_used(c)) return;
    const char *v = (const char *)mgd__node(t, c.id1 - 1);
    __builtin_prefetch(v);
    __builtin_prefetch(v + sizeof(mgd_var)); /* its operands */
}

static mgd_cell *new_cells(uint32_t cells) {
    mgd_cell *cell = aligned_alloc(64, cells * sizeof *cell);
    return cell ? memset(cell, 0, cells * sizeof *cell) : NULL;
}

/* Many nodes may be gone: then the same size will do. */
static bool make_anew(mgd_tape *t, mgd_piece *p) {
    uint32_t live = 0, cells = p->mask + 1;
    for (uint32_t i = 0; i < cells; i++) live += is_used(p->cell[i]);
    if (live / 3 * 5 >= cells) cells *= 2;
    mgd_piece old = *p, made = { .cell = new_cells(cells), .mask = cells - 1 };
    if (!made.cell) return mgd__out_of_memory(t);
    for (uint32_t i = 0; i <= old.mask; i++) {
        if (i + AHEAD <= old.mask) fetch(t, old.cell[i + AHEAD]);
        if (is_used(old.cell[i])) insert(&made, mgd__node(t, old.cell[i].id1 - 1), old.cell[i].hash);
    }
    free(old.cell);
    *p = made;
    return true;
}

static bool make_piece(mgd_tape *t, size_t k) {
    mgd_table *table = &t->table;
    if (!mgd__grow(&table->piece, &table->room, k + 1, sizeof *table->piece)) return mgd__out_of_memory(t);
    while (table->pieces <= k) table->piece[table->pieces++] = (mgd_piece){ .cell = NULL };
    uint32_t cells = k ? 2 * MGD_PIECE : FIRST_CELLS; /* a small tape needs few */
    mgd_cell *cell = new_cells(cells);
    if (!cell) return mgd__out_of_memory(t);
    table->piece[k] = (mgd_piece){ .cell = cell, .mask = cells - 1 };
    return true;
}

/* Of each piece a quarter stays empty. */
bool mgd__table_reserve(mgd_tape *t, uint32_t latest) {
    mgd_piece *p = piece_of(t, latest);
    if (!p) return make_piece(t, latest / MGD_PIECE);
    return p->used / 3 * 4 < p->mask - 8 || make_anew(t, p);
}

void mgd__table_empty(mgd_table *table) {
    for (size_t k = 0; k < table->pieces; k++) {
        mgd_piece *p = &table->piece[k];
        if (p->used) memset(p->cell, 0, (p->mask + (size_t)1) * sizeof *p->cell);
        p->used = 0;
    }
}

void mgd__table_free(mgd_table *table) {
    for (size_t k = 0; k < table->pieces; k++) free(table->piece[k].cell);
    free(table->piece);
}

/* Room for one node more: in the table and in the index. */
static bool make_room(mgd_tape *t, uint32_t latest) {
    if (t->count == MOST_NODES) return mgd__refuse(t, "the tape is full: %u nodes", t->count);
    if (!mgd__table_reserve(t, latest)) return false;
    return mgd__segments_have(&t->index, t->count) || mgd__segments_at(&t->index, t->count) || mgd__out_of_memory(t);
}

static mgd_var *append(mgd_tape *t, const mgd_var *v, uint32_t hash, mgd_piece *p, mgd_cell *place) {
    assert(place); /* a search that finds nothing ends at a cell that is free */
    size_t operands = v->count * sizeof v->arg[0];
    mgd_var *w = mgd__arena_take(&t->nodes, sizeof *w + operands);
    if (!w) {
        mgd__out_of_memory(t);
        return NULL;
    }
    memcpy(w, v, sizeof *w);
    memcpy(w->arg, v->arg, operands);
    w->id = t->count;
    *(mgd_var **)mgd__segments_get(&t->index, w->id) = w;
    p->used += place->id1 == 0;
    *place = (mgd_cell){ hash, w->id + 1 };
    t->count++;
    return w;
}

static bool shape_entrywise(mgd_var *v) {
    assert(v->count && v->arg[0]); /* an entrywise operation has operands, and check_operands has seen them */
    for (size_t i = 1; i < mgd__formula_operands(v); i++) {
        assert(v->arg[i]);
        if (!mgd__same_size(v->arg[i], v->arg[0]))
            return mgd__refuse(v->tape, "%s: %s is %s, %s is %s: entry by entry needs equal sizes", v->op->name,
                               mgd__label(v->arg[0]).text, mgd__size_label(v->arg[0]).text, mgd__label(v->arg[i]).text,
                               mgd__size_label(v->arg[i]).text);
    }
    v->rows = v->arg[0]->rows;
    v->cols = v->arg[0]->cols;
    return true;
}

static bool settle_shape(mgd_var *v) {
    bool fits = v->op->entry || (v->op->user && !v->op->shape) ? shape_entrywise(v) : !v->op->shape || v->op->shape(v);
    return fits && v->rows && v->cols;
}

static mgd_var *record(mgd_tape *t, mgd_var *v) {
    if (!settle_shape(v)) return NULL;
    if (v->op->reduce) {
        mgd_var *simpler = v->op->reduce(v);
        if (simpler || t->failed) return simpler;
    }
    uint32_t hash = hash_of(v), latest = latest_operand(v);
    if (!make_room(t, latest)) return NULL;
    mgd_piece *p = piece_of(t, latest);
    mgd_cell *place;
    mgd_var *known = find(t, p, v, latest, hash, &place);
    return known ? known : append(t, v, hash, p, place);
}

static bool check_operands(mgd_tape *t, const mgd_operation *op, size_t count, mgd_var *const *arg) {
    for (size_t i = 0; i < count; i++) {
        if (!arg[i]) return mgd__refuse(t, "%s: operand %zu is NULL", op->name, i + 1);
        if (arg[i]->tape != t)
            return mgd__refuse(t, "%s: operand %zu, %s, is of another tape", op->name, i + 1, mgd__label(arg[i]).text);
    }
    return true;
}

mgd_var *mgd__record(mgd_tape *t, const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                     mgd_var *const *arg) {
    if (!t || t->failed || !check_operands(t, op, count, arg)) return NULL;
    candidate c;
    mgd_var *v = count <= NEAR ? &c.v : malloc(sizeof *v + count * sizeof *arg);
    if (!v) return mgd__out_of_memory(t), NULL;
    *v = (mgd_var){ .op = op, .tape = t, .rows = rows, .cols = cols, .count = (uint32_t)count, .p = p };
    if (count) memcpy(v->arg, arg, count * sizeof *arg);
    mgd_var *w = record(t, v);
    if (v != &c.v) free(v);
    return w;
}

mgd_var *mgd__apply(const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                    mgd_var *const *arg) {
    for (size_t i = 0; i < count; i++)
        if (arg[i]) return mgd__record(arg[i]->tape, op, p, rows, cols, count, arg);
    return NULL;
}

mgd_var *mgd__lookup(mgd_tape *t, const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                     mgd_var *const *arg) {
    candidate c;
    c.v = (mgd_var){ .op = op, .tape = t, .rows = rows, .cols = cols, .count = (uint32_t)count, .p = p };
    memcpy(c.v.arg, arg, count * sizeof *arg);
    mgd_cell *place;
    uint32_t latest = latest_operand(&c.v);
    const mgd_piece *piece = piece_of(t, latest);
    return piece && settle_shape(&c.v) ? find(t, piece, &c.v, latest, hash_of(&c.v), &place) : NULL;
}

/* Takes a node that is being rewound out of the table. */
void mgd__unrecord(mgd_tape *t, const mgd_var *v) {
    uint32_t hash = hash_of(v), latest = latest_operand(v);
    const mgd_piece *p = piece_of(t, latest);
    for (uint32_t i = first_cell(p, latest); p->cell[i].id1; i = next_cell(p, i, hash)) {
        if (p->cell[i].id1 != v->id + 1) continue;
        p->cell[i].id1 = GONE;
        return;
    }
}
