/* SPDX-License-Identifier: MIT */
/* A = U diag(s) V' by one-sided Jacobi (M. Hestenes, 1958): the rows of W, A's columns at first, are rotated in pairs
 * until each is orthogonal to all others; their lengths are then the singular values. What has no direction of its own,
 * because its singular value is 0, is completed to an orthonormal basis. */
#include "linalg/factor/factor.h"

#include <string.h>

enum { SWEEPS = 60 };

/* m >= n. w: n rows of m, with their lengths, and the length that rounding alone may have given them; v: n rows of n.
 */
typedef struct {
    size_t m, n;
    real *w, *v, *lengths, *noise;
} rotating;

size_t LINALG(svd_scratch)(size_t m, size_t n) {
    const size_t r = smaller(m, n);
    return (m * n + r * r + r) * sizeof(real);
}

static double cosine(size_t n, const real *x, double x_length, const real *y, double y_length) {
    if (x_length * x_length > TINY / EPSILON && y_length * y_length > TINY / EPSILON)
        return (double)LINALG(dot)(n, x, y) / x_length / y_length;
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] / x_length * ((double)y[i] / y_length);
    return sum;
}

static void rotate(size_t n, real *x, real *y, real c, real s) {
    for (size_t k = 0; k < n; k++) {
        const real p = x[k], q = y[k];
        x[k] = c * p - s * q;
        y[k] = s * p + c * q;
    }
}

/* A row that is no longer than its noise has nothing of A left: it would shrink for ever, and ends as 0. */
static void measure(const rotating *f, size_t j) {
    real *const row = f->w + j * f->m;
    f->lengths[j] = length_of(f->m, row);
    if (f->lengths[j] > f->noise[j]) return;
    memset(row, 0, f->m * sizeof(real));
    f->lengths[j] = 0;
}

/* Makes the rows p and q orthogonal; false where they were. */
static bool orthogonalise(const rotating *f, size_t p, size_t q) {
    real *const x = f->w + p * f->m, *const y = f->w + q * f->m;
    const double first = (double)f->lengths[p], second = (double)f->lengths[q];
    if (first <= TINY || second <= TINY) return false;
    const double between = cosine(f->m, x, first, y, second);
    if (fabs(between) <= EPSILON * sqrt((double)f->m)) return false;

    const double theta = (second / first - first / second) / (2 * between);
    const double t = (theta < 0 ? -1 : 1) / (fabs(theta) + hypot(1, theta));
    const double c = 1 / sqrt(1 + t * t), s = t * c;
    rotate(f->m, x, y, (real)c, (real)s);
    rotate(f->n, f->v + p * f->n, f->v + q * f->n, (real)c, (real)s);
    const double p_noise = (double)f->noise[p], q_noise = (double)f->noise[q];
    f->noise[p] = (real)hypot(c * p_noise, s * q_noise);
    f->noise[q] = (real)hypot(s * p_noise, c * q_noise);
    measure(f, p);
    measure(f, q);
    return true;
}

static void exchange(const rotating *f, size_t i, size_t j) {
    swap_numbers(1, f->lengths + i, f->lengths + j);
    swap_numbers(1, f->noise + i, f->noise + j);
    swap_numbers(f->m, f->w + i * f->m, f->w + j * f->m);
    swap_numbers(f->n, f->v + i * f->n, f->v + j * f->n);
}

/* Brings the longest of the rows from i on to place i. */
static void select_longest(const rotating *f, size_t i) {
    size_t most = i;
    for (size_t k = i + 1; k < f->n; k++)
        if (f->lengths[k] > f->lengths[most]) most = k;
    exchange(f, i, most);
}

/* Every pair once, the long rows first (P. de Rijk, 1989): a graded matrix converges sooner. */
static bool sweep(const rotating *f) {
    bool rotated = false;
    for (size_t p = 0; p < f->n; p++) {
        select_longest(f, p);
        for (size_t q = p + 1; q < f->n; q++)
            if (orthogonalise(f, p, q)) rotated = true;
    }
    return rotated;
}

/* The unit vector that the rows before row j span least. */
static size_t least_spanned(const rotating *f, size_t j) {
    size_t best = 0;
    double least = INFINITY;
    for (size_t k = 0; k < f->m; k++) {
        double spanned = 0;
        for (size_t i = 0; i < j; i++) spanned += (double)f->w[i * f->m + k] * (double)f->w[i * f->m + k];
        if (spanned < least) {
            least = spanned;
            best = k;
        }
    }
    return best;
}

/* Row j becomes a unit vector orthogonal to those before: Gram and Schmidt, twice. */
static void complete(const rotating *f, size_t j) {
    real *const row = f->w + j * f->m;
    const size_t k = least_spanned(f, j);
    memset(row, 0, f->m * sizeof(real));
    row[k] = 1;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < j; i++) {
            const real *const before = f->w + i * f->m;
            LINALG(axpy)(f->m, -LINALG(dot)(f->m, before, row), before, row);
        }
        const real length = length_of(f->m, row);
        for (size_t i = 0; i < f->m; i++) row[i] /= length;
    }
}

/* Rows of W to unit length, the largest first. */
static void normalise(const rotating *f) {
    for (size_t j = 0; j < f->n; j++) {
        real *const row = f->w + j * f->m, length = f->lengths[j];
        if (length > TINY / EPSILON)
            for (size_t i = 0; i < f->m; i++) row[i] /= length;
        else
            complete(f, j);
    }
}

/* m >= n; a's columns are in w. */
static bool decompose(const rotating *f) {
    const real most = LINALG(largest)(f->m * f->n, f->w);
    if (!isfinite(most)) return false;
    const int e = exponent_of(most);
    scale_by_power(f->m * f->n, f->w, -e);
    memset(f->v, 0, f->n * f->n * sizeof(real));
    for (size_t i = 0; i < f->n; i++) {
        f->v[i * f->n + i] = 1;
        f->lengths[i] = length_of(f->m, f->w + i * f->m);
        f->noise[i] = 4 * EPSILON * f->lengths[i];
    }

    int sweeps = 0;
    while (sweep(f))
        if (++sweeps == SWEEPS) return false;
    for (size_t i = 0; i < f->n; i++) select_longest(f, i);
    normalise(f);
    scale_by_power(f->n, f->lengths, e);
    return true;
}

bool LINALG(svd)(size_t m, size_t n, const real *a, real *u, real *s, real *v, void *scratch) {
    const bool tall = m >= n;
    const size_t r = smaller(m, n);
    real *const w = scratch;
    const rotating f = { tall ? m : n, r, w, w + m * n, s, w + m * n + r * r };
    if (tall)
        LINALG(transpose)(m, n, a, n, w, m);
    else
        memcpy(w, a, m * n * sizeof(real));
    if (!decompose(&f)) return false;
    LINALG(transpose)(r, f.m, f.w, f.m, tall ? u : v, r);
    LINALG(transpose)(r, r, f.v, r, tall ? v : u, r);
    return true;
}
