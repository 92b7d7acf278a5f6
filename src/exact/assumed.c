/* SPDX-License-Identifier: MIT */
#include "exact/assumed.h"

#include "numbers/draw.h"

/* ---- draws ---- */

static bool is_outside(unsigned a, int64_t i, int64_t j) {
    return (a & MGD_LOWER_TRIANGULAR && j > i) || (a & MGD_UPPER_TRIANGULAR && j < i);
}

/* Q diag(signs), which are all of them, rotations and others; or the symmetric ones, Q diag(signs) Q'. */
static void draw_orthogonal(const mgd_numbers *S, uint64_t key, unsigned a, mgd_matrix *m) {
    int64_t n = m->rows;
    const mgd_element *q = mgd__draw_orthogonal(S, key, n);
    for (int64_t i = 0; q && i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = a & MGD_SYMMETRIC ? whole(S, 0) : times(S, q[i * n + j], mgd__draw_sign(S, j));
            for (int64_t k = 0; a & MGD_SYMMETRIC && k < n; k++)
                x = plus(S, x, times(S, times(S, q[i * n + k], mgd__draw_sign(S, k)), q[j * n + k]));
            put(m, i, j, x);
        }
}

static mgd_element draw_entry(const mgd_numbers *S, uint64_t key, unsigned a, int64_t n, int64_t i, int64_t j) {
    if (is_outside(a, i, j)) return whole(S, 0);
    bool definite = a & MGD_POSITIVE_DEFINITE, diagonal = a & MGD_DIAGONAL;
    if (definite && !diagonal) return mgd__draw_definite(S, key, n, i, j, a & MGD_POSITIVE);
    int64_t k = a & MGD_SYMMETRIC && j < i ? j * n + i : i * n + j;
    return S->draw(S, key + (uint64_t)k, a & MGD_POSITIVE || definite);
}

void mgd__draw_assumed(const mgd_numbers *S, uint64_t key, unsigned a, mgd_matrix *m) {
    if (a & MGD_ORTHOGONAL) {
        draw_orthogonal(S, key, a, m);
        return;
    }
    for (int64_t i = 0; i < m->rows; i++)
        for (int64_t j = 0; j < m->cols; j++) put(m, i, j, draw_entry(S, key, a, m->cols, i, j));
}

/* ---- checks ---- */

/* Up to rounding in the reals; the magnitude of a residue is 0 or 1. What was drawn has no tangents yet. */
static bool are_equal(const mgd_numbers *S, mgd_element x, mgd_element y) {
    double scale = 1 + S->magnitude(S, x) + S->magnitude(S, y);
    return S->magnitude(S, minus(S, x, y)) <= 1e-9 * scale;
}

static bool is_positive(const mgd_numbers *S, mgd_element x) { return are_equal(S, S->sign(S, x), whole(S, 1)); }

static bool all_are_positive(const mgd_numbers *S, const mgd_matrix *m) {
    for (int64_t i = 0; i < m->rows; i++)
        for (int64_t j = 0; j < m->cols; j++)
            if (!is_positive(S, at(m, i, j))) return false;
    return true;
}

static bool is_orthogonal(const mgd_numbers *S, const mgd_matrix *m) {
    for (int64_t i = 0; i < m->cols; i++)
        for (int64_t j = 0; j < m->cols; j++) {
            mgd_element x = whole(S, 0);
            for (int64_t k = 0; k < m->rows; k++) x = plus(S, x, times(S, at(m, k, i), at(m, k, j)));
            if (!are_equal(S, x, whole(S, i == j))) return false;
        }
    return true;
}

/* Every pivot of the elimination is positive. */
static bool is_definite(const mgd_numbers *S, const mgd_matrix *m) {
    int64_t n = m->rows;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * n) * sizeof *w);
    for (int64_t k = 0; w && k < n * n; k++) w[k] = at(m, k / n, k % n);
    for (int64_t p = 0; w && p < n; p++) {
        if (!is_positive(S, w[p * n + p])) return false;
        for (int64_t i = p + 1; i < n; i++)
            for (int64_t j = p + 1; j < n; j++)
                w[i * n + j] = minus(S, w[i * n + j], over(S, times(S, w[i * n + p], w[p * n + j]), w[p * n + p]));
    }
    return w;
}

static bool has_pattern(const mgd_numbers *S, unsigned a, const mgd_matrix *m) {
    for (int64_t i = 0; i < m->rows; i++)
        for (int64_t j = 0; j < m->cols; j++) {
            if (is_outside(a, i, j) && !are_equal(S, at(m, i, j), whole(S, 0))) return false;
            if (a & MGD_SYMMETRIC && !are_equal(S, at(m, i, j), at(m, j, i))) return false;
        }
    return true;
}

bool mgd__is_assumed(const mgd_numbers *S, unsigned a, const mgd_matrix *m) {
    bool irrational = S->calculation->irrational; /* the signs here are not part of the question */
    bool definite = a & MGD_POSITIVE_DEFINITE;
    bool fine = has_pattern(S, a, m) && (!definite || is_definite(S, m)) &&
                (!(a & MGD_ORTHOGONAL) || is_orthogonal(S, m)) &&
                (!(a & MGD_POSITIVE) || definite || all_are_positive(S, m));
    S->calculation->irrational = irrational;
    return fine;
}

/* ---- directions ---- */

mgd_element mgd__projected(const mgd_numbers *S, unsigned a, mgd_free_entry *direction, int64_t n, int64_t i,
                           int64_t j) {
    if (is_outside(a, i, j)) return whole(S, 0);
    mgd_element x = direction(S, i * n + j);
    return a & MGD_SYMMETRIC && i != j ? over(S, plus(S, x, direction(S, j * n + i)), whole(S, 2)) : x;
}
