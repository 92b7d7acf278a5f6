/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_matmul(variable(c, "A", c->m, c->n), matrix(c, "B", c->n, c->k)); }
static mgd_var *right(rule_case *c) { return mgd_matmul(matrix(c, "A", c->m, c->n), variable(c, "B", c->n, c->k)); }

static mgd_var *cube(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_matmul(a, a));
}

static mgd_var *gram(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_matmul(mgd_transpose(a), a);
}

RULES("matmul", left, right, cube, gram);
