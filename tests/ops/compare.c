/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *masked(rule_case *c, mgd_var *(*compare)(mgd_var *, mgd_var *)) {
    mgd_var *a = variable(c, "A", c->m, c->n), *b = matrix(c, "B", c->m, c->n);
    return mgd_hadamard(compare(a, b), mgd_hadamard(a, b));
}
static mgd_var *less(rule_case *c) { return masked(c, mgd_is_less); }
static mgd_var *at_most(rule_case *c) { return masked(c, mgd_is_at_most); }
static mgd_var *greater(rule_case *c) { return masked(c, mgd_is_greater); }
static mgd_var *at_least(rule_case *c) { return masked(c, mgd_is_at_least); }
static mgd_var *equal(rule_case *c) { return masked(c, mgd_is_equal); }
static mgd_var *not_equal(rule_case *c) { return masked(c, mgd_is_not_equal); }
static mgd_var *beside_a_number(rule_case *c) {
    return mgd_is_less(variable(c, "A", c->m, c->n), mgd_rational(c->t, 1, 3));
}

RULES("compare", less, at_most, greater, at_least, equal, not_equal, beside_a_number);
