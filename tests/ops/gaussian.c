/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd__gaussian_of(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd__gaussian_of(a), a);
}

RULES("gaussian", of_a_matrix, of_a_square_matrix_and_more);
