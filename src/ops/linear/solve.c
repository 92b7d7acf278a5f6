/* SPDX-License-Identifier: MIT */
/* solve: the solution of a linear system with a square matrix.
 *
 * value        A X = B, or A' X = B
 * pullback     dA -= S X' with S = solve(A', dX);  dB += S
 * pushforward  X. = solve(A, B. - A. X)
 * singular     a pivot of 0 is an error
 * source       Giles 2008
 */
#include "ops/linear/lu.h"

#include <string.h>

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0], *b = v->arg[1];
    if (a->rows != b->rows)
        return mgd__refuse(v->tape, "solve: %s is %s, %s is %s: the rows differ", mgd__label(a).text,
                           mgd__size_label(a).text, mgd__label(b).text, mgd__size_label(b).text);
    v->rows = b->rows;
    v->cols = b->cols;
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t n = out->rows, m = out->cols, width = n + m;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * width) * sizeof *w);
    if (!w) return;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) w[i * width + j] = s->p.flag.flag ? at(&in[0], j, i) : at(&in[0], i, j);
        for (int64_t j = 0; j < m; j++) w[i * width + n + j] = at(&in[1], i, j);
    }
    mgd__eliminate(S, n, m, w);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < m; j++) put(out, i, j, w[i * width + n + j]);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    mgd_factors f = mgd__factors(&in[2]);
    size_t m = (size_t)out->cols;
    if (!mgd__is_regular(s, f)) return false;
    memcpy(out->data, in[1].data, f.n * m * sizeof(double));
    mgd__dlu_solve(s->p.flag.flag, f.n, m, f.lu, f.pivots, out->data, m);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    bool transposed = c->p.flag.flag;
    mgd_var *S = mgd__solve(c->arg[0], t, !transposed);
    if (i == 1) return S;
    return mgd_negate(transposed ? mgd_matmul(c, mgd_transpose(S)) : mgd_matmul(S, mgd_transpose(c)));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    bool transposed = c->p.flag.flag;
    if (i == 0) t = mgd_negate(mgd_matmul(transposed ? mgd_transpose(t) : t, c));
    return mgd__solve(c->arg[0], t, transposed);
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 2 * n * n * v->cols;
}

const mgd_operation mgd__op_solve = {
    .name = "solve",
    .operands = 2,
    .auxiliary = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "solve({1},{2})|solve(<1',{2})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
};

mgd_var *mgd__solve(mgd_var *a, mgd_var *b, bool transposed) {
    return mgd__apply(&mgd__op_solve, mgd__flag(transposed), 0, 0, 3, (mgd_var *[]){ a, b, mgd__lu(a) });
}

/** X with A X = B: A is n x n, B and X are n x m. Solves with A and with A' share one factorisation. */
mgd_var *mgd_solve(mgd_var *A, mgd_var *B) {
    return mgd__is(A, &mgd__op_transpose) ? mgd__solve(A->arg[0], B, true) : mgd__solve(A, B, false);
}

/** X with X A = B: A is n x n, B and X are m x n. It is solve(A', B')', and shares A's factorisation. */
mgd_var *mgd_solve_right(mgd_var *B, mgd_var *A) {
    mgd_var *const both[] = { B, A };
    if (!mgd__all_live("solve_right", 2, both)) return NULL;
    if (A->cols != B->cols) {
        mgd__refuse(A->tape, "solve_right: %s is %s, %s is %s: the columns differ", mgd__label(B).text,
                    mgd__size_label(B).text, mgd__label(A).text, mgd__size_label(A).text);
        return NULL;
    }
    return mgd_transpose(mgd_solve(mgd_transpose(A), mgd_transpose(B)));
}
