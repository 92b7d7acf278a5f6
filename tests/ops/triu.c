/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_exp(mgd_triu(variable(c, "A", c->m, c->n))); }

static mgd_var *of_a_square_matrix(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_triu(a), mgd_exp(a));
}

RULES("triu", of_a_matrix, of_a_square_matrix);

START_TEST(the_diagonal_is_in_both_triangles) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, upper[] = { 1, 2, 3, 0, 5, 6 }, lower[] = { 1, 0, 0, 4, 5, 0 };
    ck_assert(mgd_set(A, a, 2, 3));
    ck_assert_mem_eq(mgd_value(mgd_triu(A)), upper, sizeof upper);
    ck_assert_mem_eq(mgd_value(mgd_tril(A)), lower, sizeof lower);
    ck_assert_ptr_eq(mgd_tril(A), mgd_tril(A));
    ck_assert_ptr_eq(mgd_triu(mgd_triu(A)), mgd_triu(A));
    mgd_tape_free(t);
}
END_TEST

TESTS("triu", the_diagonal_is_in_both_triangles);
