/* SPDX-License-Identifier: MIT */
/* Numbers in. */
#include "ops/ops.h"
#include "run/assume.h"
#include "run/execute.h"

#include <stdlib.h>

static bool is_array(mgd_tape *t, const mgd_var *x, const mgd_array *a) {
    if (!mgd_name(x)) return mgd__undefined(&t->complaint, "set: %s is no input", mgd__label(x).text);
    if (a->precision != MGD_DOUBLE && a->precision != MGD_FLOAT)
        return mgd__undefined(&t->complaint, "set: %s: %d is no precision", mgd__label(x).text, (int)a->precision);
    if (!a->data) return mgd__undefined(&t->complaint, "set: %s: the data is NULL", mgd__label(x).text);
    if (a->rows >= 1 && a->cols >= 1) return true;
    return mgd__undefined(&t->complaint, "set: %s cannot be %lldx%lld", mgd__label(x).text, (long long)a->rows,
                          (long long)a->cols);
}

static bool read(mgd_var *x, const mgd_array *data) {
    mgd_tape *t = x->tape;
    double *room = mgd__value_room(t, x, data->rows, data->cols);
    if (!room) return false;
    mgd__read_array(data, room);
    mgd_slot *s = mgd__known_slot(t, x->id);
    s->changed = s->checked = ++t->clock;
    return true;
}

/* Is the data, or its beginning, in the memory that it is to be copied to? */
static bool is_own_value(const mgd_var *x, const mgd_array *data) {
    const mgd_slot *s = mgd__known_slot(x->tape, x->id);
    if (!s || !s->data) return false;
    uintptr_t start = (uintptr_t)s->data, p = (uintptr_t)data->data;
    int64_t rows = mgd__dim_value(x->tape, x->rows), cols = mgd__dim_value(x->tape, x->cols);
    return p >= start && p < start + (uintptr_t)(rows * cols) * sizeof *s->data;
}

static bool no_memory(mgd_var *x, const mgd_array *data) {
    mgd__drop_binding(x->tape);
    return mgd__undefined(&x->tape->complaint, "set: %s: no memory for %lld x %lld numbers", mgd__label(x).text,
                          (long long)data->rows, (long long)data->cols);
}

/* The data may be a value that goes with the sizes it had, or x's own, so it is copied first. */
static bool read_at_new_size(mgd_var *x, const mgd_array *data) {
    mgd_tape *t = x->tape;
    if (!mgd__try_binding(t, x, data->rows, data->cols)) return false;
    double *copy = calloc((size_t)data->rows * (size_t)data->cols, sizeof *copy);
    if (!copy) return no_memory(x, data);
    mgd__read_array(data, copy);
    mgd__keep_binding(t);
    mgd_array of_copy = mgd_rows(copy, data->rows, data->cols);
    bool fine = read(x, &of_copy);
    free(copy);
    return fine;
}

/* What x is declared to be is seen in a copy, in the kernels' scratch, and only then is anything changed. */
static bool read_declared(mgd_var *x, const mgd_array *data) {
    mgd_tape *t = x->tape;
    mgd_label name = mgd__label(x);
    mgd_declared_data d = { "set", name.text, mgd_assumptions(x), data->rows, data->cols, NULL, data->precision };
    if (!mgd__try_binding(t, x, data->rows, data->cols)) return false;
    size_t entries = (size_t)data->rows * (size_t)data->cols;
    bool too_many = entries > PTRDIFF_MAX / sizeof(double) / 4;
    double *copy = too_many ? NULL : mgd__scratch_room(t, entries * sizeof *copy + mgd__holds_scratch(&d));
    if (!copy) return no_memory(x, data);
    mgd__read_array(data, copy);
    d.data = copy;
    if (!mgd__holds(&d, &t->complaint, copy + entries)) {
        mgd__drop_binding(t);
        return false;
    }
    if (d.assumptions & MGD_SYMMETRIC) mgd__take_symmetric_half(d.rows, copy);
    mgd__keep_binding(t);
    mgd_array of_copy = mgd_rows(copy, data->rows, data->cols);
    return read(x, &of_copy);
}

bool mgd_set_array(mgd_var *x, mgd_array data) {
    if (!x) return false;
    mgd_tape *t = x->tape;
    t->complaint.text[0] = 0;
    if (!is_array(t, x, &data)) return false;
    if (mgd_assumptions(x)) return read_declared(x, &data);
    bool fits = mgd__dim_value(t, x->rows) == data.rows && mgd__dim_value(t, x->cols) == data.cols;
    return fits && !is_own_value(x, &data) ? read(x, &data) : read_at_new_size(x, &data);
}

bool mgd_set(mgd_var *x, const double *data, int64_t rows, int64_t cols) {
    return mgd_set_array(x, mgd_rows(data, rows, cols));
}
