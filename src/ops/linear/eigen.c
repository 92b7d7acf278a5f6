/* SPDX-License-Identifier: MIT */
/* eigen: the eigenvalues and eigenvectors of the symmetric half of a matrix.
 *
 * value        (A + A')/2 = V diag(l) V', V' V = I, l ascending; results l and V
 * pullback     dA += V (diag(dl) + K) V' with K = over_gaps((M - M')/2, l), M = V' dV
 * pushforward  l. = diag(P), V. = V over_gaps(P, l) with P = V' (A. + A.')/2 V
 * singular     where eigenvalues are equal their vectors have no derivative: an error that names them, unless what
 *              would be divided by the gap is 0 and the values have no adjoints beside those of their vectors
 * source       Giles 2008
 */
#include "numbers/draw.h"
#include "ops/ops.h"

enum { VALUES, VECTORS };

static bool shape(mgd_var *v) {
    if (!mgd__shape_square(v)) return false;
    v->rows = mgd__dim_times(v->tape, v->cols, mgd__dim_add(v->tape, v->cols, 1));
    v->cols = 1;
    return v->rows;
}

static bool part(const mgd_var *v, int k, mgd_dim *rows, mgd_dim *cols) {
    *rows = v->arg[0]->rows;
    *cols = k == VALUES ? 1 : *rows;
    return true;
}

static void equations(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, const mgd_matrix *out,
                      mgd_residuals *zero) {
    (void)s;
    const mgd_matrix *l = &out[VALUES], *v = &out[VECTORS];
    for (int64_t i = 0, n = in->rows; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = minus(S, whole(S, 0), times(S, at(v, i, j), at(l, j, 0))), y = whole(S, -(i == j));
            for (int64_t k = 0; k < n; k++) {
                mgd_element a = over(S, plus(S, at(in, i, k), at(in, k, i)), whole(S, 2));
                x = plus(S, x, times(S, a, at(v, k, j)));
                y = plus(S, y, times(S, at(v, k, i), at(v, k, j)));
            }
            mgd__must_vanish(S, zero, x);
            mgd__must_vanish(S, zero, y);
        }
}

/* A = V diag(l) V' + K with a skew K, which is not to matter; it is 0 where A is declared symmetric. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    int64_t n = in->rows;
    unsigned declared = mgd_assumptions(s->node->arg[0]);
    const mgd_element *v = mgd__draw_orthogonal(S, key, n);
    mgd_element *l = mgd__scratch(S->calculation, (size_t)n * sizeof *l);
    if (!v || !l) return false;
    mgd__draw_ascending(S, key + (1 << 20), declared & MGD_POSITIVE_DEFINITE, n, l);
    for (int64_t i = 0; i < n; i++) put(&out[VALUES], i, 0, l[i]);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = declared & MGD_SYMMETRIC ? whole(S, 0) : mgd__draw_skew(S, key + (2 << 20), n, i, j);
            for (int64_t k = 0; k < n; k++)
                x = plus(S, x, times(S, times(S, v[i * n + k], at(&out[VALUES], k, 0)), v[j * n + k]));
            put(in, i, j, x);
            put(&out[VECTORS], i, j, v[i * n + j]);
        }
    return true;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    const double *a = in->data;
    double *half = s->scratch;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) half[i * n + j] = (a[i * n + j] + a[j * n + i]) / 2;
    return mgd__deigen(n, half, out[VALUES].data, out[VECTORS].data, half + n * n) ||
           mgd__undefined(s->complaint, "eigen: %s has no eigenvalues that could be computed: are its entries finite?",
                          mgd__label(s->node->arg[0]).text);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    size_t n = (size_t)in->rows;
    return n * n * sizeof(double) + mgd__deigen_scratch(n);
}

/* V S V' */
static mgd_var *rotated(mgd_var *v, mgd_var *s) { return mgd_matmul(mgd_matmul(v, s), mgd_transpose(v)); }

static mgd_var *pullback_parts(mgd_var *c, size_t i, mgd_var *const *dc) {
    (void)i;
    mgd_var *l = mgd__part(c, VALUES), *v = mgd__part(c, VECTORS), *middle = NULL;
    if (dc[VALUES]) middle = mgd_from_diag(dc[VALUES]);
    if (dc[VECTORS]) {
        mgd_var *m = mgd_matmul(mgd_transpose(v), dc[VECTORS]);
        mgd_var *skew = mgd_scale(mgd_rational(c->tape, 1, 2), mgd_subtract(m, mgd_transpose(m)));
        mgd_var *k = mgd__over_gaps(skew, l, false, m, dc[VALUES]);
        middle = middle ? mgd_add(middle, k) : k;
    }
    return rotated(v, middle);
}

static mgd_var *pushforward_part(mgd_var *c, int k, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *v = mgd__part(c, VECTORS), *p = rotated(mgd_transpose(v), mgd__symmetric_half(t));
    return k == VALUES ? mgd_diag_of(p) : mgd_matmul(v, mgd__over_gaps(p, mgd__part(c, VALUES), false, NULL, NULL));
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 9 * n * n * n;
}

const mgd_operation mgd__op_eigen = {
    .name = "eigen",
    .operands = 1,
    .results = 2,
    .notation = "eigenvalues({1})|eigenvectors({1})",
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

/** The eigenvalues of (A + A')/2, ascending, n x 1 for an n x n matrix A. */
mgd_var *mgd_eigenvalues(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_eigen, A), VALUES); }

/** The eigenvectors of (A + A')/2, in the columns of an orthogonal n x n matrix, in the order of mgd_eigenvalues. Each
 * is determined up to its sign. */
mgd_var *mgd_eigenvectors(mgd_var *A) { return mgd__part(mgd__record1(&mgd__op_eigen, A), VECTORS); }
