/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <float.h>
#include <math.h>

static mgd_var *of_a_matrix(rule_case *c) { return mgd_eigenvalues(variable(c, "A", c->n, c->n)); }

RULES("eigen", of_a_matrix);

enum { MOST = 24 };

/* (A + A')/2 V = V diag(l), V' V = I, l ascending, within rounding errors of the matrix's size. */
static void check_equations(int n, const double *a, const double *l, const double *v) {
    double scale = 0;
    for (int i = 0; i < n * n; i++) scale = fmax(scale, fabs(a[i]));
    for (int i = 0; i < n; i++) {
        ck_assert(i == 0 || l[i - 1] <= l[i]);
        for (int j = 0; j < n; j++) {
            double left = 0, product = 0;
            for (int k = 0; k < n; k++) {
                left += (a[i * n + k] + a[k * n + i]) / 2 * v[k * n + j];
                product += v[k * n + i] * v[k * n + j];
            }
            ck_assert_double_le(fabs(left - v[i * n + j] * l[j]), 20 * n * DBL_EPSILON * n * scale);
            ck_assert_double_le(fabs(product - (i == j)), 20 * n * DBL_EPSILON);
        }
    }
}

START_TEST(values_satisfy_the_equations) {
    uint64_t state = 3;
    for (int n = 1; n <= MOST; n++) {
        double a[MOST * MOST];
        for (int i = 0; i < n * n; i++) a[i] = n % 3 ? test_uniform(&state) : (double)(i / n == i % n);
        mgd_tape *t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", n, n);
        ck_assert(mgd_set(A, a, n, n));
        const double *l = mgd_value(mgd_eigenvalues(A)), *v = mgd_value(mgd_eigenvectors(A));
        ck_assert_msg(l && v, "%s", mgd_message(t));
        check_equations(n, a, l, v);
        mgd_tape_free(t);
    }
}
END_TEST

START_TEST(entries_that_are_not_finite_are_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2);
    ck_assert(mgd_set(A, (const double[]){ 1, NAN, 0, 1 }, 2, 2));
    ck_assert_ptr_null(mgd_value(mgd_eigenvalues(A)));
    ck_assert_str_eq(mgd_message(t), "eigen: A has no eigenvalues that could be computed: are its entries finite?");
    mgd_tape_free(t);
}
END_TEST

START_TEST(both_results_come_from_one_node) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 3);
    ck_assert_ptr_eq(mgd_operand(mgd_eigenvalues(A), 0), mgd_operand(mgd_eigenvectors(A), 0));
    mgd_tape_free(t);
}
END_TEST

TESTS("eigen", values_satisfy_the_equations, entries_that_are_not_finite_are_refused, both_results_come_from_one_node);
