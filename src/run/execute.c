/* SPDX-License-Identifier: MIT */
/* One node's value from its operands' values. */
#include "run/execute.h"

#include <stdlib.h>

enum { ALIGNMENT = 64 };

static mgd_array array_of(const mgd_tape *t, const mgd_var *v, double *data) {
    return mgd_rows(data, mgd__dim_value(t, v->rows), mgd__dim_value(t, v->cols));
}

double *mgd__scratch_room(mgd_tape *t, size_t bytes) {
    if (bytes <= t->scratch_room) return t->scratch;
    free(t->scratch);
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    t->scratch = aligned_alloc(ALIGNMENT, bytes);
    t->scratch_room = t->scratch ? bytes : 0;
    return t->scratch;
}

/* The result's memory as the arrays that the kernel fills, one after another where there are several. */
static void arrays_of_results(const mgd_var *v, double *data, mgd_array *out) {
    out[0] = array_of(v->tape, v, data);
    for (int k = 0; k < v->op->results; k++) {
        mgd_dim rows = 0, cols = 0;
        v->op->part(v, k, &rows, &cols);
        out[k] = mgd_rows(data, mgd__dim_value(v->tape, rows), mgd__dim_value(v->tape, cols));
        data += out[k].rows * out[k].cols;
    }
}

static double *room_for(mgd_var *v) {
    mgd_tape *t = v->tape;
    int64_t rows = mgd__dim_value(t, v->rows), cols = mgd__dim_value(t, v->cols);
    if (!rows)
        mgd__unbound(t, v->rows, mgd__label(v).text);
    else if (!cols)
        mgd__unbound(t, v->cols, mgd__label(v).text);
    return rows && cols ? mgd__value_room(t, v, rows, cols) : NULL;
}

bool mgd__execute(mgd_var *v) {
    mgd_tape *t = v->tape;
    mgd_step s;
    mgd_array out[MGD_RESULTS];
    if (!mgd__has_kernel(v->op)) {
        if (v->count)
            return mgd__undefined(&t->complaint, "%s: the operation has no value function", mgd__label(v).text);
        return mgd__undefined(&t->complaint, "%s: the input has no data: set it first", mgd__label(v).text);
    }
    double *data = room_for(v);
    if (!data || !mgd__step_of(v, &s)) return false;
    if (!mgd__grow(&t->arrays, &t->array_room, v->count, sizeof *t->arrays))
        return mgd__undefined(&t->complaint, "out of memory");
    for (uint32_t i = 0; i < v->count; i++)
        t->arrays[i] = array_of(t, v->arg[i], mgd__known_slot(t, v->arg[i]->id)->data);
    arrays_of_results(v, data, out);
    size_t bytes = v->op->scratch ? v->op->scratch(&s, t->arrays) : 0;
    if (bytes && !mgd__scratch_room(t, bytes))
        return mgd__undefined(&t->complaint, "out of memory: a kernel needs %zu bytes", bytes);
    s.scratch = t->scratch;
    return mgd__kernel(&s, t->arrays, out);
}
