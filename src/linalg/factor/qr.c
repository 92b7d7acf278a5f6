/* SPDX-License-Identifier: MIT */
/* A = Q R by Householder's reflections H = I - tau v v' (1958). Each column of A is first scaled by a power of two, and
 * again on its turn: nothing over- or underflows, however far apart the columns' sizes are. */
#include "linalg/factor/factor.h"

#include <string.h>

/* W: A on its way to R, with the vectors v below its diagonal (v's first entry, 1, is not stored). */
typedef struct {
    size_t m, n;
    real *w, *tau, *v, *products;
} reflecting;

size_t LINALG(qr_scratch)(size_t m, size_t n) { return (m * n + smaller(m, n) + m + 2 * n) * sizeof(real); }

/* The reflection that turns x into (turned, 0, ..., 0), |turned| = |x|, of the sign opposite to x[0]'s so that nothing
 * cancels. Makes v of x, returns tau; scaling x changes neither. */
static real reflection(size_t n, real *x, real *turned) {
    const int e = exponent_of(LINALG(largest)(n, x));
    scale_by_power(n, x, -e);
    const real head = x[0], below = LINALG(dot)(n - 1, x + 1, x + 1);
    x[0] = 1;
    *turned = times_power(head, e);
    if (below == 0) return 0;

    const real length = (real)sqrt((double)(head * head + below)), end = head < 0 ? length : -length;
    for (size_t i = 1; i < n; i++) x[i] /= head - end;
    *turned = times_power(end, e);
    return (end - head) / end;
}

/* B = (I - tau v v') B, B m x n. */
static void reflect(const reflecting *f, size_t m, size_t n, real tau, real *b, size_t ldb) {
    if (tau == 0 || n == 0) return;
    LINALG(gemv)(true, m, n, 1, b, ldb, f->v, 0, f->products);
    LINALG(ger)(m, n, -tau, f->v, f->products, b, ldb);
}

static void reduce(const reflecting *f) {
    for (size_t k = 0; k < smaller(f->m, f->n); k++) {
        const size_t below = f->m - k;
        real *const corner = f->w + k * f->n + k;
        LINALG(copy)(below, 1, corner, (ptrdiff_t)f->n, 1, f->v, 1);
        real turned;
        f->tau[k] = reflection(below, f->v, &turned);
        reflect(f, below, f->n - k - 1, f->tau[k], corner + 1, f->n);
        LINALG(copy)(below, 1, f->v, 1, 1, corner, f->n);
        *corner = turned;
    }
}

/* Q's columns: the reflections, last to first, on those of the identity. */
static void form_q(const reflecting *f, real *q) {
    const size_t r = smaller(f->m, f->n);
    memset(q, 0, f->m * r * sizeof(real));
    for (size_t k = r; k-- > 0;) {
        real *const corner = q + k * r + k;
        *corner = 1;
        LINALG(copy)(f->m - k, 1, f->w + k * f->n + k, (ptrdiff_t)f->n, 1, f->v, 1);
        f->v[0] = 1;
        reflect(f, f->m - k, r - k, f->tau[k], corner, r);
    }
}

/* Each column of W over a power of two of its own, which only R's columns know of; the exponents go to `scale`. */
static void scale_columns(const reflecting *f, real *scale) {
    for (size_t j = 0; j < f->n; j++) {
        LINALG(copy)(f->m, 1, f->w + j, (ptrdiff_t)f->n, 1, f->v, 1);
        const int e = exponent_of(LINALG(largest)(f->m, f->v));
        for (size_t i = 0; i < f->m; i++) f->w[i * f->n + j] = times_power(f->w[i * f->n + j], -e);
        scale[j] = (real)e;
    }
}

static void turn_signs(size_t m, size_t n, real *q, real *r) {
    const size_t rows = smaller(m, n);
    for (size_t i = 0; i < rows; i++) {
        if (!(r[i * n + i] < 0)) continue;
        for (size_t j = i; j < n; j++) r[i * n + j] = -r[i * n + j];
        for (size_t k = 0; k < m; k++) q[k * rows + i] = -q[k * rows + i];
    }
}

bool LINALG(qr)(size_t m, size_t n, const real *a, real *q, real *r, void *scratch) {
    if (!isfinite(LINALG(largest)(m * n, a))) return false;
    const size_t rows = smaller(m, n);
    real *const w = scratch, *const tau = w + m * n, *const v = tau + rows, *const scale = v + m + n;
    const reflecting f = { m, n, w, tau, v, v + m };

    memcpy(w, a, m * n * sizeof(real));
    scale_columns(&f, scale);
    reduce(&f);
    form_q(&f, q);
    for (size_t i = 0; i < rows; i++) {
        memset(r + i * n, 0, i * sizeof(real));
        memcpy(r + i * n + i, w + i * n + i, (n - i) * sizeof(real));
    }
    for (size_t i = 0; i < rows; i++)
        for (size_t j = i; j < n; j++) r[i * n + j] = times_power(r[i * n + j], (int)scale[j]);
    turn_signs(m, n, q, r);
    return true;
}
