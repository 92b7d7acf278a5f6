/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *repeated(rule_case *c, mgd_var *a) {
    return mgd_exp(mgd__repeat(a, mgd__dim_of(c->t, c->m), mgd__dim_of(c->t, c->n)));
}

static mgd_var *a_number(rule_case *c) { return repeated(c, variable(c, "a", c->one, c->one)); }
static mgd_var *a_column(rule_case *c) { return repeated(c, variable(c, "a", c->m, c->one)); }
static mgd_var *a_row(rule_case *c) { return repeated(c, variable(c, "a", c->one, c->n)); }

RULES("repeat", a_number, a_column, a_row);
