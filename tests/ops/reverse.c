/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *rows(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(mgd_exp(a), mgd_reverse_rows(a));
}
static mgd_var *cols(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(mgd_exp(a), mgd_reverse_cols(a));
}
static mgd_var *square(rule_case *c) { return mgd_exp(mgd_reverse_rows(variable(c, "A", c->n, c->n))); }

RULES("reverse", rows, cols, square);

START_TEST(twice_is_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3), *r = mgd_input(t, "r", 1, 3);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, rows_back[] = { 4, 5, 6, 1, 2, 3 }, cols_back[] = { 3, 2, 1, 6, 5, 4 };
    ck_assert(mgd_set(A, a, 2, 3));
    ck_assert_mem_eq(mgd_value(mgd_reverse_rows(A)), rows_back, sizeof a);
    ck_assert_mem_eq(mgd_value(mgd_reverse_cols(A)), cols_back, sizeof a);
    ck_assert_ptr_eq(mgd_reverse_rows(mgd_reverse_rows(A)), A);
    ck_assert_ptr_ne(mgd_reverse_rows(mgd_reverse_cols(A)), A);
    ck_assert_ptr_eq(mgd_reverse_rows(r), r);
    mgd_tape_free(t);
}
END_TEST

TESTS("reverse", twice_is_nothing);
