/* SPDX-License-Identifier: MIT */
/* The entrywise functions in programs: all of an expression is one loop, and its values are those of mgd_value, bit for
 * bit, its gradient's too. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>
#include <string.h>

enum { ROWS = 37, COLS = 61 };

static mgd_var *ten_functions(mgd_var *x, mgd_var *y) {
    mgd_tape *t = mgd_tape_of(x);
    mgd_var *a = mgd_hypot(mgd_sin(x), mgd_expm1(y)), *b = mgd_atan2(mgd_tanh(x), mgd_softplus(y));
    mgd_var *c = mgd_maximum(mgd_lgamma(mgd_add(mgd_number(t, 1), mgd_square(x))), mgd_erf(y));
    return mgd_clamp(mgd_where(mgd_is_less(a, b), mgd_pow(mgd_softplus(a), b), mgd_scale(mgd_pi(t), c)),
                     mgd_number(t, -3), mgd_number(t, 3));
}

static void fill(double *data, uint64_t *seed) {
    for (int i = 0; i < ROWS * COLS; i++) data[i] = 2 * test_uniform(seed);
}

static void check(mgd_var *x, mgd_var *y, mgd_var *z, const double *a, const double *b) {
    mgd_tape *t = mgd_tape_of(x);
    mgd_program *p = mgd_compile(t, 2, (mgd_var *[]){ x, y }, 1, &z, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_workspace *ws = mgd_workspace_new(p);
    static double result[ROWS * COLS];
    const mgd_array in[] = { mgd_rows(a, ROWS, COLS), mgd_rows(b, ROWS, COLS) };
    mgd_array out = mgd_rows(result, ROWS, COLS);
    ck_assert_msg(mgd_run(p, ws, in, &out), "%s", mgd_workspace_message(ws));
    const double *value = mgd_value(z);
    ck_assert_msg(value, "%s", mgd_message(t));
    ck_assert_int_eq(memcmp(result, value, sizeof result), 0);
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

START_TEST(ten_functions_and_their_gradients_are_those_of_values) {
    static double a[ROWS * COLS], b[ROWS * COLS];
    uint64_t seed = 8;
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", ROWS, COLS), *y = mgd_input(t, "y", ROWS, COLS), *z = ten_functions(x, y);
    fill(a, &seed);
    fill(b, &seed);
    a[5] = (double)NAN, a[6] = (double)INFINITY, a[7] = 0, b[7] = 0, b[8] = -(double)INFINITY;
    ck_assert(mgd_set(x, a, ROWS, COLS) && mgd_set(y, b, ROWS, COLS));
    check(x, y, z, a, b);
    check(x, y, mgd_gradient(mgd_sum(z), x), a, b);
    check(x, y, mgd_gradient(mgd_sum(z), y), a, b);
    mgd_tape_free(t);
}
END_TEST

START_TEST(they_share_one_loop) {
    char text[DESCRIPTION];
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", ROWS, COLS), *y = mgd_input(t, "y", ROWS, COLS);
    mgd_var *base = mgd_softplus(mgd_hypot(mgd_sin(x), mgd_tanh(y))), *exponent = mgd_erf(mgd_atan2(x, y));
    mgd_program *p = compiled(mgd_sum(mgd_clamp(mgd_pow(base, exponent), mgd_pi(t), mgd_maximum(x, y))), 0);
    ck_assert_uint_eq(mgd_program_steps(p), 1);
    static const char *const all[] = {
        "sin", "tanh", "hypot", "softplus", "atan2", "erf", "pow", "maximum", "minimum"
    };
    describe(p, text);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(strstr(text, all[i]), "no %s in %s", all[i], text);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

TESTS("programs of entrywise functions", ten_functions_and_their_gradients_are_those_of_values, they_share_one_loop);
