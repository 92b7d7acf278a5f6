/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_exp(mgd_col_sums(mgd_hadamard(a, a)));
}

static mgd_var *plain(rule_case *c) { return mgd_col_sums(variable(c, "A", c->n, c->n)); }

RULES("col_sums", of_a_matrix, plain);
