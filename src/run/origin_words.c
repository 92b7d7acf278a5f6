/* SPDX-License-Identifier: MIT */
/* Values that are not finite, put into words with the values that they are made of. */
#include "run/origin.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

mgd_known mgd__known_value(const mgd_var *v) {
    const mgd_slot *s = mgd__known_slot(v->tape, v->id);
    return (mgd_known){ s ? s->data : NULL, mgd__dim_value(v->tape, v->rows), mgd__dim_value(v->tape, v->cols) };
}

int64_t mgd__first_entry(const mgd_var *v) {
    mgd_known x = mgd__known_value(v);
    for (int64_t k = 0; x.data && k < x.rows * x.cols; k++)
        if (!isfinite(x.data[k])) return k;
    return -1;
}

void mgd__say(mgd_origin *o, const char *format, ...) {
    size_t n = strlen(o->message);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(o->message + n, sizeof o->message - n, format, arguments);
    va_end(arguments);
}

void mgd__say_number(mgd_origin *o, double x) {
    if (isnan(x))
        mgd__say(o, "NaN");
    else
        mgd__say(o, "%g", x);
}

void mgd__say_entry(mgd_origin *o, const mgd_var *v, int64_t k) {
    mgd_known x = mgd__known_value(v);
    bool whole = x.rows == 1 && x.cols == 1;
    bool loose = !whole && v->op->notation && v->op->precedence && v->op->precedence < MGD_ATOM;
    mgd__say(o, loose ? "(%s)" : "%s", mgd__label(v).text);
    if (!whole) mgd__say(o, "(%lld,%lld)", (long long)(k / x.cols) + 1, (long long)(k % x.cols) + 1);
}

static double entry_of(const mgd_var *v, int64_t k) {
    mgd_known x = mgd__known_value(v);
    assert(x.data); /* everything below what was asked about was computed */
    return x.data[k];
}

void mgd__say_equation(mgd_origin *o, const mgd_var *v, int64_t k) {
    mgd__say_entry(o, v, k);
    mgd__say(o, " = ");
    mgd__say_number(o, entry_of(v, k));
}

static int64_t largest(const mgd_known *x, mgd_extent p) {
    int64_t best = -1;
    for (int64_t i = p.row < 0 ? 0 : p.row; i < (p.row < 0 ? x->rows : p.row + 1); i++)
        for (int64_t j = p.col < 0 ? 0 : p.col; j < (p.col < 0 ? x->cols : p.col + 1); j++) {
            int64_t k = i * x->cols + j;
            if (best < 0 || fabs(x->data[k]) > fabs(x->data[best])) best = k;
        }
    return best;
}

void mgd__say_largest(mgd_origin *o, const mgd_var *v, mgd_extent p) {
    mgd_known x = mgd__known_value(v);
    if (!x.data) return;
    if (x.rows * x.cols > 1) {
        mgd__say(o, "largest in ");
        if (p.row >= 0) mgd__say(o, "row %lld of ", (long long)p.row + 1);
        if (p.col >= 0) mgd__say(o, "column %lld of ", (long long)p.col + 1);
        mgd__say(o, "%s: ", mgd__label(v).text);
    }
    mgd__say_equation(o, v, largest(&x, p));
}

/* Which part of operand i the entry (row, col) of v is made of. */
static mgd_extent extent_of_operand(const mgd_var *v, size_t i, int64_t row, int64_t col) {
    if (mgd__is(v, &mgd__op_matmul)) return i == 0 ? (mgd_extent){ row, -1 } : (mgd_extent){ -1, col };
    mgd_axis axis = v->op->reduction ? mgd__axis_of(v->op, &v->p) : MGD_ALL;
    return (mgd_extent){ axis == MGD_ROWS ? row : -1, axis == MGD_COLS ? col : -1 };
}

/* The operands' values that entry k of v is made of. */
void mgd__say_operands(mgd_origin *o, const mgd_var *v, int64_t k) {
    const mgd_var *maker = mgd__maker_of(v);
    int64_t cols = mgd__known_value(v).cols;
    const char *between = ": ";
    for (size_t i = 0; i < mgd__formula_operands(maker); i++) {
        const mgd_var *a = maker->arg[i];
        bool said = mgd__came_before(maker, i) && !mgd__is(maker, &mgd__op_matmul); /* there a row, here a column */
        if (mgd__is_plain_number(a) || said) continue;
        mgd__say(o, "%s", between);
        between = mgd__is_by_entries(maker) ? ", " : "; ";
        if (mgd__is_by_entries(maker))
            mgd__say_equation(o, a, mgd__is_scalar(a) ? 0 : k);
        else
            mgd__say_largest(o, a, extent_of_operand(maker, i, k / cols, k % cols));
    }
}

void mgd__say_place(mgd_origin *o, const mgd_var *v) {
    mgd_note place = mgd__note_of_place(v);
    if (place.text[0]) mgd__say(o, " (%s)", place.text);
}

void mgd__explain(mgd_origin *o, const mgd_var *v, int64_t k) {
    if (mgd__maker_of(v)->count) {
        mgd__say_equation(o, v, k);
        mgd__say_operands(o, v, k);
    } else {
        mgd__say_entry(o, v, k);
        mgd__say(o, " is ");
        mgd__say_number(o, entry_of(v, k));
        mgd__say(o, mgd_name(v)                     ? ": the input's own data"
                    : mgd__is(v, &mgd__op_constant) ? ": the constant's own data"
                                                    : ": no double holds the number");
    }
    mgd__say_place(o, v);
}

void mgd__point_to(mgd_origin *o, const mgd_var *v, int64_t k) {
    mgd_known x = mgd__known_value(v);
    o->row = k / x.cols + 1;
    o->col = k % x.cols + 1;
    o->value = entry_of(v, k);
}
