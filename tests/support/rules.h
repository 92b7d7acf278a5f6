/* SPDX-License-Identifier: MIT */
/* The tests of an operation's rules. Its test program says how expressions with it are made,
 *
 *     static mgd_var *left(rule_case *c) { return mgd_matmul(variable(c, "A", c->m, c->n), matrix(c, "B", c->n, c->k));
 * } RULES("matmul", left, right);
 *
 * and each is checked, at sizes that differ and at 1 x n, n x 1 and 1 x 1: exactly, in duals over residues, its
 * gradient, its pushforward, and its second derivative by all four orders of the two; and its kernels against its
 * meaning. With --mutants the program plants mistakes in every contribution of the operation and demands that each is
 * caught.
 *
 * COMPOSITION("outer", left, right) does the same for what records other operations and has no descriptor: the checks
 * are those of RULES, and there is no contribution of its own to plant a mistake in.
 */
#ifndef MGD_TEST_RULES_H
#define MGD_TEST_RULES_H

#include "exact/evaluate.h"
#include "matgrad.h"
#include "support/support.h"

typedef struct {
    mgd_tape *t;
    const mgd_size *m, *n, *k, *one; /* named, but for one */
    mgd_var *x;                      /* what is differentiated by */
} rule_case;

typedef mgd_var *rule_function(rule_case *c);

typedef struct {
    const char *operation;
    rule_function *const *cases; /* ends in NULL */
    bool composition;            /* of other operations: it has no descriptor */
} rules;

extern const rules test_rules __attribute__((weak));

#define RULES(name, ...)                                                                                               \
    static rule_function *const rule_cases[] = { __VA_ARGS__, NULL };                                                  \
    const rules test_rules = { name, rule_cases, false }
#define COMPOSITION(name, ...)                                                                                         \
    static rule_function *const rule_cases[] = { __VA_ARGS__, NULL };                                                  \
    const rules test_rules = { name, rule_cases, true }

/* An input, and the input that is differentiated by. */
mgd_var *matrix(rule_case *c, const char *name, const mgd_size *rows, const mgd_size *cols);
mgd_var *variable(rule_case *c, const char *name, const mgd_size *rows, const mgd_size *cols);

/* The standard tests, and the run of mutants: the number of failures. */
void rule_tests_add(TCase *all);
int run_mutants(void);

#endif
