/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *above(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_divide(mgd_hadamard(a, a), matrix(c, "B", c->m, c->n));
}

static mgd_var *below(rule_case *c) { return mgd_divide(matrix(c, "A", c->m, c->n), variable(c, "B", c->m, c->n)); }

static mgd_var *by_a_scalar(rule_case *c) {
    return mgd_divide(matrix(c, "A", c->m, c->n), variable(c, "s", c->one, c->one));
}

static mgd_var *both(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_divide(a, mgd_add(mgd_number(c->t, 1), mgd_hadamard(a, a)));
}

RULES("divide", above, below, by_a_scalar, both);
