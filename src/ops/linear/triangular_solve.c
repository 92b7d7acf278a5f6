/* SPDX-License-Identifier: MIT */
/* triangular_solve: the solution of a linear system with a lower or upper triangular matrix.
 *
 * value        T X = B, or T' X = B, with T the lower or the upper triangle of the operand
 * pullback     dT -= the same triangle of S X' with S = triangular_solve(T', dX);  dB += S
 * pushforward  X. = triangular_solve(T, B. - T. X), of T. the same triangle
 * singular     a 0 on the diagonal is an error
 * source       Giles 2008
 */
#include "ops/ops.h"

#include <string.h>

/* The flag's bits. */
enum { TRANSPOSED = 1, UPPER = 2 };

static bool is_transposed(const mgd_parameters *p) { return p->flag.flag & TRANSPOSED; }
static bool is_upper(const mgd_parameters *p) { return p->flag.flag & UPPER; }

static const char *name_of(const mgd_parameters *p) {
    return is_upper(p) ? "triangular_solve_upper" : "triangular_solve";
}

static mgd_var *solve(mgd_var *t, mgd_var *b, int64_t flag) {
    return mgd__apply(&mgd__op_triangular_solve, mgd__flag(flag), 0, 0, 2, (mgd_var *[]){ t, b });
}

static bool shape(mgd_var *v) {
    const mgd_var *t = v->arg[0], *b = v->arg[1];
    if (t->rows != t->cols)
        return mgd__refuse(v->tape, "%s: %s is %s, not square", name_of(&v->p), mgd__label(t).text,
                           mgd__size_label(t).text);
    if (t->rows != b->rows)
        return mgd__refuse(v->tape, "%s: %s is %s, %s is %s: the rows differ", name_of(&v->p), mgd__label(t).text,
                           mgd__size_label(t).text, mgd__label(b).text, mgd__size_label(b).text);
    v->rows = t->rows;
    v->cols = b->cols;
    return true;
}

/* An upper triangle, and a lower one transposed, are solved from the last row up. */
static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t n = out->rows;
    bool transposed = is_transposed(&s->p), backwards = transposed != is_upper(&s->p);
    for (int64_t j = 0; j < out->cols; j++)
        for (int64_t step = 0; step < n; step++) {
            int64_t i = backwards ? n - 1 - step : step, first = backwards ? i + 1 : 0, end = backwards ? n : i;
            mgd_element x = at(&in[1], i, j);
            for (int64_t k = first; k < end; k++)
                x = minus(S, x, times(S, transposed ? at(&in[0], k, i) : at(&in[0], i, k), at(out, k, j)));
            put(out, i, j, over(S, x, at(&in[0], i, i)));
        }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)out->rows, m = (size_t)out->cols;
    const double *t = in[0].data;
    for (size_t i = 0; i < n; i++)
        if (t[i * n + i] == 0)
            return mgd__undefined(s->complaint, "%s: %s is singular: entry (%zu,%zu) is 0", name_of(&s->p),
                                  mgd__label(s->node->arg[0]).text, i + 1, i + 1);
    memcpy(out->data, in[1].data, n * m * sizeof(double));
    mgd__dtrsm(is_upper(&s->p), is_transposed(&s->p), false, n, m, t, n, out->data, m);
    return true;
}

static mgd_var *triangle_of(mgd_var *a, bool upper) { return upper ? mgd_triu(a) : mgd_tril(a); }

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *S = solve(c->arg[0], t, c->p.flag.flag ^ TRANSPOSED);
    if (i == 1) return S;
    mgd_var *dt = is_transposed(&c->p) ? mgd_matmul(c, mgd_transpose(S)) : mgd_matmul(S, mgd_transpose(c));
    return mgd_negate(triangle_of(dt, is_upper(&c->p)));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    if (i == 0) {
        mgd_var *moved = triangle_of(t, is_upper(&c->p));
        t = mgd_negate(mgd_matmul(is_transposed(&c->p) ? mgd_transpose(moved) : moved, c));
    }
    return solve(c->arg[0], t, c->p.flag.flag);
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return n * n * v->cols;
}

const mgd_operation mgd__op_triangular_solve = {
    .name = "triangular_solve",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "triangular_solve({1},{2})|triangular_solve(<1',{2})|"
                "triangular_solve_upper({1},{2})|triangular_solve_upper(<1',{2})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
};

static mgd_var *solve_as_written(mgd_var *t, mgd_var *b, int64_t flag) {
    return mgd__is(t, &mgd__op_transpose) ? solve(t->arg[0], b, flag | TRANSPOSED) : solve(t, b, flag);
}

/** X with L X = B, or with L' X = B where L is given as mgd_transpose(L). Only the lower triangle of L (n x n) is read;
 * B and X are n x m. */
mgd_var *mgd_triangular_solve(mgd_var *L, mgd_var *B) { return solve_as_written(L, B, 0); }

/** The same with an upper triangular U, of which only the upper triangle is read; mgd_transpose(U) solves U' X = B. */
mgd_var *mgd_triangular_solve_upper(mgd_var *U, mgd_var *B) { return solve_as_written(U, B, UPPER); }
