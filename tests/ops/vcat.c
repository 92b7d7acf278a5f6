/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <stdlib.h>

static mgd_var *the_first(rule_case *c) {
    mgd_var *both[] = { variable(c, "A", c->m, c->n), matrix(c, "B", c->k, c->n) };
    return mgd_exp(mgd_vcat(2, both));
}
static mgd_var *the_second(rule_case *c) {
    mgd_var *both[] = { matrix(c, "A", c->m, c->n), variable(c, "B", c->k, c->n) };
    return mgd_exp(mgd_vcat(2, both));
}
static mgd_var *again_and_again(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n), *of_three[] = { a, mgd_exp(a), a };
    return mgd_exp(mgd_vcat(3, of_three));
}
static mgd_var *the_second_square(rule_case *c) {
    mgd_var *both[] = { matrix(c, "A", c->n, c->n), variable(c, "B", c->n, c->n) };
    return mgd_exp(mgd_vcat(2, both));
}

RULES("vcat", the_first, the_second, again_and_again, the_second_square);

START_TEST(operands_stand_one_below_another) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 1, 2), *B = mgd_input(t, "B", 2, 2), *both[] = { A, B };
    const double a[] = { 1, -0.0 }, b[] = { 3, 4, 5, 6 }, c[] = { 1, -0.0, 3, 4, 5, 6 };
    ck_assert(mgd_set(A, a, 1, 2) && mgd_set(B, b, 2, 2));
    ck_assert_mem_eq(mgd_value(mgd_vcat(2, both)), c, sizeof c);
    ck_assert_ptr_null(mgd_vcat(2, (mgd_var *[]){ A, mgd_input(t, "C", 4, 3) }));
    ck_assert_str_eq(mgd_message(t), "vcat: A is 1x2, C is 4x3: 2 and 3 columns differ");
    mgd_tape_free(t);
}
END_TEST

/* A sum over 100000 scalars, collected in a column: it and its gradient take no time that grows with the square. */
START_TEST(many_operands_are_no_trouble) {
    enum { N = 100000 };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), **v = malloc(N * sizeof *v), *one = mgd_number(t, 1);
    for (int i = 0; i < N; i++) v[i] = i ? mgd_add(v[i - 1], one) : x;
    mgd_var *f = mgd_sum(mgd_vcat(N, v)), *g = mgd_gradient(f, x);
    const double at = 0.5;
    ck_assert(mgd_set(x, &at, 1, 1));
    ck_assert_double_eq(*mgd_value(f), 0.5 * N + (double)N / 2 * (N - 1));
    ck_assert_double_eq(*mgd_value(g), N);
    free(v);
    mgd_tape_free(t);
}
END_TEST

TESTS("vcat", operands_stand_one_below_another, many_operands_are_no_trouble);
