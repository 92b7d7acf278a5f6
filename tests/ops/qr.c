/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_qr_q(variable(c, "A", c->m, c->n)); }
static mgd_var *of_a_square_matrix(rule_case *c) { return mgd_qr_r(variable(c, "A", c->n, c->n)); }
static mgd_var *of_a_wide_matrix(rule_case *c) { return mgd_qr_q(variable(c, "A", c->one, c->n)); }

RULES("qr", of_a_matrix, of_a_square_matrix, of_a_wide_matrix);

static void check_equations(int m, int n, const double *a, const double *q, const double *r) {
    int rank = m < n ? m : n;
    for (int j = 0; j < n; j++) {
        double length = 0;
        for (int i = 0; i < m; i++) length = hypot(length, a[i * n + j]);
        for (int i = 0; i < m; i++) {
            double product = 0;
            for (int k = 0; k < rank; k++) product += q[i * rank + k] * r[k * n + j];
            ck_assert_double_le(fabs(product - a[i * n + j]), 8 * (m + n) * DBL_EPSILON * length);
        }
    }
    for (int i = 0; i < rank; i++) {
        ck_assert(r[i * n + i] > 0);
        for (int j = 0; j < rank; j++) {
            double product = 0;
            for (int k = 0; k < m; k++) product += q[k * rank + i] * q[k * rank + j];
            ck_assert_double_le(fabs(product - (i == j)), 8 * (m + n) * DBL_EPSILON);
            ck_assert(j >= i || r[i * n + j] == 0);
        }
    }
}

START_TEST(values_satisfy_the_equations) {
    static const int sizes[][2] = { { 1, 1 }, { 1, 5 },   { 5, 1 },    { 4, 7 },
                                    { 7, 4 }, { 60, 60 }, { 150, 90 }, { 90, 150 } };
    uint64_t state = 5;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int scale = -1; scale <= 1; scale++) {
            int m = sizes[k][0], n = sizes[k][1];
            double *a = malloc((size_t)(m * n) * sizeof *a);
            for (int i = 0; i < m * n; i++) a[i] = test_uniform(&state) * pow(10, 200 * scale);
            mgd_tape *t = mgd_tape_new();
            mgd_var *A = mgd_input(t, "A", m, n);
            ck_assert(mgd_set(A, a, m, n));
            const double *q = mgd_value(mgd_qr_q(A)), *r = mgd_value(mgd_qr_r(A));
            ck_assert_msg(q && r, "%s", mgd_message(t));
            check_equations(m, n, a, q, r);
            mgd_tape_free(t);
            free(a);
        }
}
END_TEST

/* f = <W, Q> + <V, R>: the gradient against differences of f, at a tall, a square and a wide matrix of known size. */
static void check_gradient(int m, int n) {
    enum { MOST = 20 };
    int rank = m < n ? m : n;
    uint64_t state = (uint64_t)(7 + m);
    double a[MOST], w[MOST], v[MOST], copy[MOST];
    for (int i = 0; i < MOST; i++)
        a[i] = test_uniform(&state), w[i] = test_uniform(&state), v[i] = test_uniform(&state);
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", m, n), *W = mgd_input(t, "W", m, rank), *V = mgd_input(t, "V", rank, n);
    mgd_var *f = mgd_add(mgd_sum(mgd_hadamard(W, mgd_qr_q(A))), mgd_sum(mgd_hadamard(V, mgd_qr_r(A))));
    mgd_var *g = mgd_gradient(f, A);
    ck_assert(mgd_set(A, a, m, n) && mgd_set(W, w, m, rank) && mgd_set(V, v, rank, n));
    const double *y = mgd_value(g);
    ck_assert_msg(y, "%s", mgd_message(t));
    memcpy(copy, y, (size_t)(m * n) * sizeof *copy);
    for (int i = 0; i < m * n; i++) {
        double kept = a[i], step = 1e-6, up, down;
        a[i] = kept + step;
        ck_assert(mgd_set(A, a, m, n) && mgd_value(f));
        up = *mgd_value(f);
        a[i] = kept - step;
        ck_assert(mgd_set(A, a, m, n) && mgd_value(f));
        down = *mgd_value(f);
        a[i] = kept;
        ck_assert_double_eq_tol(copy[i], (up - down) / (2 * step), 1e-6 * (1 + fabs(copy[i])));
    }
    mgd_tape_free(t);
}

START_TEST(the_gradient_is_that_of_differences) {
    check_gradient(4, 3);
    check_gradient(3, 3);
    check_gradient(2, 4);
}
END_TEST

START_TEST(both_results_come_from_one_node) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 2);
    ck_assert_ptr_eq(mgd_operand(mgd_qr_q(A), 0), mgd_operand(mgd_qr_r(A), 0));
    char text[64];
    mgd_describe(mgd_qr_r(A), text, sizeof text);
    ck_assert_str_eq(text, "qr_r(A)");
    mgd_tape_free(t);
}
END_TEST

TESTS("qr", values_satisfy_the_equations, the_gradient_is_that_of_differences, both_results_come_from_one_node);
