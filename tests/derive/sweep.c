/* SPDX-License-Identifier: MIT */
/* One run of backpropagation, step by step. */
#include "matgrad.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

static mgd_tape *t;
static mgd_var *X, *a, *v, *w, *f;

static void record_seed(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    a = mgd_input(t, "a", 3, 1);
    v = mgd_matmul(mgd_transpose(X), a);
    w = mgd_sigmoid(v);
    f = mgd_sum(mgd_hadamard(w, w));
}

START_TEST(contributions_come_in_reverse_order_with_their_rules) {
    record_seed();
    mgd_sweep *s = mgd_backward(f, NULL);
    static const struct {
        const char *operation, *rule;
    } steps[] = { { "sum", "dA += ds ones(rows, cols)" },
                  { "hadamard", "dA += chain(dC, B)" },
                  { "hadamard", "dB += chain(dC, A)" },
                  { "sigmoid", "dA += chain(dC, sigmoid_slope(A))" },
                  { "matmul", "dA += dC B'" },
                  { "matmul", "dB += A' dC" },
                  { "transpose", "dA += dC'" } };
    ck_assert_uint_eq(mgd_contributions(s), sizeof steps / sizeof *steps);
    for (size_t k = 0; k < mgd_contributions(s); k++) {
        mgd_contribution c = mgd_contribution_at(s, k);
        ck_assert_str_eq(mgd_operation_name(mgd_operation_of(c.node)), steps[k].operation);
        ck_assert_str_eq(c.rule, steps[k].rule);
        ck_assert_ptr_nonnull(mgd_operand(c.node, c.operand));
    }
    ck_assert_ptr_null(mgd_contribution_at(s, 7).node);
    mgd_tape_free(t);
}
END_TEST

START_TEST(adjoints_are_the_gradients) {
    record_seed();
    mgd_sweep *s = mgd_backward(f, NULL);
    mgd_var *const all[] = { X, a, v, w, f };
    for (size_t i = 0; i < 5; i++) ck_assert_ptr_eq(mgd_adjoint(s, all[i]), mgd_gradient(f, all[i]));
    ck_assert_ptr_eq(mgd_adjoint(s, f), mgd_number(t, 1));
    mgd_var *other = mgd_input(t, "other", 4, 5);
    ck_assert_ptr_eq(mgd_adjoint(s, other), mgd_zeros(t, 4, 5));
    mgd_sweep_free(s);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_shares_add_up_to_the_adjoint) {
    record_seed();
    mgd_var *g = mgd_add(mgd_matmul(mgd_transpose(a), mgd_matmul(X, w)), f);
    mgd_sweep *s = mgd_backward(g, NULL);
    mgd_var *sum = NULL;
    for (size_t k = 0; k < mgd_contributions(s); k++) {
        mgd_contribution c = mgd_contribution_at(s, k);
        if (mgd_operand(c.node, c.operand) == w) sum = sum ? mgd_add(sum, c.share) : c.share;
    }
    ck_assert_ptr_eq(sum, mgd_adjoint(s, w));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_sweep_outlives_its_use_and_goes_with_the_tape) {
    record_seed();
    for (int i = 0; i < 5; i++) ck_assert_ptr_nonnull(mgd_backward(f, NULL));
    size_t mark = mgd_mark(t);
    mgd_sweep *late = mgd_backward(mgd_exp(f), NULL);
    ck_assert_ptr_nonnull(late);
    mgd_rewind(t, mark);
    mgd_sweep_free(mgd_backward(f, NULL));
    mgd_sweep_free(NULL);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_cotangent_of_ones_own) {
    record_seed();
    mgd_var *u = mgd_input(t, "u", 2, 1);
    mgd_sweep *s = mgd_backward(w, u);
    ck_assert_ptr_eq(mgd_adjoint(s, w), u);
    ck_assert_ptr_eq(mgd_adjoint(s, X), mgd_pullback(w, X, u));
    ck_assert_ptr_null(mgd_backward(w, NULL));
    ck_assert_str_eq(mgd_message(t), "backward: sigmoid(X'*a) is 2x1, not 1x1");
    mgd_tape_free(t);
}
END_TEST

TESTS("sweep", contributions_come_in_reverse_order_with_their_rules, adjoints_are_the_gradients,
      the_shares_add_up_to_the_adjoint, a_sweep_outlives_its_use_and_goes_with_the_tape, a_cotangent_of_ones_own);
