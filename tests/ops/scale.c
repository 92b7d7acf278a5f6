/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *factor(rule_case *c) {
    return mgd_exp(mgd_scale(variable(c, "s", c->one, c->one), matrix(c, "A", c->m, c->n)));
}

static mgd_var *scaled(rule_case *c) {
    return mgd_exp(mgd_scale(matrix(c, "s", c->one, c->one), variable(c, "A", c->m, c->n)));
}

static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_scale(mgd_sum(mgd_hadamard(a, a)), a);
}

RULES("scale", factor, scaled, both);
