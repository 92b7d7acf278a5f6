/* SPDX-License-Identifier: MIT */
/* A cotangent or a tangent of exactly 0 passes an entrywise function as exactly 0, whatever the slope is: at infinity
 * and at NaN as well, where slopes that are bounded elsewhere are NaN. */
#include "matgrad.h"
#include "support/support.h"

#include <math.h>

enum { N = 6 };

static const double points[N] = { NAN, INFINITY, -INFINITY, 0, -1, 2 };

typedef mgd_var *of_one(mgd_var *);
typedef mgd_var *of_two(mgd_var *, mgd_var *);

static of_one *const functions[] = {
    mgd_abs,   mgd_acos,    mgd_acosh,    mgd_asin, mgd_asinh, mgd_atan,    mgd_atanh,      mgd_cbrt,
    mgd_cos,   mgd_cosh,    mgd_erf,      mgd_erfc, mgd_exp,   mgd_expm1,   mgd_log,        mgd_log1p,
    mgd_log10, mgd_log2,    mgd_lgamma,   mgd_relu, mgd_sin,   mgd_square,  mgd_logsigmoid, mgd_sinh,
    mgd_sqrt,  mgd_sigmoid, mgd_softplus, mgd_tan,  mgd_tanh,  mgd_digamma, mgd_reciprocal,
};
static of_two *const of_pairs[] = { mgd_atan2, mgd_hypot, mgd_maximum, mgd_minimum, mgd_pow, mgd_divide, mgd_hadamard };

static void assert_zeros(mgd_var *v, const char *what, size_t which) {
    const double *x = mgd_value(v);
    ck_assert_msg(x, "%s", mgd_message(mgd_tape_of(v)));
    for (int i = 0; i < N; i++)
        ck_assert_msg(x[i] == 0, "%s, function %d at %g: %g", what, (int)which, points[i], x[i]);
}

static mgd_var *points_of(mgd_tape *t, const char *name) {
    mgd_var *x = mgd_input(t, name, N, 1);
    ck_assert(mgd_set(x, points, N, 1));
    return x;
}

static void check(mgd_var *y, mgd_var *x, size_t which) {
    mgd_tape *t = mgd_tape_of(y);
    static const double zero[N] = { 0 };
    mgd_var *nothing = mgd_zeros(t, N, 1), *no = mgd_constant(t, mgd_rows(zero, N, 1)); /* seen when it is evaluated */
    assert_zeros(mgd_pullback(y, x, no), "pullback", which);
    assert_zeros(mgd_pushforward(y, x, no), "pushforward", which);
    assert_zeros(mgd_gradient(mgd_sum(mgd_where(no, y, nothing)), x), "not taken", which);
}

START_TEST(nothing_comes_through_as_nothing) {
    for (size_t k = 0; k < sizeof functions / sizeof functions[0]; k++) {
        mgd_tape *t = mgd_tape_new();
        mgd_var *x = points_of(t, "x");
        check(functions[k](x), x, k);
        mgd_tape_free(t);
    }
    for (size_t k = 0; k < sizeof of_pairs / sizeof of_pairs[0]; k++) {
        mgd_tape *t = mgd_tape_new();
        mgd_var *x = points_of(t, "x"), *y = points_of(t, "y");
        check(of_pairs[k](x, y), x, 100 + k);
        check(of_pairs[k](x, mgd_reverse_rows(y)), x, 200 + k);
        check(of_pairs[k](mgd_reverse_rows(x), y), y, 300 + k);
        mgd_tape_free(t);
    }
}
END_TEST

/* Missing data: what is masked out does not spoil the gradient of what is shared. */
START_TEST(missing_numbers_do_not_reach_what_is_shared) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = points_of(t, "x"), *w = mgd_input(t, "w", 1, 1);
    static const double half = 0.5;
    ck_assert(mgd_set(w, &half, 1, 1));
    mgd_var *small = mgd_is_less(mgd_abs(x), mgd_number(t, 100)); /* false for NaN and infinities */
    mgd_var *f = mgd_sum(mgd_where(small, mgd_sigmoid(mgd_scale(w, x)), mgd_zeros(t, N, 1)));
    const double *g = mgd_value(mgd_gradient(f, w));
    ck_assert(g && isfinite(*g) && *g != 0);
    mgd_tape_free(t);
}
END_TEST

TESTS("cotangents of zero", nothing_comes_through_as_nothing, missing_numbers_do_not_reach_what_is_shared);
