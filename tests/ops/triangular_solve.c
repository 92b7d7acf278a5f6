/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *by_the_matrix(rule_case *c) {
    return mgd_triangular_solve(variable(c, "L", c->n, c->n), matrix(c, "B", c->n, c->k));
}

static mgd_var *by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_triangular_solve(matrix(c, "L", c->n, c->n), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

static mgd_var *transposed(rule_case *c) {
    return mgd_triangular_solve(mgd_transpose(variable(c, "L", c->n, c->n)), matrix(c, "B", c->n, c->k));
}

static mgd_var *transposed_by_the_right_side(rule_case *c) {
    mgd_var *x = mgd_triangular_solve(mgd_transpose(matrix(c, "L", c->n, c->n)), variable(c, "B", c->n, c->k));
    return mgd_hadamard(x, x);
}

RULES("triangular_solve", by_the_matrix, by_the_right_side, transposed, transposed_by_the_right_side);
