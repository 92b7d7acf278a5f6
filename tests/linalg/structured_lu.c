/* SPDX-License-Identifier: MIT */
/* The LU factors of positive definite and triangular matrices, through what they are for. Entries that are not to be
 * read are NaN. */
#include "numbers.h"

typedef enum { DEFINITE, LOWER, UPPER, KINDS } kind;

static bool is_read(kind k, size_t i, size_t j) { return k == UPPER ? j >= i : j <= i; }

/* A matrix of that kind, in full; graded by rows and columns where it is definite. */
static real *matrix(kind k, size_t n, double grade) {
    const real *const m = numbers(n * n);
    real *const a = blank(n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double size;
            const double of_rows = (double)entry(n, m + i * n, 1, m + j * n, 1, &size) / (double)n;
            const double x = k == DEFINITE ? of_rows : is_read(k, i, j) ? (double)m[i * n + j] / (double)n : 0;
            a[i * n + j] = (real)((x + (i == j)) * pow(grade, k == DEFINITE ? (double)(i % 8 + j % 8) : 0));
        }
    return a;
}

static size_t factors(kind k, size_t n, const real *a, real *lu, real *pivots) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) lu[i * n + j] = is_read(k, i, j) ? a[i * n + j] : (real)NAN;
    return k == DEFINITE ? LINALG(lu_of_definite)(n, lu, pivots) : LINALG(lu_of_triangular)(k == UPPER, n, lu, pivots);
}

/* Row i of op(A) X = B, beside the sum of the magnitudes; what is graded is compared row by row. */
static void check_solve(kind k, size_t n, size_t m, double grade) {
    const real *const a = matrix(k, n, grade);
    real *const lu = blank(n * n), *const pivots = blank(n);
    ck_assert_uint_eq(factors(k, n, a, lu, pivots), 0);
    for (int transposed = 0; transposed < 2; transposed++) {
        const real *const b = numbers(n * m);
        real *const x = copy_of(n * m, b);
        LINALG(lu_solve)(transposed, n, m, lu, pivots, x, m);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < m; j++) {
                long double size;
                const real *const row = transposed ? a + i : a + i * n;
                const long double off = entry(n, row, transposed ? n : 1, x + j, m, &size) - (long double)b[i * m + j];
                const long double bound = 20 * (long double)(n + 4) * EPSILON * (size + 1);
                ck_assert_msg(magnitude(off) <= bound, "kind %d, n %zu: row %zu is off by %Lg", k, n, i, off);
            }
    }
    release();
}

START_TEST(both_orientations_are_solved) {
    for (int round = 0; round < 300; round++) check_solve(round % KINDS, any_size(), any_size(), 1);
    for (int k = 0; k < KINDS; k++) check_solve(k, 170, 3, 1);
    for (int round = 0; round < 50; round++) check_solve(DEFINITE, any_size(), 2, 0.1);
}
END_TEST

START_TEST(pivots_and_sign_make_the_determinant) {
    for (int round = 0; round < 200; round++) {
        const kind k = round % KINDS;
        const size_t n = below(9);
        const real *const a = matrix(k, n, 1);
        real *const lu = blank(n * n), *const pivots = blank(n), *const other = copy_of(n * n, a);
        ck_assert_uint_eq(factors(k, n, a, lu, pivots), 0);
        long double got = LINALG(lu_sign)(n, lu, pivots), want = 0;
        for (size_t i = 0; i < n; i++) got *= magnitude((long double)lu[i * n + i]);
        LINALG(lu)(n, other, pivots);
        want = LINALG(lu_sign)(n, other, pivots);
        for (size_t i = 0; i < n; i++) want *= magnitude((long double)other[i * n + i]);
        ck_assert_msg(magnitude(got - want) <= 1000 * EPSILON * magnitude(want), "kind %d, n %zu", k, n);
        release();
    }
}
END_TEST

START_TEST(the_pivot_that_will_not_do_is_named) {
    real pivots[64];
    for (size_t n = 1; n < 64; n += 3)
        for (int k = 0; k < KINDS; k++) {
            const size_t bad = below(n);
            real *const a = matrix((kind)k, n, 1), *const lu = blank(n * n);
            a[bad * n + bad] = k == DEFINITE ? -1 : 0;
            ck_assert_uint_eq(factors((kind)k, n, a, lu, pivots), bad + 1);
            if (k != DEFINITE) ck_assert_int_eq(LINALG(lu_sign)(n, lu, pivots), 0);
            release();
        }
}
END_TEST

TESTS(IN_PRECISION("linalg structured lu"), both_orientations_are_solved, pivots_and_sign_make_the_determinant,
      the_pivot_that_will_not_do_is_named);
