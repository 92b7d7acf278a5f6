/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

/* Its derivative is 0, and so the product's is the other factor's alone. */
static mgd_var *of_all(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_scale(mgd_argmax(a), a);
}

static mgd_var *of_rows(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_row_argmaxima(a));
}

static mgd_var *of_columns(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_col_argmaxima(a), a);
}

RULES("argmax", of_all, of_rows, of_columns);
