/* SPDX-License-Identifier: MIT */
/* Numbers in. */
#include "ops/ops.h"

static bool is_array(mgd_tape *t, const mgd_var *x, const mgd_array *a) {
    if (!mgd_name(x)) return mgd__undefined(t, "set: %s is no input", mgd__label(x).text);
    if (!a->data) return mgd__undefined(t, "set: %s: the data is NULL", mgd__label(x).text);
    if (a->rows >= 1 && a->cols >= 1) return true;
    return mgd__undefined(t, "set: %s cannot be %lldx%lld", mgd__label(x).text, (long long)a->rows, (long long)a->cols);
}

bool mgd_set_array(mgd_var *x, mgd_array data) {
    if (!x) return false;
    mgd_tape *t = x->tape;
    t->complaint[0] = 0;
    if (!is_array(t, x, &data) || !mgd__bind_size(t, x, data.rows, data.cols)) return false;
    double *room = mgd__value_room(t, x, data.rows, data.cols);
    if (!room) return false;
    mgd__read_array(&data, room);
    mgd_slot *s = mgd__known_slot(t, x->id);
    s->changed = s->checked = ++t->clock;
    return true;
}

bool mgd_set(mgd_var *x, const double *data, int64_t rows, int64_t cols) {
    return mgd_set_array(x, mgd_rows(data, rows, cols));
}
