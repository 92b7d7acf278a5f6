/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

/* With what it is of beside it, since of one entry it is 0. */
static mgd_var *with_its_operand(rule_case *c, mgd_var *(*log_softmax)(mgd_var *)) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_add(log_softmax(a), a);
}

static mgd_var *of_all(rule_case *c) { return with_its_operand(c, mgd_log_softmax); }
static mgd_var *of_rows(rule_case *c) { return with_its_operand(c, mgd_log_softmax_rows); }
static mgd_var *of_columns(rule_case *c) { return with_its_operand(c, mgd_log_softmax_cols); }

static mgd_var *of_a_square_matrix_and_more(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_matmul(a, mgd_add(a, mgd_log_softmax_cols(a)));
}

RULES("log_softmax", of_all, of_rows, of_columns, of_a_square_matrix_and_more);
