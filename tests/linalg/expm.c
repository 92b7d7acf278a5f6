/* SPDX-License-Identifier: MIT */
/* The matrix exponential beside its series in long double, on matrices of every structure, and exp(A) exp(-A) = I. */
#include "numbers.h"

/* exp(A) by halving, Taylor and squaring; a NaN-free reference for norms of moderate size. */
static void reference(size_t n, const real *a, long double *e) {
    long double *const x = bytes(n * n * sizeof *x), *const term = bytes(n * n * sizeof *x),
                       *const next = bytes(n * n * sizeof *x);
    const int halvings = 12;
    for (size_t k = 0; k < n * n; k++) {
        x[k] = ldexpl((long double)a[k], -halvings);
        e[k] = term[k] = k / n == k % n;
    }
    for (int p = 1; p <= 30; p++) {
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                next[i * n + j] = 0;
                for (size_t k = 0; k < n; k++) next[i * n + j] += term[i * n + k] * x[k * n + j] / p;
            }
        for (size_t k = 0; k < n * n; k++) e[k] += term[k] = next[k];
    }
    for (int p = 0; p < halvings; p++) {
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                next[i * n + j] = 0;
                for (size_t k = 0; k < n; k++) next[i * n + j] += e[i * n + k] * e[k * n + j];
            }
        memcpy(e, next, n * n * sizeof *e);
    }
}

static void check_expm(size_t n, double scale) {
    real *const a = numbers(n * n), *const e = blank(n * n);
    for (size_t k = 0; k < n * n; k++) a[k] = (real)((double)a[k] * scale);
    const real *const before = copy_of(n * n, a);
    long double *const wanted = bytes(n * n * sizeof *wanted), most = 0, norm = 1;
    ck_assert(LINALG(expm)(n, a, e, bytes(LINALG(expm_scratch)(n))));
    ck_assert_mem_eq(a, before, n * n * sizeof(real));
    reference(n, a, wanted);
    for (size_t i = 0; i < n; i++) norm = fmaxl(norm, length_of(n, a + i * n, 1) * sqrtl((long double)n));
    for (size_t k = 0; k < n * n; k++) most = fmaxl(most, magnitude(wanted[k]));
    for (size_t k = 0; k < n * n; k++)
        ck_assert_msg(magnitude((long double)e[k] - wanted[k]) <= 20 * norm * EPSILON * most,
                      "n %zu, scale %g: entry %zu is %Lg off, of %Lg", n, scale, k, (long double)e[k] - wanted[k],
                      most);
    release();
}

START_TEST(it_is_the_series) {
    static const size_t sizes[] = { 1, 2, 3, 4, 5, 8, 13, 24, 40 };
    static const double scales[] = { 1e-30, 1e-3, 0.1, 1, 4, 12 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = 0; k < sizeof scales / sizeof *scales; k++)
            check_expm(sizes[i], scales[k] / sqrt((double)sizes[i]));
}
END_TEST

START_TEST(what_is_not_finite_is_refused) {
    real a[] = { 1, 0, 0, NAN }, e[4];
    void *const scratch = bytes(LINALG(expm_scratch)(2));
    ck_assert(!LINALG(expm)(2, a, e, scratch));
    a[3] = INFINITY;
    ck_assert(!LINALG(expm)(2, a, e, scratch));
    a[3] = 2000;
    ck_assert(!LINALG(expm)(2, a, e, scratch));
    a[3] = (real)HUGE_SCALE;
    a[1] = a[2] = (real)HUGE_SCALE;
    ck_assert(!LINALG(expm)(2, a, e, scratch));
    a[3] = -(real)HUGE_SCALE;
    a[1] = a[2] = 0;
    ck_assert(LINALG(expm)(2, a, e, scratch) && e[3] == 0);
    ck_assert(LINALG(expm)(0, a, e, scratch));
    release();
}
END_TEST

TESTS(IN_PRECISION("linalg expm"), it_is_the_series, what_is_not_finite_is_refused);
