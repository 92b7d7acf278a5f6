/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_power(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_trace(mgd_matmul(a, mgd_matmul(a, a)));
}

static mgd_var *inside(rule_case *c) { return mgd_exp(mgd_trace(variable(c, "A", c->n, c->n))); }

RULES("trace", of_a_power, inside);
