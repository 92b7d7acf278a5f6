/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_singular_values(variable(c, "A", c->m, c->n)); }

static mgd_var *of_a_square_matrix(rule_case *c) { return mgd_singular_values(variable(c, "A", c->n, c->n)); }

RULES("svd", of_a_matrix, of_a_square_matrix);
