/* SPDX-License-Identifier: MIT */
/* op(T) X + X op(S) = C for Schur forms T and S by substitution, a block of X of at most 2 x 2 at a time (R. Bartels
 * and G. Stewart, 1972). */
#include "linalg/factor/factor.h"

#include <string.h>

typedef struct {
    bool t_transposed, s_transposed;
    size_t m, n;
    const real *t, *s;
    real *c;
    double least; /* a pivot that is no larger is 0 but for rounding */
} solving;

/* Rows of a Schur form that belong together: from first, one or two. */
typedef struct {
    size_t first, count;
} rows;

static rows from_the_front(size_t n, const real *t, size_t i) {
    return (rows){ i, i + 1 < n && t[(i + 1) * n + i] != 0 ? 2 : 1 };
}

static rows from_the_back(size_t n, const real *t, size_t end) {
    const size_t count = end > 1 && t[(end - 1) * n + end - 2] != 0 ? 2 : 1;
    return (rows){ end - count, count };
}

static double entry_of(bool transposed, const real *t, size_t n, size_t i, size_t j) {
    return (double)(transposed ? t[j * n + i] : t[i * n + j]);
}

/* ---- the smallest systems, of one, two or four unknowns ---- */

enum { MOST = 4 };

/* Brings the largest entry of what is left of the k x k matrix to place `step`; returns its magnitude. */
static double bring_largest(size_t k, double w[MOST][MOST + 1], size_t *column, size_t step) {
    size_t row = step, col = step;
    for (size_t i = step; i < k; i++)
        for (size_t j = step; j < k; j++)
            if (fabs(w[i][j]) > fabs(w[row][col])) row = i, col = j;
    for (size_t j = 0; j <= MOST && row != step; j++) {
        const double kept = w[row][j];
        w[row][j] = w[step][j];
        w[step][j] = kept;
    }
    for (size_t i = 0; i < k && col != step; i++) {
        const double kept = w[i][col];
        w[i][col] = w[i][step];
        w[i][step] = kept;
    }
    const size_t kept = column[col];
    column[col] = column[step];
    column[step] = kept;
    return fabs(w[step][step]);
}

/* Elimination with complete pivoting; the right side is w's last column. */
static bool solve_small(size_t k, double w[MOST][MOST + 1], double least, double *x) {
    size_t column[MOST] = { 0, 1, 2, 3 };
    for (size_t step = 0; step < k; step++) {
        if (!(bring_largest(k, w, column, step) > least)) return false;
        for (size_t i = step + 1; i < k; i++) {
            const double factor = w[i][step] / w[step][step];
            for (size_t j = step; j <= MOST; j++) w[i][j] -= factor * w[step][j];
        }
    }
    for (size_t i = k; i-- > 0;) {
        double sum = w[i][MOST];
        for (size_t j = i + 1; j < k; j++) sum -= w[i][j] * x[column[j]];
        x[column[i]] = sum / w[i][i];
    }
    return true;
}

/* The block of X where the rows i of T meet the rows j of S, in the place of C's. */
static bool solve_block(const solving *f, rows i, rows j) {
    const size_t k = i.count * j.count;
    double w[MOST][MOST + 1] = { { 0 } }, x[MOST];
    for (size_t a = 0; a < i.count; a++)
        for (size_t b = 0; b < j.count; b++) {
            double *const row = w[a * j.count + b];
            for (size_t l = 0; l < i.count; l++)
                row[l * j.count + b] += entry_of(f->t_transposed, f->t, f->m, i.first + a, i.first + l);
            for (size_t l = 0; l < j.count; l++)
                row[a * j.count + l] += entry_of(f->s_transposed, f->s, f->n, j.first + l, j.first + b);
            row[MOST] = (double)f->c[(i.first + a) * f->n + j.first + b];
        }
    if (!solve_small(k, w, f->least, x)) return false;
    for (size_t l = 0; l < k; l++) f->c[(i.first + l / j.count) * f->n + j.first + l % j.count] = (real)x[l];
    return true;
}

/* ---- substitution ---- */

/* What the block (i, j) of X takes from the rest of its rows of C. */
static void take_from_rows(const solving *f, rows i, rows j) {
    const size_t n = f->n, after = j.first + j.count;
    for (size_t a = 0; a < i.count; a++)
        for (size_t b = 0; b < j.count; b++) {
            real *const row = f->c + (i.first + a) * n;
            const real x = row[j.first + b];
            if (f->s_transposed)
                for (size_t l = 0; l < j.first; l++) row[l] -= x * f->s[l * n + j.first + b];
            else
                for (size_t l = after; l < n; l++) row[l] -= x * f->s[(j.first + b) * n + l];
        }
}

/* What the rows i of X take from the other rows of C. */
static void take_from_others(const solving *f, rows i) {
    const size_t m = f->m, n = f->n, after = i.first + i.count;
    const real *const x = f->c + i.first * n;
    if (f->t_transposed) LINALG(gemm)
    (true, false, m - after, n, i.count, -1, f->t + i.first * m + after, m, x, n, 1, f->c + after * n, n);
    else LINALG(gemm)(false, false, i.first, n, i.count, -1, f->t + i.first, m, x, n, 1, f->c, n);
}

static bool solve_rows(const solving *f, rows i, rows *met) {
    for (size_t done = 0; done < f->n; done += met->count) {
        *met = f->s_transposed ? from_the_back(f->n, f->s, f->n - done) : from_the_front(f->n, f->s, done);
        if (!solve_block(f, i, *met)) return false;
        take_from_rows(f, i, *met);
    }
    take_from_others(f, i);
    return true;
}

/* The eigenvalue of the rows i of T that has an imaginary part >= 0. */
static void eigenvalue(size_t n, const real *t, rows i, real *value) {
    const real *const corner = t + i.first * n + i.first;
    value[0] = corner[0];
    value[1] = 0;
    if (i.count == 1) return;
    const double half = ((double)corner[0] - (double)corner[n + 1]) / 2;
    value[0] = (real)(((double)corner[0] + (double)corner[n + 1]) / 2);
    value[1] = (real)sqrt(fmax(0, -(half * half + (double)corner[1] * (double)corner[n])));
}

bool LINALG(sylvester)(bool t_transposed, bool s_transposed, size_t m, size_t n, const real *t, const real *s, real *c,
                       real *common) {
    const double most = fmax((double)LINALG(largest)(m * m, t), (double)LINALG(largest)(n * n, s));
    const solving f = { t_transposed, s_transposed, m, n, t, s, c, EPSILON * most };
    rows i, met;
    for (size_t done = 0; done < m; done += i.count) {
        i = t_transposed ? from_the_front(m, t, done) : from_the_back(m, t, m - done);
        if (solve_rows(&f, i, &met)) continue;
        eigenvalue(m, t, i, common);
        return false;
    }
    return true;
}
