/* SPDX-License-Identifier: MIT */
/* Entrywise functions of nothing are nothing, and so they are on a tape that has failed; sizes that differ are named.
 */
#include "support/support.h"

#include <matgrad.h>
#include <stdio.h>
#include <string.h>

static mgd_var *trigamma(mgd_var *a) { return mgd_polygamma(a, 1); }

static mgd_var *(*const unary[])(mgd_var *) = { mgd_acos,  mgd_acosh, mgd_asin,       mgd_asinh,    mgd_atan,
                                                mgd_atanh, mgd_cbrt,  mgd_cos,        mgd_cosh,     mgd_digamma,
                                                mgd_erf,   mgd_erfc,  mgd_expm1,      mgd_lgamma,   mgd_log10,
                                                mgd_log1p, mgd_log2,  mgd_logsigmoid, trigamma,     mgd_reciprocal,
                                                mgd_relu,  mgd_sin,   mgd_sinh,       mgd_softplus, mgd_square,
                                                mgd_tan,   mgd_tanh,  mgd_unit_step };
enum { UNARY = sizeof unary / sizeof *unary };

static const struct {
    const char *name;
    mgd_var *(*f)(mgd_var *, mgd_var *);
} binary[] = { { "atan2", mgd_atan2 },
               { "hypot", mgd_hypot },
               { "maximum", mgd_maximum },
               { "minimum", mgd_minimum },
               { "pow", mgd_pow },
               { "is_less", mgd_is_less },
               { "is_at_most", mgd_is_at_most },
               { "is_greater", mgd_is_greater },
               { "is_at_least", mgd_is_at_least },
               { "is_equal", mgd_is_equal },
               { "is_not_equal", mgd_is_not_equal } };
enum { BINARY = sizeof binary / sizeof *binary };

START_TEST(functions_of_nothing_are_nothing) {
    for (int i = 0; i < UNARY; i++) ck_assert_ptr_null(unary[i](NULL));
    for (int i = 0; i < BINARY; i++) ck_assert_ptr_null(binary[i].f(NULL, NULL));
    ck_assert_ptr_null(mgd_clamp(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_pi(NULL));
}
END_TEST

START_TEST(functions_on_a_failed_tape_are_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 2, 1);
    for (int i = 0; i < UNARY; i++) ck_assert_msg(unary[i](a), "%d: %s", i, mgd_message(t));
    for (int i = 0; i < BINARY; i++) ck_assert_msg(binary[i].f(a, a), "%d: %s", i, mgd_message(t));
    ck_assert_ptr_null(mgd_add(a, NULL));
    for (int i = 0; i < UNARY; i++) ck_assert_ptr_null(unary[i](a));
    for (int i = 0; i < BINARY; i++) ck_assert_ptr_null(binary[i].f(a, a));
    ck_assert_ptr_null(mgd_clamp(a, a, a));
    ck_assert_ptr_null(mgd_pi(t));
    ck_assert_str_eq(mgd_message(t), "add: operand 2 is NULL");
    mgd_tape_free(t);
}
END_TEST

START_TEST(one_operand_that_is_nothing_is_named) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 2, 1), *b = mgd_input(t, "b", 3, 1), *s = mgd_input(t, "s", 1, 1);
    for (int i = 0; i < BINARY; i++) {
        char wanted[100];
        bool compares = !strncmp(binary[i].name, "is_", 3);
        bool turned = binary[i].f == mgd_is_greater || binary[i].f == mgd_is_at_least;
        ck_assert_ptr_null(binary[i].f(a, NULL));
        snprintf(wanted, sizeof wanted, "%s: operand 2 is NULL", binary[i].name);
        ck_assert_str_eq(mgd_message(t), wanted);
        mgd_clear(t);
        ck_assert_ptr_null(binary[i].f(a, b));
        snprintf(wanted, sizeof wanted, "%s: %s: entry by entry needs equal sizes",
                 compares ? "compare" : binary[i].name, turned ? "b is 3x1, a is 2x1" : "a is 2x1, b is 3x1");
        ck_assert_str_eq(mgd_message(t), wanted);
        mgd_clear(t);
        mgd_var *spread = binary[i].f(a, s), *other_way = binary[i].f(s, a);
        ck_assert(spread && mgd_size_value(mgd_rows_of(spread)) == 2);
        ck_assert(other_way && mgd_size_value(mgd_rows_of(other_way)) == 2);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(operands_are_of_one_tape) {
    mgd_tape *t = mgd_tape_new(), *other = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, 1), *b = mgd_input(other, "b", 1, 1);
    for (int i = 0; i < BINARY; i++) {
        ck_assert_ptr_null(binary[i].f(a, b));
        const char *message = *mgd_message(t) ? mgd_message(t) : mgd_message(other);
        ck_assert_msg(strstr(message, "of another tape"), "%s", message);
        mgd_clear(t);
        mgd_clear(other);
    }
    ck_assert_ptr_null(mgd_pow(a, mgd_number(other, 2)));
    mgd_tape_free(t);
    mgd_tape_free(other);
}
END_TEST

TESTS("entrywise functions of nothing", functions_of_nothing_are_nothing, functions_on_a_failed_tape_are_nothing,
      one_operand_that_is_nothing_is_named, operands_are_of_one_tape);
