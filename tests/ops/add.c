/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) {
    return mgd_power(mgd_add(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)), 3);
}

static mgd_var *right(rule_case *c) { return mgd_add(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)); }

static mgd_var *itself(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(mgd_add(a, a), a);
}

static mgd_var *scalar_beside_matrix(rule_case *c) {
    return mgd_exp(mgd_add(variable(c, "s", c->one, c->one), matrix(c, "B", c->m, c->n)));
}

RULES("add", left, right, itself, scalar_beside_matrix);
