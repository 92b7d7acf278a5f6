/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *plain(rule_case *c) { return mgd_cholesky(variable(c, "A", c->n, c->n)); }

static mgd_var *inside(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n), *l = mgd_cholesky(a);
    return mgd_matmul(l, mgd_matmul(a, l));
}

RULES("cholesky", plain, inside);
