/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_all(rule_case *c) { return mgd_prod(variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return mgd_row_prods(variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return mgd_col_prods(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_row_prods(a));
}

static mgd_var *of_products(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_prod(mgd_add(mgd_matmul(a, matrix(c, "B", c->n, c->n)), a));
}

RULES("prod", of_all, of_rows, of_columns, of_a_square_matrix_and_more, of_products);
