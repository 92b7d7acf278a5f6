/* SPDX-License-Identifier: MIT */
/* Values on demand. A value is current when it is as new as everything below it; the clock tells. */
#include "run/execute.h"

#include <math.h>
#include <stdio.h>

static bool push(mgd_tape *t, size_t *n, mgd_var *v) {
    if (!mgd__grow(&t->stack, &t->stack_room, *n + 1, sizeof *t->stack))
        return mgd__undefined(&t->complaint, "out of memory");
    t->stack[(*n)++] = v;
    return true;
}

static bool is_current(const mgd_tape *t, const mgd_var *v) {
    const mgd_slot *s = mgd__known_slot(t, v->id);
    return s && s->checked == t->clock;
}

/* Pushes the operands that were not yet looked at; else tells when the newest of them changed. */
static bool operands_ready(mgd_tape *t, size_t *n, const mgd_var *v, bool *ready, uint64_t *newest) {
    *ready = true;
    *newest = 0;
    mgd_var *branch = mgd__branch_over(v);
    if (branch && !is_current(t, branch)) { /* before anything that was recorded because of it */
        *ready = false;
        return push(t, n, branch);
    }
    for (uint32_t i = 0; i < v->count; i++) {
        const mgd_slot *s = mgd__known_slot(t, v->arg[i]->id);
        if (!s || s->checked != t->clock) {
            *ready = false;
            if (!push(t, n, v->arg[i])) return false;
        } else if (s->changed > *newest) {
            *newest = s->changed;
        }
    }
    return true;
}

static bool bring_up_to_date(mgd_var *v, mgd_slot *s, uint64_t newest) {
    bool leaf_with_data = s->data && !mgd__has_kernel(v->op);
    if (!leaf_with_data && (!s->data || !s->changed || s->changed < newest)) {
        s->changed = 0;
        v->tape->complaint.at = v;
        bool fine = mgd__execute(v);
        v->tape->complaint.at = NULL;
        if (!fine) return false;
        s->changed = v->tape->clock;
    }
    s->checked = v->tape->clock;
    return true;
}

static bool evaluate(mgd_var *v) {
    mgd_tape *t = v->tape;
    size_t n = 0;
    if (!push(t, &n, v)) return false;
    while (n) {
        mgd_var *w = t->stack[n - 1];
        mgd_slot *s = mgd__slot(t, w->id);
        bool ready = true;
        uint64_t newest;
        if (!s) return mgd__undefined(&t->complaint, "out of memory");
        if (s->checked != t->clock) {
            if (!operands_ready(t, &n, w, &ready, &newest)) return false;
            if (ready && !bring_up_to_date(w, s, newest)) return false;
        }
        if (ready) n--;
    }
    return true;
}

const double *mgd_value(mgd_var *v) {
    if (!v) return NULL;
    const mgd_slot *s = mgd__known_slot(v->tape, v->id);
    v->tape->complaint.text[0] = 0;
    if (s && s->checked == v->tape->clock) return s->data;
    return evaluate(v) ? mgd__known_slot(v->tape, v->id)->data : NULL;
}

bool mgd_get(mgd_var *v, mgd_array out) {
    const double *x = mgd_value(v);
    if (!x) return false;
    int64_t rows = mgd__dim_value(v->tape, v->rows), cols = mgd__dim_value(v->tape, v->cols);
    if (!out.data || out.rows != rows || out.cols != cols)
        return mgd__undefined(&v->tape->complaint, "get: %s is %lldx%lld, the array %s%lldx%lld", mgd__label(v).text,
                              (long long)rows, (long long)cols, out.data ? "" : "is NULL, ", (long long)out.rows,
                              (long long)out.cols);
    mgd__write_array(x, &out);
    return true;
}

const char *mgd_linear_algebra(void) { return mgd__blas_name(); }
