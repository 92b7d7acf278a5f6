/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

static mgd_var *left(rule_case *c) {
    return mgd__divide_or_zero(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n));
}

static mgd_var *right(rule_case *c) {
    return mgd__divide_or_zero(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n));
}

static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd__divide_or_zero(mgd_matmul(a, a), mgd_add(a, matrix(c, "B", c->n, c->n)));
}

RULES("divide_or_zero", left, right, both);
