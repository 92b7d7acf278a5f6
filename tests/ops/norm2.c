/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_all(rule_case *c) { return mgd_normF(variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return mgd_row_norms2(variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return mgd_col_norms2(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_vector(rule_case *c) { return mgd_norm2(variable(c, "x", c->m, c->one)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_row_norms2(a));
}

START_TEST(a_matrix_is_refused) {
    mgd_tape *t = mgd_tape_new();
    ck_assert_ptr_null(mgd_norm2(mgd_input(t, "A", 3, 2)));
    ck_assert_str_eq(mgd_message(t),
                     "norm2: A is 3x2, not a vector: of a matrix there are normF and the spectral norm, by its name");
    mgd_tape_free(t);
}
END_TEST

TESTS("norm2", a_matrix_is_refused);

RULES("norm2", of_all, of_rows, of_columns, of_a_vector, of_a_square_matrix_and_more);
