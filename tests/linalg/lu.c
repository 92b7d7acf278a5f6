/* SPDX-License-Identifier: MIT */
/* LU through what it is for: solutions of both orientations, determinants, and the refusal of singular matrices. */
#include "numbers.h"

/* op(A) X = B, row by row beside |A| |X| + |B|; `growth` bounds |L| |U| beside the largest entry of A. */
static void check_solution(bool transposed, size_t n, size_t m, const real *a, const real *x, const real *b,
                           size_t ldb) {
    const long double most = (long double)LINALG(largest)(n * n, a), growth = 8;
    for (size_t k = 0; k < m; k++) {
        long double length = 0;
        for (size_t i = 0; i < n; i++) length += magnitude((long double)x[i * ldb + k]);
        for (size_t i = 0; i < n; i++) {
            long double size;
            const real *const row = transposed ? a + i : a + i * n;
            const long double ax = entry(n, row, transposed ? n : 1, x + k, ldb, &size);
            const long double off = magnitude(ax - (long double)b[i * ldb + k]);
            ck_assert_msg(off <= growth * (long double)(n + 2) * EPSILON * most * length,
                          "n %zu: row %zu is off by %Lg", n, i, off);
        }
    }
}

static void check_solve(structure kind, size_t n, size_t m) {
    const real *const a = structured(kind, n, n);
    real *const lu = copy_of(n * n, a), *const pivots = blank(n);
    ck_assert_uint_eq(LINALG(lu)(n, lu, pivots), 0);
    for (int transposed = 0; transposed < 2; transposed++) {
        const size_t ldb = m + below(3);
        real *const b = structured(kind == TINY_ENTRIES || kind == HUGE_ENTRIES ? kind : RANDOM, n, ldb);
        real *const x = copy_of(n * ldb, b);
        LINALG(lu_solve)(transposed, n, m, lu, pivots, x, ldb);
        check_solution(transposed, n, m, a, x, b, ldb);
        for (size_t i = 0; i < n; i++) ck_assert_mem_eq(x + i * ldb + m, b + i * ldb + m, (ldb - m) * sizeof(real));
    }
    release();
}

START_TEST(both_orientations_are_solved) {
    static const structure regular[] = { RANDOM, RANDOM, RANDOM, GRADED_ROWS, IDENTITY, HUGE_ENTRIES, TINY_ENTRIES };
    for (int round = 0; round < 400; round++)
        check_solve(regular[below(sizeof regular / sizeof *regular)], any_size(), any_size());
    check_solve(RANDOM, 300, 2);
}
END_TEST

/* By expansion along the first row; `size` is the sum of the terms' magnitudes. */
static long double determinant(size_t n, const real *a, size_t lda, unsigned used, long double *size) {
    if (n == 0) return *size = 1;
    long double sum = 0;
    int sign = 1;
    *size = 0;
    for (size_t j = 0; j < lda; j++) {
        if (used & 1u << j) continue;
        long double minor;
        const long double cofactor = determinant(n - 1, a + lda, lda, used | 1u << j, &minor);
        sum += sign * (long double)a[j] * cofactor;
        *size += magnitude((long double)a[j]) * minor;
        sign = -sign;
    }
    return sum;
}

START_TEST(pivots_and_sign_make_the_determinant) {
    for (int round = 0; round < 500; round++) {
        const size_t n = below(7);
        real *const a = numbers(n * n), *const pivots = blank(n);
        long double size;
        const long double want = determinant(n, a, n, 0, &size);
        LINALG(lu)(n, a, pivots);
        long double got = LINALG(lu_sign)(n, a, pivots);
        for (size_t i = 0; i < n; i++) got *= magnitude((long double)a[i * n + i]);
        ck_assert_msg(magnitude(got - want) <= 100 * EPSILON * size, "n %zu: %Lg, not %Lg", n, got, want);
        release();
    }
}
END_TEST

START_TEST(a_permutation_has_its_sign) {
    real cycle[] = { 0, 1, 0, 0, 0, 1, 1, 0, 0 }, exchange[] = { 0, 1, 0, 1, 0, 0, 0, 0, 1 }, pivots[3];
    ck_assert_uint_eq(LINALG(lu)(3, cycle, pivots), 0);
    ck_assert_int_eq(LINALG(lu_sign)(3, cycle, pivots), 1);
    ck_assert_uint_eq(LINALG(lu)(3, exchange, pivots), 0);
    ck_assert_int_eq(LINALG(lu_sign)(3, exchange, pivots), -1);
}
END_TEST

static void check_singular(size_t n, real *a, size_t pivot) {
    real pivots[16];
    ck_assert_uint_eq(LINALG(lu)(n, a, pivots), pivot);
    ck_assert(a[(pivot - 1) * n + pivot - 1] == 0);
    ck_assert_int_eq(LINALG(lu_sign)(n, a, pivots), 0);
}

START_TEST(the_pivot_that_is_zero_is_named) {
    check_singular(1, (real[]){ 0 }, 1);
    check_singular(2, (real[]){ 0, 0, 0, 0 }, 1);
    check_singular(2, (real[]){ 1, 1, 1, 1 }, 2);
    check_singular(3, (real[]){ 1, 2, 3, 2, 4, 6, 0, 0, 1 }, 2);
    check_singular(12, zeros(144), 1);
    release();
}
END_TEST

START_TEST(a_zero_row_or_column_is_singular) {
    for (size_t n = 1; n < 60; n++) {
        real *const a = numbers(n * n), *const pivots = blank(n);
        const size_t line = below(n), step = below(2) ? 1 : n;
        for (size_t i = 0; i < n; i++) a[line * (n + 1 - step) + i * step] = 0;
        const size_t k = LINALG(lu)(n, a, pivots);
        ck_assert(k >= 1 && k <= n);
        ck_assert(a[(k - 1) * n + k - 1] == 0);
        ck_assert_int_eq(LINALG(lu_sign)(n, a, pivots), 0);
        release();
    }
}
END_TEST

START_TEST(a_nan_reaches_the_solution) {
    for (size_t n = 1; n < 40; n++) {
        real *const a = numbers(n * n), *const pivots = blank(n), *const b = numbers(n);
        a[below(n) * n + below(n)] = NAN;
        if (LINALG(lu)(n, a, pivots) == 0) LINALG(lu_solve)(false, n, 1, a, pivots, b, 1);
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg lu"), both_orientations_are_solved, pivots_and_sign_make_the_determinant,
      a_permutation_has_its_sign, the_pivot_that_is_zero_is_named, a_zero_row_or_column_is_singular,
      a_nan_reaches_the_solution);
