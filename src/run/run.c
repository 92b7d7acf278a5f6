/* SPDX-License-Identifier: MIT */
/* Running a program. */
#define _POSIX_C_SOURCE 200809L
#include "run/assume.h"
#include "run/workspace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- arrays of the caller ---- */

static bool check(mgd_workspace *ws, const char *what, size_t n, const mgd_array *a, const mgd_program_value *size) {
    for (size_t k = 0; k < n; k++) {
        if (!a || !a[k].data) return mgd__undefined(&ws->complaint, "run: %s %zu has no data", what, k + 1);
        if (a[k].rows != size[k].rows || a[k].cols != size[k].cols)
            return mgd__undefined(&ws->complaint, "run: %s %zu is %lldx%lld, the program was compiled for %lldx%lld",
                                  what, k + 1, (long long)a[k].rows, (long long)a[k].cols, (long long)size[k].rows,
                                  (long long)size[k].cols);
    }
    return true;
}

static bool is_plain(const mgd_array *a) {
    return a->precision == MGD_DOUBLE && (a->col_stride == 1 || a->cols == 1) &&
           (a->row_stride == a->cols || a->rows == 1);
}

/* Where the program finds, or leaves, array k: in the caller's memory, or in a copy. */
static double *memory_of(mgd_workspace *ws, size_t k, const mgd_array *a) {
    if (is_plain(a)) return a->data;
    if (!ws->copy[k]) ws->copy[k] = malloc((size_t)a->rows * (size_t)a->cols * sizeof(double));
    if (!ws->copy[k]) mgd__undefined(&ws->complaint, "run: out of memory");
    return ws->copy[k];
}

static bool place_arrays(mgd_workspace *ws, const mgd_array *in, const mgd_array *out) {
    const mgd_program *p = ws->p;
    for (size_t m = 0; m < ws->movers; m++) {
        const mgd_program_value *x = &p->value[ws->moving[m]], *base = &p->value[x->base];
        bool is_input = base->home == MGD_IN_INPUT;
        const mgd_array *a = is_input ? &in[base->place] : &out[base->place];
        double *start = memory_of(ws, is_input ? base->place : p->inputs + base->place, a);
        if (!start) return false;
        ws->pointer[ws->moving[m]] = start + x->offset;
    }
    for (size_t k = 0; k < ws->moving_arrays; k++)
        ws->moving_array[k].array->data = ws->pointer[ws->moving_array[k].value];
    for (size_t k = 0; k < p->inputs; k++)
        if (ws->copy[k] && !is_plain(&in[k])) mgd__read_array(&in[k], ws->copy[k]);
    return true;
}

/* Are the inputs what they are declared to be? */
static bool are_as_declared(mgd_workspace *ws, const mgd_array *in) {
    const mgd_program *p = ws->p;
    for (size_t k = 0; k < p->inputs; k++) {
        const mgd_program_assumption *x = &p->assumed[k];
        double *data = x->assumptions ? memory_of(ws, k, &in[k]) : NULL;
        if (!x->assumptions) continue;
        if (!data) return false;
        if (!is_plain(&in[k])) mgd__read_array(&in[k], data);
        mgd_declared_data d = { "run", x->name, x->assumptions, in[k].rows, in[k].cols, data, in[k].precision };
        if (!mgd__holds(&d, &ws->complaint, ws->scratch)) return false;
    }
    return true;
}

static bool is_finite(mgd_workspace *ws, size_t k, const double *x) {
    const mgd_program_value *size = &ws->p->output[k];
    for (size_t i = 0; i < mgd__entries(size); i++)
        if (!isfinite(x[i]))
            return mgd__undefined(&ws->complaint, "run: output %zu: entry (%zu,%zu) is %g", k + 1,
                                  i / (size_t)size->cols + 1, i % (size_t)size->cols + 1, x[i]);
    return true;
}

static bool hand_out(mgd_workspace *ws, const mgd_array *out) {
    const mgd_program *p = ws->p;
    for (size_t k = 0; k < p->outputs; k++) {
        double *copy = is_plain(&out[k]) ? NULL : ws->copy[p->inputs + k];
        if (p->options & MGD_CHECK_FINITE && !is_finite(ws, k, copy ? copy : out[k].data)) return false;
        if (copy) mgd__write_array(copy, &out[k]);
    }
    return true;
}

/* ---- steps ---- */

static void run_scalars(const mgd_workspace *ws, const mgd_program_step *s) {
    for (uint32_t k = 0; k < s->instructions; k++) {
        const mgd_instruction *x = &s->instruction[k];
        const void *in[3] = { ws->pointer[x->operand[0]], ws->pointer[x->operand[1]], ws->pointer[x->operand[2]] };
        x->function(x->p, 1, in, ws->pointer[x->result]);
    }
}

static bool run_step(mgd_workspace *ws, uint32_t t) {
    const mgd_program_step *s = &ws->p->step[t];
    const mgd_call *call = &ws->call[t];
    switch (s->kind) {
    case MGD_KERNEL_STEP:
        ws->complaint.at = call->step.node;
        return mgd__kernel(&call->step, call->in, call->out);
    case MGD_FUSED_STEP:
        mgd__run_fused(&s->fused, ws->pointer, ws->scratch);
        break;
    case MGD_SCALAR_STEP:
        run_scalars(ws, s);
        break;
    case MGD_COPY_STEP:
        memcpy(ws->pointer[s->result[0]], ws->pointer[s->operand[0]],
               mgd__entries(&ws->p->value[s->result[0]]) * sizeof(double));
        break;
    }
    return true;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool run_steps(mgd_workspace *ws) {
    for (uint32_t t = 0; t < ws->p->steps; t++) {
        double start = ws->timing ? now() : 0;
        bool fine = run_step(ws, t);
        ws->complaint.at = NULL;
        if (!fine) return false;
        if (ws->timing) ws->seconds[t] = now() - start;
    }
    return true;
}

bool mgd_run(const mgd_program *p, mgd_workspace *ws, const mgd_array *in, const mgd_array *out) {
    if (!p || !ws) return false;
    if (__atomic_exchange_n(&ws->busy, true, __ATOMIC_ACQUIRE)) return false; /* its owner's message is not ours */
    ws->complaint.text[0] = 0;
    bool fine = ws->p == p || mgd__undefined(&ws->complaint, "run: the workspace is of another program");
    fine = fine && check(ws, "input", p->inputs, in, p->input) && check(ws, "output", p->outputs, out, p->output) &&
           place_arrays(ws, in, out) && are_as_declared(ws, in) && run_steps(ws) && hand_out(ws, out);
    __atomic_store_n(&ws->busy, false, __ATOMIC_RELEASE);
    return fine;
}
