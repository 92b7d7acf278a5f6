/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *contracted(rule_case *c, mgd_var *k, mgd_var *factor, bool left, const mgd_size *rows,
                           const mgd_size *cols) {
    return mgd_exp(mgd__kronecker_adjoint(k, factor, left, mgd__dim_of(c->t, rows), mgd__dim_of(c->t, cols)));
}

/* K is mk x nm: blocks k x m, and as many as an m x n matrix has entries. */
static const mgd_size *k_rows(rule_case *c) { return mgd_size_times(c->m, c->k); }
static const mgd_size *k_cols(rule_case *c) { return mgd_size_times(c->n, c->m); }

static mgd_var *with_the_right(rule_case *c) {
    return contracted(c, variable(c, "K", k_rows(c), k_cols(c)), matrix(c, "F", c->k, c->m), false, c->m, c->n);
}
static mgd_var *with_the_left(rule_case *c) {
    return contracted(c, variable(c, "K", k_rows(c), k_cols(c)), matrix(c, "F", c->m, c->n), true, c->k, c->m);
}
static mgd_var *by_the_right(rule_case *c) {
    return contracted(c, matrix(c, "K", k_rows(c), k_cols(c)), variable(c, "F", c->k, c->m), false, c->m, c->n);
}
static mgd_var *by_the_left(rule_case *c) {
    return contracted(c, matrix(c, "K", k_rows(c), k_cols(c)), variable(c, "F", c->m, c->n), true, c->k, c->m);
}
static mgd_var *square(rule_case *c) {
    const mgd_size *n2 = mgd_size_times(c->n, c->n);
    return contracted(c, variable(c, "K", n2, n2), matrix(c, "F", c->n, c->n), false, c->n, c->n);
}
static mgd_var *by_a_square(rule_case *c) {
    const mgd_size *n2 = mgd_size_times(c->n, c->n);
    return contracted(c, matrix(c, "K", n2, n2), variable(c, "F", c->n, c->n), true, c->n, c->n);
}

RULES("kronecker_adjoint", with_the_right, with_the_left, by_the_right, by_the_left, square, by_a_square);
