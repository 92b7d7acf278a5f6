/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *beside_what_moves(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_hadamard(mgd_sign(a), mgd_hadamard(a, a));
}

RULES("sign", beside_what_moves);
