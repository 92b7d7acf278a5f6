/* SPDX-License-Identifier: MIT */
/* Shapes, a rule and domains that several operations have; the operands of compositions. */
#include "ops/ops.h"

bool mgd__all_live(const char *name, size_t n, mgd_var *const *arg) {
    mgd_tape *t = NULL;
    for (size_t i = 0; i < n && !t; i++) t = arg[i] ? arg[i]->tape : NULL;
    if (!t || t->failed) return false;
    for (size_t i = 0; i < n; i++) {
        if (!arg[i]) return mgd__refuse(t, "%s: operand %zu is NULL", name, i + 1);
        if (arg[i]->tape != t)
            return mgd__refuse(t, "%s: operand %zu, %s, is of another tape", name, i + 1, mgd__label(arg[i]).text);
    }
    return true;
}

bool mgd__shape_of_first(mgd_var *v) {
    v->rows = v->arg[0]->rows;
    v->cols = v->arg[0]->cols;
    return true;
}

bool mgd__shape_scalar(mgd_var *v) {
    v->rows = v->cols = 1;
    return true;
}

bool mgd__shape_square(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    if (a->rows != a->cols)
        return mgd__refuse(v->tape, "%s: %s is %s, not square", v->op->name, mgd__label(a).text,
                           mgd__size_label(a).text);
    return mgd__shape_of_first(v);
}

bool mgd__shape_scalar_of_square(mgd_var *v) { return mgd__shape_square(v) && mgd__shape_scalar(v); }

mgd_var *mgd__pushforward_linear(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return mgd__apply(c->op, c->p, c->rows, c->cols, 1, &t);
}

bool mgd__domain_positive(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    (void)out;
    bool symmetric = mgd_assumptions(s->node->arg[0]) & MGD_SYMMETRIC;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) {
            int64_t k = symmetric && j < i ? j * in->cols + i : i * in->cols + j;
            put(in, i, j, S->draw(S, key + (uint64_t)k, true));
        }
    return true;
}

/* 2t/(1 + t^2), so that 1 - A^2 is a square. */
bool mgd__domain_sine(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    (void)key;
    (void)s;
    (void)out;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) {
            mgd_element t = at(in, i, j);
            put(in, i, j, over(S, plus(S, t, t), plus(S, whole(S, 1), times(S, t, t))));
        }
    return true;
}

/* A = B (t^2 - 1)/(2t), so that A^2 + B^2 is a square. */
bool mgd__domain_right_triangle(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in,
                                mgd_matrix *out) {
    (void)s;
    (void)out;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) {
            mgd_element t = S->draw(S, key + (uint64_t)(i * in->cols + j), true);
            mgd_element tangent = over(S, minus(S, times(S, t, t), whole(S, 1)), plus(S, t, t));
            put(&in[0], i, j, times(S, tangent, at(&in[1], i, j)));
        }
    return true;
}
