/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *mask(rule_case *c) { return mgd_add(mgd_sign(matrix(c, "M", c->m, c->n)), mgd_number(c->t, 1)); }

static mgd_var *taken(rule_case *c) {
    return mgd_exp(mgd_where(mask(c), variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n)));
}

static mgd_var *not_taken(rule_case *c) {
    return mgd_exp(mgd_where(mask(c), matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)));
}

static mgd_var *by_its_own_sign(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_where(mgd_add(mgd_sign(a), mgd_number(c->t, 1)), mgd_hadamard(a, a), mgd_exp(a));
}

static mgd_var *spread(rule_case *c) {
    return mgd_where(mask(c), variable(c, "s", c->one, c->one), matrix(c, "B", c->m, c->n));
}

RULES("where", taken, not_taken, by_its_own_sign, spread);
