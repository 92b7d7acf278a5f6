/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_all(rule_case *c) { return mgd_induced_norm1(variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return mgd_row_norms1(variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return mgd_col_norms1(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_vector(rule_case *c) { return mgd_norm1(variable(c, "x", c->m, c->one)); }

START_TEST(a_matrix_is_refused) {
    mgd_tape *t = mgd_tape_new();
    ck_assert_ptr_null(mgd_norm1(mgd_input(t, "A", 3, 2)));
    ck_assert_str_eq(mgd_message(t),
                     "norm1: A is 3x2, not a vector: of a matrix there are induced_norm1 and sum(abs(A))");
    mgd_tape_free(t);
}
END_TEST

TESTS("norm1", a_matrix_is_refused);

COMPOSITION("norm1", of_all, of_rows, of_columns, of_a_vector);
