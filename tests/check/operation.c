/* SPDX-License-Identifier: MIT */
/* Operations of users, tried before they are used: right ones pass, wrong rules are named, and what cannot be tried is
 * let be. */
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>

static mgd_tape *t;
static mgd_operation *op;
static mgd_var *x, *y, *X, *Y;

static void set_up(const char *name, size_t operands, mgd_value_function *value, mgd_rule_function *pullback) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 3, 1);
    y = mgd_input(t, "y", 3, 1);
    X = mgd_input_sized(t, "X", mgd_size_named(t, "m"), mgd_size_named(t, "n"));
    Y = mgd_input_sized(t, "Y", mgd_size_named(t, "n"), mgd_size_add(mgd_size_named(t, "m"), mgd_size_number(t, 1)));
    op = mgd_operation_new(name, operands);
    mgd_operation_set_value(op, value);
    mgd_operation_set_pullback(op, pullback);
    mgd_operation_set_checked(op, true);
}

static void tear_down(void) {
    mgd_tape_free(t);
    mgd_operation_free(op);
}

static mgd_var *apply(mgd_var *a, mgd_var *b) { return mgd_apply(op, b ? 2 : 1, (mgd_var *[]){ a, b }); }

#define expect_refused(call, beginning)                                                                                \
    do {                                                                                                               \
        ck_assert_ptr_null(call);                                                                                      \
        ck_assert_msg(strstr(mgd_message(t), beginning) == mgd_message(t), "%s", mgd_message(t));                      \
        ck_assert(mgd_failed(t));                                                                                      \
        mgd_clear(t);                                                                                                  \
    } while (0)

#define expect_recorded(call)                                                                                          \
    do {                                                                                                               \
        ck_assert_msg((call) != NULL, "%s", mgd_message(t));                                                           \
        ck_assert_str_eq(mgd_message(t), "");                                                                          \
    } while (0)

/* ---- c = log(a)^2, whose value function refuses what is not positive ---- */

static int evaluations;

static bool log_square(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user;
    const double *a = in->data;
    evaluations++;
    for (int64_t i = 0; i < in->rows * in->cols; i++) {
        if (!(a[i] > 0)) {
            snprintf(why, n, "%g is not positive", a[i]);
            return false;
        }
        ((double *)out->data)[i] = log(a[i]) * log(a[i]);
    }
    return true;
}

static mgd_var *right_slope(void *user, mgd_var *c, size_t i, mgd_var *t_or_dc) {
    (void)user;
    mgd_var *a = mgd_operand(c, i), *two = mgd_number(mgd_tape_of(c), 2);
    return mgd_hadamard(t_or_dc, mgd_divide(mgd_scale(two, mgd_log(a)), a));
}

static mgd_var *half_slope(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    return mgd_scale(mgd_number(mgd_tape_of(c), 0.5), right_slope(user, c, i, dc));
}

static mgd_var *no_slope(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user, (void)c, (void)i, (void)dc;
    return NULL;
}

START_TEST(a_right_operation_passes_at_numbers_where_it_has_a_value) {
    set_up("logsquare", 1, log_square, right_slope);
    expect_recorded(apply(x, NULL));
    ck_assert_int_gt(evaluations, 10);
    mgd_operation_set_pushforward(op, right_slope);
    mgd_gradient_check c = mgd_check_operation(op, 1, &x);
    ck_assert_msg(c.holds && !c.message[0], "%s", c.message);
    expect_recorded(apply(X, NULL)); /* sizes that are unbound */
    ck_assert_int_eq(mgd_size_value(mgd_rows_of(X)), 0);
    c = mgd_check_operation(op, 1, &X);
    ck_assert_msg(c.holds, "%s", c.message);
    tear_down();
}
END_TEST

START_TEST(it_is_tried_once) {
    set_up("logsquare", 1, log_square, right_slope);
    expect_recorded(apply(x, NULL));
    int once = evaluations;
    expect_recorded(apply(y, NULL));
    ck_assert_int_eq(evaluations, once);
    tear_down();
}
END_TEST

START_TEST(a_wrong_pullback_is_refused_each_time) {
    set_up("logsquare", 1, log_square, half_slope);
    for (int k = 0; k < 2; k++)
        expect_refused(apply(x, NULL),
                       "logsquare: the pullback of operand 1 is not the derivative of the value: entry (1,1) is ");
    mgd_operation_set_pullback(op, right_slope);
    expect_recorded(apply(x, NULL));
    tear_down();
    set_up("logsquare", 1, log_square, no_slope);
    expect_refused(apply(x, NULL), "logsquare: the pullback of operand 1 is not");
    mgd_operation_set_checked(op, false);
    expect_recorded(apply(x, NULL));
    mgd_gradient_check c = mgd_check_operation(op, 1, &x);
    ck_assert(!c.holds && c.row == 1 && c.col == 1 && c.got == 0 && c.expected != 0);
    ck_assert(!mgd_failed(t));
    tear_down();
}
END_TEST

START_TEST(debug_builds_try_without_being_told) {
    set_up("logsquare", 1, log_square, half_slope);
    mgd_operation *untold = mgd_operation_new("untold", 1);
    mgd_operation_set_value(untold, log_square);
    mgd_operation_set_pullback(untold, half_slope);
#ifdef MGD_DEBUG
    expect_refused(mgd_apply(untold, 1, &x), "untold: the pullback of operand 1 is not the derivative of the value");
#else
    expect_recorded(mgd_apply(untold, 1, &x));
#endif
    tear_down();
    mgd_operation_free(untold);
}
END_TEST

START_TEST(a_wrong_pushforward_is_told_from_a_wrong_pullback) {
    set_up("logsquare", 1, log_square, right_slope);
    mgd_operation_set_pushforward(op, half_slope);
    expect_refused(apply(x, NULL),
                   "logsquare: the pushforward of operand 1 does not agree with its pullback: along a ");
    mgd_operation_set_pullback(op, NULL); /* alone it is compared with differences */
    expect_refused(apply(x, NULL), "logsquare: the pushforward of operand 1 is not the derivative of the value");
    mgd_operation_set_pushforward(op, right_slope);
    expect_recorded(apply(x, NULL));
    ck_assert(mgd_check_operation(op, 1, &x).holds);
    tear_down();
}
END_TEST

/* ---- c = a b, with shapes ---- */

static bool product_shape(void *user, const mgd_var *const *operands, const mgd_size **rows, const mgd_size **cols,
                          char *why, size_t n) {
    (void)user;
    *rows = mgd_rows_of(operands[0]);
    *cols = mgd_cols_of(operands[1]);
    if (mgd_cols_of(operands[0]) == mgd_rows_of(operands[1])) return true;
    snprintf(why, n, "inner sizes differ");
    return false;
}

static bool product(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    const double *a = in[0].data, *b = in[1].data;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            double sum = 0;
            for (int64_t k = 0; k < in[0].cols; k++) sum += a[i * in[0].cols + k] * b[k * in[1].cols + j];
            ((double *)out->data)[i * out->cols + j] = sum;
        }
    return true;
}

static mgd_var *product_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    mgd_var *a = mgd_operand(c, 0), *b = mgd_operand(c, 1);
    return i ? mgd_matmul(mgd_transpose(a), dc) : mgd_matmul(dc, mgd_transpose(b));
}

/* A transpose is missing, which shows where b is square alone. */
static mgd_var *untransposed_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    return i ? product_pullback(user, c, i, dc) : mgd_matmul(dc, mgd_operand(c, 1));
}

static mgd_var *second_negated(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    mgd_var *share = product_pullback(user, c, i, dc);
    return i ? mgd_negate(share) : share;
}

START_TEST(every_operand_is_tried_at_the_sizes_that_were_recorded) {
    set_up("product", 2, product, product_pullback);
    mgd_operation_set_shape(op, product_shape);
    mgd_var *A = mgd_input(t, "A", 3, 3), *L = mgd_input(t, "L", 700, 500), *M = mgd_input(t, "M", 500, 300);
    expect_recorded(apply(X, Y));
    ck_assert(mgd_check_operation(op, 2, (mgd_var *[]){ A, x }).holds);
    ck_assert(mgd_check_operation(op, 2, (mgd_var *[]){ L, M }).holds); /* at small sizes in their place */
    mgd_operation_set_pullback(op, second_negated);
    mgd_operation_set_checked(op, true);
    expect_refused(apply(X, Y), "product: the pullback of operand 2 is not the derivative of the value: entry (1,1)");
    expect_refused(apply(L, M), "product: the pullback of operand 2 is not the derivative of the value: entry (1,1)");
    mgd_operation_set_pullback(op, untransposed_pullback);
    expect_refused(apply(A, A), "product: the pullback of operand 1 is not the derivative of the value");
    mgd_gradient_check c = mgd_check_operation(op, 2, (mgd_var *[]){ X, Y });
    ck_assert(!c.holds); /* its sizes do not fit: an error of recording */
    ck_assert_msg(strstr(c.message, "matmul: "), "%s", c.message);
    expect_recorded(apply(X, Y)); /* which is left to the gradient */
    tear_down();
}
END_TEST

/* ---- what cannot be tried ---- */

static bool nowhere(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)in, (void)out;
    snprintf(why, n, "no value anywhere");
    return false;
}

static mgd_var *recursive_slope(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)i;
    return mgd_hadamard(dc, mgd_apply(user, 1, (mgd_var *[]){ mgd_operand(c, 0) }));
}

static bool exponential(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) ((double *)out->data)[i] = exp(((double *)in->data)[i]);
    return true;
}

START_TEST(what_has_nothing_to_compare_is_let_be) {
    set_up("mystery", 1, NULL, right_slope);
    expect_recorded(apply(x, NULL));
    tear_down();
    set_up("mystery", 1, log_square, NULL);
    expect_recorded(apply(x, NULL));
    tear_down();
    set_up("mystery", 1, nowhere, half_slope);
    expect_recorded(apply(x, NULL));
    ck_assert(mgd_check_operation(op, 1, &x).holds);
    tear_down();
}
END_TEST

START_TEST(a_rule_may_apply_its_own_operation) {
    set_up("own_exp", 1, exponential, recursive_slope);
    mgd_operation_set_user(op, op);
    mgd_var *f = mgd_sum(apply(x, NULL));
    mgd_set(x, (double[]){ 0, 1, -2 }, 3, 1);
    ck_assert(mgd_check_gradient(f, x, NULL).holds);
    mgd_var *second = mgd_sum(mgd_hadamard(x, mgd_gradient(f, x)));
    ck_assert(mgd_check_gradient(second, x, NULL).holds);
    tear_down();
}
END_TEST

/* A share of another tape is an error of recording: not of the numbers. */
static mgd_var *tied_to_a_tape(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)c, (void)i;
    return mgd_hadamard(dc, user);
}

START_TEST(a_rule_that_is_tied_to_a_tape_is_let_be) {
    set_up("tied", 1, exponential, tied_to_a_tape);
    mgd_operation_set_user(op, x);
    expect_recorded(apply(x, NULL));
    mgd_gradient_check c = mgd_check_operation(op, 1, &x);
    ck_assert(!c.holds && c.message[0]);
    tear_down();
}
END_TEST

START_TEST(wrong_calls_are_said) {
    set_up("product", 2, product, product_pullback);
    mgd_tape *other = mgd_tape_new();
    mgd_var *foreign = mgd_input(other, "z", 3, 1), *const pairs[][2] = { { x, NULL }, { x, foreign } };
    ck_assert_str_eq(mgd_check_operation(NULL, 1, &x).message, "check: the operation is NULL");
    ck_assert_str_eq(mgd_check_operation(op, 2, NULL).message, "check: the operands are NULL");
    ck_assert_str_eq(mgd_check_operation(op, 1, &x).message, "product takes 2 operands, not 1");
    ck_assert_str_eq(mgd_check_operation(op, 2, pairs[0]).message, "product: operand 2 is NULL");
    ck_assert_str_eq(mgd_check_operation(op, 2, pairs[1]).message, "product: operand 2, z, is of another tape");
    ck_assert_str_eq(mgd_check_operation(mgd_operation_of(mgd_exp(x)), 1, &x).message,
                     "exp is not an operation of your own");
    mgd_operation_set_shape(op, product_shape);
    mgd_gradient_check c = mgd_check_operation(op, 2, (mgd_var *[]){ x, y });
    ck_assert_msg(c.holds == false && strstr(c.message, "product: inner sizes differ"), "%s", c.message);
    mgd_operation_set_checked(NULL, true);
    mgd_tape_free(other);
    tear_down();
}
END_TEST

TESTS("operation check", a_right_operation_passes_at_numbers_where_it_has_a_value, it_is_tried_once,
      a_wrong_pullback_is_refused_each_time, debug_builds_try_without_being_told,
      a_wrong_pushforward_is_told_from_a_wrong_pullback, every_operand_is_tried_at_the_sizes_that_were_recorded,
      what_has_nothing_to_compare_is_let_be, a_rule_may_apply_its_own_operation,
      a_rule_that_is_tied_to_a_tape_is_let_be, wrong_calls_are_said);
