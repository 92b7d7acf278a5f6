/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *first(rule_case *c) {
    return mgd_exp(mgd_chain(variable(c, "U", c->m, c->n), matrix(c, "S", c->m, c->n)));
}

static mgd_var *second(rule_case *c) {
    return mgd_exp(mgd_chain(matrix(c, "U", c->m, c->n), variable(c, "S", c->m, c->n)));
}

static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_chain(mgd_exp(a), mgd_hadamard(a, a));
}

RULES("chain", first, second, both);
