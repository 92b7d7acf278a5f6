/* SPDX-License-Identifier: MIT */
/* spectral_norm: the largest singular value of a matrix.
 *
 * value        s with A v = s u, A' u = s v, u' u = v' v = 1, the largest such s; results s, u and v
 * pullback     dA += ds u v' + (a - u u' a) v' + u (b - v v' b)' with (a, b) = solve(K, (du, dv)), K of the blocks
 *              s I, -A and -A', s I plus s (u, v) (u, v)', where columns in parentheses stand below one another
 * pushforward  s. = u' A. v, (u., v.) = solve(K, (A. v - u s., A.' u - v s.))
 * singular     the gradient at 0 is 0, the subgradient of least norm; where the largest singular value is repeated it
 *              is u v' of one of its pairs, and there is no second derivative
 * source       Golub and Van Loan 2013, section 8.6
 */
#include "numbers/draw.h"
#include "ops/ops.h"

#include <string.h>

enum { NORM, LEFT, RIGHT };

static bool part(const mgd_var *v, int k, mgd_dim *rows, mgd_dim *cols) {
    *rows = k == NORM ? 1 : k == LEFT ? v->arg[0]->rows : v->arg[0]->cols;
    *cols = 1;
    return true;
}

/* Behind the three results stands the second singular value, for simple_norm. */
static bool shape(mgd_var *v) {
    v->rows = mgd__dim_add(v->tape, mgd__dim_add(v->tape, v->arg[0]->rows, v->arg[0]->cols), 2);
    v->cols = 1;
    return v->rows;
}

static void must_be_unit(const mgd_numbers *S, const mgd_matrix *x, mgd_residuals *zero) {
    mgd_element sum = whole(S, -1);
    for (int64_t i = 0; i < x->rows; i++) sum = plus(S, sum, times(S, at(x, i, 0), at(x, i, 0)));
    mgd__must_vanish(S, zero, sum);
}

static void equations(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, const mgd_matrix *out,
                      mgd_residuals *zero) {
    const mgd_matrix *u = &out[LEFT], *v = &out[RIGHT];
    (void)s;
    for (int64_t i = 0; i < in->rows; i++) {
        mgd_element x = minus(S, whole(S, 0), times(S, at(&out[NORM], 0, 0), at(u, i, 0)));
        for (int64_t j = 0; j < in->cols; j++) x = plus(S, x, times(S, at(in, i, j), at(v, j, 0)));
        mgd__must_vanish(S, zero, x);
    }
    for (int64_t j = 0; j < in->cols; j++) {
        mgd_element x = minus(S, whole(S, 0), times(S, at(&out[NORM], 0, 0), at(v, j, 0)));
        for (int64_t i = 0; i < in->rows; i++) x = plus(S, x, times(S, at(in, i, j), at(u, i, 0)));
        mgd__must_vanish(S, zero, x);
    }
    must_be_unit(S, u, zero);
    must_be_unit(S, v, zero);
}

/* Over residues none is the largest: the first of the singular values drawn is as good as any. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    int64_t m = in->rows, n = in->cols;
    const mgd_element *u = mgd__draw_orthogonal(S, key, m), *v = mgd__draw_orthogonal(S, key + (1 << 20), n);
    int64_t r = m < n ? m : n;
    mgd_element *values = mgd__scratch(S->calculation, (size_t)r * sizeof *values);
    (void)s;
    if (!u || !v || !values) return false;
    mgd__draw_ascending(S, key + (2 << 20), true, r, values);
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = whole(S, 0);
            for (int64_t k = 0; k < r; k++)
                x = plus(S, x, times(S, times(S, u[i * m + k], values[r - 1 - k]), v[j * n + k]));
            put(in, i, j, x);
        }
    put(&out[NORM], 0, 0, values[r - 1]);
    for (int64_t i = 0; i < m; i++) put(&out[LEFT], i, 0, u[i * m]);
    for (int64_t j = 0; j < n; j++) put(&out[RIGHT], j, 0, v[j * n]);
    return true;
}

/* Of the zero matrix no vectors belong to the norm: zeros give it the gradient 0. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t m = (size_t)in->rows, n = (size_t)in->cols, r = m < n ? m : n;
    double *u = s->scratch, *v = u + m * r, *values = v + n * r, *left = out[LEFT].data, *right = out[RIGHT].data;
    if (!mgd__dsvd(m, n, in->data, u, values, v, values + r))
        return mgd__undefined(
            s->complaint, "spectral_norm: %s has no singular values that could be computed: are its entries finite?",
            mgd__label(s->node->arg[0]).text);
    *(double *)out[NORM].data = values[0];
    for (size_t i = 0; i < m; i++) left[i] = values[0] > 0 ? u[i * r] : 0;
    for (size_t j = 0; j < n; j++) right[j] = values[0] > 0 ? v[j * r] : 0;
    right[n] = r > 1 ? values[1] : 0;
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    size_t m = (size_t)in->rows, n = (size_t)in->cols, r = m < n ? m : n;
    return (m + n + 1) * r * sizeof(double) + mgd__dsvd_scratch(m, n);
}

/* ---- the vectors' system ---- */

/* x, below it y: columns like u and v. */
static mgd_var *stack(mgd_var *x, mgd_var *y) {
    if (!x || !y) return NULL;
    mgd_dim corners[] = { 0, 0, x->rows, 0 };
    return mgd__place(x->tape, 2, (mgd_var *[]){ x, y }, corners, mgd__dim_add(x->tape, x->rows, y->rows), 1);
}

/* K: without its last term its null vector would be (u, v). */
static mgd_var *system_of(mgd_var *c) {
    mgd_tape *t = c->tape;
    mgd_var *a = c->arg[0], *s = mgd__simple_norm(mgd__part(c, NORM), c),
            *z = stack(mgd__part(c, LEFT), mgd__part(c, RIGHT));
    mgd_dim m = a->rows, all = mgd__dim_add(t, m, a->cols), corners[] = { 0, 0, m, m, 0, m, m, 0 };
    mgd_var *blocks[] = { mgd_scale(s, mgd_eye_sized(t, mgd_rows_of(a))),
                          mgd_scale(s, mgd_eye_sized(t, mgd_cols_of(a))), mgd_negate(a), mgd_negate(mgd_transpose(a)) };
    if (!z || !blocks[3]) return NULL;
    return mgd_add(mgd__place(t, 4, blocks, corners, all, all), mgd_scale(s, mgd_matmul(z, mgd_transpose(z))));
}

/* x - y y' x */
static mgd_var *less_along(mgd_var *x, mgd_var *y) {
    return mgd_subtract(x, mgd_matmul(y, mgd_matmul(mgd_transpose(y), x)));
}

static mgd_var *pullback_parts(mgd_var *c, size_t i, mgd_var *const *dc) {
    mgd_var *u = mgd__part(c, LEFT), *v = mgd__part(c, RIGHT), *share = NULL;
    (void)i;
    if (!u || !v) return NULL;
    if (dc[NORM]) share = mgd_scale(dc[NORM], mgd_matmul(u, mgd_transpose(v)));
    if (!dc[LEFT] && !dc[RIGHT]) return share;
    mgd_var *both = mgd_solve(
        system_of(c), stack(dc[LEFT] ? dc[LEFT] : mgd__zeros_like(u), dc[RIGHT] ? dc[RIGHT] : mgd__zeros_like(v)));
    if (!both) return NULL;
    mgd_var *a = mgd__block(both, 0, 0, u->rows, 1), *b = mgd__block(both, u->rows, 0, v->rows, 1);
    mgd_var *turned =
        mgd_add(mgd_matmul(less_along(a, u), mgd_transpose(v)), mgd_matmul(u, mgd_transpose(less_along(b, v))));
    return share ? mgd_add(share, turned) : turned;
}

static mgd_var *pushforward_part(mgd_var *c, int k, size_t i, mgd_var *t) {
    mgd_var *u = mgd__part(c, LEFT), *v = mgd__part(c, RIGHT), *tv = mgd_matmul(t, v);
    (void)i;
    if (k == NORM) return mgd_matmul(mgd_transpose(u), tv);
    mgd_var *moved = stack(less_along(tv, u), less_along(mgd_matmul(mgd_transpose(t), u), v));
    mgd_var *both = mgd_solve(system_of(c), moved);
    if (!both) return NULL;
    return k == LEFT ? mgd__block(both, 0, 0, u->rows, 1) : mgd__block(both, u->rows, 0, v->rows, 1);
}

static double flops(const mgd_var *v) {
    double m = v->arg[0]->rows, n = v->arg[0]->cols, r = m < n ? m : n;
    return 4 * m * n * r + 8 * r * r * r;
}

const mgd_operation mgd__op_spectral_norm = {
    .name = "spectral_norm",
    .operands = 1,
    .results = 3,
    .notation = "spectral_norm({1})|spectral_left({1})|spectral_right({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .part = part,
    .equations = equations,
    .domain = domain,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback_parts = pullback_parts,
    .pushforward_part = pushforward_part,
};

/** The spectral norm of an m x n matrix, its largest singular value, 1x1. Its gradient is u v', of the singular vectors
 * that belong to it: of one pair of them where the value is repeated, and 0 at the zero matrix. */
mgd_var *mgd_spectral_norm(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_spectral_norm, A), NORM); }
