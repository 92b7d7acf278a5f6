/* SPDX-License-Identifier: MIT */
#include "ops/ops.h"
#include "support/rules.h"

static mgd_var *of_all(rule_case *c) { return mgd_softmax(variable(c, "A", c->m, c->n)); }
static mgd_var *of_rows(rule_case *c) { return mgd_softmax_rows(variable(c, "A", c->m, c->n)); }
static mgd_var *of_columns(rule_case *c) { return mgd_softmax_cols(variable(c, "A", c->m, c->n)); }

static mgd_var *weights_of_columns(rule_case *c) { return mgd__weights(MGD_COLS, variable(c, "A", c->m, c->n)); }

static mgd_var *attention(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_matmul(mgd_softmax_rows(mgd_matmul(a, mgd_transpose(a))), a);
}

RULES("softmax", of_all, of_rows, of_columns, weights_of_columns, attention);
