/* SPDX-License-Identifier: MIT */
/* The singular value decomposition by its equations: A = U diag(s) V', both factors with orthonormal columns whatever
 * the rank, s descending and >= 0. */
#include "numbers.h"

static void check_svd(structure kind, size_t m, size_t n) {
    const size_t r = m < n ? m : n;
    const real *const a = structured(kind, m, n), *const before = copy_of(m * n, a);
    real *const u = blank(m * r), *const s = blank(r), *const v = blank(n * r);
    ck_assert_msg(LINALG(svd)(m, n, a, u, s, v, bytes(LINALG(svd_scratch)(m, n))), "kind %d, %zux%zu", kind, m, n);
    ck_assert_mem_eq(a, before, m * n * sizeof(real));

    const double tolerance = 8 * (double)(m + n) * EPSILON;
    check_orthonormal(m, r, u, tolerance);
    check_orthonormal(n, r, v, tolerance);
    for (size_t i = 0; i < r; i++) ck_assert(s[i] >= 0 && (i == 0 || s[i] <= s[i - 1]));
    const long double norm = length_of(m * n, a, 1);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = -(long double)a[i * n + j];
            for (size_t k = 0; k < r; k++)
                sum += (long double)u[i * r + k] * (long double)s[k] * (long double)v[j * r + k];
            ck_assert_msg(magnitude(sum) <= (long double)tolerance * norm, "kind %d, %zux%zu: (%zu, %zu) is off by %Lg",
                          kind, m, n, i, j, sum);
        }
    release();
}

START_TEST(the_factors_make_the_matrix) {
    for (structure kind = 0; kind < STRUCTURES; kind++) {
        for (int round = 0; round < 30; round++) check_svd(kind, any_size(), any_size());
        check_svd(kind, 91, 82);
        check_svd(kind, 1, 1);
        check_svd(kind, 1, 9);
        check_svd(kind, 9, 1);
    }
}
END_TEST

START_TEST(known_singular_values_are_found) {
    const real a[] = { 3, 0, 4, 5 };
    real u[4], s[2], v[4];
    ck_assert(LINALG(svd)(2, 2, a, u, s, v, bytes(LINALG(svd_scratch)(2, 2))));
    ck_assert(fabs((double)s[0] - sqrt(45)) < 20 * EPSILON);
    ck_assert(fabs((double)s[1] - sqrt(5)) < 20 * EPSILON);
    release();
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    for (int round = 0; round < 100; round++) {
        const size_t m = 1 + below(20), n = 1 + below(20), r = m < n ? m : n;
        real *const a = numbers(m * n);
        a[below(m * n)] = round % 2 ? NAN : INFINITY;
        ck_assert(!LINALG(svd)(m, n, a, blank(m * r), blank(r), blank(n * r), bytes(LINALG(svd_scratch)(m, n))));
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg svd"), the_factors_make_the_matrix, known_singular_values_are_found,
      entries_that_are_not_finite_are_refused);
