/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *matrix_over(rule_case *c, bool squares) {
    return mgd__over_gaps(variable(c, "M", c->n, c->n), matrix(c, "l", c->n, c->one), squares, NULL, NULL);
}

static mgd_var *over_gaps_of(rule_case *c, bool squares) {
    return mgd__over_gaps(matrix(c, "M", c->n, c->n), variable(c, "l", c->n, c->one), squares, NULL, NULL);
}

static mgd_var *by_the_matrix(rule_case *c) { return matrix_over(c, false); }
static mgd_var *by_the_matrix_over_squares(rule_case *c) { return matrix_over(c, true); }
static mgd_var *by_the_gaps(rule_case *c) { return over_gaps_of(c, false); }
static mgd_var *by_the_gaps_of_squares(rule_case *c) { return over_gaps_of(c, true); }

RULES("over_gaps", by_the_matrix, by_the_matrix_over_squares, by_the_gaps, by_the_gaps_of_squares);
