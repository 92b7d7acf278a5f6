/* SPDX-License-Identifier: MIT */
/* No rules: duals see the identity, and no derivative passes. */
#include "matgrad.h"
#include "support/support.h"

START_TEST(no_derivative_passes) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 2, 3), *f = mgd_sum(mgd_hadamard(x, mgd_stop(x)));
    mgd_var *tangent = mgd_ones(t, 2, 3);
    ck_assert_ptr_eq(mgd_gradient(f, x), mgd_stop(x));
    ck_assert_ptr_eq(mgd_gradient(mgd_sum(mgd_stop(x)), x), mgd_zeros(t, 2, 3));
    ck_assert_ptr_eq(mgd_pushforward(mgd_stop(x), x, tangent), mgd_zeros(t, 2, 3));
    mgd_tape_free(t);
}
END_TEST

TESTS("stop", no_derivative_passes);
