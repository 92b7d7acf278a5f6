/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *half_diagonal(rule_case *c) { return mgd_exp(mgd__lower(variable(c, "A", c->m, c->n), 1, 2)); }
static mgd_var *square(rule_case *c) { return mgd_tril(variable(c, "A", c->n, c->n)); }

RULES("lower", half_diagonal, square);
