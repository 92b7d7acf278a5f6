/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_exp(mgd_symmetric_part(variable(c, "A", c->n, c->n))); }

COMPOSITION("symmetric_part", of_a_matrix);

START_TEST(it_must_be_square) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2);
    const double a[] = { 1, 2, 5, -3 }, half[] = { 1, 3.5, 3.5, -3 };
    ck_assert(mgd_set(A, a, 2, 2));
    ck_assert_mem_eq(mgd_value(mgd_symmetric_part(A)), half, sizeof half);
    ck_assert_ptr_null(mgd_symmetric_part(mgd_input(t, "B", 2, 3)));
    ck_assert_str_eq(mgd_message(t), "symmetric_part: B is 2x3, not square");
    mgd_tape_free(t);
}
END_TEST

TESTS("symmetric_part", it_must_be_square);
