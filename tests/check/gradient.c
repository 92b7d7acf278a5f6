/* SPDX-License-Identifier: MIT */
/* The gradient check: what is right passes, at every scale; what is wrong is found, with its entry; kinks are named. */
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mgd_tape *t;
static mgd_var *x, *A;
static const double x0[] = { 0.5, -1.25, 2 }, A0[] = { 2, 1, 0.25, -1, 3, 1, 1, -0.5, 4 };

static void set_up(void) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 3, 1);
    A = mgd_input(t, "A", 3, 3);
    mgd_set(x, x0, 3, 1);
    mgd_set(A, A0, 3, 3);
}

#define expect_right(f, x, claim)                                                                                      \
    do {                                                                                                               \
        const mgd_gradient_check right_check = mgd_check_gradient(f, x, claim);                                        \
        ck_assert_msg(right_check.holds, "%s", right_check.message);                                                   \
    } while (0)

/* The claim fails, at that entry where one is given. */
#define expect_wrong(f, x, claim, at_row, at_col)                                                                      \
    do {                                                                                                               \
        const mgd_gradient_check wrong_check = mgd_check_gradient(f, x, claim);                                        \
        ck_assert_msg(!wrong_check.holds, "a mistake was not noticed");                                                \
        ck_assert_msg(wrong_check.message[0], "no message");                                                           \
        if (at_row) ck_assert_int_eq(wrong_check.row, at_row);                                                         \
        if (at_row) ck_assert_int_eq(wrong_check.col, at_col);                                                         \
    } while (0)

#define expect_says(check, text)                                                                                       \
    do {                                                                                                               \
        const mgd_gradient_check said_check = (check);                                                                 \
        ck_assert_msg(strstr(said_check.message, text), "'%s' is not in '%s'", text, said_check.message);              \
    } while (0)

static mgd_var *number(double value) { return mgd_number(t, value); }
static mgd_var *squares(mgd_var *v) { return mgd_sum(mgd_hadamard(v, v)); }

/* ---- what is right ---- */

START_TEST(what_the_library_records_is_right) {
    set_up();
    mgd_var *S = mgd_add(mgd_matmul(mgd_transpose(A), A), mgd_eye(t, 3));
    mgd_var *const right[] = { squares(mgd_sigmoid(mgd_matmul(A, x))),
                               mgd_logdet(A),
                               mgd_sum(mgd_solve(A, mgd_exp(x))),
                               mgd_sum(mgd_hadamard(A, mgd_cholesky(S))),
                               squares(mgd_softmax_rows(A)),
                               mgd_matmul(mgd_transpose(x), mgd_matmul(mgd_inverse(S), x)),
                               squares(mgd_sqrt(mgd_add(mgd_hadamard(A, A), number(1)))),
                               mgd_sum(mgd_singular_values(A)),
                               mgd_sum(mgd_hadamard(mgd_eigenvectors(S), A)) };
    for (size_t k = 0; k < sizeof right / sizeof *right; k++) {
        expect_right(right[k], x, NULL);
        expect_right(right[k], A, NULL);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(it_is_one_line_of_a_test) {
    set_up();
    ck_assert_msg(mgd_check_gradient(squares(x), x, NULL).holds, "never");
    mgd_gradient_check c = mgd_check_gradient(squares(x), x, mgd_scale(number(2), x));
    ck_assert(c.holds && !c.kink && c.row >= 1 && c.row <= 3 && c.col == 1);
    ck_assert_str_eq(c.message, "");
    ck_assert_double_eq(c.got, 2 * x0[c.row - 1]);
    ck_assert(fabs(c.expected - c.got) <= 2 * c.error + 1e-14 && c.error < 1e-8 * fabs(c.got));
    mgd_tape_free(t);
}
END_TEST

/* At x of size s, in products, quotients, roots and sums whose parts have like sizes. */
START_TEST(scales_do_not_matter) {
    for (int power = -150; power <= 150; power += 10) {
        set_up();
        double s = pow(10, power), x1[3];
        for (int i = 0; i < 3; i++) x1[i] = s * x0[i];
        mgd_set(x, x1, 3, 1);
        mgd_var *u = mgd_scale(number(1 / s), x), *f = squares(mgd_sigmoid(u));
        mgd_var *const right[] = { squares(x), mgd_sum(mgd_sqrt(mgd_hadamard(x, x))), f, mgd_scale(number(s), f),
                                   mgd_divide(number(s), mgd_sum(mgd_matmul(A, x))) };
        for (size_t k = 0; k < sizeof right / sizeof *right; k++) {
            mgd_var *g = mgd_gradient(right[k], x);
            mgd_gradient_check c = mgd_check_gradient(right[k], x, g);
            ck_assert_msg(c.holds, "1e%d, %zu: %s", power, k, c.message);
            c = mgd_check_gradient(right[k], x, mgd_scale(number(1 + 1e-6), g));
            ck_assert_msg(!c.holds && c.row, "1e%d, %zu: one millionth too large, and not noticed", power, k);
        }
        mgd_tape_free(t);
    }
}
END_TEST

/* One entry of 1e-12 beside others of 1; entries of 0; the natural scale of f far below, and far above x. */
START_TEST(steps_follow_f_and_not_x_alone) {
    set_up();
    static const double points[][3] = { { 1e-12, 1, 0 }, { 1e-12, 1e-12, 1e-12 },   { 1e3, 1e4, 1e6 },
                                        { 0, 0, 0 },     { 1e-30, -1e-30, 1e-200 }, { 1e-7, 1, 30 } };
    const double weights[] = { 1, 2, 3 };
    mgd_var *w = mgd_constant(t, mgd_rows(weights, 3, 1)), *e = mgd_sigmoid(mgd_hadamard(x, mgd_sigmoid(x)));
    mgd_var *wave = mgd_divide(number(1), mgd_add(number(1), mgd_hadamard(mgd_subtract(x, number(3)), x)));
    mgd_var *const right[] = { mgd_sum(mgd_hadamard(w, e)), mgd_sum(mgd_hadamard(w, wave)) };
    for (size_t p = 0; p < sizeof points / sizeof *points; p++)
        for (size_t k = 0; k < 2; k++) {
            ck_assert(mgd_set(x, points[p], 3, 1));
            mgd_var *g = mgd_gradient(right[k], x);
            mgd_gradient_check c = mgd_check_gradient(right[k], x, g);
            ck_assert_msg(c.holds, "point %zu: %s", p, c.message);
            c = mgd_check_gradient(right[k], x, mgd_scale(number(1 + 1e-6), g));
            const double *values = mgd_value(g);
            bool flat = values[0] == 0 && values[1] == 0 && values[2] == 0;
            ck_assert_msg(!c.holds || flat, "point %zu: one millionth too large, and not noticed", p);
        }
    mgd_tape_free(t);
}
END_TEST

/* f is the small difference of large numbers: the differences are noise, and must not be taken for the truth. */
START_TEST(noise_is_no_mistake) {
    set_up();
    for (double large = 1; large < 1e13; large *= 100) {
        mgd_var *u = mgd_subtract(mgd_add(mgd_hadamard(x, x), number(large)), number(large));
        expect_right(mgd_sum(mgd_exp(u)), x, NULL);
        expect_wrong(mgd_sum(mgd_exp(u)), x, mgd_negate(mgd_gradient(mgd_sum(mgd_exp(u)), x)), large < 1e9, 1);
    }
    mgd_tape_free(t);
}
END_TEST

/* ---- random smooth expressions ---- */

static uint64_t state;
static uint64_t draw(uint64_t n) { return test_random(&state) % n; }

/* A 3x3 of x (3x3) and constants, everywhere smooth and of moderate size. */
static mgd_var *random_matrix(mgd_var *X, int depth) {
    double numbers[9];
    if (depth == 0) {
        for (int i = 0; i < 9; i++) numbers[i] = test_uniform(&state);
        return draw(3) ? X : mgd_constant(t, mgd_rows(numbers, 3, 3));
    }
    mgd_var *a = random_matrix(X, depth - 1), *b = random_matrix(X, depth - 1);
    mgd_var *one_and_square = mgd_add(number(1), mgd_hadamard(b, b));
    mgd_var *S = mgd_add(mgd_eye(t, 3), mgd_matmul(mgd_transpose(b), b));
    switch (draw(16)) {
    case 0:
        return mgd_add(a, b);
    case 1:
        return mgd_subtract(a, b);
    case 2:
        return mgd_hadamard(a, b);
    case 3:
        return mgd_matmul(a, b);
    case 4:
        return mgd_sigmoid(a);
    case 5:
        return mgd_divide(a, one_and_square);
    case 6:
        return mgd_log(one_and_square);
    case 7:
        return mgd_sqrt(mgd_add(one_and_square, mgd_exp(mgd_negate(mgd_sigmoid(a)))));
    case 8:
        return mgd_solve(S, a);
    case 9:
        return mgd_softmax_rows(a);
    case 10:
        return mgd_transpose(a);
    case 11:
        return mgd_matmul(a, mgd_cholesky(S));
    case 12:
        return mgd_scale(mgd_logdet(S), a);
    case 13:
        return mgd_matmul(mgd_from_diag(mgd_row_sums(a)), mgd_sigmoid(b));
    case 14:
        return mgd_exp(mgd_subtract(mgd_sigmoid(a), mgd_sigmoid(b)));
    default:
        return mgd_power(one_and_square, 0.25 * (1 + (double)draw(5)));
    }
}

static mgd_var *random_expression(int k) {
    static const double scales[] = { 0.1, 1, 5 };
    double numbers[9];
    state = (uint64_t)k * 7919 + 1;
    t = mgd_tape_new();
    x = mgd_input(t, "X", 3, 3);
    for (int i = 0; i < 9; i++) numbers[i] = scales[k % 3] * test_uniform(&state);
    mgd_set(x, numbers, 3, 3);
    mgd_var *y = random_matrix(x, 1 + k % 4);
    return mgd_sum(mgd_hadamard(y, random_matrix(x, 1)));
}

static int how_many(void) { return getenv("EXPRESSIONS") ? atoi(getenv("EXPRESSIONS")) : 500; }

START_TEST(random_smooth_expressions_raise_no_alarm) {
    for (int k = 0; k < how_many(); k++) {
        mgd_var *f = random_expression(k);
        ck_assert_msg(f, "%d: %s", k, mgd_message(t));
        mgd_gradient_check c = mgd_check_gradient(f, x, NULL);
        ck_assert_msg(c.holds && !c.kink, "%d: %s", k, c.message);
        mgd_tape_free(t);
    }
}
END_TEST

/* The gradient with one entry changed by a millionth, at random expressions: at an entry that is not tiny. */
START_TEST(one_entry_in_random_expressions_off_by_a_millionth_is_found) {
    int missed = 0, planted = 0;
    for (int k = 0; k < how_many() / 5; k++) {
        mgd_var *f = random_expression(k), *g = mgd_gradient(f, x);
        double factors[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
        const double *values = mgd_value(g);
        int at = (int)draw(9);
        factors[at] += 1e-6;
        if (fabs(values[at]) > 1e-3) {
            mgd_var *wrong = mgd_hadamard(g, mgd_constant(t, mgd_rows(factors, 3, 3)));
            mgd_gradient_check c = mgd_check_gradient(f, x, wrong);
            planted++;
            missed += c.holds || c.row != at / 3 + 1 || c.col != at % 3 + 1;
        }
        mgd_tape_free(t);
    }
    ck_assert_int_gt(planted, 50 * how_many() / 500);
    ck_assert_msg(missed == 0, "%d of %d were missed", missed, planted);
}
END_TEST

/* ---- what is wrong ---- */

START_TEST(planted_mistakes_are_found) {
    set_up();
    mgd_var *y = mgd_sigmoid(mgd_matmul(A, x)), *f = squares(y), *g = mgd_gradient(f, A);
    double off[9] = { 1, 1, 1, 1, 1, 1 + 1e-6, 1, 1, 1 }, tiny[9] = { 1, 1, 1, 1, 1, 1 + 1e-12, 1, 1, 1 };
    expect_right(f, A, g);
    expect_wrong(f, A, mgd_negate(g), 1, 1);
    expect_wrong(f, A, mgd_scale(number(2), g), 1, 1);
    expect_wrong(f, A, mgd_transpose(g), 1, 2);
    expect_wrong(f, A, mgd_hadamard(g, mgd_constant(t, mgd_rows(off, 3, 3))), 2, 3);
    expect_right(f, A, mgd_hadamard(g, mgd_constant(t, mgd_rows(tiny, 3, 3)))); /* below what differences can tell */
    expect_wrong(f, A, mgd_zeros(t, 3, 3), 1, 1);
    expect_wrong(f, A, mgd_matmul(y, mgd_transpose(x)), 1, 1); /* a factor is missing: 2 (1 - y) y */
    mgd_var *sum = mgd_add(f, mgd_scale(number(1e-5), mgd_logdet(A)));
    expect_wrong(sum, A, g, 1, 1); /* a small term is missing */
    mgd_gradient_check c = mgd_check_gradient(f, A, mgd_scale(number(2), g));
    ck_assert_double_eq(c.got, 2 * *mgd_value(g));
    ck_assert(fabs(c.expected - *mgd_value(g)) < 1e-8);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_message_says_which_entry_and_how_much) {
    set_up();
    mgd_gradient_check c = mgd_check_gradient(squares(x), x, mgd_scale(number(3), x));
    ck_assert_msg(strstr(c.message, "the gradient of sum(x.*x) by x: entry (1,1) is 1.5, by differences 1") ==
                      c.message,
                  "%s", c.message);
    expect_says(c, "which err by about ");
    mgd_tape_free(t);
}
END_TEST

/* Against the forward direction a mistake shows that differences cannot see. */
START_TEST(the_pushforward_sees_what_differences_do_not) {
    set_up();
    mgd_var *f = squares(mgd_sigmoid(mgd_matmul(A, x))), *g = mgd_gradient(f, x);
    mgd_gradient_check c = mgd_check_gradient(f, x, mgd_scale(number(1 + 1e-11), g));
    ck_assert(!c.holds && !c.row);
    expect_says(c, "by mgd_pushforward");
    mgd_tape_free(t);
}
END_TEST

START_TEST(second_derivatives_are_checked_as_gradients) {
    set_up();
    mgd_var *f = squares(mgd_sigmoid(mgd_matmul(A, x))), *w = mgd_constant(t, mgd_rows(A0, 3, 1));
    mgd_var *slope = mgd_sum(mgd_hadamard(w, mgd_gradient(f, x)));
    expect_right(slope, x, mgd_hessian_vector(f, x, w));
    expect_wrong(slope, x, mgd_scale(number(1 + 1e-6), mgd_hessian_vector(f, x, w)), 1, 1);
    mgd_tape_free(t);
}
END_TEST

/* ---- kinks ---- */

START_TEST(near_a_kink_steps_stay_on_this_side) {
    set_up();
    static const double distances[] = { 1, 1e-3, 1e-6, 1e-9 };
    mgd_var *one = mgd_ones(t, 3, 1), *d = mgd_subtract(x, one);
    mgd_var *f = mgd_sum(mgd_hadamard(mgd_abs(d), mgd_exp(x)));
    mgd_var *relu = mgd_sum(mgd_hadamard(mgd_where(mgd_add(mgd_sign(d), one), d, mgd_zeros(t, 3, 1)), mgd_exp(x)));
    for (size_t k = 0; k < 4; k++) {
        double near_one[] = { 1 + distances[k], 1 - distances[k], 3 };
        ck_assert(mgd_set(x, near_one, 3, 1));
        mgd_gradient_check c = mgd_check_gradient(f, x, NULL);
        ck_assert_msg(c.holds && !c.kink, "%g: %s", distances[k], c.message);
        expect_right(relu, x, NULL);
        c = mgd_check_gradient(f, x, mgd_negate(mgd_gradient(f, x)));
        ck_assert(!c.holds && c.row == 1 && c.kink == (k > 0));
        expect_wrong(relu, x, mgd_scale(number(1 + 1e-3), mgd_gradient(relu, x)), k < 3, 1);
    }
    mgd_tape_free(t);
}
END_TEST

START_TEST(at_a_kink_the_claim_must_lie_between_the_sides) {
    set_up();
    mgd_set(x, (double[]){ 2, 0, 3 }, 3, 1);
    mgd_var *f = mgd_sum(mgd_abs(x));
    mgd_gradient_check c = mgd_check_gradient(f, x, NULL);
    ck_assert(c.holds && c.kink && c.row == 2);
    ck_assert_str_eq(c.message,
                     "the gradient of sum(abs(x)) by x: entry (2,1) is 0; a kink is at the point or near: -1 "
                     "to its left, 1 to its right");
    expect_right(f, x, mgd_constant(t, mgd_rows((double[]){ 1, -0.75, 1 }, 3, 1)));
    expect_wrong(f, x, mgd_constant(t, mgd_rows((double[]){ 1, -1.25, 1 }, 3, 1)), 2, 1);
    expect_wrong(f, x, mgd_constant(t, mgd_rows((double[]){ 1, 0, -1 }, 3, 1)), 3, 1);
    mgd_tape_free(t);
}
END_TEST

static bool hinge(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) ((double *)out->data)[i] = fmax(0, ((double *)in->data)[i]);
    return true;
}

static mgd_var *hinge_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    mgd_var *a = mgd_operand(c, i), *zero = mgd_scale(mgd_number(mgd_tape_of(c), 0), a);
    return mgd_where(mgd_subtract(mgd_abs(a), a), zero, dc); /* 1 at 0 */
}

START_TEST(a_kink_that_no_mask_shows_is_seen_by_the_differences) {
    set_up();
    mgd_operation *op = mgd_operation_new("hinge", 1);
    mgd_operation_set_value(op, hinge);
    mgd_operation_set_pullback(op, hinge_pullback);
    mgd_set(x, (double[]){ -2, 0, 3 }, 3, 1);
    mgd_var *f = mgd_sum(mgd_hadamard(mgd_apply(op, 1, &x), mgd_exp(x)));
    mgd_gradient_check c = mgd_check_gradient(f, x, NULL);
    ck_assert_msg(c.holds && c.kink && c.row == 2, "%s", c.message);
    expect_says(c, "0 to its left, 1 to its right");
    expect_wrong(f, x, mgd_scale(number(2), mgd_gradient(f, x)), 2, 1);
    for (double distance = 1; distance > 1e-13; distance /= 3) {
        mgd_set(x, (double[]){ -distance, 1 - distance, distance }, 3, 1);
        mgd_var *from_one = mgd_subtract(x, mgd_constant(t, mgd_rows((double[]){ 0, 1, -1 }, 3, 1)));
        f = mgd_sum(mgd_hadamard(mgd_apply(op, 1, &from_one), mgd_exp(x)));
        c = mgd_check_gradient(f, x, NULL);
        ck_assert_msg(c.holds, "at %g: %s", distance, c.message);
        expect_wrong(f, x, mgd_scale(number(2), mgd_gradient(f, x)), 0, 0);
    }
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

START_TEST(kinks_of_every_kind_are_known) {
    set_up();
    mgd_var *const kinked[] = { mgd_sum(mgd_relu(x)), mgd_sum(mgd_maximum(x, mgd_zeros(t, 3, 1))),
                                mgd_sum(mgd_hadamard(mgd_exp(x), mgd_clamp(x, mgd_number(t, 0), mgd_number(t, 10)))),
                                mgd_norm1(x) };
    mgd_set(x, (double[]){ 2, 0, -3 }, 3, 1);
    for (size_t k = 0; k < sizeof kinked / sizeof *kinked; k++) {
        mgd_gradient_check c = mgd_check_gradient(kinked[k], x, NULL);
        ck_assert_msg(c.holds && c.kink && c.row == 2, "%zu: %s", k, c.message);
    }
    mgd_set(x, (double[]){ 2, 1e-8, -3 }, 3, 1);
    for (size_t k = 0; k < sizeof kinked / sizeof *kinked; k++) {
        mgd_gradient_check c = mgd_check_gradient(kinked[k], x, NULL);
        ck_assert_msg(c.holds && !c.kink, "%zu: %s", k, c.message);
    }
    mgd_var *largest = mgd_max(mgd_hadamard(x, x));
    expect_right(largest, x, NULL);
    mgd_set(x, (double[]){ 2, 1, -2 }, 3, 1); /* a tie */
    mgd_gradient_check c = mgd_check_gradient(largest, x, NULL);
    ck_assert_msg(c.holds && c.kink && c.row == 1, "%s", c.message);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_declared_input_moves_as_what_it_is) {
    set_up();
    static const unsigned kinds[] = { MGD_SYMMETRIC,        MGD_POSITIVE_DEFINITE, MGD_DIAGONAL,
                                      MGD_LOWER_TRIANGULAR, MGD_UPPER_TRIANGULAR,  MGD_ORTHOGONAL };
    const double data[][9] = { { 4, 1, 0.5, 1, 3, -1, 0.5, -1, 5 },
                               { 4, 0, 0, 0, 3, 0, 0, 0, 5 },
                               { 4, 0, 0, 1, 3, 0, 2, 1, 5 },
                               { 4, 1, 2, 0, 3, 1, 0, 0, 5 },
                               { 0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1 } };
    static const int data_of[] = { 0, 0, 1, 2, 3, 4 };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        mgd_var *S = mgd_input(t, (char[]){ 'S', (char)('a' + k), 0 }, 3, 3);
        ck_assert(mgd_assume(S, kinds[k]) && mgd_set(S, data[data_of[k]], 3, 3));
        mgd_var *weighted = mgd_sum(mgd_hadamard(A, mgd_exp(mgd_scale(number(0.1), S))));
        mgd_var *const right[] = { mgd_logdet(S), mgd_sum(mgd_hadamard(x, mgd_solve(S, mgd_exp(x)))), weighted };
        for (size_t i = 0; i < 3; i++) {
            expect_right(right[i], S, NULL);
            expect_right(right[i], x, NULL);
            expect_wrong(right[i], S, mgd_scale(number(1 + 1e-6), mgd_gradient(right[i], S)), 1, 1);
        }
    }
    mgd_tape_free(t);
}
END_TEST

/* Beyond a branch that was taken otherwise f has no value: steps stay on this side, as at a kink. */
START_TEST(steps_stay_within_the_branch_that_was_recorded) {
    set_up();
    mgd_var *s = mgd_input(t, "s", 1, 1);
    for (double at = 1; at > 1e-10; at /= 1000) {
        mgd_set(s, &at, 1, 1);
        mgd_var *f = mgd_branch(mgd_is_greater(s, number(0))) ? mgd_hadamard(s, mgd_exp(s)) : mgd_negate(s);
        expect_right(f, s, NULL);
        expect_wrong(f, s, number(-1), 1, 1);
        mgd_set(s, (double[]){ -1 }, 1, 1);
        expect_says(mgd_check_gradient(f, s, NULL), "branch: is_less(0,s) was true when this was recorded");
    }
    mgd_tape_free(t);
}
END_TEST

/* ---- what is around it ---- */

START_TEST(the_tape_stays_as_it_was) {
    set_up();
    mgd_var *f = squares(mgd_solve(A, x)), *claim = mgd_negate(mgd_gradient(f, x));
    const double *before = mgd_value(f), value = *before;
    size_t count = mgd_count(t);
    expect_right(f, x, NULL);
    expect_wrong(f, x, claim, 1, 1);
    expect_wrong(mgd_log(f), x, claim, 0, 0);
    mgd_rewind(t, count);
    mgd_set(A, (double[]){ 1, 2, 3, 2, 4, 6, 0, 0, 1 }, 3, 3);
    expect_says(mgd_check_gradient(f, x, claim), "solve: A is singular: pivot 2 of 3 is 0");
    ck_assert_str_eq(mgd_message(t), "");
    mgd_set(A, A0, 3, 3);
    ck_assert_uint_eq(mgd_count(t), count);
    expect_entries(x, 3, x0[0], x0[1], x0[2]);
    expect_entries(f, 1, value);
    mgd_tape_free(t);
}
END_TEST

static void never(void *user, const char *message) {
    (void)user;
    ck_abort_msg("the handler heard '%s'", message);
}

START_TEST(what_cannot_be_checked_is_said) {
    set_up();
    mgd_tape *other = mgd_tape_new();
    mgd_var *f = squares(x), *foreign = mgd_input(other, "y", 3, 1), *unset = mgd_input(t, "z", 2, 1);
    mgd_var *v = mgd_input_sized(t, "v", mgd_size_named(t, "n"), mgd_size_number(t, 1));
    mgd_on_error(t, never, NULL);
    expect_says(mgd_check_gradient(NULL, NULL, NULL), "check: f is NULL");
    expect_says(mgd_check_gradient(f, NULL, NULL), "check: x is NULL");
    expect_says(mgd_check_gradient(NULL, x, NULL), "check: f is NULL");
    expect_says(mgd_check_gradient(f, foreign, NULL), "check: the vars are of different tapes");
    expect_says(mgd_check_gradient(f, x, foreign), "check: the vars are of different tapes");
    expect_says(mgd_check_gradient(x, x, NULL), "check: x is 3x1, not 1x1");
    expect_says(mgd_check_gradient(f, x, A), "check: the gradient by x is 3x1, the claim A is 3x3");
    expect_says(mgd_check_gradient(squares(unset), unset, NULL), "z: the input has no data: set it first");
    expect_says(mgd_check_gradient(squares(v), v, NULL), "v: the input has no data: set it first");
    expect_says(mgd_check_gradient(mgd_sum(mgd_log(x)), x, NULL), "check: sum(log(x)) is nan");
    mgd_set(x, (double[]){ 1, 0, 2 }, 3, 1);
    expect_says(mgd_check_gradient(mgd_sum(mgd_sqrt(x)), x, NULL),
                "entry (2,1) is inf, and sum(sqrt(x)) has no finite values around the point");
    mgd_set(x, (double[]){ 1, NAN, 2 }, 3, 1);
    expect_says(mgd_check_gradient(f, x, NULL), "check: entry (2,1) of x is nan");
    mgd_gradient_check c = mgd_check_gradient(f, x, NULL);
    ck_assert(!c.holds && c.row == 0 && isnan(c.got) && isnan(c.expected));
    ck_assert(!mgd_failed(t));
    mgd_on_error(t, NULL, NULL);
    ck_assert(!mgd_matmul(x, x));
    expect_says(mgd_check_gradient(f, x, NULL), "matmul: x is 3x1, x is 3x1: inner sizes 1 and 3 differ");
    ck_assert(mgd_failed(t));
    mgd_tape_free(t);
    mgd_tape_free(other);
}
END_TEST

START_TEST(an_operation_without_a_pullback_can_be_claimed_about) {
    set_up();
    mgd_operation *op = mgd_operation_new("hinge", 1);
    mgd_operation_set_value(op, hinge);
    mgd_var *f = mgd_sum(mgd_apply(op, 1, &x));
    expect_says(mgd_check_gradient(f, x, NULL), "hinge: the operation has no pullback");
    expect_right(f, x, mgd_constant(t, mgd_rows((double[]){ 1, 0, 1 }, 3, 1)));
    expect_wrong(f, x, mgd_constant(t, mgd_rows((double[]){ 1, 0, 0 }, 3, 1)), 3, 1);
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

START_TEST(x_may_be_any_var_and_f_need_not_depend_on_it) {
    set_up();
    mgd_var *u = mgd_matmul(A, x), *f = mgd_sum(mgd_hadamard(u, mgd_exp(x)));
    expect_right(f, u, NULL);
    expect_right(f, u, mgd_exp(x));
    expect_wrong(f, u, x, 1, 1);
    expect_right(squares(x), A, NULL);
    expect_wrong(squares(x), A, A, 1, 1);
    expect_right(mgd_trace(A), A, mgd_eye(t, 3));
    mgd_var *s = mgd_input(t, "s", 1, 1);
    mgd_set(s, (double[]){ 4 }, 1, 1);
    expect_right(s, s, NULL);
    expect_wrong(s, s, number(1.001), 1, 1);
    mgd_tape_free(t);
}
END_TEST

/* Entries one by one are too many: directions, and the entry looked for. */
START_TEST(of_many_entries_the_wrong_one_is_looked_for) {
    enum { M = 300, N = 200 };
    set_up();
    double *X0 = calloc(2 * M * N, sizeof *X0), *factors = X0 + M * N;
    uint64_t random = 5;
    for (int i = 0; i < M * N; i++) {
        X0[i] = test_uniform(&random);
        factors[i] = 1;
    }
    mgd_var *X = mgd_input(t, "X", M, N), *f = squares(mgd_sigmoid(X));
    mgd_set(X, X0, M, N);
    mgd_var *g = mgd_gradient(f, X);
    expect_right(f, X, NULL);
    factors[123 * N + 45] = -1;
    expect_wrong(f, X, mgd_hadamard(g, mgd_constant(t, mgd_rows(factors, M, N))), 124, 46);
    factors[123 * N + 45] = 1 + 1e-3;
    expect_wrong(f, X, mgd_hadamard(g, mgd_constant(t, mgd_rows(factors, M, N))), 124, 46);
    mgd_var *relu = squares(mgd_where(mgd_add(mgd_sign(X), number(1)), X, mgd_zeros(t, M, N)));
    expect_right(relu, X, NULL); /* some entry is near its kink whatever the direction */
    free(X0);
    mgd_tape_free(t);
}
END_TEST

TESTS("gradient check", what_the_library_records_is_right, it_is_one_line_of_a_test, scales_do_not_matter,
      steps_follow_f_and_not_x_alone, noise_is_no_mistake, random_smooth_expressions_raise_no_alarm,
      one_entry_in_random_expressions_off_by_a_millionth_is_found, planted_mistakes_are_found,
      the_message_says_which_entry_and_how_much, the_pushforward_sees_what_differences_do_not,
      second_derivatives_are_checked_as_gradients, near_a_kink_steps_stay_on_this_side,
      at_a_kink_the_claim_must_lie_between_the_sides, a_kink_that_no_mask_shows_is_seen_by_the_differences,
      kinks_of_every_kind_are_known, a_declared_input_moves_as_what_it_is,
      steps_stay_within_the_branch_that_was_recorded, the_tape_stays_as_it_was, what_cannot_be_checked_is_said,
      an_operation_without_a_pullback_can_be_claimed_about, x_may_be_any_var_and_f_need_not_depend_on_it,
      of_many_entries_the_wrong_one_is_looked_for);
