/* SPDX-License-Identifier: MIT */
/* triangular_solve: the solution of a linear system with a lower triangular matrix.
 *
 * value        L X = B, or L' X = B, with L the lower triangle of the operand
 * pullback     dL -= lower(S X') with S = triangular_solve(L', dX);  dB += S
 * pushforward  X. = triangular_solve(L, B. - lower(L.) X)
 * singular     a 0 on the diagonal is an error
 * source       Giles 2008
 */
#include "ops/ops.h"

#include <string.h>

static mgd_var *solve(mgd_var *l, mgd_var *b, bool transposed) {
    return mgd__apply(&mgd__op_triangular_solve, mgd__flag(transposed), 0, 0, 2, (mgd_var *[]){ l, b });
}

static bool shape(mgd_var *v) {
    const mgd_var *l = v->arg[0], *b = v->arg[1];
    if (!mgd__shape_square(v)) return false;
    if (l->rows != b->rows)
        return mgd__refuse(v->tape, "triangular_solve: %s is %s, %s is %s: the rows differ", mgd__label(l).text,
                           mgd__size_label(l).text, mgd__label(b).text, mgd__size_label(b).text);
    v->cols = b->cols;
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t n = out->rows;
    bool transposed = s->p.flag.flag;
    for (int64_t j = 0; j < out->cols; j++)
        for (int64_t step = 0; step < n; step++) {
            int64_t i = transposed ? n - 1 - step : step, first = transposed ? i + 1 : 0, end = transposed ? n : i;
            mgd_element x = at(&in[1], i, j);
            for (int64_t k = first; k < end; k++)
                x = minus(S, x, times(S, transposed ? at(&in[0], k, i) : at(&in[0], i, k), at(out, k, j)));
            put(out, i, j, over(S, x, at(&in[0], i, i)));
        }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)out->rows, m = (size_t)out->cols;
    const double *l = in[0].data;
    for (size_t i = 0; i < n; i++)
        if (l[i * n + i] == 0)
            return mgd__undefined(s->complaint, "triangular_solve: %s is singular: entry (%zu,%zu) is 0",
                                  mgd__label(s->node->arg[0]).text, i + 1, i + 1);
    memcpy(out->data, in[1].data, n * m * sizeof(double));
    mgd__dtriangular_solve(s->p.flag.flag, n, m, l, n, out->data, m);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    bool transposed = c->p.flag.flag;
    mgd_var *S = solve(c->arg[0], t, !transposed);
    if (i == 1) return S;
    mgd_var *dl = transposed ? mgd_matmul(c, mgd_transpose(S)) : mgd_matmul(S, mgd_transpose(c));
    return mgd_negate(mgd_lower(dl));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    bool transposed = c->p.flag.flag;
    if (i == 0) {
        mgd_var *l = mgd_lower(t);
        t = mgd_negate(mgd_matmul(transposed ? mgd_transpose(l) : l, c));
    }
    return solve(c->arg[0], t, transposed);
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return n * n * v->cols;
}

const mgd_operation mgd__op_triangular_solve = {
    .name = "triangular_solve",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "triangular_solve({1},{2})|triangular_solve(<1',{2})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** X with L X = B, or with L' X = B where L is given as mgd_transpose(L). Only the lower triangle of L (n x n) is read;
 * B and X are n x m. */
mgd_var *mgd_triangular_solve(mgd_var *L, mgd_var *B) {
    return mgd__is(L, &mgd__op_transpose) ? solve(L->arg[0], B, true) : solve(L, B, false);
}
