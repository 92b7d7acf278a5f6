/* SPDX-License-Identifier: MIT */
/* Elimination, and the orthogonal matrices that come from it, over residues, their duals and the reals. */
#include "numbers/draw.h"
#include "numbers/numbers.h"

#include <math.h>

enum { MOST = 6 };

static mgd_element determinant(const mgd_numbers *S, int64_t n, const mgd_element *a) {
    mgd_element w[MOST * MOST];
    memcpy(w, a, (size_t)(n * n) * sizeof *w);
    return mgd__eliminate(S, n, 0, w);
}

/* inv(a), which replaces it; returns the determinant. */
static mgd_element invert(const mgd_numbers *S, int64_t n, mgd_element *a) {
    mgd_element w[2 * MOST * MOST];
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            w[i * 2 * n + j] = a[i * n + j];
            w[i * 2 * n + n + j] = whole(S, i == j);
        }
    mgd_element d = mgd__eliminate(S, n, n, w);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) a[i * n + j] = w[i * 2 * n + n + j];
    return d;
}

static mgd_element entry_of_product(const mgd_numbers *S, int64_t n, const mgd_element *a, const mgd_element *b,
                                    int64_t i, int64_t j) {
    mgd_element x = whole(S, 0);
    for (int64_t k = 0; k < n; k++) x = plus(S, x, times(S, a[i * n + k], b[k * n + j]));
    return x;
}

static mgd_element moving(const mgd_numbers *S, uint64_t key) {
    if (!S->over) return S->draw(S, key, false);
    return mgd__dual(S, moving(S->over, key), moving(S->over, key + 1000));
}

static const mgd_numbers *system_at(const systems *w, int i) {
    return (const mgd_numbers *[]){ &w->S, &w->D, &w->DD }[i];
}

START_TEST(known_matrices_have_known_determinants) {
    static const struct {
        int64_t n, determinant, a[16];
    } known[] = { { 1, -5, { -5 } },
                  { 2, -2, { 1, 2, 3, 4 } },
                  { 2, 0, { 1, 2, 2, 4 } },
                  { 3, 0, { 0, 0, 0, 1, 2, 3, 4, 5, 7 } },
                  { 3, 1, { 0, 1, 0, 0, 0, 1, 1, 0, 0 } },
                  { 3, -1, { 0, 0, 1, 0, 1, 0, 1, 0, 0 } },
                  { 3, -3, { 1, 2, 3, 4, 5, 6, 7, 8, 10 } },
                  { 4, -1, { 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0 } },
                  { 4, 24, { 1, 9, 9, 9, 0, 2, 9, 9, 0, 0, 3, 9, 0, 0, 0, 4 } } };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        for (int s = 0; s < 3; s++) {
            systems w;
            begin(&w, 1);
            const mgd_numbers *S = system_at(&w, s);
            mgd_element a[16];
            for (int k = 0; k < 16; k++) a[k] = whole(S, known[i].a[k]);
            assert_equal(S, determinant(S, known[i].n, a), whole(S, known[i].determinant));
            end(&w);
        }
}
END_TEST

START_TEST(vandermonde_is_the_product_of_the_differences) {
    for (int64_t n = 1; n <= MOST; n++)
        for (int s = 0; s < 3; s++) {
            systems w;
            begin(&w, (uint64_t)n);
            const mgd_numbers *S = system_at(&w, s);
            mgd_element a[MOST * MOST], product = whole(S, 1);
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 0; j < n; j++) a[i * n + j] = S->power(S, moving(S, (uint64_t)i), j, 1);
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 0; j < i; j++)
                    product = times(S, product, minus(S, moving(S, (uint64_t)i), moving(S, (uint64_t)j)));
            assert_equal(S, determinant(S, n, a), product);
            end(&w);
        }
}
END_TEST

START_TEST(the_inverse_times_the_matrix_is_the_identity) {
    for (int64_t n = 1; n <= MOST; n++)
        for (int s = 0; s < 3; s++) {
            systems w;
            begin(&w, (uint64_t)n);
            const mgd_numbers *S = system_at(&w, s);
            mgd_element a[MOST * MOST], b[MOST * MOST];
            for (int64_t k = 0; k < n * n; k++) a[k] = b[k] = moving(S, (uint64_t)k);
            if (n > 1) a[0] = b[0] = whole(S, 0); /* so that rows are exchanged */
            mgd_element d = invert(S, n, b);
            assert_equal(S, d, determinant(S, n, a));
            assert_equal(S, times(S, d, determinant(S, n, b)), whole(S, 1));
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 0; j < n; j++) {
                    assert_equal(S, entry_of_product(S, n, a, b, i, j), whole(S, i == j));
                    assert_equal(S, entry_of_product(S, n, b, a, i, j), whole(S, i == j));
                }
            end(&w);
        }
}
END_TEST

START_TEST(a_singular_matrix_has_a_determinant_and_no_inverse) {
    systems w;
    begin(&w, 1);
    for (int s = 0; s < 3; s++) {
        const mgd_numbers *S = system_at(&w, s);
        mgd_element a[9];
        for (int k = 0; k < 6; k++) a[k] = S->draw(S, (uint64_t)k, false);
        for (int k = 0; k < 3; k++) a[6 + k] = plus(S, a[k], a[3 + k]);
        assert_equal(S, determinant(S, 3, a), whole(S, 0));
        assert_fails(S, invert(S, 3, a), MGD_BAD_POINT, "a matrix is singular");
    }
    end(&w);
}
END_TEST

/* det(diag(3, e)) is 3 e, which elimination cannot find: it must not say 0. */
START_TEST(the_determinant_of_a_singular_matrix_that_moves_is_refused) {
    systems w;
    begin(&w, 1);
    const mgd_numbers *S = &w.S, *D = &w.D;
    mgd_element e = mgd__dual(D, whole(S, 0), whole(S, 1));
    mgd_element a[4] = { whole(D, 3), whole(D, 0), whole(D, 0), e };
    assert_fails(D, determinant(D, 2, a), MGD_NO_SUCH_FUNCTION, "the determinant of a singular matrix that moves");
    end(&w);
}
END_TEST

START_TEST(the_reals_exchange_rows_by_magnitude) {
    systems w;
    begin_with(&w, 1, mgd__reals);
    const mgd_numbers *R = &w.S;
    mgd_element a[4] = { mgd__real(R, 1e-20), mgd__real(R, 1), mgd__real(R, 1), mgd__real(R, 1) };
    ck_assert_double_eq_tol(mgd__real_value(determinant(R, 2, a)), -1, 1e-15);
    invert(R, 2, a);
    ck_assert_double_eq_tol(mgd__real_value(a[0]), -1, 1e-15);
    ck_assert_double_eq_tol(mgd__real_value(a[1]), 1, 1e-15);
    end(&w);
}
END_TEST

static void check_orthogonal(const mgd_numbers *S, int64_t n, double tolerance) {
    const mgd_element *q = mgd__draw_orthogonal(S, 7, n);
    ck_assert_ptr_nonnull(q);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = whole(S, -(i == j)), y = x;
            for (int64_t k = 0; k < n; k++) {
                x = plus(S, x, times(S, q[i * n + k], q[j * n + k]));
                y = plus(S, y, times(S, q[k * n + i], q[k * n + j]));
            }
            if (tolerance > 0)
                ck_assert(S->magnitude(S, x) < tolerance && S->magnitude(S, y) < tolerance);
            else
                ck_assert(mgd__vanishes(S, x) && mgd__vanishes(S, y));
        }
    if (n > 1) ck_assert(!S->is_zero(S, q[1])); /* it is not the identity */
    ck_assert_int_eq(S->calculation->state, MGD_FINE);
}

START_TEST(drawn_orthogonal_matrices_are_orthogonal) {
    for (int64_t n = 1; n <= MOST; n++) {
        systems w, r;
        begin(&w, (uint64_t)n);
        begin_with(&r, (uint64_t)n, mgd__reals);
        check_orthogonal(&w.S, n, 0);
        check_orthogonal(&w.D, n, 0);
        check_orthogonal(&r.S, n, 1e-12);
        end(&w);
        end(&r);
    }
}
END_TEST

TESTS("eliminate", known_matrices_have_known_determinants, vandermonde_is_the_product_of_the_differences,
      the_inverse_times_the_matrix_is_the_identity, a_singular_matrix_has_a_determinant_and_no_inverse,
      the_determinant_of_a_singular_matrix_that_moves_is_refused, the_reals_exchange_rows_by_magnitude,
      drawn_orthogonal_matrices_are_orthogonal);
