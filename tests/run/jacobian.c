/* SPDX-License-Identifier: MIT */
/* Jacobians and Hessians as matrices, and what becomes of the tape meanwhile. */
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>

static mgd_tape *t;
static mgd_var *X, *x, *A;
static const double x0[] = { 0.5, -1.25, 2 }, X0[] = { 1, 2, 3, 4, 5, 6 }, A0[] = { 2, 1, 0, -1, 3, 1, 1, 0, 4 };

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 2, 3);
    x = mgd_input(t, "x", 3, 1);
    A = mgd_input(t, "A", 3, 3);
    mgd_set(X, X0, 2, 3);
    mgd_set(x, x0, 3, 1);
    mgd_set(A, A0, 3, 3);
}

static void near(double got, double expected) {
    ck_assert_msg(fabs(got - expected) <= 1e-13 * (1 + fabs(expected)), "%.17g, expected %.17g", got, expected);
}

START_TEST(columns_are_stacked_so_that_a_product_is_a_kronecker_product) {
    set_up();
    const double b0[] = { 1, -1, 0.5, 2, 3, 7 };
    mgd_var *B = mgd_constant(t, mgd_rows(b0, 3, 2)), *C = mgd_constant(t, mgd_rows(X0, 4, 1));
    mgd_var *left = mgd_matmul(C, mgd_constant(t, mgd_rows(A0, 1, 2))); /* 4x2 */
    mgd_var *y = mgd_matmul(mgd_matmul(left, X), B);                    /* 4x2 by 2x3: columns */
    double J[8 * 6], K[6 * 9], l[8];
    ck_assert(mgd_get(left, mgd_rows(l, 4, 2)));
    ck_assert_msg(mgd_jacobian(y, X, mgd_rows(J, 8, 6)), "%s", mgd_message(t));
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 6; j++) near(J[i * 6 + j], b0[(j / 2) * 2 + i / 4] * l[(i % 4) * 2 + j % 2]);
    mgd_var *z = mgd_matmul(X, A); /* by A: rows */
    ck_assert_msg(mgd_jacobian(z, A, mgd_rows(K, 6, 9)), "%s", mgd_message(t));
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 9; j++) near(K[i * 9 + j], i / 2 == j / 3 ? X0[(i % 2) * 3 + j % 3] : 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(rows_and_columns_give_the_same) {
    set_up();
    mgd_var *y = mgd_softmax_rows(mgd_matmul(X, mgd_sigmoid(A)));          /* 2x3 by 3x3: rows */
    mgd_var *stacked = mgd_matmul(mgd_constant(t, mgd_rows(A0, 4, 2)), y); /* 4x3: columns */
    double J[6 * 9], K[12 * 9];
    ck_assert(mgd_jacobian(y, A, mgd_rows(J, 6, 9)) && mgd_jacobian(stacked, A, mgd_rows(K, 12, 9)));
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 9; j++) {
            double sum = 0;
            for (int k = 0; k < 2; k++) sum += A0[i % 4 * 2 + k] * J[(i / 4 * 2 + k) * 9 + j];
            near(K[i * 9 + j], sum);
        }
    mgd_tape_free(t);
}
END_TEST

START_TEST(any_array_receives_it) {
    set_up();
    mgd_var *y = mgd_hadamard(x, x);
    double J[9], wide[30];
    float f[9];
    for (int i = 0; i < 30; i++) wide[i] = 7;
    mgd_array strided = { wide, 3, 3, 10, 2, MGD_DOUBLE };
    ck_assert(mgd_jacobian(y, x, mgd_columns(J, 3, 3)) && mgd_jacobian(y, x, mgd_columns_float(f, 3, 3)));
    ck_assert(mgd_jacobian(y, x, strided));
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double expected = i == j ? 2 * x0[i] : 0;
            ck_assert_double_eq(J[i + 3 * j], expected);
            ck_assert_double_eq((double)f[i + 3 * j], expected);
            ck_assert_double_eq(wide[10 * i + 2 * j], expected);
            ck_assert_double_eq(wide[10 * i + 2 * j + 1], 7);
        }
    ck_assert(mgd_hessian(mgd_sum(mgd_hadamard(y, y)), x, mgd_columns_float(f, 3, 3)));
    ck_assert_double_eq((double)f[8], 48);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_does_not_depend_on_x_gives_zeros_and_x_itself_the_identity) {
    set_up();
    double J[3 * 3], H[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    ck_assert(mgd_jacobian(x, x, mgd_rows(J, 3, 3)));
    for (int i = 0; i < 9; i++) ck_assert_double_eq(J[i], i % 4 == 0);
    ck_assert(mgd_jacobian(mgd_row_sums(A), x, mgd_rows(J, 3, 3)));
    for (int i = 0; i < 9; i++) ck_assert_double_eq(J[i], 0);
    ck_assert(mgd_hessian(mgd_sum(x), x, mgd_rows(H, 3, 3)));
    for (int i = 0; i < 9; i++) ck_assert_double_eq(H[i], 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_hessian_of_a_quadratic_form_does_not_depend_on_x) {
    set_up();
    mgd_var *f = mgd_matmul(mgd_transpose(x), mgd_matmul(A, x));
    double H[9], d[3];
    ck_assert_msg(mgd_hessian(f, x, mgd_rows(H, 3, 3)), "%s", mgd_message(t));
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) ck_assert_double_eq(H[3 * i + j], A0[3 * i + j] + A0[3 * j + i]);
    ck_assert(mgd_hessian_diagonal(f, x, mgd_rows(d, 3, 1)));
    for (int i = 0; i < 3; i++) ck_assert_double_eq(d[i], 2 * A0[4 * i]);
    mgd_tape_free(t);
}
END_TEST

/* logdet(A): the second derivative by A_ij and A_kl is -inv(A)_li inv(A)_jk. */
START_TEST(the_hessian_by_a_matrix_is_by_its_vec) {
    set_up();
    double H[81], d[9];
    mgd_var *f = mgd_logdet(A);
    const double *B = mgd_value(mgd_inverse(A));
    ck_assert_msg(mgd_hessian(f, A, mgd_rows(H, 9, 9)), "%s", mgd_message(t));
    ck_assert_msg(mgd_hessian_diagonal(f, A, mgd_rows(d, 3, 3)), "%s", mgd_message(t));
    for (int r = 0; r < 9; r++)
        for (int c = 0; c < 9; c++) {
            int i = r % 3, j = r / 3, k = c % 3, l = c / 3;
            near(H[9 * r + c], -B[3 * l + i] * B[3 * j + k]);
            ck_assert(H[9 * r + c] == H[9 * c + r]);
        }
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) near(d[3 * i + j], -B[3 * j + i] * B[3 * j + i]);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_hessian_is_exactly_symmetric) {
    set_up();
    mgd_var *y = mgd_matmul(mgd_sigmoid(mgd_matmul(A, x)), mgd_transpose(mgd_exp(x)));
    mgd_var *f = mgd_sum(mgd_sqrt(mgd_add(mgd_hadamard(y, y), mgd_exp(y))));
    double H[9];
    ck_assert(mgd_hessian(f, x, mgd_rows(H, 3, 3)));
    for (int i = 0; i < 9; i++) ck_assert(H[i] == H[i % 3 * 3 + i / 3] && H[i] != 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(x_may_be_any_var) {
    set_up();
    mgd_var *u = mgd_matmul(A, x), *y = mgd_hadamard(u, mgd_exp(x)); /* x is held fixed beside u */
    double J[9];
    ck_assert(mgd_jacobian(y, u, mgd_rows(J, 3, 3)));
    for (int i = 0; i < 9; i++) near(J[i], i % 4 == 0 ? exp(x0[i / 4]) : 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_with_names_are_those_that_are_bound) {
    t = mgd_tape_new();
    mgd_var *v = mgd_input_sized(t, "v", mgd_size_named(t, "n"), mgd_size_number(t, 1));
    mgd_var *f = mgd_sum(mgd_hadamard(v, mgd_hadamard(v, v)));
    double H[16];
    expect_undefined(t, mgd_hessian(f, v, mgd_rows(H, 4, 4)), "v: the size n is unbound");
    for (int n = 1; n <= 4; n++) {
        const double v0[] = { 1, 2, 3, 4 };
        ck_assert(mgd_set(v, v0, n, 1));
        ck_assert_msg(mgd_hessian(f, v, mgd_rows(H, n, n)), "%s", mgd_message(t));
        for (int i = 0; i < n * n; i++) ck_assert_double_eq(H[i], i % (n + 1) ? 0 : 6 * v0[i / (n + 1)]);
    }
    mgd_tape_free(t);
}
END_TEST

/* f = exp(a'x): the third derivative along v and w is (a'v) (a'w) a f. */
START_TEST(the_third_order_comes_by_repetition) {
    set_up();
    const double v0[] = { 1, 2, -1 }, a0[] = { 0.3, -0.2, 0.1 };
    mgd_var *a = mgd_constant(t, mgd_rows(a0, 3, 1)), *v = mgd_constant(t, mgd_rows(v0, 3, 1));
    mgd_var *w = mgd_input(t, "w", 3, 1), *f = mgd_exp(mgd_matmul(mgd_transpose(a), x));
    mgd_var *Hv = mgd_hessian_vector(f, x, v), *Tvw = mgd_pushforward(Hv, x, w);
    const double av = 0.3 - 0.4 - 0.1, aw = 0.3 * 4 - 0.2 * 5 + 0.1 * 6;
    double T[9], g[3];
    ck_assert(mgd_set(w, (double[]){ 4, 5, 6 }, 3, 1) && mgd_get(Tvw, mgd_rows(g, 3, 1)));
    ck_assert(mgd_jacobian(Hv, x, mgd_rows(T, 3, 3))); /* the third derivative along v, a matrix */
    const double f0 = *mgd_value(f);
    for (int i = 0; i < 3; i++) near(g[i], av * aw * a0[i] * f0);
    for (int i = 0; i < 9; i++) near(T[i], av * a0[i / 3] * a0[i % 3] * f0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_tape_stays_as_it_was) {
    set_up();
    mgd_var *f = mgd_sum(mgd_solve(A, mgd_exp(x))), *y = mgd_solve(A, mgd_exp(x));
    double H[9];
    const double *before = mgd_value(f), value = *before;
    size_t count = mgd_count(t);
    for (int k = 0; k < 3; k++) {
        ck_assert(mgd_hessian(f, x, mgd_rows(H, 3, 3)) && mgd_jacobian(y, x, mgd_rows(H, 3, 3)));
        ck_assert_uint_eq(mgd_count(t), count);
    }
    ck_assert_ptr_eq(mgd_value(f), before);
    ck_assert_double_eq(*before, value);
    expect_entries(x, 3, x0[0], x0[1], x0[2]);
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}
END_TEST

static int heard;
static char last[256];
static void listen(void *user, const char *message) {
    (void)user;
    heard++;
    snprintf(last, sizeof last, "%s", message);
}

static mgd_var *three_times(void *user, mgd_var *c, size_t i, mgd_var *direction) {
    (void)user, (void)i;
    return mgd_scale(mgd_number(mgd_tape_of(c), 3), direction);
}

static bool triple(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) ((double *)out->data)[i] = 3 * ((double *)in->data)[i];
    return true;
}

START_TEST(an_operation_with_a_pushforward_alone_is_taken_by_columns) {
    set_up();
    mgd_operation *op = mgd_operation_new("triple", 1);
    mgd_operation_set_value(op, triple);
    mgd_var *y = mgd_apply(op, 1, &x), *f = mgd_sum(y);
    double J[3];
    expect_undefined(t, mgd_jacobian(f, x, mgd_rows(J, 1, 3)), "triple: the operation has no pullback");
    mgd_operation_set_pushforward(op, three_times);
    ck_assert_msg(mgd_jacobian(f, x, mgd_rows(J, 1, 3)), "%s", mgd_message(t));
    for (int i = 0; i < 3; i++) ck_assert_double_eq(J[i], 3);
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

START_TEST(errors_have_names_and_sizes_and_pass) {
    set_up();
    mgd_tape *other = mgd_tape_new();
    mgd_var *y = mgd_matmul(A, x), *f = mgd_sum(y), *z = mgd_input(t, "z", 3, 1),
            *foreign = mgd_input(other, "q", 1, 1);
    double J[9];
    expect_undefined(t, mgd_jacobian(y, x, mgd_rows(J, 1, 9)),
                     "jacobian: that of A*x (3x1) by x (3x1) is 3x3, the array is 1x9");
    expect_undefined(t, mgd_jacobian(y, x, mgd_rows(NULL, 3, 3)),
                     "jacobian: that of A*x (3x1) by x (3x1) is 3x3, the array is NULL, 3x3");
    expect_undefined(t, mgd_hessian(y, x, mgd_rows(J, 3, 3)), "hessian: A*x is 3x1, not 1x1");
    expect_undefined(t, mgd_hessian(f, A, mgd_rows(J, 3, 3)),
                     "hessian: that of sum(A*x) (1x1) by A (3x3) is 9x9, the array is 3x3");
    expect_undefined(t, mgd_hessian_diagonal(y, x, mgd_rows(J, 3, 1)), "hessian_diagonal: A*x is 3x1, not 1x1");
    expect_undefined(t, mgd_hessian_diagonal(f, A, mgd_rows(J, 9, 1)),
                     "hessian_diagonal: that of sum(A*x) (1x1) by A (3x3) is 3x3, the array is 9x1");
    expect_undefined(t, mgd_jacobian(y, NULL, mgd_rows(J, 3, 3)), "jacobian: x is NULL");
    expect_undefined(t, mgd_jacobian(NULL, x, mgd_rows(J, 3, 3)), "jacobian: y is NULL");
    expect_undefined(t, mgd_hessian(NULL, x, mgd_rows(J, 3, 3)), "hessian: f is NULL");
    expect_undefined(t, mgd_jacobian(y, foreign, mgd_rows(J, 3, 1)), "jacobian: A*x and q are of different tapes");
    mgd_array odd = mgd_rows(J, 3, 3);
    odd.precision = (mgd_precision)7;
    expect_undefined(t, mgd_jacobian(y, x, odd), "jacobian: 7 is no precision");
    mgd_on_error(t, listen, NULL);
    ck_assert(!mgd_hessian(mgd_sum(mgd_exp(z)), z, mgd_rows(J, 3, 3)));
    ck_assert_str_eq(last, "z: the input has no data: set it first");
    mgd_set(A, (double[]){ 1, 2, 0, 2, 4, 0, 0, 0, 1 }, 3, 3);
    ck_assert(!mgd_jacobian(mgd_solve(A, x), x, mgd_rows(J, 3, 3)));
    ck_assert_int_eq(heard, 2);
    ck_assert_str_eq(last, "solve: A is singular: pivot 2 of 3 is 0");
    ck_assert(!mgd_failed(t) && mgd_jacobian(y, x, mgd_rows(J, 3, 3)));
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert(!mgd_jacobian(NULL, NULL, mgd_rows(J, 3, 3)) && !mgd_hessian(NULL, NULL, mgd_rows(J, 3, 3)) &&
              !mgd_hessian_diagonal(NULL, NULL, mgd_rows(J, 3, 3)));
    mgd_var *failed = mgd_matmul(x, x);
    ck_assert(!failed && !mgd_jacobian(y, x, mgd_rows(J, 3, 3)));
    ck_assert_str_eq(mgd_message(t), "matmul: x is 3x1, x is 3x1: inner sizes 1 and 3 differ");
    mgd_tape_free(t);
    mgd_tape_free(other);
}
END_TEST

TESTS("jacobian", columns_are_stacked_so_that_a_product_is_a_kronecker_product, rows_and_columns_give_the_same,
      any_array_receives_it, what_does_not_depend_on_x_gives_zeros_and_x_itself_the_identity,
      the_hessian_of_a_quadratic_form_does_not_depend_on_x, the_hessian_by_a_matrix_is_by_its_vec,
      a_hessian_is_exactly_symmetric, x_may_be_any_var, sizes_with_names_are_those_that_are_bound,
      the_third_order_comes_by_repetition, the_tape_stays_as_it_was,
      an_operation_with_a_pushforward_alone_is_taken_by_columns, errors_have_names_and_sizes_and_pass);
