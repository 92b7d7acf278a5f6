/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *trigamma(rule_case *c) { return mgd_polygamma(variable(c, "A", c->m, c->n), 1); }
static mgd_var *tetragamma(rule_case *c) { return mgd_polygamma(variable(c, "A", c->m, c->n), 2); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_polygamma(a, 3), a);
}

RULES("polygamma", trigamma, tetragamma, of_a_square_matrix_and_more);

START_TEST(orders_that_are_not_are_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 3, 1);
    ck_assert_ptr_eq(mgd_polygamma(a, 0), mgd_digamma(a));
    ck_assert_ptr_null(mgd_polygamma(a, -1));
    ck_assert_str_eq(mgd_message(t), "polygamma: the order -1 is not between 0 and 100");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_polygamma(a, 101));
    ck_assert_str_eq(mgd_message(t), "polygamma: the order 101 is not between 0 and 100");
    ck_assert_ptr_null(mgd_polygamma(NULL, 1));
    mgd_tape_free(t);
}
END_TEST

TESTS("polygamma", orders_that_are_not_are_refused);
