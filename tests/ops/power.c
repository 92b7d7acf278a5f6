/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *to_the(rule_case *c, int64_t numerator, int64_t denominator) {
    return mgd_power_rational(variable(c, "A", c->m, c->n), numerator, denominator);
}

static mgd_var *fifth(rule_case *c) { return to_the(c, 5, 1); }
static mgd_var *square(rule_case *c) { return to_the(c, 2, 1); }
static mgd_var *reciprocal_square(rule_case *c) { return to_the(c, -2, 1); }
static mgd_var *odd_root(rule_case *c) { return to_the(c, 5, 3); }
static mgd_var *even_root(rule_case *c) { return to_the(c, 3, 2); }
static mgd_var *decimal(rule_case *c) { return mgd_power(variable(c, "A", c->m, c->n), 1.25); }

RULES("power", fifth, square, reciprocal_square, even_root, decimal, odd_root);
