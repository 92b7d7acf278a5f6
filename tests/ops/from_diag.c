/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *twice(rule_case *c) {
    mgd_var *d = mgd_from_diag(variable(c, "a", c->n, c->one));
    return mgd_matmul(d, mgd_matmul(matrix(c, "B", c->n, c->n), d));
}

RULES("from_diag", twice);
