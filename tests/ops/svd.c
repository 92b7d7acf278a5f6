/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_singular_values(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix(rule_case *c) { return mgd_singular_values(variable(c, "A", c->n, c->n)); }

RULES("svd", of_a_matrix, of_a_square_matrix);

enum { MOST = 12 };

static void check_orthonormal(int rows, int cols, const double *q) {
    for (int i = 0; i < cols; i++)
        for (int j = 0; j < cols; j++) {
            double product = 0;
            for (int k = 0; k < rows; k++) product += q[k * cols + i] * q[k * cols + j];
            ck_assert_double_le(fabs(product - (i == j)), 20 * rows * DBL_EPSILON);
        }
}

static void check_equations(int m, int n, const double *a, const double *u, const double *s, const double *v) {
    int r = m < n ? m : n;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
            double product = 0;
            for (int k = 0; k < r; k++) product += u[i * r + k] * s[k] * v[j * r + k];
            ck_assert_double_le(fabs(product - a[i * n + j]), 20 * (m + n) * DBL_EPSILON * s[0]);
        }
    for (int k = 0; k < r; k++) ck_assert(s[k] >= 0 && (k == 0 || s[k] <= s[k - 1]));
    check_orthonormal(m, r, u);
    check_orthonormal(n, r, v);
}

START_TEST(values_satisfy_the_equations) {
    uint64_t state = 4;
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            double a[MOST * MOST];
            for (int i = 0; i < m * n; i++) a[i] = test_uniform(&state);
            mgd_tape *t = mgd_tape_new();
            mgd_var *A = mgd_input(t, "A", m, n);
            ck_assert(mgd_set(A, a, m, n));
            const double *u = mgd_value(mgd_svd_left(A)), *s = mgd_value(mgd_singular_values(A)),
                         *v = mgd_value(mgd_svd_right(A));
            ck_assert_msg(u && s && v, "%s", mgd_message(t));
            check_equations(m, n, a, u, s, v);
            mgd_tape_free(t);
        }
}
END_TEST

START_TEST(named_sizes_may_be_wide_or_tall) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *A = mgd_input_sized(t, "A", m, n), *s = mgd_singular_values(A), *g = mgd_gradient(mgd_sum(s), A);
    ck_assert_str_eq(mgd_size_text(mgd_rows_of(s)), "min(m,n)");
    const double wide[] = { 3, 0, 0, 0, 4, 0 }, tall[] = { 3, 0, 0, 4, 0, 0 };
    ck_assert(mgd_set(A, wide, 2, 3));
    const double *y = mgd_value(s);
    ck_assert(y && y[0] == 4 && y[1] == 3);
    y = mgd_value(g);
    ck_assert(y && fabs(y[0] - 1) < 1e-15 && fabs(y[4] - 1) < 1e-15 && fabs(y[5]) < 1e-15);
    ck_assert(mgd_set(A, tall, 3, 2));
    y = mgd_value(s);
    ck_assert(y && y[0] == 4 && y[1] == 3);
    mgd_tape_free(t);
}
END_TEST

TESTS("svd", values_satisfy_the_equations, named_sizes_may_be_wide_or_tall);
