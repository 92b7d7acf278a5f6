/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *plain(rule_case *c) { return mgd_logdet(variable(c, "A", c->n, c->n)); }

static mgd_var *inside(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n), *x = mgd_logdet(mgd_matmul(a, matrix(c, "B", c->n, c->n)));
    return mgd_hadamard(x, x);
}

RULES("logdet", plain, inside);
