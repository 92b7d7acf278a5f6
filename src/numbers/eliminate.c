/* SPDX-License-Identifier: MIT */
/* Gauss-Jordan elimination over any number system: the meaning of determinants, inverses and solves. */
#include "numbers/number.h"

static void exchange_rows(mgd_element *a, mgd_element *b, int64_t n) {
    for (int64_t j = 0; j < n; j++) {
        mgd_element x = a[j];
        a[j] = b[j];
        b[j] = x;
    }
}

static int64_t largest_below(const mgd_numbers *S, const mgd_element *w, int64_t n, int64_t width, int64_t k) {
    int64_t best = k;
    for (int64_t i = k + 1; i < n; i++)
        if (S->magnitude(S, w[i * width + k]) > S->magnitude(S, w[best * width + k])) best = i;
    return best;
}

static void clear_column(const mgd_numbers *S, mgd_element *w, int64_t n, int64_t width, int64_t k) {
    mgd_element pivot = w[k * width + k];
    for (int64_t j = k; j < width; j++) w[k * width + j] = over(S, w[k * width + j], pivot);
    for (int64_t i = 0; i < n; i++) {
        if (i == k) continue;
        mgd_element factor = w[i * width + k];
        for (int64_t j = k; j < width; j++)
            w[i * width + j] = minus(S, w[i * width + j], times(S, factor, w[k * width + j]));
    }
}

/* Does column k vanish from row k on, in all its parts? A dual may be a zero that moves. */
static bool column_vanishes(const mgd_numbers *S, const mgd_element *w, int64_t n, int64_t width, int64_t k) {
    for (int64_t i = k; i < n; i++)
        if (!mgd__vanishes(S, w[i * width + k])) return false;
    return true;
}

mgd_element mgd__eliminate(const mgd_numbers *S, int64_t n, int64_t m, mgd_element *w) {
    mgd_element determinant = whole(S, 1);
    for (int64_t k = 0, width = n + m; k < n; k++) {
        int64_t p = largest_below(S, w, n, width, k);
        if (S->is_zero(S, w[p * width + k])) {
            if (m > 0)
                mgd__fail(S, MGD_BAD_POINT, "a matrix is singular");
            else if (!column_vanishes(S, w, n, width, k))
                mgd__fail(S, MGD_NO_SUCH_FUNCTION, "the determinant of a singular matrix that moves");
            return whole(S, 0);
        }
        if (p != k) {
            exchange_rows(w + p * width, w + k * width, width);
            determinant = minus(S, whole(S, 0), determinant);
        }
        determinant = times(S, determinant, w[k * width + k]);
        clear_column(S, w, n, width, k);
    }
    return determinant;
}

mgd_element mgd__determinant(const mgd_numbers *S, const mgd_matrix *a) {
    int64_t n = a->rows;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * n) * sizeof *w);
    if (!w) return whole(S, 0);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) w[i * n + j] = at(a, i, j);
    return mgd__eliminate(S, n, 0, w);
}
