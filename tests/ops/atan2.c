/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *left(rule_case *c) { return mgd_atan2(variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)); }
static mgd_var *right(rule_case *c) { return mgd_atan2(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)); }

static mgd_var *square_left(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(mgd_atan2(a, matrix(c, "B", c->n, c->n)), a);
}

static mgd_var *square_right(rule_case *c) {
    mgd_var *b = variable(c, "B", c->n, c->n);
    return mgd_matmul(mgd_atan2(matrix(c, "A", c->n, c->n), b), b);
}

/* (s sinh X)^2 + s^2 is a square. */
static mgd_var *spread(rule_case *c) {
    mgd_var *s = variable(c, "s", c->one, c->one);
    return mgd_atan2(mgd_scale(s, mgd_sinh(matrix(c, "X", c->m, c->n))), s);
}

RULES("atan2", left, right, square_left, square_right, spread);
