/* SPDX-License-Identifier: MIT */
/* copy and transpose: every entry at its place, nothing else touched. */
#include "numbers.h"

static void check_copy(size_t m, size_t n, const real *a, ptrdiff_t row_stride, ptrdiff_t col_stride) {
    const size_t ldb = n + below(3);
    real *const b = blank(m * ldb);
    LINALG(copy)(m, n, a, row_stride, col_stride, b, ldb);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < ldb; j++) {
            const real got = b[i * ldb + j];
            ck_assert(j < n ? got == a[(ptrdiff_t)i * row_stride + (ptrdiff_t)j * col_stride] : isnan(got));
        }
}

START_TEST(copy_takes_any_strides) {
    for (int round = 0; round < 1000 / TEST_SLOWNESS; round++) {
        const size_t m = any_size(), n = any_size(), gap = 1 + below(3);
        const ptrdiff_t cols = (ptrdiff_t)(n * gap), rows = (ptrdiff_t)(m * gap), step = (ptrdiff_t)gap;
        const real *const a = numbers(m * n * gap * gap);
        check_copy(m, n, a, cols, 1);
        check_copy(m, n, a, 1, rows);
        check_copy(m, n, a, cols, step);
        check_copy(m, n, a, step, rows);
        check_copy(m, n, a, 0, 1);
        check_copy(m, n, a, 1, 0);
        if (m > 0 && n > 0) check_copy(m, n, a + (ptrdiff_t)m * cols - 1, -cols, -1);
        if (m > 0 && n > 0) check_copy(m, n, a + ((ptrdiff_t)n - 1) * rows, 1, -rows);
        release();
    }
}
END_TEST

START_TEST(transpose_exchanges_rows_and_columns) {
    for (int round = 0; round < 1000 / TEST_SLOWNESS; round++) {
        const size_t m = any_size(), n = any_size(), lda = n + below(3), ldb = m + below(3);
        const real *const a = numbers(m * lda);
        real *const b = blank(n * ldb);
        LINALG(transpose)(m, n, a, lda, b, ldb);
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < ldb; i++)
                ck_assert(i < m ? b[j * ldb + i] == a[i * lda + j] : isnan(b[j * ldb + i]) != 0);
        release();
    }
}
END_TEST

TESTS(IN_PRECISION("linalg arrays"), copy_takes_any_strides, transpose_exchanges_rows_and_columns);
