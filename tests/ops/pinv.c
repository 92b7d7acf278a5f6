/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_pinv(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_pinv(a), mgd_hadamard(a, a));
}

RULES("pinv", of_a_matrix, of_a_square_matrix_and_more);

/* max |X Y - Z| over the entries, X m x k, Y k x n; Z NULL: how far X Y is from symmetric. */
static double residual(int m, int k, int n, const double *x, const double *y, const double *z) {
    double *p = malloc((size_t)(m * n) * sizeof *p), most = 0;
    for (int i = 0; i < m * n; i++) {
        p[i] = 0;
        for (int l = 0; l < k; l++) p[i] += x[i / n * k + l] * y[l * n + i % n];
    }
    for (int i = 0; i < m * n; i++) most = fmax(most, fabs(p[i] - (z ? z[i] : p[i % n * n + i / n])));
    free(p);
    return most;
}

/* A = X Y of the given rank, times a scale: the four conditions of Moore and Penrose. */
static void check_penrose(int m, int n, int rank, double scale) {
    uint64_t state = (uint64_t)(m * 100 + n + rank);
    double *a = calloc((size_t)(m * n), sizeof *a), *x = malloc((size_t)(m * rank) * sizeof *x),
           *y = malloc((size_t)(rank * n) * sizeof *y);
    for (int i = 0; i < m * rank; i++) x[i] = test_uniform(&state);
    for (int i = 0; i < n * rank; i++) y[i] = test_uniform(&state) * scale;
    for (int i = 0; i < m * n; i++)
        for (int k = 0; k < rank; k++) a[i] += x[i / n * rank + k] * y[k * n + i % n];
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", m, n), *C = mgd_pinv(A);
    ck_assert(mgd_set(A, a, m, n));
    const double *c = mgd_value(C), *ac = mgd_value(mgd_matmul(A, C)), *ca = mgd_value(mgd_matmul(C, A)),
                 *s = mgd_value(mgd_singular_values(A));
    ck_assert_msg(c && ac && ca && s, "%s", mgd_message(t));
    double tolerance = 20 * (m + n) * DBL_EPSILON * s[0] / s[rank - 1];
    ck_assert_double_le(residual(m, m, n, ac, a, a), tolerance * s[0]);
    ck_assert_double_le(residual(n, n, m, ca, c, c), tolerance / s[rank - 1]);
    ck_assert_double_le(residual(m, n, m, a, c, NULL), tolerance);
    ck_assert_double_le(residual(n, m, n, c, a, NULL), tolerance);
    mgd_tape_free(t);
    free(a);
    free(x);
    free(y);
}

START_TEST(values_satisfy_the_four_conditions) {
    static const int sizes[][3] = { { 1, 1, 1 }, { 1, 6, 1 }, { 6, 1, 1 }, { 5, 3, 3 },    { 3, 5, 3 },
                                    { 6, 4, 2 }, { 4, 6, 2 }, { 5, 5, 3 }, { 80, 50, 50 }, { 50, 60, 20 } };
    static const double scales[] = { 1, 1e-200, 1e200 };
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int i = 0; i < 3; i++) check_penrose(sizes[k][0], sizes[k][1], sizes[k][2], scales[i]);
}
END_TEST

START_TEST(at_full_rank_it_is_what_the_normal_equations_say) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *n = mgd_size_named(t, "n");
    mgd_var *a = mgd_input(t, "A", 4, 2), *at = mgd_transpose(a), *b = mgd_input_sized(t, "B", n, n);
    ck_assert_int_eq(mgd_equal(mgd_pinv(a), mgd_solve(mgd_matmul(at, a), at)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_transpose(mgd_pinv(a)), mgd_pinv(at)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_pinv(b), mgd_inverse(b)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(mgd_pinv(b), mgd_transpose(b)).answer, MGD_DIFFERENT);
    mgd_tape_free(t);
}
END_TEST

TESTS("pinv", values_satisfy_the_four_conditions, at_full_rank_it_is_what_the_normal_equations_say);
