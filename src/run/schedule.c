/* SPDX-License-Identifier: MIT */
/* The nodes of the program's tape as values and steps, in an order: what waits for no loop, then loop after loop, each
 * followed by what waited for it. */
#include "run/program.h"

#include <stdlib.h>
#include <string.h>

static bool is_vector(const mgd_var *v) { return v->rows == 1 || v->cols == 1; }
static bool is_view(const mgd_var *v) {
    return mgd__is(v, &mgd__op_part) || (mgd__is(v, &mgd__op_transpose) && is_vector(v));
}
static bool is_repeated(const mgd_var *v) { return mgd__is(v, &mgd__op_repeat) || mgd__is_number_like(v); }

/* ---- values ---- */

static size_t offset_of_part(const mgd_var *v) {
    size_t offset = 0;
    for (int k = 0; k < v->p.flag.flag; k++) {
        mgd_dim rows = 0, cols = 0;
        v->arg[0]->op->part(v->arg[0], k, &rows, &cols);
        offset += (size_t)rows * (size_t)cols;
    }
    return offset;
}

static void describe_value(mgd_compilation *c, size_t i) {
    const mgd_var *v = mgd__below(c, i);
    mgd_program_value *x = &c->p->value[i];
    *x = (mgd_program_value){ .rows = v->rows, .cols = v->cols, .base = (uint32_t)i, .first = UINT32_MAX, .node = v };
    if (mgd__is_number_like(v) && !c->formed[i]) x->rows = x->cols = 1;
    if (v->count == 0) x->home = MGD_IN_CONSTANTS;
    if (mgd__is(v, &mgd__op_input)) {
        x->home = MGD_IN_INPUT;
        x->place = (size_t)v->p.text.serial - 1;
    }
    if (!is_view(v)) return;
    const mgd_program_value *of = &c->p->value[mgd__place_of(c, v->arg[0])];
    x->base = of->base;
    x->offset = of->offset + (mgd__is(v, &mgd__op_part) ? offset_of_part(v) : 0);
}

/* Is the k-th operand of node i read block by block, as node i's loop makes it or from where it is short? */
static bool read_in_loop(const mgd_compilation *c, size_t i, const mgd_var *operand) {
    if (c->group[i] < 0) return false;
    if (c->group[mgd__place_of(c, operand)] == c->group[i]) return mgd__is_entrywise_member(operand);
    return mgd__is_entrywise_member(mgd__below(c, i)) && is_repeated(operand);
}

/* What only its own loop reads stays in a block, and a repeated row or a matrix of ones is formed only where something
 * else than a loop reads it. n is how many nodes there are, each of which was put in a group. */
static void find_what_is_formed(mgd_compilation *c, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const mgd_var *v = mgd__below(c, i);
        for (uint32_t k = 0; k < v->count; k++)
            if (!read_in_loop(c, i, v->arg[k])) c->formed[mgd__place_of(c, v->arg[k])] = true;
    }
    for (size_t k = 0; k < c->p->outputs; k++) c->formed[mgd__place_of(c, c->result[k])] = true;
}

/* ---- constants ---- */

static bool compute_constant(mgd_compilation *c, size_t i, double *to) {
    const mgd_var *v = mgd__below(c, i);
    mgd_program_value *x = &c->p->value[i];
    const mgd_slot *slot = mgd__known_slot(c->p->tape, v->id);
    if (slot && slot->data) {
        memcpy(to, slot->data, mgd__entries(x) * sizeof *to);
        return true;
    }
    mgd_step s;
    mgd_array out = mgd_rows(to, x->rows, x->cols);
    return mgd__step_of(v, &s) && mgd__kernel(&s, NULL, &out);
}

static bool make_constants(mgd_compilation *c) {
    size_t bytes = 0;
    for (size_t i = 0; i < c->p->values; i++) {
        mgd_program_value *x = &c->p->value[i];
        if (x->base != i || x->home != MGD_IN_CONSTANTS) continue;
        x->place = bytes;
        bytes += (mgd__entries(x) * sizeof(double) + 63) & ~(size_t)63;
    }
    c->p->constants = aligned_alloc(64, bytes + 64);
    if (!c->p->constants) return mgd__undefined(&c->from->complaint, "compile: out of memory");
    for (size_t i = 0; i < c->p->values; i++) {
        mgd_program_value *x = &c->p->value[i];
        if (x->base != i || x->home != MGD_IN_CONSTANTS) continue;
        if (!compute_constant(c, i, c->p->constants + x->place / sizeof(double))) return false;
    }
    return true;
}

/* ---- steps ---- */

static bool kernel_step(mgd_compilation *c, size_t i, mgd_program_step *s) {
    const mgd_var *v = mgd__below(c, i);
    s->kind = MGD_KERNEL_STEP;
    s->operands = v->count;
    s->results = 1;
    s->operand = mgd__take(c, v->count + 1, sizeof *s->operand);
    s->result = mgd__take(c, 1, sizeof *s->result);
    if (!s->operand || !s->result || !mgd__step_of(v, &s->step)) return false;
    if (v->op->parameter == MGD_PARAMETER_SIZES) {
        size_t bytes = (size_t)v->p.sizes.length * sizeof(int64_t);
        int64_t *sizes = mgd__take(c, (size_t)v->p.sizes.length + 1, sizeof(int64_t));
        if (!sizes) return false;
        memcpy(sizes, s->step.sizes, bytes);
        s->step.sizes = sizes;
    }
    for (uint32_t k = 0; k < v->count; k++) s->operand[k] = (uint32_t)mgd__place_of(c, v->arg[k]);
    s->result[0] = (uint32_t)i;
    c->p->arrays += v->count + (size_t)mgd__results(v->op);
    return true;
}

static bool is_scalar_kernel(const mgd_compilation *c, size_t i) {
    const mgd_var *v = mgd__below(c, i);
    return mgd__is_scalar(v) && v->op->blocks && !is_view(v);
}

/* A run of operations on 1x1 values as one step. */
static bool scalar_step(mgd_compilation *c, const uint32_t *node, size_t n, mgd_program_step *s) {
    s->kind = MGD_SCALAR_STEP;
    s->instruction = mgd__take(c, n, sizeof *s->instruction);
    s->operand = mgd__take(c, 3 * n, sizeof *s->operand);
    s->result = mgd__take(c, n, sizeof *s->result);
    if (!s->instruction || !s->operand || !s->result) return false;
    for (size_t k = 0; k < n; k++) {
        const mgd_var *v = mgd__below(c, node[k]);
        mgd_instruction *x = &s->instruction[k];
        *x = (mgd_instruction){ .function = v->op->blocks->of[0][c->p->tape->isa],
                                .p = mgd__constant_of(v->op, &v->p),
                                .result = node[k] };
        for (uint32_t j = 0; j < v->count; j++) {
            x->operand[j] = (uint32_t)mgd__place_of(c, v->arg[j]);
            s->operand[s->operands++] = x->operand[j];
        }
        s->result[s->results++] = node[k];
    }
    s->instructions = (uint32_t)n;
    return true;
}

static bool needs_step(const mgd_compilation *c, size_t i) {
    const mgd_var *v = mgd__below(c, i);
    return v->count && !is_view(v) && (c->formed[i] || !is_repeated(v));
}

/* The plain nodes, one step each; 1x1 ones that follow one another together. */
static bool plain_steps(mgd_compilation *c, const uint32_t *node, size_t n) {
    bool together = !(c->p->options & MGD_WITHOUT_FUSION);
    for (size_t k = 0, run; k < n; k += run) {
        mgd_program_step *s = &c->p->step[c->p->steps++];
        bool early = mgd__is_early(c, node[k]);
        for (run = 0; together && k + run < n && is_scalar_kernel(c, node[k + run]); run++)
            if (mgd__is_early(c, node[k + run]) != early) break;
        bool fine = run > 1 ? scalar_step(c, node + k, run, s) : kernel_step(c, node[k], s);
        if (!fine) return false;
        if (!run) run = 1;
    }
    return true;
}

/* The n nodes sorted by what they wait for: bucket 2k+1 is loop k, bucket 2k+2 the plain nodes that wait for it. */
static void put_in_order(mgd_compilation *c, size_t n, const int32_t *after, int32_t groups, uint32_t *order,
                         uint32_t *start) {
    size_t buckets = 2 * (size_t)groups + 1;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            if (!needs_step(c, i)) continue;
            size_t bucket = c->group[i] >= 0 ? 2 * (size_t)c->group[i] + 1 : 2 * (size_t)(after[i] + 1);
            if (pass == 0)
                start[bucket + 1]++;
            else
                order[start[bucket]++] = (uint32_t)i;
        }
        for (size_t b = 0; pass == 0 && b < buckets; b++) start[b + 1] += start[b];
    }
    for (size_t b = buckets; b > 0; b--) start[b] = start[b - 1];
    start[0] = 0;
}

static bool make_steps(mgd_compilation *c, const uint32_t *order, const uint32_t *start, int32_t groups) {
    for (size_t b = 0; b < 2 * (size_t)groups + 1; b++) {
        const uint32_t *node = order + start[b];
        size_t n = start[b + 1] - start[b];
        bool fine = n == 0 || (b % 2 ? mgd__fuse(c, node, n, &c->p->step[c->p->steps++]) : plain_steps(c, node, n));
        if (!fine) return mgd__undefined(&c->from->complaint, "compile: out of memory");
    }
    return true;
}

/* An output that is no step's own result, or that is wanted twice, is copied. */
static bool place_outputs(mgd_compilation *c) {
    for (size_t k = 0; k < c->p->outputs; k++) {
        uint32_t v = (uint32_t)mgd__place_of(c, c->result[k]);
        mgd_program_value *x = &c->p->value[v];
        if (x->base == v && x->home == MGD_IN_WORKSPACE) {
            x->home = MGD_IN_OUTPUT;
            x->place = k;
            continue;
        }
        mgd_program_value *copy = &c->p->value[c->p->values];
        *copy = (mgd_program_value){ .rows = x->rows,
                                     .cols = x->cols,
                                     .base = c->p->values,
                                     .home = MGD_IN_OUTPUT,
                                     .place = k,
                                     .first = UINT32_MAX,
                                     .node = x->node };
        mgd_program_step *s = &c->p->step[c->p->steps++];
        s->kind = MGD_COPY_STEP;
        s->operand = mgd__take(c, 1, sizeof *s->operand);
        s->result = mgd__take(c, 1, sizeof *s->result);
        if (!s->operand || !s->result) return false;
        s->operands = s->results = 1;
        s->operand[0] = v;
        s->result[0] = c->p->values++;
    }
    return true;
}

static bool schedule(mgd_compilation *c, size_t n, int32_t *after, uint32_t *order, uint32_t *start, int32_t groups) {
    find_what_is_formed(c, n);
    for (size_t i = 0; i < n; i++) describe_value(c, i);
    c->p->values = (uint32_t)n;
    put_in_order(c, n, after, groups, order, start);
    return make_constants(c) && make_steps(c, order, start, groups) && mgd__branches_first(c) && place_outputs(c);
}

bool mgd__schedule(mgd_compilation *c) {
    size_t n = c->below.count, most = n + c->p->outputs;
    c->p->value = mgd__take(c, most, sizeof *c->p->value);
    c->p->step = mgd__take(c, most, sizeof *c->p->step);
    c->group = malloc((n + 1) * sizeof *c->group);
    c->formed = calloc(n + 1, sizeof *c->formed);
    int32_t *after = malloc((n + 1) * sizeof *after), groups = 0;
    uint32_t *order = malloc((n + 1) * sizeof *order), *start = NULL;
    bool fine = c->p->value && c->p->step && c->group && c->formed && after && order && mgd__find_early(c);
    for (size_t i = 0; fine && i < n; i++) c->group[i] = after[i] = -1; /* in no loop, and waiting for none */
    if (fine && !(c->p->options & MGD_WITHOUT_FUSION)) groups = mgd__group(c, after);
    fine = fine && groups >= 0;
    if (fine) start = calloc(2 * (size_t)groups + 3, sizeof *start);
    fine = start ? schedule(c, n, after, order, start, groups)
                 : mgd__undefined(&c->from->complaint, "compile: out of memory");
    free(after);
    free(order);
    free(start);
    return fine;
}
