/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_tan(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_tan(a), a);
}

RULES("tan", of_a_matrix, of_a_square_matrix_and_more);
