/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_eigenvalues(variable(c, "A", c->n, c->n)); }

RULES("eigen", of_a_matrix);
