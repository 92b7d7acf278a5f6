/* SPDX-License-Identifier: MIT */
/* The matrix product against its definition, with the error that rounding alone explains. */
#include "numbers.h"

/* The library asks this program for the instruction set, so that each is tested that the machine has. */
#define mgd__isa best_isa
#include "linalg/isa.c"
#undef mgd__isa

static mgd_isa chosen;

mgd_isa mgd__isa(void);
mgd_isa mgd__isa(void) { return chosen; }

enum { PADDING = 3 };

typedef struct {
    bool a_transposed, b_transposed;
    size_t m, n, k;
    real alpha, beta;
} product;

static void check_product(product p) {
    const size_t a_rows = p.a_transposed ? p.k : p.m, a_cols = p.a_transposed ? p.m : p.k;
    const size_t b_rows = p.b_transposed ? p.n : p.k, b_cols = p.b_transposed ? p.k : p.n;
    const size_t lda = a_cols + below(PADDING), ldb = b_cols + below(PADDING), ldc = p.n + below(PADDING);
    const real *const a = numbers(a_rows * lda), *const b = numbers(b_rows * ldb);
    real *const c = p.beta == 0 ? blank(p.m * ldc) : numbers(p.m * ldc);
    const real *const before = copy_of(p.m * ldc, c);

    LINALG(gemm)(p.a_transposed, p.b_transposed, p.m, p.n, p.k, p.alpha, a, lda, b, ldb, p.beta, c, ldc);

    for (size_t i = 0; i < p.m; i++)
        for (size_t j = 0; j < ldc; j++) {
            const size_t at = i * ldc + j;
            if (j >= p.n) {
                ck_assert_mem_eq(c + at, before + at, sizeof(real));
                continue;
            }
            long double size;
            long double want = entry(p.k, p.a_transposed ? a + i : a + i * lda, p.a_transposed ? lda : 1,
                                     p.b_transposed ? b + j * ldb : b + j, p.b_transposed ? 1 : ldb, &size);
            want *= (long double)p.alpha;
            size *= magnitude((long double)p.alpha);
            if (p.beta != 0) {
                want += (long double)p.beta * (long double)before[at];
                size += magnitude((long double)p.beta * (long double)before[at]);
            }
            ck_assert_msg(
                magnitude((long double)c[at] - want) <= (long double)(p.k + 4) * EPSILON * size,
                "%zux%zu, inner size %zu, transposed %d %d, alpha %g, beta %g: entry (%zu, %zu) is %g, not %Lg", p.m,
                p.n, p.k, p.a_transposed, p.b_transposed, (double)p.alpha, (double)p.beta, i, j, (double)c[at], want);
        }
    release();
}

static real factor(void) {
    static const real factors[] = { 0, 1, -1, (real)0.7 };
    return factors[below(4)];
}

START_TEST(every_orientation_and_size_agrees_with_the_definition) {
    for (chosen = MGD_BASELINE; chosen <= best_isa(); chosen++)
        for (int round = 0; round < 500; round++)
            check_product((product){ below(2), below(2), any_size(), any_size(), any_size(), factor(), factor() });
}
END_TEST

START_TEST(products_larger_than_a_block_agree_with_the_definition) {
    for (chosen = MGD_BASELINE; chosen <= best_isa(); chosen++)
        for (int orientation = 0; orientation < 4; orientation++) {
            check_product((product){ orientation & 1, orientation >> 1, 37, 401, 259, 1, 0 });
            check_product((product){ orientation & 1, orientation >> 1, 101, 193, 300, -2, 1 });
        }
}
END_TEST

START_TEST(vectors_agree_with_the_definition) {
    for (int round = 0; round < 300; round++) {
        const size_t m = round % 3 == 0 ? 1 : any_size(), n = round % 3 == 1 ? 1 : any_size();
        check_product((product){ below(2), below(2), m, n, round % 3 == 2 ? 1 : any_size(), factor(), factor() });
    }
}
END_TEST

START_TEST(a_nan_stays_in_its_row_and_column) {
    const size_t n = 50;
    real *const a = numbers(n * n), *const b = numbers(n * n), *const c = zeros(n * n);
    a[7 * n + 3] = NAN;
    b[11 * n + 5] = INFINITY;
    LINALG(gemm)(false, false, n, n, n, 1, a, n, b, n, 0, c, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) ck_assert_int_eq(isfinite(c[i * n + j]) != 0, i != 7 && j != 5);
    release();
}
END_TEST

TESTS(IN_PRECISION("linalg gemm"), every_orientation_and_size_agrees_with_the_definition,
      products_larger_than_a_block_agree_with_the_definition, vectors_agree_with_the_definition,
      a_nan_stays_in_its_row_and_column);
