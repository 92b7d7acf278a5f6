/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *two_that_overlap(rule_case *c) {
    mgd_var *block[] = { variable(c, "A", c->m, c->n), matrix(c, "B", c->m, c->n) };
    const mgd_dim corners[] = { 0, 1, 1, 0 };
    const mgd_size *rows = mgd_size_add(c->m, c->one), *cols = mgd_size_add(c->n, c->one);
    return mgd_exp(mgd__place(c->t, 2, block, corners, mgd__dim_of(c->t, rows), mgd__dim_of(c->t, cols)));
}

static mgd_var *the_second(rule_case *c) {
    mgd_var *block[] = { matrix(c, "A", c->n, c->n), variable(c, "B", c->n, c->n) };
    const mgd_dim corners[] = { 0, 0, 1, 0 };
    const mgd_size *rows = mgd_size_add(c->n, c->one);
    return mgd_exp(mgd__place(c->t, 2, block, corners, mgd__dim_of(c->t, rows), mgd__dim_of(c->t, c->n)));
}

RULES("place", two_that_overlap, the_second);
