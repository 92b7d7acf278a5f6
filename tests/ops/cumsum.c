/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <math.h>
#include <stdlib.h>

static mgd_var *along_rows(rule_case *c) { return mgd_exp(mgd_cumsum_rows(variable(c, "A", c->m, c->n))); }
static mgd_var *down_columns(rule_case *c) { return mgd_exp(mgd_cumsum_cols(variable(c, "A", c->m, c->n))); }
static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_hadamard(mgd_cumsum_rows(a), mgd_exp(mgd_cumsum_cols(a)));
}

RULES("cumsum", along_rows, down_columns, both);

START_TEST(sums_go_to_the_right_and_down) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, right[] = { 1, 3, 6, 4, 9, 15 }, down[] = { 1, 2, 3, 5, 7, 9 },
                 left[] = { 3, 2, 1, 3, 2, 1 };
    ck_assert(mgd_set(A, a, 2, 3));
    ck_assert_mem_eq(mgd_value(mgd_cumsum_rows(A)), right, sizeof a);
    ck_assert_mem_eq(mgd_value(mgd_cumsum_cols(A)), down, sizeof a);
    ck_assert_mem_eq(mgd_value(mgd_gradient(mgd_sum(mgd_cumsum_rows(A)), A)), left, sizeof a);
    char text[80];
    mgd_describe(mgd_cumsum_cols(A), text, sizeof text);
    ck_assert_str_eq(text, "cumsum_cols(A)");
    mgd_tape_free(t);
}
END_TEST

/* 1/10 summed a million times, either way, against k/10: naive sums lose four digits more. */
START_TEST(long_sums_keep_their_digits) {
    enum { N = 1000000 / TEST_SLOWNESS };
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, N), *all[] = { mgd_cumsum_rows(a), mgd_cumsum_cols(mgd_transpose(a)) };
    double *x = malloc(N * sizeof *x);
    for (int i = 0; i < N; i++) x[i] = 0.1;
    ck_assert(mgd_set(a, x, 1, N));
    for (int which = 0; which < 2; which++) {
        const double *c = mgd_value(all[which]);
        for (int k = 1; k <= N; k++) {
            double truth = k / 10.0;
            ck_assert_msg(fabs(c[k - 1] - truth) <= 4e-15 * truth, "%d: %.17g", k, c[k - 1]);
            ck_assert(k == 1 || c[k - 1] > c[k - 2]);
        }
    }
    free(x);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_is_not_finite_spreads_forwards_only) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, 300), *all[] = { mgd_cumsum_rows(a), mgd_cumsum_cols(mgd_transpose(a)) };
    double x[300];
    for (int i = 0; i < 300; i++) x[i] = i == 100 ? INFINITY : i == 290 ? -INFINITY : 1;
    ck_assert(mgd_set(a, x, 1, 300));
    for (int which = 0; which < 2; which++) {
        const double *c = mgd_value(all[which]);
        for (int i = 0; i < 300; i++)
            ck_assert(i < 100 ? c[i] == i + 1 : i < 290 ? c[i] == (double)INFINITY : isnan(c[i]));
    }
    mgd_tape_free(t);
}
END_TEST

TESTS("cumsum", what_is_not_finite_spreads_forwards_only, sums_go_to_the_right_and_down, long_sums_keep_their_digits);
