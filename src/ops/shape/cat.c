/* SPDX-License-Identifier: MIT */
/* What hcat and vcat have in common: blocks that tile a matrix. */
#include "ops/shape/cat.h"

#include <stdlib.h>

void mgd__cat_meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    for (int64_t k = 0; k < s->p.sizes.length / 2; k++)
        for (int64_t i = 0; i < in[k].rows; i++)
            for (int64_t j = 0; j < in[k].cols; j++)
                put(out, s->sizes[2 * k] + i, s->sizes[2 * k + 1] + j, at(&in[k], i, j));
}

bool mgd__cat_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    for (int64_t k = 0; k < s->p.sizes.length / 2; k++) {
        double *corner = (double *)out->data + s->sizes[2 * k] * out->cols + s->sizes[2 * k + 1];
        mgd__dcopy((size_t)in[k].rows, (size_t)in[k].cols, in[k].data, in[k].cols, 1, corner, (size_t)out->cols);
    }
    return true;
}

mgd_var *mgd__cat_pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_parameters p = mgd__size_list(c->tape, c->p.sizes.list + 2 * i, 2);
    return p.sizes.list ? mgd__apply(&mgd__op_block, p, c->arg[i]->rows, c->arg[i]->cols, 1, &t) : NULL;
}

mgd_var *mgd__cat_pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return mgd__place(c->tape, 1, &t, c->p.sizes.list + 2 * i, c->rows, c->cols);
}

/* Where what comes behind `a` begins. Of thousands of operands nearly all have numbers for sizes. */
static mgd_dim behind(mgd_tape *t, mgd_dim begin, mgd_dim a) {
    if (begin == 0) return a;
    return begin > 0 && a > 0 && begin <= INT32_MAX - a ? begin + a : mgd__dim_add(t, begin, a);
}

static bool fits(const mgd_operation *op, const mgd_var *first, const mgd_var *v, bool below) {
    mgd_dim a = below ? first->cols : first->rows, b = below ? v->cols : v->rows;
    return a == b ||
           mgd__refuse(v->tape, "%s: %s is %s, %s is %s: %s and %s %s differ", op->name, mgd__label(first).text,
                       mgd__size_label(first).text, mgd__label(v).text, mgd__size_label(v).text,
                       mgd__dim_label(v->tape, a).text, mgd__dim_label(v->tape, b).text, below ? "columns" : "rows");
}

/* The corners, and the length in the end; 0 after an error. */
static mgd_dim corners_of(const mgd_operation *op, size_t n, mgd_var *const *vars, bool below, mgd_dim *corner) {
    mgd_dim end = 0;
    for (size_t k = 0; k < n; k++) {
        if (!fits(op, vars[0], vars[k], below)) return 0;
        corner[2 * k] = below ? end : 0;
        corner[2 * k + 1] = below ? 0 : end;
        end = behind(vars[k]->tape, end, below ? vars[k]->rows : vars[k]->cols);
        if (!end) return 0;
    }
    return end;
}

mgd_var *mgd__cat(const mgd_operation *op, size_t n, mgd_var *const *vars, bool below) {
    if (!vars || !mgd__all_live(op->name, n, vars)) return NULL;
    if (n == 1) return vars[0];
    mgd_tape *t = vars[0]->tape;
    mgd_dim *corner = malloc(2 * n * sizeof *corner);
    if (!corner) return mgd__out_of_memory(t), NULL;
    mgd_dim length = corners_of(op, n, vars, below, corner);
    mgd_parameters p = length ? mgd__size_list(t, corner, 2 * n) : MGD_NO_PARAMETERS;
    free(corner);
    if (!length || !p.sizes.list) return NULL;
    return mgd__record(t, op, p, below ? length : vars[0]->rows, below ? vars[0]->cols : length, n, vars);
}
