/* SPDX-License-Identifier: MIT */
/* Errors of recording: the first one wins, stays until it is cleared, and flows through whatever comes after. */
#include "expect.h"

#include <setjmp.h>
#include <stdio.h>

static mgd_tape *t, *u;
static mgd_var *A, *B, *X, *x;

static void set_up(void) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", 3, 3);
    B = mgd_input(t, "B", 2, 2);
    X = mgd_input(t, "X", 3, 2);
    x = mgd_input(t, "x", 1, 1);
    u = mgd_tape_new();
}

static void tear_down(void) {
    mgd_tape_free(t);
    mgd_tape_free(u);
}

static int raised;
static char last[512];

static void count(void *user, const char *message) {
    ck_assert_ptr_eq(user, &raised);
    raised++;
    snprintf(last, sizeof last, "%s", message);
}

START_TEST(the_first_error_stays_until_it_is_cleared) {
    set_up();
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert(!mgd_failed(t));
    ck_assert_ptr_null(mgd_matmul(A, B));
    ck_assert(mgd_failed(t));
    ck_assert_ptr_null(mgd_trace(X));
    ck_assert_ptr_null(mgd_exp(X));
    ck_assert_ptr_null(mgd_input(t, "new", 1, 1));
    ck_assert_ptr_null(mgd_number(t, 1));
    ck_assert_ptr_null(mgd_size_named(t, "m"));
    ck_assert_ptr_null(mgd_gradient(x, x));
    ck_assert_ptr_null(mgd_copy(t, x));
    ck_assert_ptr_null(mgd_substitute(x, x, x));
    ck_assert_str_eq(mgd_message(t), "matmul: A is 3x3, B is 2x2: inner sizes 3 and 2 differ");
    mgd_clear(t);
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert_ptr_nonnull(mgd_exp(X));
    ck_assert_ptr_nonnull(mgd_input(t, "new", 1, 1));
    tear_down();
}
END_TEST

START_TEST(what_was_recorded_before_stays_valid) {
    set_up();
    mgd_var *f = mgd_sum(X), *g = mgd_gradient(mgd_sum(mgd_hadamard(X, X)), X);
    const double data[] = { 1, 2, 3, 4, 5, 6 };
    ck_assert_ptr_null(mgd_matmul(A, B));
    ck_assert(mgd_set(X, data, 3, 2));
    expect_entries(f, 1, 21);
    expect_entries(g, 6, 2, 4, 6, 8, 10, 12);
    expect_text(f, "sum(X)");
    ck_assert_str_eq(mgd_message(t), "matmul: A is 3x3, B is 2x2: inner sizes 3 and 2 differ");
    tear_down();
}
END_TEST

START_TEST(a_refused_operation_records_nothing) {
    set_up();
    size_t before = mgd_count(t);
    ck_assert_ptr_null(mgd_matmul(A, B));
    mgd_clear(t);
    ck_assert_ptr_null(mgd_add(A, X));
    mgd_clear(t);
    ck_assert_ptr_null(mgd_block(X, 5, 0, 1, 1));
    ck_assert_uint_eq(mgd_count(t), before);
    tear_down();
}
END_TEST

START_TEST(an_error_flows_through_a_thousand_operations) {
    set_up();
    mgd_var *v = mgd_matmul(A, B);
    for (int i = 0; i < 1000; i++) {
        v = mgd_sigmoid(mgd_add(mgd_scale(x, mgd_transpose(v)), A));
        v = mgd_solve(A, mgd_hadamard(v, mgd_number(t, 0.5)));
    }
    ck_assert_ptr_null(v);
    ck_assert_ptr_null(mgd_gradient(mgd_sum(v), A));
    ck_assert_ptr_null(mgd_value(v));
    ck_assert_str_eq(mgd_message(t), "matmul: A is 3x3, B is 2x2: inner sizes 3 and 2 differ");
    tear_down();
}
END_TEST

START_TEST(the_handler_is_called_once_an_error) {
    set_up();
    raised = 0;
    mgd_on_error(t, count, &raised);
    mgd_matmul(A, B);
    ck_assert_int_eq(raised, 1);
    ck_assert_str_eq(last, "matmul: A is 3x3, B is 2x2: inner sizes 3 and 2 differ");
    mgd_matmul(A, B);
    mgd_trace(X);
    ck_assert_int_eq(raised, 1);
    mgd_clear(t);
    ck_assert_ptr_null(mgd_value(mgd_exp(X)));
    ck_assert_int_eq(raised, 2);
    ck_assert_str_eq(last, "X: the input has no data: set it first");
    ck_assert(!mgd_set(X, (double[]){ 1 }, 1, 1));
    ck_assert_int_eq(raised, 3);
    mgd_on_error(t, NULL, NULL);
    mgd_matmul(A, B);
    ck_assert_int_eq(raised, 3);
    tear_down();
}
END_TEST

START_TEST(a_handler_sees_the_error_on_the_tape) {
    set_up();
    raised = 0;
    mgd_on_error(t, count, &raised);
    ck_assert_ptr_null(mgd_trace(X));
    ck_assert_str_eq(mgd_message(t), last);
    mgd_tape_reset(t);
    ck_assert(!mgd_failed(t));
    mgd_input(t, "1", 1, 1);
    ck_assert_int_eq(raised, 2);
    tear_down();
}
END_TEST

static jmp_buf out;

static void leave(void *user, const char *message) {
    ck_assert(!user && message[0]);
    longjmp(out, 1);
}

START_TEST(a_handler_may_leave_by_longjmp_when_the_tape_is_reset) {
    set_up();
    mgd_on_error(t, leave, NULL);
    if (setjmp(out) == 0) {
        mgd_sum(mgd_matmul(A, B));
        ck_abort_msg("the handler was not called");
    }
    mgd_tape_reset(t);
    ck_assert_str_eq(mgd_message(t), "");
    A = mgd_input(t, "A", 2, 2);
    if (setjmp(out) == 0) {
        ck_assert_ptr_null(mgd_value(mgd_exp(A)));
        ck_abort_msg("the handler was not called");
    }
    tear_down();
}
END_TEST

START_TEST(two_tapes_do_not_mix_in_any_position) {
    set_up();
    mgd_var *Y = mgd_input(u, "Y", 3, 3), *y = mgd_input(u, "y", 1, 1);
    mgd_var *(*const two[])(mgd_var *, mgd_var *) = { mgd_add,    mgd_subtract, mgd_hadamard,
                                                      mgd_divide, mgd_chain,    mgd_matmul,
                                                      mgd_solve,  mgd_scale,    mgd_triangular_solve };
    const char *const name[] = { "add",    "subtract", "hadamard", "divide",          "chain",
                                 "matmul", "solve",    "scale",    "triangular_solve" };
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        char message[96];
        snprintf(message, sizeof message, "%s: operand 2, Y, is of another tape", name[i]);
        expect_refusal(t, two[i](A, Y), message);
        snprintf(message, sizeof message, "%s: operand 2, A, is of another tape", name[i]);
        expect_refusal(u, two[i](Y, A), message);
    }
    expect_refusal(t, mgd_where(A, A, Y), "where: operand 3, Y, is of another tape");
    expect_refusal(t, mgd_where(A, Y, A), "where: operand 2, Y, is of another tape");
    expect_refusal(u, mgd_where(Y, A, A), "where: operand 2, A, is of another tape");
    ck_assert_ptr_null(mgd_add(A, y));
    ck_assert(mgd_failed(t));
    mgd_clear(t);
    mgd_clear(u);
    ck_assert_ptr_null(mgd_matmul(y, A));
    ck_assert(mgd_failed(u));
    tear_down();
}
END_TEST

START_TEST(a_failed_tape_does_not_fail_another) {
    set_up();
    ck_assert_ptr_null(mgd_trace(X));
    mgd_var *y = mgd_input(u, "y", 2, 2);
    ck_assert_ptr_nonnull(mgd_exp(y));
    ck_assert_ptr_nonnull(mgd_copy(u, mgd_at(t, 0)));
    ck_assert_str_eq(mgd_message(u), "");
    tear_down();
}
END_TEST

START_TEST(long_names_do_not_overflow_a_message) {
    set_up();
    char name[65], longer[600];
    memset(name, 'w', 64);
    name[64] = 0;
    mgd_var *w = mgd_input(t, name, 3, 2);
    ck_assert_ptr_null(mgd_matmul(mgd_hadamard(w, w), mgd_subtract(w, X)));
    ck_assert_uint_lt(strlen(mgd_message(t)), 512);
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "inner sizes 2 and 3 differ"));
    mgd_clear(t);
    memset(longer, 'w', 599);
    longer[599] = 0;
    ck_assert_ptr_null(mgd_input(t, longer, 3, 2));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "is no name"));
    mgd_clear(t);
    ck_assert_ptr_null(mgd_size_named(t, longer));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "is no name"));
    tear_down();
}
END_TEST

TESTS("errors", the_first_error_stays_until_it_is_cleared, what_was_recorded_before_stays_valid,
      a_refused_operation_records_nothing, an_error_flows_through_a_thousand_operations,
      the_handler_is_called_once_an_error, a_handler_sees_the_error_on_the_tape,
      a_handler_may_leave_by_longjmp_when_the_tape_is_reset, two_tapes_do_not_mix_in_any_position,
      a_failed_tape_does_not_fail_another, long_names_do_not_overflow_a_message);
