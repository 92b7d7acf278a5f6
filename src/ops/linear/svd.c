/* SPDX-License-Identifier: MIT */
/* svd: the singular values and vectors of a matrix.
 *
 * value        A = U diag(s) V', U' U = V' V = I, s descending and >= 0, of length r = min(m, n); results U, s and V
 * pullback     dA += U (G(U' dU) S + S G(V' dV) + diag(ds)) V' + (I - U U') dU inv(S) V' + U inv(S) dV' (I - V V')
 *              with S = diag(s), G(M) = over_gaps(M - M', s^2)
 * pushforward  s. = diag(P), U. = U over_gaps(P S + S P', s^2) + (I - U U') A. V inv(S),
 *              V. = V over_gaps(S P + P' S, s^2) + (I - V V') A.' U inv(S) with P = U' A. V
 * singular     where singular values are equal, two that are 0 included, their vectors have no derivative: an error that
 *              names them; where one is 0, those of a matrix that is not square are not finite
 * source       Townsend 2016; Giles 2008
 */
#include "numbers/draw.h"
#include "ops/ops.h"

enum { LEFT, VALUES, RIGHT };

static mgd_dim rank_of(const mgd_var *v) { return mgd__dim_min(v->tape, v->arg[0]->rows, v->arg[0]->cols); }

static bool part(const mgd_var *v, int k, mgd_dim *rows, mgd_dim *cols) {
    mgd_dim r = rank_of(v);
    *rows = k == LEFT ? v->arg[0]->rows : k == VALUES ? r : v->arg[0]->cols;
    *cols = k == VALUES ? 1 : r;
    return r;
}

static bool shape(mgd_var *v) {
    mgd_dim sum = mgd__dim_add(v->tape, mgd__dim_add(v->tape, v->arg[0]->rows, v->arg[0]->cols), 1);
    v->rows = mgd__dim_times(v->tape, sum, rank_of(v));
    v->cols = 1;
    return v->rows;
}

/* U(i,:) diag(s) V(j,:)' */
static mgd_element entry_of_product(const mgd_numbers *S, const mgd_matrix *out, int64_t i, int64_t j) {
    mgd_element x = whole(S, 0);
    for (int64_t k = 0; k < out[VALUES].rows; k++)
        x = plus(S, x, times(S, times(S, at(&out[LEFT], i, k), at(&out[VALUES], k, 0)), at(&out[RIGHT], j, k)));
    return x;
}

static void must_be_orthonormal(const mgd_numbers *S, const mgd_matrix *q, mgd_residuals *zero) {
    for (int64_t i = 0; i < q->cols; i++)
        for (int64_t j = 0; j < q->cols; j++) {
            mgd_element x = whole(S, -(i == j));
            for (int64_t k = 0; k < q->rows; k++) x = plus(S, x, times(S, at(q, k, i), at(q, k, j)));
            mgd__must_vanish(S, zero, x);
        }
}

static void equations(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, const mgd_matrix *out,
                      mgd_residuals *zero) {
    (void)s;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++)
            mgd__must_vanish(S, zero, minus(S, at(in, i, j), entry_of_product(S, out, i, j)));
    must_be_orthonormal(S, &out[LEFT], zero);
    must_be_orthonormal(S, &out[RIGHT], zero);
}

static void draw_columns(const mgd_numbers *S, uint64_t key, mgd_matrix *q) {
    const mgd_element *x = mgd__draw_orthogonal(S, key, q->rows);
    for (int64_t i = 0; x && i < q->rows; i++)
        for (int64_t j = 0; j < q->cols; j++) put(q, i, j, x[i * q->rows + j]);
}

/* The two sides of a symmetric matrix are the same but for the signs of its eigenvalues. */
static void draw_other_side(const mgd_numbers *S, uint64_t key, unsigned declared, const mgd_matrix *u, mgd_matrix *v) {
    if (!(declared & MGD_SYMMETRIC)) {
        draw_columns(S, key, v);
        return;
    }
    for (int64_t i = 0; i < u->rows; i++)
        for (int64_t j = 0; j < u->cols; j++) {
            bool sign = !(declared & MGD_POSITIVE_DEFINITE);
            put(v, i, j, sign ? times(S, mgd__draw_sign(S, j), at(u, i, j)) : at(u, i, j));
        }
}

static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    draw_columns(S, key, &out[LEFT]);
    draw_other_side(S, key + (1 << 20), mgd_assumptions(s->node->arg[0]), &out[LEFT], &out[RIGHT]);
    int64_t r = out[VALUES].rows;
    mgd_element *values = mgd__scratch(S->calculation, (size_t)r * sizeof *values);
    if (!values) return false;
    mgd__draw_ascending(S, key + (2 << 20), true, r, values);
    for (int64_t i = 0; i < r; i++) put(&out[VALUES], i, 0, values[r - 1 - i]);
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) put(in, i, j, entry_of_product(S, out, i, j));
    return true;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    return mgd__dsvd((size_t)in->rows, (size_t)in->cols, in->data, out[LEFT].data, out[VALUES].data, out[RIGHT].data,
                     s->scratch) ||
           mgd__undefined(s->complaint,
                          "svd: %s has no singular values that could be computed: are its entries finite?",
                          mgd__label(s->node->arg[0]).text);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return mgd__dsvd_scratch((size_t)in->rows, (size_t)in->cols);
}

/* Q Q' B taken from B: what of B the columns of Q do not reach. Nothing is left where Q is square. */
static mgd_var *rest_of(mgd_var *q, mgd_var *b) {
    if (q->rows == q->cols) return NULL;
    return mgd_subtract(b, mgd_matmul(q, mgd_matmul(mgd_transpose(q), b)));
}

static mgd_var *add(mgd_var *a, mgd_var *b) { return a && b ? mgd_add(a, b) : a ? a : b; }

static mgd_var *inverse_of(mgd_var *s) { return mgd_from_diag(mgd_divide(mgd__ones_like(s), s)); }

/* over_gaps(Q' dQ - (Q' dQ)', s^2) */
static mgd_var *turn(mgd_var *q, mgd_var *dq, mgd_var *s, mgd_var *ds) {
    mgd_var *m = mgd_matmul(mgd_transpose(q), dq);
    return mgd__over_gaps(mgd_subtract(m, mgd_transpose(m)), s, true, m, ds);
}

static mgd_var *pullback_parts(mgd_var *c, size_t i, mgd_var *const *dc) {
    (void)i;
    mgd_var *u = mgd__part(c, LEFT), *s = mgd__part(c, VALUES), *v = mgd__part(c, RIGHT), *vt = mgd_transpose(v);
    mgd_var *S = mgd_from_diag(s), *middle = dc[VALUES] ? mgd_from_diag(dc[VALUES]) : NULL, *outer = NULL;
    if (dc[LEFT]) {
        middle = add(middle, mgd_matmul(turn(u, dc[LEFT], s, dc[VALUES]), S));
        mgd_var *rest = rest_of(u, dc[LEFT]);
        if (rest) outer = mgd_matmul(mgd_matmul(rest, inverse_of(s)), vt);
    }
    if (dc[RIGHT]) {
        middle = add(middle, mgd_matmul(S, turn(v, dc[RIGHT], s, dc[VALUES])));
        mgd_var *rest = rest_of(v, dc[RIGHT]);
        if (rest) outer = add(outer, mgd_matmul(mgd_matmul(u, inverse_of(s)), mgd_transpose(rest)));
    }
    return add(mgd_matmul(mgd_matmul(u, middle), vt), outer);
}

/* Q. = Q over_gaps(W, s^2) + (I - Q Q') B inv(S). Between singular values that are 0, W is 0 whatever P is. */
static mgd_var *turned(mgd_var *q, mgd_var *w, mgd_var *p, mgd_var *s, mgd_var *b) {
    mgd_var *rest = rest_of(q, b), *inside = mgd_matmul(q, mgd__over_gaps(w, s, true, p, NULL));
    return rest ? mgd_add(inside, mgd_matmul(rest, inverse_of(s))) : inside;
}

static mgd_var *pushforward_part(mgd_var *c, int k, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *u = mgd__part(c, LEFT), *s = mgd__part(c, VALUES), *v = mgd__part(c, RIGHT), *S = mgd_from_diag(s);
    mgd_var *tv = mgd_matmul(t, v), *p = mgd_matmul(mgd_transpose(u), tv), *pt = mgd_transpose(p);
    if (k == VALUES) return mgd_diag_of(p);
    if (k == LEFT) return turned(u, mgd_add(mgd_matmul(p, S), mgd_matmul(S, pt)), p, s, tv);
    return turned(v, mgd_add(mgd_matmul(S, p), mgd_matmul(pt, S)), p, s, mgd_matmul(mgd_transpose(t), u));
}

static double flops(const mgd_var *v) {
    double m = v->arg[0]->rows, n = v->arg[0]->cols, r = m < n ? m : n;
    return 4 * m * n * r + 8 * r * r * r;
}

const mgd_operation mgd__op_svd = {
    .name = "svd",
    .operands = 1,
    .results = 3,
    .notation = "svd_left({1})|singular_values({1})|svd_right({1})",
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

/** The left singular vectors of an m x n matrix, in the orthonormal columns of an m x min(m,n) matrix; each is
 * determined up to a sign that it shares with its right one. */
mgd_var *mgd_svd_left(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_svd, A), LEFT); }

/** The singular values of an m x n matrix, descending, min(m,n) x 1. */
mgd_var *mgd_singular_values(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_svd, A), VALUES); }

/** The right singular vectors of an m x n matrix, in the orthonormal columns of an n x min(m,n) matrix. */
mgd_var *mgd_svd_right(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_svd, A), RIGHT); }
