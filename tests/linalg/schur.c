/* SPDX-License-Identifier: MIT */
/* Schur's form by its equations, and Sylvester's equation by its residual. */
#include "numbers.h"

static real *product(bool ta, bool tb, size_t m, size_t n, size_t k, const real *a, const real *b) {
    real *const c = blank(m * n);
    LINALG(gemm)(ta, tb, m, n, k, 1, a, ta ? m : k, b, tb ? k : n, 0, c, n);
    return c;
}

static long double frobenius(size_t n, const real *x) { return length_of(n, x, 1); }

static void check_form(size_t n, const real *t) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j + 1 < i; j++) ck_assert(t[i * n + j] == 0);
    for (size_t i = 2; i < n; i++) ck_assert(t[i * n + i - 1] == 0 || t[(i - 1) * n + i - 2] == 0);
    for (size_t i = 1; i < n; i++) { /* a block has complex eigenvalues */
        const double c = (double)t[i * n + i - 1], b = (double)t[(i - 1) * n + i],
                     half = ((double)t[i * n + i] - (double)t[(i - 1) * n + i - 1]) / 2;
        if (c != 0) ck_assert(half / fabs(c) * (half / fabs(b)) < 1 && (b < 0) != (c < 0));
    }
}

static void check_schur(size_t n, const real *a) {
    const real *const before = copy_of(n * n, a);
    real *const u = blank(n * n), *const t = blank(n * n);
    ck_assert_msg(LINALG(schur)(n, a, u, t, bytes(LINALG(schur_scratch)(n))), "n %zu", n);
    ck_assert_mem_eq(a, before, n * n * sizeof(real));
    check_form(n, t);
    const double tolerance = 20 * (double)(n + 4) * EPSILON;
    check_orthonormal(n, n, u, tolerance);
    const real *const again = product(false, true, n, n, n, product(false, false, n, n, n, u, t), u);
    const long double size = frobenius(n * n, a);
    for (size_t k = 0; k < n * n; k++)
        ck_assert_msg(magnitude((long double)again[k] - (long double)a[k]) <= (long double)tolerance * size,
                      "n %zu: entry %zu is off by %Lg of %Lg", n, k, (long double)again[k] - (long double)a[k], size);
    release();
}

START_TEST(every_structure_has_a_schur_form) {
    for (structure kind = 0; kind < STRUCTURES; kind++)
        for (int round = 0; round < 25; round++) {
            const size_t n = any_size();
            check_schur(n, structured(kind, n, n));
        }
}
END_TEST

/* Companion, cyclic and defective matrices, at which shifts may stall. */
START_TEST(what_shifts_find_hard) {
    for (size_t n = 2; n < 14; n++) {
        real *cyclic = zeros(n * n);
        for (size_t i = 0; i < n; i++) cyclic[i * n + (i + 1) % n] = 1;
        check_schur(n, cyclic);
        real *jordan = zeros(n * n);
        for (size_t i = 0; i < n; i++) {
            jordan[i * n + i] = 2;
            if (i) jordan[i * n + i - 1] = 1;
        }
        check_schur(n, jordan);
        real *companion = zeros(n * n);
        for (size_t i = 0; i < n; i++) {
            companion[i] = -(real)(i + 1);
            if (i) companion[i * n + i - 1] = 1;
        }
        check_schur(n, companion);
    }
}
END_TEST

START_TEST(large_matrices) {
    check_schur(100, numbers(100 * 100));
    check_schur(200, numbers(200 * 200));
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    real a[] = { 1, 0, NAN, 1 }, u[4], t[4];
    ck_assert(!LINALG(schur)(2, a, u, t, bytes(LINALG(schur_scratch)(2))));
    a[2] = INFINITY;
    ck_assert(!LINALG(schur)(2, a, u, t, bytes(LINALG(schur_scratch)(2))));
    release();
}
END_TEST

/* ---- Sylvester's equation ---- */

static real *form_of(size_t n, double shift) {
    real *const a = numbers(n * n), *const u = blank(n * n), *const t = blank(n * n);
    for (size_t i = 0; i < n; i++) a[i * n + i] += (real)(shift * sqrt((double)n));
    ck_assert(LINALG(schur)(n, a, u, t, bytes(LINALG(schur_scratch)(n))));
    return t;
}

static void check_sylvester(bool tt, bool st, size_t m, size_t n) {
    const real *const t = form_of(m, 2), *const s = form_of(n, 2), *const c = numbers(m * n);
    real *const x = copy_of(m * n, c);
    real common[2];
    ck_assert(LINALG(sylvester)(tt, st, m, n, t, s, x, common));
    const real *const left = product(tt, false, m, n, m, t, x), *const right = product(false, st, m, n, n, x, s);
    const long double size = (frobenius(m * m, t) + frobenius(n * n, s)) * frobenius(m * n, x);
    for (size_t k = 0; k < m * n; k++) {
        const long double off = (long double)left[k] + (long double)right[k] - (long double)c[k];
        ck_assert_msg(magnitude(off) <= 4 * (long double)(m + n) * EPSILON * size,
                      "%zux%zu, %d, %d: entry %zu is off by %Lg", m, n, tt, st, k, off);
    }
    release();
}

START_TEST(sylvesters_equation_is_solved) {
    for (int round = 0; round < 200; round++) {
        size_t m = any_size(), n = any_size();
        check_sylvester(below(2), below(2), m ? m : 1, n ? n : 1);
    }
    check_sylvester(false, true, 200, 150);
}
END_TEST

START_TEST(a_common_eigenvalue_is_told) {
    const real t[] = { 1, 5, 0, 3 }, s[] = { -3, 1, 0, 7 }, turning[] = { 2, 1, -1, 2 }, back[] = { -2, 3, -3, -2 };
    real c[] = { 1, 1, 1, 1 }, common[2];
    ck_assert(!LINALG(sylvester)(false, false, 2, 2, t, s, c, common));
    ck_assert(common[0] == 3 && common[1] == 0);
    real d[] = { 1, 1, 1, 1 };
    ck_assert(LINALG(sylvester)(false, false, 2, 2, turning, back, d, common));
    const real other[] = { -2, 1, -1, -2 };
    ck_assert(!LINALG(sylvester)(false, true, 2, 2, turning, other, d, common));
    ck_assert(common[0] == 2 && common[1] == 1);
}
END_TEST

TESTS(IN_PRECISION("linalg schur"), every_structure_has_a_schur_form, what_shifts_find_hard, large_matrices,
      entries_that_are_not_finite_are_refused, sylvesters_equation_is_solved, a_common_eigenvalue_is_told);
