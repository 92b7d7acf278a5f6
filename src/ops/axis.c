/* SPDX-License-Identifier: MIT */
/* What reductions share: along all entries, each row or each column. */
#include "ops/ops.h"

mgd_var *mgd__along(const mgd_operation *op, int64_t flag, mgd_var *a) {
    return mgd__apply(op, mgd__flag(flag), 0, 0, 1, &a);
}

mgd_var *mgd__sums_along(mgd_axis axis, mgd_var *a) {
    if (axis == MGD_ALL) return mgd_sum(a);
    return axis == MGD_ROWS ? mgd_row_sums(a) : mgd_col_sums(a);
}

mgd_var *mgd__size_along(mgd_axis axis, const mgd_var *a) {
    const mgd_size *rows = mgd_rows_of(a), *cols = mgd_cols_of(a);
    if (axis == MGD_ALL) return mgd_size_as_var(mgd_size_times(rows, cols));
    return mgd_size_as_var(axis == MGD_ROWS ? cols : rows);
}

mgd_var *mgd__repeat_over(mgd_var *a, const mgd_var *like) { return mgd__repeat(a, like->rows, like->cols); }

bool mgd__is_vector(const mgd_var *v) { return v->rows == 1 || v->cols == 1; }

bool mgd__shape_reduced(mgd_var *v) {
    mgd_axis axis = mgd__axis_of(v->op, &v->p);
    v->rows = axis == MGD_ROWS ? v->arg[0]->rows : 1;
    v->cols = axis == MGD_COLS ? v->arg[0]->cols : 1;
    return true;
}

mgd_var *mgd__reduce_single(const mgd_var *v) { return mgd__same_size(v, v->arg[0]) ? v->arg[0] : NULL; }

bool mgd__reduction_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    mgd__reduce(s->op->reduction, s->isa, mgd__axis_of(s->op, &s->p), (size_t)in->rows, (size_t)in->cols, in->data,
                out->data, s->scratch);
    return true;
}

size_t mgd__reduction_scratch(const mgd_step *s, const mgd_array *in) {
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    return mgd__reduce_scratch(s->op->reduction, axis, (size_t)in->rows, (size_t)in->cols) * sizeof(double);
}

mgd_var *mgd__reduction_pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_chain(mgd__repeat_over(t, c->arg[i]), c->op->slope(c));
}

mgd_var *mgd__reduction_pushforward(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd__sums_along(mgd__axis_of(c->op, &c->p), mgd_chain(t, c->op->slope(c)));
}

bool mgd__each_group(const mgd_step *s, const mgd_array *in, mgd_array *out,
                     void (*of_group)(const mgd_step *s, size_t n, const double *a, double *c),
                     void (*of_columns)(const mgd_step *s, size_t rows, size_t cols, const double *a, double *c)) {
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    size_t rows = (size_t)in->rows, cols = (size_t)in->cols, groups = axis == MGD_ROWS ? rows : 1;
    if (axis == MGD_COLS) {
        of_columns(s, rows, cols, in->data, out->data);
        return true;
    }
    size_t n = rows * cols / groups;
    for (size_t i = 0; i < groups; i++) of_group(s, n, (const double *)in->data + i * n, (double *)out->data + i * n);
    return true;
}

mgd_groups mgd__groups_of(const mgd_step *s, const mgd_matrix *in) {
    switch (mgd__axis_of(s->op, &s->p)) {
    case MGD_ROWS:
        return (mgd_groups){ in->rows, in->cols, in->cols, 1 };
    case MGD_COLS:
        return (mgd_groups){ in->cols, in->rows, 1, in->cols };
    default:
        return (mgd_groups){ 1, in->rows * in->cols, 0, 1 };
    }
}

void mgd__meaning_of_sums(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++) {
        mgd_element total = whole(S, 0);
        for (int64_t k = 0; k < g.length; k++) total = plus(S, total, mgd__member(in, &g, i, k));
        put(out, 0, i, total);
    }
}
