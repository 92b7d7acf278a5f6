/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_exp(mgd_negate(variable(c, "A", c->m, c->n))); }

RULES("negate", of_a_matrix);
