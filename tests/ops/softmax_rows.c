/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_matrix(rule_case *c) { return mgd_softmax_rows(variable(c, "A", c->m, c->n)); }

static mgd_var *attention(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_matmul(mgd_softmax_rows(mgd_matmul(a, mgd_transpose(a))), a);
}

RULES("softmax_rows", of_a_matrix, attention);
