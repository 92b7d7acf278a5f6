/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd__priority(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)); }
static mgd_var *right(rule_case *c) { return mgd__priority(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)); }

static mgd_var *square_left(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd__priority(a, matrix(c, "B", c->n, c->n)), a);
}

static mgd_var *square_right(rule_case *c) {
    mgd_var *b = variable(c, "B", c->n, c->n);
    return mgd_matmul(mgd__priority(matrix(c, "A", c->n, c->n), b), b);
}

static mgd_var *beside_a_number(rule_case *c) {
    return mgd__priority(variable(c, "A", c->m, c->n), mgd_ones_sized(c->t, c->m, c->n));
}

RULES("priority", left, right, square_left, square_right, beside_a_number);
