/* SPDX-License-Identifier: MIT */
/* A tape as its user sees it: read only, node by node. */
#include "tape/tape.h"

#include <stdio.h>

size_t mgd_count(const mgd_tape *t) { return t ? t->count : 0; }
mgd_var *mgd_at(const mgd_tape *t, size_t index) {
    return t && index < t->count ? mgd__node(t, (uint32_t)index) : NULL;
}
size_t mgd_index(const mgd_var *v) { return v ? v->id : SIZE_MAX; }
mgd_tape *mgd_tape_of(const mgd_var *v) { return v ? v->tape : NULL; }
const mgd_size *mgd_rows_of(const mgd_var *v) { return v ? mgd__dim_size(v->tape, v->rows) : NULL; }
const mgd_size *mgd_cols_of(const mgd_var *v) { return v ? mgd__dim_size(v->tape, v->cols) : NULL; }
const mgd_operation *mgd_operation_of(const mgd_var *v) { return v ? v->op : NULL; }
const char *mgd_operation_name(const mgd_operation *op) { return op ? op->name : ""; }
size_t mgd_operands(const mgd_var *v) { return v ? mgd__formula_operands(v) : 0; }
mgd_var *mgd_operand(const mgd_var *v, size_t i) { return i < mgd_operands(v) ? v->arg[i] : NULL; }

const char *mgd_name(const mgd_var *v) {
    return v && v->op->parameter == MGD_PARAMETER_TEXT && mgd__input_named(v->tape, v->p.text.text) == v
               ? v->p.text.text
               : NULL;
}

mgd_parameter_kind mgd_parameter(const mgd_var *v) { return v ? v->op->parameter : MGD_PARAMETER_NONE; }

int64_t mgd_parameter_numerator(const mgd_var *v) {
    if (mgd_parameter(v) == MGD_PARAMETER_RATIONAL) return v->p.rational.numerator;
    return mgd_parameter(v) == MGD_PARAMETER_FLAG ? v->p.flag.flag : 0;
}

int64_t mgd_parameter_denominator(const mgd_var *v) {
    return mgd_parameter(v) == MGD_PARAMETER_RATIONAL ? v->p.rational.denominator : 1;
}

const char *mgd_parameter_text(const mgd_var *v) {
    return mgd_parameter(v) == MGD_PARAMETER_TEXT ? v->p.text.text : "";
}

size_t mgd_parameter_sizes(const mgd_var *v) {
    return mgd_parameter(v) == MGD_PARAMETER_SIZES ? (size_t)v->p.sizes.length : 0;
}

const char *mgd_parameter_size(const mgd_var *v, size_t i) {
    if (i >= mgd_parameter_sizes(v)) return NULL;
    mgd_dim d = v->p.sizes.list[i];
    if (d < 0) return mgd_size_text(mgd__dim_size(v->tape, d));
    char digits[16]; /* of an index there may be many: texts are found faster than sizes */
    snprintf(digits, sizeof digits, "%ld", (long)d);
    return mgd__intern_text(v->tape, digits);
}
