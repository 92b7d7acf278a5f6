/* SPDX-License-Identifier: MIT */
/* gemv, ger, dot, axpy, sum and largest against their definitions. */
#include "numbers.h"

enum { PADDING = 3 };

static void check_gemv(bool transposed, size_t m, size_t n, real alpha, real beta) {
    const size_t lda = n + below(PADDING), inputs = transposed ? m : n, outputs = transposed ? n : m;
    const real *const a = numbers(m * lda), *const x = numbers(inputs);
    real *const y = beta == 0 ? blank(outputs) : numbers(outputs);
    const real *const before = copy_of(outputs, y);
    LINALG(gemv)(transposed, m, n, alpha, a, lda, x, beta, y);
    for (size_t i = 0; i < outputs; i++) {
        long double size, want = entry(inputs, transposed ? a + i : a + i * lda, transposed ? lda : 1, x, 1, &size);
        want *= (long double)alpha;
        size *= magnitude((long double)alpha);
        if (beta != 0) {
            want += (long double)beta * (long double)before[i];
            size += magnitude((long double)beta * (long double)before[i]);
        }
        ck_assert_msg(magnitude((long double)y[i] - want) <= (long double)(inputs + 4) * EPSILON * size,
                      "%zux%zu, transposed %d, alpha %g, beta %g: entry %zu is %g, not %Lg", m, n, transposed,
                      (double)alpha, (double)beta, i, (double)y[i], want);
    }
    release();
}

START_TEST(gemv_agrees_with_the_definition) {
    static const real factors[] = { 0, 1, -1, (real)0.7 };
    for (int round = 0; round < 2000; round++)
        check_gemv(below(2), any_size(), any_size(), factors[below(4)], factors[below(4)]);
}
END_TEST

START_TEST(ger_adds_the_outer_product) {
    for (int round = 0; round < 500; round++) {
        const size_t m = any_size(), n = any_size(), lda = n + below(PADDING);
        const real alpha = uniform(), *const x = numbers(m), *const y = numbers(n);
        real *const a = numbers(m * lda);
        const real *const before = copy_of(m * lda, a);
        LINALG(ger)(m, n, alpha, x, y, a, lda);
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < lda; j++) {
                const size_t at = i * lda + j;
                const long double added = j < n ? (long double)alpha * (long double)x[i] * (long double)y[j] : 0;
                const long double size = magnitude(added) + magnitude((long double)before[at]);
                const long double off = (long double)a[at] - ((long double)before[at] + added);
                ck_assert(magnitude(off) <= (j < n ? 3 * EPSILON * size : 0));
            }
        release();
    }
}
END_TEST

START_TEST(dot_and_axpy_agree_with_the_definition) {
    for (size_t n = 0; n < 150; n++) {
        const real *const x = numbers(n), alpha = uniform();
        real *const y = numbers(n);
        const real *const before = copy_of(n, y);
        long double size;
        const long double want = entry(n, x, 1, y, 1, &size);
        ck_assert(magnitude((long double)LINALG(dot)(n, x, y) - want) <= (long double)(n + 1) * EPSILON * size);

        LINALG(axpy)(n, alpha, x, y);
        for (size_t i = 0; i < n; i++) {
            const long double added = (long double)alpha * (long double)x[i];
            const long double most = magnitude(added) + magnitude((long double)before[i]);
            ck_assert(magnitude((long double)y[i] - (long double)before[i] - added) <= 2 * EPSILON * most);
        }
        release();
    }
}
END_TEST

static void check_sum(size_t n) {
    const real *const x = numbers(n);
    long double want = 0, size = 0;
    for (size_t i = 0; i < n; i++) {
        want += (long double)x[i];
        size += magnitude((long double)x[i]);
    }
    const long double off = magnitude((long double)LINALG(sum)(n, x) - want);
    ck_assert_msg(off <= (40 + log2((double)n + 1)) * EPSILON * size, "sum of %zu: off by %Lg", n, off);
    release();
}

START_TEST(sum_is_as_exact_as_a_pairwise_sum) {
    for (size_t n = 0; n < 1100; n++) check_sum(n);
    check_sum(300001);
}
END_TEST

START_TEST(sum_of_a_million_tenths_keeps_its_digits) {
    const size_t n = 1000000;
    real *const x = blank(n);
    for (size_t i = 0; i < n; i++) x[i] = (real)0.1;
    const long double want = (long double)x[0] * (long double)n;
    ck_assert(magnitude((long double)LINALG(sum)(n, x) - want) <= 25 * EPSILON * want);
    release();
}
END_TEST

START_TEST(largest_is_a_magnitude_or_nan) {
    ck_assert(LINALG(largest)(0, NULL) == 0);
    ck_assert(LINALG(largest)(3, (const real[]){ 1, -4, 2 }) == 4);
    ck_assert(isinf(LINALG(largest)(3, (const real[]){ 1, -INFINITY, 2 })));
    ck_assert(isnan(LINALG(largest)(4, (const real[]){ INFINITY, 1, NAN, INFINITY })));
    ck_assert(!signbit(LINALG(largest)(1, (const real[]){ -(real)0 })));
}
END_TEST

TESTS(IN_PRECISION("linalg vectors"), gemv_agrees_with_the_definition, ger_adds_the_outer_product,
      dot_and_axpy_agree_with_the_definition, sum_is_as_exact_as_a_pairwise_sum,
      sum_of_a_million_tenths_keeps_its_digits, largest_is_a_magnitude_or_nan);
