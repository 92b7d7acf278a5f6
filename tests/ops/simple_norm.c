/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

/* What the norm is of does not matter to its derivative, nor, as long as it is simple, to its value. */
static mgd_var *of_a_number(rule_case *c) {
    mgd_var *x = variable(c, "x", c->one, c->one);
    return mgd_hadamard(x, mgd__simple_norm(mgd_hadamard(x, x), mgd_spectral_norm(matrix(c, "A", c->m, c->n))->arg[0]));
}

RULES("simple_norm", of_a_number);
