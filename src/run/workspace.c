/* SPDX-License-Identifier: MIT */
/* The memory of one run at a time, with every call made ready. */
#include "run/workspace.h"

#include <stdlib.h>

enum { ALIGNMENT = 64 };

static size_t memory_bytes(const mgd_program *p) {
    return (p->values_bytes + p->scratch_bytes + 2 * ALIGNMENT) & ~(size_t)(ALIGNMENT - 1);
}

size_t mgd_program_workspace_bytes(const mgd_program *p) {
    if (!p) return 0;
    size_t a_value = sizeof(double *) + sizeof(uint32_t), a_step = sizeof(mgd_call) + sizeof(double);
    size_t an_array = sizeof(mgd_array) + sizeof(mgd_moving_array);
    return sizeof(mgd_workspace) + memory_bytes(p) + (p->values + 1) * a_value + (p->steps + 1) * a_step +
           (p->arrays + 1) * an_array + (p->inputs + p->outputs + 1) * sizeof(double *);
}

/* Values that are where they are for good; the others move with the caller's arrays. */
static void place_values(mgd_workspace *ws) {
    const mgd_program *p = ws->p;
    for (uint32_t v = 0; v < p->values; v++) {
        const mgd_program_value *x = &p->value[v], *base = &p->value[x->base];
        double *start = NULL;
        if (base->home == MGD_IN_WORKSPACE) start = ws->memory;
        if (base->home == MGD_IN_CONSTANTS) start = p->constants;
        if (start)
            ws->pointer[v] = start + base->place / sizeof(double) + x->offset;
        else
            ws->moving[ws->movers++] = v;
    }
}

static bool moves(const mgd_program *p, uint32_t value) {
    mgd_home home = p->value[p->value[value].base].home;
    return home == MGD_IN_INPUT || home == MGD_IN_OUTPUT;
}

static void make_array(mgd_workspace *ws, size_t *next, uint32_t value, int64_t rows, int64_t cols, size_t offset) {
    mgd_array *a = &ws->arrays[(*next)++];
    *a = mgd_rows(ws->pointer[value] ? ws->pointer[value] + offset : NULL, rows, cols);
    if (moves(ws->p, value)) ws->moving_array[ws->moving_arrays++] = (mgd_moving_array){ a, value };
}

static void make_call(mgd_workspace *ws, const mgd_program_step *s, mgd_call *call, size_t *next) {
    const mgd_program *p = ws->p;
    call->step = s->step;
    call->step.complaint = &ws->complaint;
    call->step.scratch = ws->scratch;
    call->in = ws->arrays + *next;
    for (uint32_t k = 0; k < s->operands; k++)
        make_array(ws, next, s->operand[k], p->value[s->operand[k]].rows, p->value[s->operand[k]].cols, 0);
    call->out = ws->arrays + *next;
    const mgd_program_value *result = &p->value[s->result[0]];
    if (!s->step.op->results) make_array(ws, next, s->result[0], result->rows, result->cols, 0);
    size_t offset = 0;
    for (int k = 0; k < s->step.op->results; k++) { /* several never leave the workspace as one */
        mgd_dim rows = 0, cols = 0;
        s->step.op->part(s->step.node, k, &rows, &cols);
        make_array(ws, next, s->result[0], rows, cols, offset);
        offset += (size_t)rows * (size_t)cols;
    }
}

mgd_workspace *mgd_workspace_new(const mgd_program *p) {
    mgd_workspace *ws = p ? calloc(1, sizeof *ws) : NULL;
    if (!ws) return NULL;
    ws->p = p;
    ws->memory = aligned_alloc(ALIGNMENT, memory_bytes(p));
    ws->pointer = calloc(p->values + 1, sizeof *ws->pointer);
    ws->moving = calloc(p->values + 1, sizeof *ws->moving);
    ws->call = calloc(p->steps + 1, sizeof *ws->call);
    ws->arrays = calloc(p->arrays + 1, sizeof *ws->arrays);
    ws->moving_array = calloc(p->arrays + 1, sizeof *ws->moving_array);
    ws->copy = calloc(p->inputs + p->outputs + 1, sizeof *ws->copy);
    ws->seconds = calloc(p->steps + 1, sizeof *ws->seconds);
    if (!ws->memory || !ws->pointer || !ws->moving || !ws->call || !ws->arrays || !ws->moving_array || !ws->copy ||
        !ws->seconds) {
        mgd_workspace_free(ws);
        return NULL;
    }
    ws->scratch = ws->memory + ((p->values_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1)) / sizeof(double);
    place_values(ws);
    size_t next = 0;
    for (uint32_t t = 0; t < p->steps; t++)
        if (p->step[t].kind == MGD_KERNEL_STEP) make_call(ws, &p->step[t], &ws->call[t], &next);
    return ws;
}

void mgd_workspace_free(mgd_workspace *ws) {
    if (!ws) return;
    for (size_t k = 0; ws->copy && k < ws->p->inputs + ws->p->outputs; k++) free(ws->copy[k]);
    free(ws->memory);
    free(ws->pointer);
    free(ws->moving);
    free(ws->call);
    free(ws->arrays);
    free(ws->moving_array);
    free(ws->copy);
    free(ws->seconds);
    free(ws);
}

const char *mgd_workspace_message(const mgd_workspace *ws) {
    return ws ? ws->complaint.text : "run: there is no workspace";
}

void mgd_workspace_time_steps(mgd_workspace *ws, bool on) {
    if (ws) ws->timing = on;
}
