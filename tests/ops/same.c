/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

/* The slopes are 0: what is scaled by the result is differentiated alone. */
static mgd_var *left(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(mgd__same(a, mgd_add(a, mgd_subtract(a, matrix(c, "B", c->m, c->n)))), a);
}

static mgd_var *equal(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_hadamard(mgd__same(mgd_add(a, a), mgd_scale(mgd_rational(c->t, 2, 1), a)), a);
}

RULES("same", left, equal);
