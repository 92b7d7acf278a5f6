/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <stdio.h>

static mgd_var *the_matrix(rule_case *c) {
    return mgd_exp(mgd_quadratic_form(variable(c, "A", c->n, c->n), matrix(c, "x", c->n, c->one)));
}
static mgd_var *the_column(rule_case *c) {
    return mgd_exp(mgd_quadratic_form(matrix(c, "A", c->n, c->n), variable(c, "x", c->n, c->one)));
}

COMPOSITION("quadratic_form", the_matrix, the_column);

START_TEST(a_square_matrix_and_a_column_of_its_size) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 3), *B = mgd_input(t, "B", 3, 2), *x = mgd_input(t, "x", 3, 1);
    const double a[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, y[] = { 1, -1, 2 };
    ck_assert(mgd_set(A, a, 3, 3) && mgd_set(x, y, 3, 1));
    ck_assert_double_eq(*mgd_value(mgd_quadratic_form(A, x)), 1 * 5 - 1 * 11 + 2 * 17);
    mgd_var *const pairs[][2] = { { B, x }, { A, B }, { A, mgd_transpose(x) }, { A, mgd_input(t, "z", 2, 1) } };
    const char *const names[] = { "B is 3x2, x is 3x1", "A is 3x3, B is 3x2", "A is 3x3, x' is 1x3",
                                  "A is 3x3, z is 2x1" };
    for (int i = 0; i < 4; i++) {
        char message[160];
        snprintf(message, sizeof message, "quadratic_form: %s: one must be square, the other a column of its size",
                 names[i]);
        ck_assert_ptr_null(mgd_quadratic_form(pairs[i][0], pairs[i][1]));
        ck_assert_str_eq(mgd_message(t), message);
        mgd_clear(t);
    }
    mgd_tape_free(t);
}
END_TEST

TESTS("quadratic_form", a_square_matrix_and_a_column_of_its_size);
