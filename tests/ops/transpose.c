/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_transpose(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_exp(mgd_transpose(a)));
}

RULES("transpose", of_a_matrix, of_a_square_matrix);
