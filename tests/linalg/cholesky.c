/* SPDX-License-Identifier: MIT */
/* The Cholesky factor by its equation, A = L L', entry by entry, and the refusal of what is not positive definite. */
#include "numbers.h"

/* M M' + I/4 with the rows of M scaled, so graded too where the scales are; above the diagonal stands NaN. */
static real *positive_definite(size_t n, double grade, double scale) {
    const real *const m = numbers(n * n);
    real *const a = blank(n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            long double size;
            const double product = (double)entry(n, m + i * n, 1, m + j * n, 1, &size) + (i == j ? 0.25 : 0);
            a[i * n + j] = (real)(product * scale * pow(grade, (double)(i % 8) + (double)(j % 8)));
        }
    return a;
}

static void check_factor(size_t n, double grade, double scale) {
    real *const l = positive_definite(n, grade, scale);
    const real *const a = copy_of(n * n, l);
    ck_assert_uint_eq(LINALG(cholesky)(n, l), 0);
    for (size_t i = 0; i < n; i++) {
        ck_assert(l[i * n + i] > 0);
        for (size_t j = i + 1; j < n; j++) ck_assert(l[i * n + j] == 0);
        for (size_t j = 0; j <= i; j++) {
            long double size;
            const long double off = entry(n, l + i * n, 1, l + j * n, 1, &size) - (long double)a[i * n + j];
            ck_assert_msg(magnitude(off) <= (long double)(n + 4) * EPSILON * size, "n %zu: (%zu, %zu) is off by %Lg", n,
                          i, j, off);
        }
    }
    release();
}

START_TEST(the_factor_times_its_transpose_is_the_matrix) {
    for (int round = 0; round < 150; round++) check_factor(any_size(), 1, 1);
    check_factor(201, 1, 1);
}
END_TEST

START_TEST(graded_huge_and_tiny_matrices_are_factorised) {
    for (int round = 0; round < 100; round++) {
        check_factor(any_size(), 0.01, 1);
        check_factor(any_size(), 1, HUGE_SCALE);
        check_factor(any_size(), 1, TINY_SCALE);
    }
}
END_TEST

START_TEST(the_pivot_that_is_not_positive_is_named) {
    ck_assert_uint_eq(LINALG(cholesky)(1, (real[]){ 0 }), 1);
    ck_assert_uint_eq(LINALG(cholesky)(1, (real[]){ -1 }), 1);
    ck_assert_uint_eq(LINALG(cholesky)(2, (real[]){ 1, 2, 2, 1 }), 2);
    for (size_t n = 1; n < 130; n += 3) {
        const size_t k = below(n);
        real *const a = positive_definite(n, 1, 1);
        a[k * n + k] = -1;
        ck_assert_uint_eq(LINALG(cholesky)(n, a), k + 1);
        release();
    }
}
END_TEST

START_TEST(a_nan_is_not_positive_definite) {
    for (size_t n = 1; n < 130; n += 3) {
        const size_t i = below(n), j = below(i + 1);
        real *const a = positive_definite(n, 1, 1);
        a[i * n + j] = NAN;
        ck_assert_uint_ne(LINALG(cholesky)(n, a), 0);
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg cholesky"), the_factor_times_its_transpose_is_the_matrix,
      graded_huge_and_tiny_matrices_are_factorised, the_pivot_that_is_not_positive_is_named,
      a_nan_is_not_positive_definite);
