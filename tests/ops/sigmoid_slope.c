/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd__slope_of_sigmoid(variable(c, "A", c->m, c->n)); }

RULES("sigmoid_slope", of_a_matrix);
