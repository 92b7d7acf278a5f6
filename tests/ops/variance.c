/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_all(rule_case *c) { return mgd_variance(variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return mgd_row_variances(variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return mgd_col_variances(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_row_variances(a));
}

COMPOSITION("variance", of_all, of_rows, of_columns, of_a_square_matrix_and_more);
