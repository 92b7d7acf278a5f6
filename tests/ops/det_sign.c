/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <math.h>

static mgd_var *beside_what_moves(rule_case *c) {
    mgd_var *a = variable(c, "A", c->n, c->n);
    return mgd_scale(mgd_det_sign(a), mgd_hadamard(a, a));
}

RULES("det_sign", beside_what_moves);

static double sign_at(mgd_var *f, mgd_var *a, const double *data) {
    ck_assert(mgd_set(a, data, 2, 2));
    const double *y = mgd_value(f);
    ck_assert_msg(y, "%s", mgd_message(mgd_tape_of(a)));
    return *y;
}

START_TEST(either_sign_zero_and_nan) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 2, 2), *f = mgd_det_sign(a), *g = mgd_gradient(f, a);
    ck_assert(sign_at(f, a, (const double[]){ 1, 2, 3, 4 }) == -1);
    ck_assert(sign_at(f, a, (const double[]){ 2, 1, 3, 4 }) == 1);
    ck_assert(sign_at(f, a, (const double[]){ 1, 2, 2, 4 }) == 0);
    ck_assert(sign_at(f, a, (const double[]){ 1e-200, 0, 0, -1e-200 }) == -1);
    ck_assert(isnan(sign_at(f, a, (const double[]){ NAN, 2, 2, 4 })));
    ck_assert(isnan(sign_at(f, a, (const double[]){ 1, NAN, 2, 4 })));
    const double *y = mgd_value(g);
    for (int i = 0; i < 4; i++) ck_assert(y && y[i] == 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(with_logdet_it_is_the_determinant) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "A", 3, 3), *f = mgd_hadamard(mgd_det_sign(a), mgd_exp(mgd_logdet(a)));
    ck_assert_int_eq(mgd_equal(f, mgd_det(a)).answer, MGD_EQUAL);
    int factorisations = 0;
    for (size_t i = 0; i < mgd_count(t); i++) factorisations += mgd_at(t, i)->op == &mgd__op_lu;
    ck_assert_int_eq(factorisations, 1);
    mgd_tape_free(t);
}
END_TEST

TESTS("det_sign", either_sign_zero_and_nan, with_logdet_it_is_the_determinant);
