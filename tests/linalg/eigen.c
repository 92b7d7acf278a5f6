/* SPDX-License-Identifier: MIT */
/* The symmetric eigenproblem by its equations: A V = V diag(l), V orthogonal, l ascending. */
#include "numbers.h"

typedef enum { SYMMETRIC_PART, REPEATED, GRADED, ARROW, SPECTRA } spectrum;

/* I - 2 v v'/v'v times diag(1, 1, 1, -2, ...) times itself: eigenvalues of known multiplicity. */
static void fill_repeated(size_t n, real *a) {
    const real *const v = numbers(n);
    long double squares;
    (void)entry(n, v, 1, v, 1, &squares);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            long double sum = 0;
            for (size_t k = 0; k < n; k++) {
                const long double left = (i == k) - 2 * (long double)v[i] * (long double)v[k] / squares;
                const long double right = (j == k) - 2 * (long double)v[j] * (long double)v[k] / squares;
                sum += left * (k % 4 == 3 ? -2 : 1) * right;
            }
            a[i * n + j] = (real)sum;
        }
}

static real lower_entry(spectrum kind, size_t i, size_t j) {
    const double x = test_uniform(&seed);
    switch (kind) {
    case GRADED:
        return (real)((x + (i == j ? 20 : 0)) * pow(0.05, (double)(i % 8) + (double)(j % 8)));
    case ARROW:
        return (real)(j == 0 ? x : i == j ? (double)i : 0);
    default:
        return (real)x;
    }
}

static void check_decomposition(size_t n, const real *a, const real *l, const real *v) {
    real *const full = blank(n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) full[i * n + j] = i >= j ? a[i * n + j] : a[j * n + i];
    const double tolerance = 8 * (double)(n + 2) * EPSILON;
    const long double norm = length_of(n * n, full, 1);
    check_orthonormal(n, n, v, tolerance);
    for (size_t i = 0; i + 1 < n; i++) ck_assert(l[i] <= l[i + 1]);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double size;
            const long double av = entry(n, full + i * n, 1, v + j, n, &size);
            const long double off = magnitude(av - (long double)v[i * n + j] * (long double)l[j]);
            ck_assert_msg(off <= (long double)tolerance * norm, "n %zu: (%zu, %zu) is off by %Lg of %Lg", n, i, j, off,
                          norm);
        }
}

/* Only the lower triangle may be read: NaN stands above it. */
static void check_eigen(size_t n, real *a) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) a[i * n + j] = NAN;
    const real *const before = copy_of(n * n, a);
    real *const l = blank(n), *const v = blank(n * n);
    ck_assert(LINALG(eigen)(n, a, l, v, bytes(LINALG(eigen_scratch)(n))));
    ck_assert_mem_eq(a, before, n * n * sizeof(real));
    check_decomposition(n, a, l, v);
    release();
}

START_TEST(v_diagonalises_every_structure) {
    for (structure kind = 0; kind < STRUCTURES; kind++)
        for (int round = 0; round < 25; round++) {
            const size_t n = round == 0 ? 1 : round == 1 ? 2 : any_size();
            check_eigen(n, structured(kind, n, n));
        }
}
END_TEST

START_TEST(v_diagonalises_every_spectrum) {
    for (int round = 0; round < 100; round++) {
        const size_t n = any_size();
        const spectrum kind = (spectrum)(round % SPECTRA);
        real *const a = blank(n * n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++) a[i * n + j] = lower_entry(kind, i, j);
        if (kind == REPEATED) fill_repeated(n, a);
        check_eigen(n, a);
    }
}
END_TEST

START_TEST(known_eigenvalues_are_found) {
    const real a[] = { 2, 1, 1, 1, 2, 1, 1, 1, 2 };
    real l[3], v[9];
    ck_assert(LINALG(eigen)(3, a, l, v, bytes(LINALG(eigen_scratch)(3))));
    ck_assert(fabs((double)l[0] - 1) < 10 * EPSILON && fabs((double)l[1] - 1) < 10 * EPSILON);
    ck_assert(fabs((double)l[2] - 4) < 20 * EPSILON);
    release();
}
END_TEST

/* The determinant is the product of the eigenvalues and of the Cholesky pivots' squares: it shows the digits of the
 * smallest as well as of the largest. LAPACK's algorithm does not promise them. */
START_TEST(small_eigenvalues_of_a_graded_matrix_keep_their_digits) {
    if (strcmp(mgd__blas_name(), "builtin") != 0) return;
    for (int round = 0; round < 50; round++) {
        const size_t n = 8;
        real *const a = blank(n * n), *const l = blank(n), *const v = blank(n * n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++) a[i * n + j] = lower_entry(GRADED, i, j);
        ck_assert(LINALG(eigen)(n, a, l, v, bytes(LINALG(eigen_scratch)(n))));
        ck_assert_uint_eq(LINALG(cholesky)(n, a), 0);
        double quotient = 1;
        for (size_t i = 0; i < n; i++) quotient *= (double)l[i] / ((double)a[i * n + i] * (double)a[i * n + i]);
        ck_assert_msg(fabs(quotient - 1) < 200 * EPSILON, "the determinant is off by %g", quotient - 1);
        release();
    }
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    for (int round = 0; round < 100; round++) {
        const size_t n = 1 + below(30), i = below(n);
        real *const a = numbers(n * n);
        a[i * n + below(i + 1)] = round % 2 ? NAN : INFINITY;
        ck_assert(!LINALG(eigen)(n, a, blank(n), blank(n * n), bytes(LINALG(eigen_scratch)(n))));
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg eigen"), v_diagonalises_every_structure, v_diagonalises_every_spectrum,
      known_eigenvalues_are_found, small_eigenvalues_of_a_graded_matrix_keep_their_digits,
      entries_that_are_not_finite_are_refused);
