/* SPDX-License-Identifier: MIT */
/* Operations of one's own, made with the public header alone. */
#include "../support/support.h"

#include <matgrad.h>

#include <stdio.h>
#include <string.h>

static mgd_tape *t;
static mgd_operation *op;
static mgd_var *x, *y;
static double factor;

/* c = factor x.^3, with the factor behind the user pointer. */
static bool cube(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    const double *a = in->data;
    double *c = out->data;
    (void)why;
    (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) c[i] = *(double *)user * a[i] * a[i] * a[i];
    return true;
}

static mgd_var *cube_slope(void *user, mgd_var *c, size_t i, mgd_var *direction) {
    mgd_var *a = mgd_operand(c, i);
    mgd_var *slope = mgd_scale(mgd_number(mgd_tape_of(c), 3 * *(double *)user), mgd_hadamard(a, a));
    return mgd_hadamard(direction, slope);
}

/* p = a' b, of two columns; the rule is for the adjoint alone. */
static bool inner_shape(void *user, const mgd_var *const *operands, const mgd_size **rows, const mgd_size **cols,
                        char *why, size_t n) {
    (void)user;
    if (mgd_rows_of(operands[0]) != mgd_rows_of(operands[1])) {
        snprintf(why, n, "%s and %s rows differ", mgd_size_text(mgd_rows_of(operands[0])),
                 mgd_size_text(mgd_rows_of(operands[1])));
        return false;
    }
    *rows = *cols = mgd_size_number(mgd_tape_of(operands[0]), 1);
    return true;
}

static bool inner(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    const double *a = in[0].data, *b = in[1].data;
    (void)user;
    double sum = 0;
    for (int64_t i = 0; i < in[0].rows; i++) sum += a[i] * b[i];
    *(double *)out->data = sum;
    if (sum <= 100) return true;
    snprintf(why, n, "%g is more than 100", sum);
    return false;
}

static mgd_var *inner_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    return mgd_scale(dc, mgd_operand(c, 1 - i));
}

static mgd_var *of_wrong_size(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    (void)i;
    (void)dc;
    return mgd_ones(mgd_tape_of(c), 5, 4);
}

static mgd_var *none(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    (void)c;
    (void)i;
    (void)dc;
    return NULL;
}

static void set_up(void) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 3, 1);
    y = mgd_input(t, "y", 3, 1);
    mgd_set(x, (double[]){ 1, 2, 3 }, 3, 1);
    mgd_set(y, (double[]){ 4, 5, 6 }, 3, 1);
}

static void set_up_cube(void) {
    set_up();
    factor = 2;
    op = mgd_operation_new("cube", 1);
    mgd_operation_set_user(op, &factor);
    mgd_operation_set_value(op, cube);
    mgd_operation_set_pullback(op, cube_slope);
    mgd_operation_set_pushforward(op, cube_slope);
}

static void set_up_inner(void) {
    set_up();
    op = mgd_operation_new("inner", 2);
    mgd_operation_set_shape(op, inner_shape);
    mgd_operation_set_value(op, inner);
    mgd_operation_set_pullback(op, inner_pullback);
}

static void tear_down(void) {
    mgd_tape_free(t);
    mgd_operation_free(op);
}

static mgd_var *apply2(mgd_var *a, mgd_var *b) { return mgd_apply(op, 2, (mgd_var *[]){ a, b }); }

static void expect(mgd_var *v, size_t n, const double *expected) {
    const double *value = mgd_value(v);
    ck_assert_msg(value != NULL, "%s", mgd_message(t));
    ck_assert_mem_eq(value, expected, n * sizeof *value);
}

START_TEST(it_is_recorded_like_any_other) {
    set_up_cube();
    mgd_var *c = mgd_apply(op, 1, &x);
    char text[64];
    mgd_describe(mgd_sum(c), text, sizeof text);
    ck_assert_str_eq(text, "sum(cube(x))");
    ck_assert_ptr_eq(mgd_operation_of(c), op);
    ck_assert_str_eq(mgd_operation_name(op), "cube");
    ck_assert_ptr_eq(mgd_operand(c, 0), x);
    ck_assert_uint_eq(mgd_operands(c), 1);
    ck_assert_ptr_eq(mgd_apply(op, 1, &x), c);
    ck_assert_ptr_eq(mgd_rows_of(c), mgd_rows_of(x));
    expect(c, 3, (double[]){ 2, 16, 54 });
    tear_down();
}
END_TEST

START_TEST(both_directions_differentiate_it_twice) {
    set_up_cube();
    mgd_var *f = mgd_sum(mgd_apply(op, 1, &x)), *g = mgd_gradient(f, x);
    expect(g, 3, (double[]){ 6, 24, 54 });
    expect(mgd_gradient(mgd_sum(g), x), 3, (double[]){ 12, 24, 36 });
    expect(mgd_pushforward(mgd_apply(op, 1, &x), x, y), 3, (double[]){ 24, 120, 324 });
    expect(mgd_hessian_vector(f, x, y), 3, (double[]){ 48, 120, 216 });
    ck_assert_str_eq(mgd_message(t), "");
    tear_down();
}
END_TEST

START_TEST(a_sweep_shows_its_contribution) {
    set_up_cube();
    mgd_var *c = mgd_apply(op, 1, &x);
    mgd_sweep *s = mgd_backward(mgd_sum(c), NULL);
    bool seen = false;
    for (size_t k = 0; k < mgd_contributions(s); k++) {
        mgd_contribution one = mgd_contribution_at(s, k);
        if (one.node != c) continue;
        ck_assert_uint_eq(one.operand, 0);
        ck_assert_str_eq(one.rule, "the pullback of a user's operation");
        ck_assert_ptr_eq(one.share, mgd_adjoint(s, x));
        seen = true;
    }
    ck_assert(seen);
    tear_down();
}
END_TEST

START_TEST(without_a_pushforward_the_pullback_is_transposed) {
    set_up_inner();
    mgd_var *p = apply2(x, y);
    expect(p, 1, (double[]){ 32 });
    expect(mgd_gradient(p, x), 3, (double[]){ 4, 5, 6 });
    expect(mgd_gradient(p, y), 3, (double[]){ 1, 2, 3 });
    expect(mgd_pushforward(p, x, mgd_ones(t, 3, 1)), 1, (double[]){ 15 });
    mgd_var *square = apply2(x, x);
    expect(mgd_gradient(square, x), 3, (double[]){ 2, 4, 6 });
    expect(mgd_pushforward(square, x, y), 1, (double[]){ 64 });
    expect(mgd_hessian_vector(square, x, y), 3, (double[]){ 8, 10, 12 });
    tear_down();
}
END_TEST

START_TEST(the_shape_is_checked_in_its_own_words) {
    set_up_inner();
    ck_assert_ptr_null(apply2(x, mgd_ones(t, 2, 1)));
    ck_assert_str_eq(mgd_message(t), "inner: 3 and 2 rows differ");
    mgd_clear(t);
    mgd_operation *entrywise = mgd_operation_new("blend", 2);
    ck_assert_ptr_null(mgd_apply(entrywise, 2, (mgd_var *[]){ x, mgd_transpose(y) }));
    ck_assert_str_eq(mgd_message(t), "blend: x is 3x1, y' is 1x3: entry by entry needs equal sizes");
    mgd_clear(t);
    ck_assert_ptr_nonnull(mgd_apply(entrywise, 2, (mgd_var *[]){ x, y }));
    tear_down();
    mgd_operation_free(entrywise);
}
END_TEST

static bool silent_shape(void *user, const mgd_var *const *operands, const mgd_size **rows, const mgd_size **cols,
                         char *why, size_t n) {
    (void)operands;
    (void)why;
    (void)n;
    *rows = *cols = user;
    return user != NULL;
}

START_TEST(a_shape_function_must_give_sizes_of_the_tape) {
    set_up();
    mgd_tape *other = mgd_tape_new();
    op = mgd_operation_new("odd", 1);
    mgd_operation_set_shape(op, silent_shape);
    ck_assert_ptr_null(mgd_apply(op, 1, &x));
    ck_assert_str_eq(mgd_message(t), "odd: its shape function refused");
    mgd_clear(t);
    mgd_operation_set_user(op, (void *)(uintptr_t)mgd_size_number(other, 3));
    ck_assert_ptr_null(mgd_apply(op, 1, &x));
    ck_assert_str_eq(mgd_message(t), "odd: its shape function gave no size of this tape");
    tear_down();
    mgd_tape_free(other);
}
END_TEST

START_TEST(the_value_may_be_undefined_for_a_reason) {
    set_up_inner();
    mgd_var *p = apply2(x, y);
    mgd_set(x, (double[]){ 10, 20, 30 }, 3, 1);
    ck_assert_ptr_null(mgd_value(p));
    ck_assert_str_eq(mgd_message(t), "inner: 320 is more than 100");
    ck_assert(!mgd_failed(t));
    mgd_set(x, (double[]){ 0, 0, 1 }, 3, 1);
    expect(p, 1, (double[]){ 6 });
    tear_down();
}
END_TEST

START_TEST(without_a_value_it_is_still_recorded_and_differentiated) {
    set_up_inner();
    mgd_operation_set_value(op, NULL);
    mgd_var *p = apply2(x, y);
    expect(mgd_gradient(p, x), 3, (double[]){ 4, 5, 6 });
    ck_assert_ptr_null(mgd_value(mgd_exp(p)));
    ck_assert_str_eq(mgd_message(t), "inner(x,y): the operation has no value function");
    tear_down();
}
END_TEST

START_TEST(without_a_pullback_no_gradient_passes) {
    set_up_cube();
    mgd_operation_set_pullback(op, NULL);
    mgd_var *c = mgd_apply(op, 1, &x), *f = mgd_sum(c);
    expect(mgd_pushforward(c, x, y), 3, (double[]){ 24, 120, 324 });
    ck_assert_ptr_null(mgd_gradient(f, x));
    ck_assert_str_eq(mgd_message(t), "cube: the operation has no pullback");
    mgd_clear(t);
    mgd_operation_set_pushforward(op, NULL);
    ck_assert_ptr_null(mgd_pushforward(c, x, y));
    ck_assert_str_eq(mgd_message(t), "cube: the operation has no pullback");
    mgd_clear(t);
    expect(f, 1, (double[]){ 72 });
    ck_assert_ptr_eq(mgd_gradient(f, y), mgd_zeros(t, 3, 1));
    tear_down();
}
END_TEST

START_TEST(a_share_of_the_wrong_size_is_refused) {
    set_up_inner();
    mgd_operation_set_pullback(op, of_wrong_size);
    ck_assert_ptr_null(mgd_gradient(apply2(x, y), x));
    ck_assert_str_eq(mgd_message(t), "inner: the derivative in operand 1 is 5x4, which should be 3x1 like x");
    mgd_clear(t);
    mgd_operation_set_pushforward(op, of_wrong_size);
    ck_assert_ptr_null(mgd_pushforward(apply2(x, y), x, y));
    ck_assert_str_eq(mgd_message(t), "inner: the derivative in operand 1 is 5x4, which should be 1x1 like inner(x,y)");
    tear_down();
}
END_TEST

static mgd_var *of_another_tape(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)c;
    (void)i;
    (void)dc;
    return user;
}

START_TEST(a_share_of_another_tape_is_refused) {
    set_up_inner();
    mgd_tape *other = mgd_tape_new();
    mgd_operation_set_user(op, mgd_input(other, "z", 3, 1));
    mgd_operation_set_pullback(op, of_another_tape);
    ck_assert_ptr_null(mgd_gradient(apply2(x, y), x));
    ck_assert_str_eq(mgd_message(t), "inner: its derivative in operand 1, z, is of another tape");
    mgd_clear(t);
    mgd_operation_set_user(op, mgd_input(other, "w", 1, 1));
    mgd_operation_set_pushforward(op, of_another_tape);
    ck_assert_ptr_null(mgd_pushforward(apply2(x, y), y, x));
    ck_assert_str_eq(mgd_message(t), "inner: its derivative in operand 2, w, is of another tape");
    ck_assert_str_eq(mgd_message(other), "");
    tear_down();
    mgd_tape_free(other);
}
END_TEST

START_TEST(null_stands_for_no_contribution) {
    set_up_inner();
    mgd_operation_set_pullback(op, none);
    mgd_operation_set_checked(op, false); /* it is not to be the derivative */
    ck_assert_ptr_eq(mgd_gradient(apply2(x, y), x), mgd_zeros(t, 3, 1));
    ck_assert_ptr_eq(mgd_pushforward(apply2(x, y), x, y), mgd_number(t, 0));
    ck_assert_str_eq(mgd_message(t), "");
    tear_down();
}
END_TEST

START_TEST(operands_are_counted_and_of_one_tape) {
    set_up_inner();
    mgd_tape *other = mgd_tape_new();
    mgd_var *z = mgd_input(other, "z", 3, 1);
    ck_assert_ptr_null(mgd_apply(op, 1, &x));
    ck_assert_str_eq(mgd_message(t), "inner takes 2 operands, not 1");
    mgd_clear(t);
    ck_assert_ptr_null(apply2(x, NULL));
    ck_assert_str_eq(mgd_message(t), "inner: operand 2 is NULL");
    mgd_clear(t);
    ck_assert_ptr_null(apply2(NULL, y));
    ck_assert_str_eq(mgd_message(t), "inner: operand 1 is NULL");
    mgd_clear(t);
    ck_assert_ptr_null(apply2(x, z));
    ck_assert_str_eq(mgd_message(t), "inner: operand 2, z, is of another tape");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_apply(mgd_operation_of(mgd_exp(x)), 1, &x));
    ck_assert_str_eq(mgd_message(t), "exp is not an operation of your own");
    tear_down();
    mgd_tape_free(other);
}
END_TEST

START_TEST(a_name_and_one_to_eight_operands_are_needed) {
    ck_assert_ptr_null(mgd_operation_new("", 1));
    ck_assert_ptr_null(mgd_operation_new("none", 0));
    ck_assert_ptr_null(mgd_operation_new("many", 9));
    set_up();
    char name[] = "eight";
    op = mgd_operation_new(name, 8);
    name[0] = 'x';
    ck_assert_str_eq(mgd_operation_name(op), "eight");
    mgd_var *all[8];
    for (int i = 0; i < 8; i++) all[i] = i % 2 ? y : x;
    ck_assert_uint_eq(mgd_operands(mgd_apply(op, 8, all)), 8);
    tear_down();
}
END_TEST

START_TEST(it_is_copied_and_substituted) {
    set_up_inner();
    mgd_tape *other = mgd_tape_new();
    mgd_var *copied = mgd_copy(other, apply2(x, y));
    ck_assert_double_eq(*mgd_value(copied), 32);
    ck_assert_ptr_eq(mgd_substitute(apply2(x, y), y, x), apply2(x, x));
    mgd_tape_free(other);
    tear_down();
}
END_TEST

TESTS("operation", it_is_recorded_like_any_other, both_directions_differentiate_it_twice,
      a_sweep_shows_its_contribution, without_a_pushforward_the_pullback_is_transposed,
      the_shape_is_checked_in_its_own_words, a_shape_function_must_give_sizes_of_the_tape,
      the_value_may_be_undefined_for_a_reason, without_a_value_it_is_still_recorded_and_differentiated,
      without_a_pullback_no_gradient_passes, a_share_of_the_wrong_size_is_refused, a_share_of_another_tape_is_refused,
      null_stands_for_no_contribution, operands_are_counted_and_of_one_tape,
      a_name_and_one_to_eight_operands_are_needed, it_is_copied_and_substituted);
