/* SPDX-License-Identifier: MIT */
/* QR by its equations: A = Q R column by column, Q's columns orthonormal, R upper triangular with diagonal >= 0. */
#include "numbers.h"

static void check_qr(structure kind, size_t m, size_t n) {
    const size_t rank = m < n ? m : n;
    const real *const a = structured(kind, m, n), *const before = copy_of(m * n, a);
    real *const q = blank(m * rank), *const r = blank(rank * n);
    ck_assert(LINALG(qr)(m, n, a, q, r, bytes(LINALG(qr_scratch)(m, n))));
    ck_assert_mem_eq(a, before, m * n * sizeof(real));

    const double tolerance = 8 * (double)(m + n) * EPSILON;
    check_orthonormal(m, rank, q, tolerance);
    for (size_t i = 0; i < rank; i++) {
        ck_assert(r[i * n + i] >= 0);
        for (size_t j = 0; j < i; j++) ck_assert(r[i * n + j] == 0);
    }
    for (size_t j = 0; j < n; j++) {
        const long double length = length_of(m, a + j, n);
        for (size_t i = 0; i < m; i++) {
            long double size;
            const long double off = entry(rank, q + i * rank, 1, r + j, n, &size) - (long double)a[i * n + j];
            ck_assert_msg(magnitude(off) <= (long double)tolerance * length,
                          "kind %d, %zux%zu: (%zu, %zu) is off by %Lg", kind, m, n, i, j, off);
        }
    }
    release();
}

START_TEST(q_times_r_is_the_matrix) {
    for (structure kind = 0; kind < STRUCTURES; kind++) {
        for (int round = 0; round < 40; round++) check_qr(kind, any_size(), any_size());
        check_qr(kind, 1, 1);
        check_qr(kind, 1, 9);
        check_qr(kind, 9, 1);
    }
}
END_TEST

START_TEST(columns_of_very_different_size_keep_their_digits) {
    real a[] = { (real)3e-30, 1, (real)4e-30, 1, 0, 1 }, q[6], r[4];
    ck_assert(LINALG(qr)(3, 2, a, q, r, bytes(LINALG(qr_scratch)(3, 2))));
    check_orthonormal(3, 2, q, 10 * EPSILON);
    ck_assert(fabs((double)r[0] / 5e-30 - 1) < 10 * EPSILON);
    release();
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    for (int round = 0; round < 100; round++) {
        const size_t m = 1 + below(20), n = 1 + below(20), rank = m < n ? m : n;
        real *const a = numbers(m * n);
        a[below(m * n)] = round % 2 ? NAN : -INFINITY;
        ck_assert(!LINALG(qr)(m, n, a, blank(m * rank), blank(rank * n), bytes(LINALG(qr_scratch)(m, n))));
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg qr"), q_times_r_is_the_matrix, columns_of_very_different_size_keep_their_digits,
      entries_that_are_not_finite_are_refused);
