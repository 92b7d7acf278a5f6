/* SPDX-License-Identifier: MIT */
/* One loop from its members: a slot for each operand and result, an instruction for each entrywise operation, and the
 * reductions that end it. */
#include "run/program.h"

#include <assert.h>
#include <string.h>

enum { CACHE = 3072, LONGEST = MGD_REDUCTION_BLOCK, SHORTEST = 64 }; /* entries: of all blocks together, and of one */

typedef struct {
    mgd_compilation *c;
    mgd_program_step *s;
    mgd_fused *f;
    uint32_t value_of_slot[MGD_MOST_SLOTS];
    bool by_rows;
} fusing;

static mgd_slot_kind kind_of(const mgd_var *v) {
    if (mgd__is_scalar(v) || mgd__is_number_like(v)) return MGD_NUMBER;
    if (!mgd__is(v, &mgd__op_repeat)) return MGD_FULL;
    const mgd_var *a = v->arg[0];
    return mgd__is_scalar(a) ? MGD_NUMBER : a->cols == 1 ? MGD_COLUMN : MGD_ROW;
}

/* The slot of that operand, made where it is new. What is repeated is read where it is short. */
static uint32_t slot_for(fusing *x, const mgd_var *v) {
    mgd_slot_kind kind = kind_of(v);
    const mgd_var *where = mgd__is(v, &mgd__op_repeat) ? v->arg[0] : v;
    uint32_t value = (uint32_t)mgd__place_of(x->c, where);
    for (uint32_t k = 0; k < x->f->slots; k++)
        if (x->value_of_slot[k] == value && (x->f->slot[k].kind == kind || x->f->slot[k].kind == MGD_REGISTER))
            return k;
    x->by_rows |= kind == MGD_ROW || kind == MGD_COLUMN;
    x->value_of_slot[x->f->slots] = value;
    x->f->slot[x->f->slots] = (mgd_block_slot){ .kind = kind, .value = value };
    x->s->operand[x->s->operands++] = value;
    return x->f->slots++;
}

static uint32_t slot_of_result(fusing *x, uint32_t value) {
    bool stored = x->c->formed[value];
    x->value_of_slot[x->f->slots] = value;
    x->f->slot[x->f->slots] = (mgd_block_slot){ .kind = stored ? MGD_FULL : MGD_REGISTER, .value = value };
    if (stored) x->s->result[x->s->results++] = value;
    return x->f->slots++;
}

static void add_instruction(fusing *x, uint32_t node) {
    const mgd_var *v = mgd__below(x->c, node);
    const mgd_operation *op = mgd__is(v, &mgd__op_scale) ? &mgd__op_hadamard : v->op;
    mgd_instruction i = { .function = op->blocks->of[0][x->c->p->tape->isa], .p = mgd__constant_of(v->op, &v->p) };
    for (uint32_t k = 0; k < v->count; k++) i.operand[k] = slot_for(x, v->arg[k]);
    i.result = slot_of_result(x, node);
    x->f->instruction[x->f->instructions++] = i;
}

/* Along all where it is the same: entries of one column then need not come one by one. */
static mgd_axis axis_of(const mgd_var *v) {
    mgd_axis axis = mgd__axis_of(v->op, &v->p);
    bool of_all = axis == MGD_ROWS ? v->arg[0]->rows == 1 : axis == MGD_COLS && v->arg[0]->cols == 1;
    return of_all ? MGD_ALL : axis;
}

static void add_end(fusing *x, uint32_t node) {
    const mgd_var *v = mgd__below(x->c, node);
    mgd_axis axis = axis_of(v);
    x->by_rows |= axis != MGD_ALL;
    x->f->end[x->f->ends++] = (mgd_loop_end){ v->op->reduction, axis, slot_for(x, v->arg[0]), node, 0 };
    x->s->result[x->s->results++] = node;
}

/* Registers whose last reader is past are used again. */
static void assign_buffers(fusing *x) {
    mgd_fused *f = x->f;
    uint32_t last[MGD_MOST_SLOTS] = { 0 }, spare[MGD_MOST_SLOTS], spares = 0;
    for (uint32_t i = 0; i < f->instructions; i++)
        for (int k = 0; k < 3; k++) last[f->instruction[i].operand[k]] = i;
    for (uint32_t k = 0; k < f->ends; k++) last[f->end[k].slot] = UINT32_MAX;
    for (uint32_t k = 0; k < f->slots; k++)
        if (f->slot[k].kind != MGD_FULL && f->slot[k].kind != MGD_REGISTER) f->slot[k].buffer = f->buffers++;
    for (uint32_t i = 0; i < f->instructions; i++) {
        mgd_block_slot *r = &f->slot[f->instruction[i].result];
        if (r->kind == MGD_REGISTER) r->buffer = spares ? spare[--spares] : f->buffers++;
        for (uint32_t k = 0; k < f->slots; k++)
            if (f->slot[k].kind == MGD_REGISTER && last[k] == i && &f->slot[k] != r && k < f->instruction[i].result)
                spare[spares++] = f->slot[k].buffer;
    }
}

static void choose_block(fusing *x, const mgd_program_value *size) {
    mgd_fused *f = x->f;
    f->rows = x->by_rows ? size->rows : 1;
    f->cols = x->by_rows ? size->cols : size->rows * size->cols;
    size_t entries = mgd__entries(size), block = CACHE / (f->buffers + 1);
    if (block > LONGEST) block = LONGEST;
    if (block < SHORTEST) block = SHORTEST;
    if (block > entries) block = entries;
    f->block = block;
}

/* The states of columns behind the blocks; returns the entries of both. */
static size_t place_states(mgd_fused *f) {
    size_t entries = f->buffers * f->block, rows = (size_t)f->rows, cols = (size_t)f->cols;
    for (uint32_t k = 0; k < f->ends; k++) {
        f->end[k].states = entries;
        entries += mgd__reduce_scratch(f->end[k].how, f->end[k].axis, rows, cols);
    }
    return entries;
}

bool mgd__fuse(mgd_compilation *c, const uint32_t *member, size_t members, mgd_program_step *s) {
    fusing x = { .c = c, .s = s, .f = &s->fused };
    mgd_fused f = { .slot = mgd__take(c, MGD_MOST_SLOTS, sizeof *f.slot),
                    .end = mgd__take(c, MGD_MOST_ENDS, sizeof *f.end),
                    .instruction = mgd__take(c, members, sizeof *f.instruction),
                    .isa = c->p->tape->isa };
    s->kind = MGD_FUSED_STEP;
    s->fused = f;
    s->operand = mgd__take(c, MGD_MOST_SLOTS, sizeof *s->operand);
    s->result = mgd__take(c, MGD_MOST_SLOTS + MGD_MOST_ENDS, sizeof *s->result);
    if (!f.slot || !f.end || !f.instruction || !s->operand || !s->result) return false;
    const mgd_program_value *size = NULL;
    for (size_t k = 0; k < members; k++) {
        if (!mgd__is_entrywise_member(mgd__below(c, member[k]))) continue;
        size = &c->p->value[member[k]];
        add_instruction(&x, member[k]);
    }
    for (size_t k = 0; k < members; k++)
        if (!mgd__is_entrywise_member(mgd__below(c, member[k]))) add_end(&x, member[k]);
    assert(size); /* every loop has a member */
    assign_buffers(&x);
    choose_block(&x, size);
    size_t bytes = place_states(x.f) * sizeof(double);
    if (bytes > c->p->scratch_bytes) c->p->scratch_bytes = bytes;
    return true;
}
