/* SPDX-License-Identifier: MIT */
/* A = U T U' by reflections to Hessenberg's form, then Francis's double steps (1961) in the arrangement of EISPACK's
 * hqr2 (R. Martin, G. Peters and J. Wilkinson, 1970): a step with two shifts at once needs no complex numbers. */
#include "linalg/factor/factor.h"

#include <string.h>

enum { STEPS = 60, UNUSUAL = 10 };

/* H on its way to T, and U, so that U H U' is A; both n x n. The rows from `first` to `last` are at work. */
typedef struct {
    size_t n;
    real *h, *u;
} turning;

static real *at(const turning *f, size_t i, size_t j) { return f->h + i * f->n + j; }

static real size_at(const turning *f, size_t i, size_t j) { return (real)fabs((double)*at(f, i, j)); }

size_t LINALG(schur_scratch)(size_t n) { return 2 * n * sizeof(real); }

/* ---- to Hessenberg's form ---- */

/* v and tau of the reflection I - tau v v' that takes column k, from row k + 1 on, to its first entry. */
static real reflection(const turning *f, size_t k, real *v) {
    const size_t count = f->n - k - 1;
    LINALG(copy)(count, 1, at(f, k + 1, k), (ptrdiff_t)f->n, 1, v, 1);
    scale_by_power(count, v, -exponent_of(LINALG(largest)(count, v)));
    const real below = LINALG(dot)(count - 1, v + 1, v + 1), head = v[0];
    if (below == 0) return 0;
    const real length = (real)sqrt((double)(head * head + below)), end = head < 0 ? length : -length;
    v[0] = 1;
    for (size_t i = 1; i < count; i++) v[i] /= head - end;
    return (end - head) / end;
}

static void to_hessenberg(const turning *f, real *v, real *products) {
    const size_t n = f->n;
    for (size_t k = 0; k + 2 < n; k++) {
        const size_t count = n - k - 1;
        const real tau = reflection(f, k, v);
        if (tau == 0) continue;
        LINALG(gemv)(true, count, n - k, 1, at(f, k + 1, k), n, v, 0, products);
        LINALG(ger)(count, n - k, -tau, v, products, at(f, k + 1, k), n);
        LINALG(gemv)(false, n, count, 1, at(f, 0, k + 1), n, v, 0, products);
        LINALG(ger)(n, count, -tau, products, v, at(f, 0, k + 1), n);
        LINALG(gemv)(false, n, count, 1, f->u + k + 1, n, v, 0, products);
        LINALG(ger)(n, count, -tau, products, v, f->u + k + 1, n);
        for (size_t i = k + 2; i < n; i++) *at(f, i, k) = 0;
    }
}

/* ---- from there ---- */

/* The first row of the block that ends in row `last`: the entry before it is negligible, and becomes 0. It is so beside
 * the two diagonal entries, which keeps the digits of graded matrices, or is no larger than `noise`. */
static size_t first_of(const turning *f, size_t last, real noise) {
    size_t first = last;
    for (; first > 0; first--) {
        const real beside = size_at(f, first - 1, first - 1) + size_at(f, first, first);
        const real off = size_at(f, first, first - 1);
        if (off > EPSILON * beside && off > noise) continue;
        *at(f, first, first - 1) = 0;
        break;
    }
    return first;
}

/* Rows k and k + 1, and columns, turned by the rotation (c, s). */
static void rotate(const turning *f, size_t k, real c, real s) {
    for (size_t j = k; j < f->n; j++) {
        const real x = *at(f, k, j), y = *at(f, k + 1, j);
        *at(f, k, j) = c * x + s * y;
        *at(f, k + 1, j) = c * y - s * x;
    }
    for (size_t i = 0; i < f->n; i++) {
        real *const h = at(f, i, k), *const u = f->u + i * f->n + k, x = h[0], y = u[0];
        if (i <= k + 1) {
            h[0] = c * x + s * h[1];
            h[1] = c * h[1] - s * x;
        }
        u[0] = c * y + s * u[1];
        u[1] = c * u[1] - s * y;
    }
}

/* A block of two rows becomes triangular where its eigenvalues are real. */
static void split(const turning *f, size_t k) {
    const double a = (double)*at(f, k, k), b = (double)*at(f, k, k + 1), c = (double)*at(f, k + 1, k),
                 d = (double)*at(f, k + 1, k + 1);
    const double half = (a - d) / 2, q = half * half + b * c;
    if (q < 0) return;
    const double z = half >= 0 ? half + sqrt(q) : half - sqrt(q), length = hypot(c, z);
    rotate(f, k, (real)(z / length), (real)(c / length));
    *at(f, k + 1, k) = 0;
}

/* The trace and determinant of the shifts are x + y and x y - w. */
typedef struct {
    double x, y, w;
} shifts;

static shifts choose(const turning *f, size_t last, int step) {
    const double x = (double)*at(f, last, last);
    if (step % UNUSUAL == 0) {
        const double s = (double)(size_at(f, last, last - 1) + size_at(f, last - 1, last - 2));
        return (shifts){ x + 0.75 * s, x + 0.75 * s, -0.4375 * s * s };
    }
    return (shifts){ x, (double)*at(f, last - 1, last - 1),
                     (double)*at(f, last, last - 1) * (double)*at(f, last - 1, last) };
}

/* The first column of (H - x)(H - y) - w, from row m on, scaled. */
static void first_column(const turning *f, size_t m, shifts s, double *p) {
    const double z = (double)*at(f, m, m), r = s.x - z, q = s.y - z;
    p[0] = (r * q - s.w) / (double)*at(f, m + 1, m) + (double)*at(f, m, m + 1);
    p[1] = (double)*at(f, m + 1, m + 1) - z - r - q;
    p[2] = (double)*at(f, m + 2, m + 1);
    const double size = fabs(p[0]) + fabs(p[1]) + fabs(p[2]);
    for (int i = 0; i < 3; i++) p[i] /= size;
}

/* Where the step may begin: two small entries in a row below the diagonal are as good as one that is 0. */
static size_t start_of(const turning *f, size_t first, size_t last, shifts s, double *p) {
    for (size_t m = last - 2;; m--) {
        first_column(f, m, s, p);
        if (m == first) return m;
        const double before = (double)size_at(f, m, m - 1) * (fabs(p[1]) + fabs(p[2]));
        const double beside = (double)(size_at(f, m - 1, m - 1) + size_at(f, m, m) + size_at(f, m + 1, m + 1));
        if (before < EPSILON * fabs(p[0]) * beside) return m;
    }
}

/* H and U by the reflection I - (1, q, r)' (x, y, z) of rows and columns k, k + 1 and, where there is one, k + 2. */
static void reflect(const turning *f, size_t k, bool three, size_t last, const real *v, const real *scaled) {
    const size_t n = f->n, end = k + 3 < last ? k + 3 : last, count = three ? 3 : 2;
    real *const rows[] = { at(f, k, 0), at(f, k + 1, 0), three ? at(f, k + 2, 0) : NULL };
    for (size_t j = k; j < n; j++) {
        real p = rows[0][j] + v[1] * rows[1][j];
        if (three) p += v[2] * rows[2][j];
        for (size_t i = 0; i < count; i++) rows[i][j] -= p * scaled[i];
    }
    for (size_t i = 0; i < n; i++) {
        real *const both[] = { i <= end ? at(f, i, k) : NULL, f->u + i * n + k };
        for (int which = 0; which < 2; which++) {
            real *const x = both[which];
            if (!x) continue;
            real p = scaled[0] * x[0] + scaled[1] * x[1];
            if (three) p += scaled[2] * x[2];
            for (size_t j = 0; j < count; j++) x[j] -= p * v[j];
        }
    }
}

static void double_step(const turning *f, size_t first, size_t last, shifts s) {
    double p[3];
    const size_t m = start_of(f, first, last, s, p);
    for (size_t i = m + 2; i <= last; i++) {
        *at(f, i, i - 2) = 0;
        if (i > m + 2) *at(f, i, i - 3) = 0;
    }
    for (size_t k = m; k < last; k++) {
        const bool three = k + 1 < last;
        double size = 1;
        if (k != m) {
            for (size_t i = 0; i < 3; i++) p[i] = i < 2 || three ? (double)*at(f, k + i, k - 1) : 0;
            size = fabs(p[0]) + fabs(p[1]) + fabs(p[2]);
            if (size == 0) continue;
            for (int i = 0; i < 3; i++) p[i] /= size;
        }
        if (!three) p[2] = 0;
        const double length = sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]), turned = p[0] < 0 ? -length : length;
        if (turned == 0) continue;
        if (k != m)
            *at(f, k, k - 1) = (real)(-turned * size);
        else if (first != m)
            *at(f, k, k - 1) = -*at(f, k, k - 1);
        const double head = p[0] + turned;
        const real v[] = { 1, (real)(p[1] / head), (real)(p[2] / head) };
        const real scaled[] = { (real)(head / turned), (real)(p[1] / turned), (real)(p[2] / turned) };
        reflect(f, k, three, last, v, scaled);
        for (size_t i = 1; k != m && i < (three ? 3 : 2); i++) *at(f, k + i, k - 1) = 0;
    }
}

/* Blocks of one and two rows are set apart from the end on. Where that takes unusually long, as with many eigenvalues
 * 0, what is negligible beside the whole matrix is negligible. */
static bool iterate(const turning *f, real norm) {
    size_t left = f->n;
    for (int step = 1; left > 0; step++) {
        const size_t last = left - 1, first = first_of(f, last, step > UNUSUAL ? EPSILON * norm : TINY);
        if (last - first < 2) {
            if (first < last) split(f, first);
            left = first;
            step = 0;
            continue;
        }
        if (step > STEPS) return false;
        double_step(f, first, last, choose(f, last, step));
    }
    return true;
}

bool LINALG(schur)(size_t n, const real *a, real *u, real *t, void *scratch) {
    const real most = LINALG(largest)(n * n, a);
    if (!isfinite(most)) return false;
    const turning f = { n, t, u };
    const int e = exponent_of(most);
    real *const v = scratch;
    memcpy(t, a, n * n * sizeof(real));
    scale_by_power(n * n, t, -e);
    memset(u, 0, n * n * sizeof(real));
    for (size_t i = 0; i < n; i++) u[i * n + i] = 1;

    to_hessenberg(&f, v, v + n);
    if (!iterate(&f, LINALG(largest)(n * n, t))) return false;
    scale_by_power(n * n, t, e);
    return true;
}
