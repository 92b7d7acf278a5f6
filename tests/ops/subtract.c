/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) {
    return mgd_power(mgd_subtract(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)), 3);
}

static mgd_var *right(rule_case *c) {
    return mgd_power(mgd_subtract(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)), 3);
}

static mgd_var *matrix_minus_scalar(rule_case *c) {
    return mgd_exp(mgd_subtract(matrix(c, "B", c->m, c->n), variable(c, "s", c->one, c->one)));
}

RULES("subtract", left, right, matrix_minus_scalar);
