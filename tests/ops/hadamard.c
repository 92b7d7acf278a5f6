/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) {
    return mgd_exp(mgd_hadamard(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)));
}

static mgd_var *right(rule_case *c) {
    return mgd_exp(mgd_hadamard(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)));
}

static mgd_var *cube(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(a, mgd_hadamard(a, a));
}

static mgd_var *square_matrix(rule_case *c) {
    return mgd_hadamard(variable(c, "A", c->n, c->n), matrix(c, "B", c->n, c->n));
}

RULES("hadamard", left, right, cube, square_matrix);
