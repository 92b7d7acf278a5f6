/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_product(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_diag_of(mgd_matmul(a, a));
}

static mgd_var *plain(rule_case *c) { return mgd_diag_of(variable(c, "A", c->n, c->n)); }

RULES("diag_of", of_a_product, plain);
