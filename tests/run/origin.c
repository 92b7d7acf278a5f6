/* SPDX-License-Identifier: MIT */
/* Where a NaN or an infinity came from: the first operation, or the first share, that is not finite from what is. */
#define _POSIX_C_SOURCE 200809L
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static mgd_tape *t;
static mgd_var *X, *Y, *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 2, 3);
    Y = mgd_input(t, "Y", 2, 3);
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
    ck_assert(mgd_set(X, (double[]){ 1, 2, 3, 4, 5, 6 }, 2, 3) && mgd_set(Y, (double[]){ 6, 5, 4, 3, 2, 1 }, 2, 3));
    ck_assert(mgd_set(x, (double[]){ 2 }, 1, 1) && mgd_set(y, (double[]){ 3 }, 1, 1));
}

static void set_entry(mgd_var *v, int i, int j, double value) {
    double data[6] = { 0 };
    ck_assert(mgd_get(v, mgd_rows(data, 2, 3)));
    data[3 * (i - 1) + j - 1] = value;
    ck_assert(mgd_set(v, data, 2, 3));
}

#define expect_origin(origin, expected_kind, expected_node, expected_row, expected_col, expected)                      \
    do {                                                                                                               \
        const mgd_origin found = (origin);                                                                             \
        ck_assert_str_eq(found.message, expected);                                                                     \
        ck_assert_int_eq(found.kind, expected_kind);                                                                   \
        ck_assert_ptr_eq(found.node, expected_node);                                                                   \
        ck_assert_int_eq(found.row, expected_row);                                                                     \
        ck_assert_int_eq(found.col, expected_col);                                                                     \
        if (found.node) ck_assert(!isfinite(found.value));                                                             \
    } while (0)

START_TEST(an_entry_of_an_operation_is_named_with_its_operands) {
    set_up();
    set_entry(X, 2, 3, 0);
    mgd_here(t, "model.c", 41);
    mgd_var *L = mgd_log(X);
    mgd_here(t, "model.c", 42);
    mgd_var *f = mgd_sum(mgd_hadamard(L, Y));
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_OPERATION, L, 2, 3,
                  "log(X)(2,3) = -inf: X(2,3) = 0 (recorded at model.c:41)");
    mgd_var *Q = mgd_divide(Y, X), *g = mgd_sum(mgd_exp(mgd_negate(mgd_hadamard(Q, Y))));
    ck_assert_ptr_nonnull(mgd_value(g));
    expect_origin(mgd_first_nonfinite(mgd_hadamard(Q, Y)), MGD_ORIGIN_OPERATION, Q, 2, 3,
                  "(Y./X)(2,3) = inf: Y(2,3) = 1, X(2,3) = 0 (recorded at model.c:42)");
    mgd_tape_free(t);
}
END_TEST

START_TEST(of_a_number_no_index_is_named) {
    set_up();
    ck_assert(mgd_set(x, (double[]){ -1 }, 1, 1));
    mgd_var *l = mgd_log(x);
    expect_origin(mgd_first_nonfinite(mgd_add(y, mgd_exp(l))), MGD_ORIGIN_OPERATION, l, 1, 1, "log(x) = NaN: x = -1");
    mgd_var *h = mgd_hadamard(x, x);
    ck_assert(mgd_set(x, (double[]){ -1e200 }, 1, 1));
    expect_origin(mgd_first_nonfinite(h), MGD_ORIGIN_OPERATION, h, 1, 1, "x.*x = inf: x = -1e+200");
    mgd_var *far = mgd_scale(mgd_number(t, 1e200), mgd_exp(y));
    ck_assert(mgd_set(y, (double[]){ 400 }, 1, 1));
    expect_origin(mgd_first_nonfinite(far), MGD_ORIGIN_OPERATION, far, 1, 1,
                  "1e200.*exp(y) = inf: exp(y) = 5.22147e+173");
    mgd_tape_free(t);
}
END_TEST

START_TEST(data_that_is_not_finite_is_reported_as_such) {
    set_up();
    mgd_here(t, "model.c", 3);
    mgd_var *f = mgd_sum(mgd_exp(mgd_matmul(X, mgd_transpose(Y))));
    set_entry(X, 1, 2, NAN);
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_DATA, X, 1, 2, "X(1,2) is NaN: the input's own data");
    expect_origin(mgd_first_nonfinite(X), MGD_ORIGIN_DATA, X, 1, 2, "X(1,2) is NaN: the input's own data");
    ck_assert(mgd_set(x, (double[]){ -INFINITY }, 1, 1));
    expect_origin(mgd_first_nonfinite(mgd_negate(x)), MGD_ORIGIN_DATA, x, 1, 1, "x is -inf: the input's own data");
    mgd_var *C = mgd_constant(t, mgd_rows((double[]){ 1, INFINITY }, 1, 2));
    expect_origin(mgd_first_nonfinite(mgd_sum(C)), MGD_ORIGIN_DATA, C, 1, 2,
                  "constant(1x2)(1,2) is inf: the constant's own data (recorded at model.c:3)");
    mgd_var *huge = mgd_literal(t, "1e999");
    expect_origin(mgd_first_nonfinite(mgd_negate(huge)), MGD_ORIGIN_DATA, huge, 1, 1,
                  "1e999 is inf: no double holds the number (recorded at model.c:3)");
    mgd_tape_free(t);
}
END_TEST

START_TEST(of_a_product_the_row_and_the_column_are_named) {
    set_up();
    set_entry(X, 2, 2, -1e200);
    set_entry(Y, 1, 2, 1e180);
    mgd_var *P = mgd_matmul(X, mgd_transpose(Y));
    expect_origin(mgd_first_nonfinite(mgd_sum(P)), MGD_ORIGIN_OPERATION, P, 2, 1,
                  "(X*Y')(2,1) = -inf: largest in row 2 of X: X(2,2) = -1e+200; largest in column 1 of Y': (Y')(2,1) = "
                  "1e+180");
    mgd_tape_free(t);
}
END_TEST

START_TEST(of_a_reduction_the_largest_is_named) {
    set_up();
    set_entry(X, 2, 1, 1e308);
    set_entry(X, 2, 3, 1.5e308);
    mgd_var *s = mgd_sum(X), *r = mgd_row_sums(X), *c = mgd_col_sums(mgd_scale(mgd_number(t, 1), X));
    expect_origin(mgd_first_nonfinite(s), MGD_ORIGIN_OPERATION, s, 1, 1,
                  "sum(X) = inf: largest in X: X(2,3) = 1.5e+308");
    expect_origin(mgd_first_nonfinite(r), MGD_ORIGIN_OPERATION, r, 2, 1,
                  "rowsum(X)(2,1) = inf: largest in row 2 of X: X(2,3) = 1.5e+308");
    expect_origin(mgd_first_nonfinite(c), MGD_ORIGIN_NONE, NULL, 0, 0, "colsum(X) is finite");
    set_entry(X, 1, 3, 1.4e308);
    expect_origin(mgd_first_nonfinite(c), MGD_ORIGIN_OPERATION, c, 1, 3,
                  "colsum(X)(1,3) = inf: largest in column 3 of X: X(2,3) = 1.5e+308");
    mgd_tape_free(t);
}
END_TEST

static bool overflow(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)in, (void)why, (void)n;
    for (int64_t i = 0; i < out->rows * out->cols; i++) ((double *)out->data)[i] = i == 4 ? NAN : 0;
    return true;
}

START_TEST(of_an_operation_of_your_own_the_largest_is_named) {
    set_up();
    mgd_operation *op = mgd_operation_new("mine", 2);
    mgd_operation_set_value(op, overflow);
    mgd_var *m = mgd_apply(op, 2, (mgd_var *[]){ X, Y });
    expect_origin(mgd_first_nonfinite(mgd_sum(m)), MGD_ORIGIN_OPERATION, m, 2, 2,
                  "mine(X,Y)(2,2) = NaN: largest in X: X(2,3) = 6; largest in Y: Y(1,1) = 6");
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

/* exp overflows first, but 1/inf absorbs it: the NaN comes from elsewhere. */
START_TEST(what_was_absorbed_on_the_way_is_not_blamed) {
    set_up();
    ck_assert(mgd_set(x, (double[]){ 800 }, 1, 1) && mgd_set(y, (double[]){ -1 }, 1, 1));
    mgd_var *e = mgd_exp(x), *zero = mgd_divide(mgd_number(t, 1), e), *s = mgd_sqrt(y);
    expect_origin(mgd_first_nonfinite(mgd_add(zero, s)), MGD_ORIGIN_OPERATION, s, 1, 1, "sqrt(y) = NaN: y = -1");
    expect_origin(mgd_first_nonfinite(zero), MGD_ORIGIN_NONE, NULL, 0, 0,
                  "1./exp(x) is finite; on the way exp(x) = inf: x = 800");
    mgd_tape_free(t);
}
END_TEST

/* log(X) is -inf where the mask does not take it; the NaN is the square root's. */
START_TEST(an_entry_that_was_not_taken_is_not_blamed) {
    set_up();
    set_entry(X, 1, 1, 0);
    set_entry(Y, 1, 2, -4);
    mgd_var *L = mgd_log(X), *R = mgd_sqrt(Y), *W = mgd_where(X, L, Y), *f = mgd_sum(mgd_add(W, R));
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_OPERATION, R, 1, 2, "sqrt(Y)(1,2) = NaN: Y(1,2) = -4");
    expect_origin(mgd_first_nonfinite(mgd_sum(W)), MGD_ORIGIN_NONE, NULL, 0, 0,
                  "sum(where(X,log(X),Y)) is finite; on the way log(X)(1,1) = -inf: X(1,1) = 0");
    mgd_tape_free(t);
}
END_TEST

START_TEST(of_several_entries_the_first_is_named) {
    set_up();
    set_entry(X, 1, 2, -1);
    set_entry(X, 2, 2, -2);
    expect_origin(mgd_first_nonfinite(mgd_log(X)), MGD_ORIGIN_OPERATION, mgd_log(X), 1, 2,
                  "log(X)(1,2) = NaN: X(1,2) = -1");
    mgd_tape_free(t);
}
END_TEST

START_TEST(of_several_the_one_that_was_recorded_first_is_named) {
    set_up();
    set_entry(X, 1, 1, 0);
    set_entry(Y, 1, 1, 0);
    mgd_var *first = mgd_log(Y), *second = mgd_log(X);
    expect_origin(mgd_first_nonfinite(mgd_sum(mgd_add(second, first))), MGD_ORIGIN_OPERATION, first, 1, 1,
                  "log(Y)(1,1) = -inf: Y(1,1) = 0");
    mgd_tape_free(t);
}
END_TEST

START_TEST(errors_of_evaluation_are_reported) {
    set_up();
    mgd_var *S = mgd_input(t, "S", 2, 2);
    mgd_here(t, "model.c", 9);
    mgd_var *f = mgd_sum(mgd_inverse(S));
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_NOT_EVALUATED, NULL, 0, 0,
                  "S: the input has no data: set it first");
    ck_assert(mgd_set(S, (double[4]){ 0 }, 2, 2));
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_NOT_EVALUATED, NULL, 0, 0,
                  "inverse: S is singular: pivot 1 of 2 is 0, recorded at model.c:9");
    expect_origin(mgd_first_nonfinite(NULL), MGD_ORIGIN_NOT_EVALUATED, NULL, 0, 0, "the var is NULL");
    expect_origin(mgd_first_nonfinite_adjoint(NULL), MGD_ORIGIN_NOT_EVALUATED, NULL, 0, 0, "the sweep is NULL");
    mgd_tape_free(t);
}
END_TEST

START_TEST(results_of_several_are_followed_through) {
    set_up();
    mgd_var *S = mgd_matmul(mgd_log(X), mgd_transpose(mgd_log(X))), *f = mgd_sum(mgd_singular_values(mgd_exp(X)));
    set_entry(X, 1, 2, 0);
    ck_assert_ptr_nonnull(mgd_value(f));
    expect_origin(mgd_first_nonfinite(mgd_sum(S)), MGD_ORIGIN_OPERATION, mgd_log(X), 1, 2,
                  "log(X)(1,2) = -inf: X(1,2) = 0");
    mgd_tape_free(t);
}
END_TEST

/* ---- gradients ---- */

START_TEST(a_gradient_is_explained_as_a_var) {
    set_up();
    mgd_here(t, "model.c", 17);
    mgd_var *f = mgd_sum(mgd_sqrt(X));
    mgd_here(t, "model.c", 20);
    mgd_var *g = mgd_gradient(f, X);
    set_entry(X, 2, 1, 0);
    ck_assert_int_eq(mgd_first_nonfinite(f).kind, MGD_ORIGIN_NONE);
    const mgd_origin o = mgd_first_nonfinite(g);
    ck_assert_int_eq(o.kind, MGD_ORIGIN_OPERATION);
    ck_assert_int_eq(o.row, 2);
    ck_assert_int_eq(o.col, 1);
    ck_assert_msg(strstr(o.message, "(recorded by the derivative of sqrt(X) at model.c:17)") != NULL, "%s", o.message);
    ck_assert_ptr_eq(mgd_place_of(o.node).rule_of, mgd_sqrt(X));
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_first_share_that_is_not_finite_is_named) {
    set_up();
    mgd_here(t, "model.c", 17);
    mgd_var *r = mgd_sqrt(X), *f = mgd_sum(mgd_hadamard(r, Y));
    mgd_here(t, "model.c", 20);
    set_entry(X, 2, 1, 0);
    mgd_sweep *s = mgd_backward(f, NULL);
    const mgd_origin o = mgd_first_nonfinite_adjoint(s);
    expect_origin(o, MGD_ORIGIN_SHARE, r, 2, 1,
                  "sqrt(X) gives X(2,1) the share inf: X(2,1) = 0, sqrt(X)(2,1) = 0, its adjoint there 3; dA += "
                  "chain(dC, (1/2) ./ C) (recorded at model.c:17)");
    ck_assert_uint_eq(o.operand, 0);
    ck_assert_ptr_nonnull(o.share);
    set_entry(X, 2, 1, 1);
    expect_origin(mgd_first_nonfinite_adjoint(s), MGD_ORIGIN_NONE, NULL, 0, 0,
                  "every adjoint and every share is finite");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_share_of_a_product_names_the_largest) {
    set_up();
    mgd_var *A = mgd_input(t, "A", 3, 1), *P = mgd_matmul(X, A), *f = mgd_sum(mgd_hadamard(P, P));
    ck_assert(mgd_set(A, (double[]){ 0, 0, 1e200 }, 3, 1));
    ck_assert(mgd_set(X, (double[]){ 1, 1, 1e-60, 1, 1, 1e-60 }, 2, 3));
    const mgd_origin o = mgd_first_nonfinite_adjoint(mgd_backward(f, NULL));
    expect_origin(o, MGD_ORIGIN_SHARE, P, 1, 3,
                  "X*A gives X(1,3) the share inf: largest in X: X(1,1) = 1; largest in A: A(3,1) = 1e+200; its "
                  "adjoint, largest in X*A+X*A: (X*A+X*A)(1,1) = 2e+140; dA += dC B'");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_sum_of_shares_may_be_the_first) {
    set_up();
    mgd_var *big = mgd_number(t, 1e308), *e = mgd_negate(x);
    mgd_var *f = mgd_add(mgd_hadamard(big, e), mgd_hadamard(mgd_number(t, 1.5e308), e));
    ck_assert(mgd_set(x, (double[]){ 1e-10 }, 1, 1));
    const mgd_origin o = mgd_first_nonfinite_adjoint(mgd_backward(f, NULL));
    expect_origin(o, MGD_ORIGIN_ADJOINT, e, 1, 1, "the adjoint of -x is inf: the sum of shares that are finite");
    f = mgd_add(mgd_hadamard(big, x), mgd_hadamard(mgd_number(t, 1.5e308), x));
    expect_origin(mgd_first_nonfinite_adjoint(mgd_backward(f, NULL)), MGD_ORIGIN_ADJOINT, x, 1, 1,
                  "the adjoint of x is inf: the sum of shares that are finite");
    expect_origin(mgd_first_nonfinite_adjoint(mgd_backward(mgd_exp(x), mgd_literal(t, "1e999"))), MGD_ORIGIN_ADJOINT,
                  mgd_exp(x), 1, 1, "the adjoint of exp(x) is inf: the cotangent that the sweep began with");
    mgd_tape_free(t);
}
END_TEST

START_TEST(forward_values_are_blamed_where_they_are_the_cause) {
    set_up();
    mgd_var *L = mgd_log(X), *f = mgd_sum(mgd_hadamard(L, L));
    set_entry(X, 1, 3, -1);
    expect_origin(mgd_first_nonfinite_adjoint(mgd_backward(f, NULL)), MGD_ORIGIN_OPERATION, L, 1, 3,
                  "log(X)(1,3) = NaN: X(1,3) = -1");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_share_that_cannot_be_computed_is_reported) {
    set_up();
    mgd_var *S = mgd_input(t, "S", 3, 3), *f = mgd_sum(mgd_adjugate(S));
    ck_assert(mgd_set(S, (double[]){ 1, 0, 0, 0, 1, 0, 0, 0, 0 }, 3, 3));
    const mgd_origin o = mgd_first_nonfinite_adjoint(mgd_backward(f, NULL));
    ck_assert_int_eq(o.kind, MGD_ORIGIN_NOT_EVALUATED);
    ck_assert_msg(strstr(o.message, "singular") != NULL, "%s", o.message);
    mgd_tape_free(t);
}
END_TEST

/* ---- cost ---- */

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

START_TEST(a_tape_of_a_million_nodes_is_followed) {
    enum { LONG = 500000 };
    set_up();
    mgd_var *a = mgd_log(x), *v = a;
    for (int i = 0; i < LONG; i++) v = mgd_add(mgd_sigmoid(v), y);
    ck_assert(mgd_set(x, (double[]){ -1 }, 1, 1));
    ck_assert_ptr_nonnull(mgd_value(v));
    size_t count = mgd_count(t);
    double start = seconds();
    expect_origin(mgd_first_nonfinite(v), MGD_ORIGIN_OPERATION, a, 1, 1, "log(x) = NaN: x = -1");
    printf("%.0f ns a node to find the first of %zu\n", (seconds() - start) / (2 * LONG) * 1e9, count);
    ck_assert_uint_eq(mgd_count(t), count);
    mgd_tape_free(t);
}
END_TEST

START_TEST(large_matrices_are_looked_through) {
    enum { N = 1000 };
    double *data = malloc(sizeof *data * N * N);
    t = mgd_tape_new();
    X = mgd_input(t, "X", N, N);
    for (int i = 0; i < N * N; i++) data[i] = 1 + i % 7;
    data[N * N - 2] = -1;
    ck_assert(mgd_set(X, data, N, N));
    mgd_var *R = mgd_sqrt(X), *f = mgd_sum(mgd_exp(mgd_negate(R)));
    ck_assert_ptr_nonnull(mgd_value(f));
    double start = seconds();
    expect_origin(mgd_first_nonfinite(f), MGD_ORIGIN_OPERATION, R, N, N - 1,
                  "sqrt(X)(1000,999) = NaN: X(1000,999) = -1");
    printf("%.1f ms to look through 4 matrices of %d x %d\n", (seconds() - start) * 1e3, N, N);
    mgd_tape_free(t);
    free(data);
}
END_TEST

TESTS("origin", an_entry_of_an_operation_is_named_with_its_operands, of_a_number_no_index_is_named,
      data_that_is_not_finite_is_reported_as_such, of_a_product_the_row_and_the_column_are_named,
      of_a_reduction_the_largest_is_named, of_an_operation_of_your_own_the_largest_is_named,
      what_was_absorbed_on_the_way_is_not_blamed, an_entry_that_was_not_taken_is_not_blamed,
      of_several_entries_the_first_is_named, of_several_the_one_that_was_recorded_first_is_named,
      errors_of_evaluation_are_reported, results_of_several_are_followed_through, a_gradient_is_explained_as_a_var,
      the_first_share_that_is_not_finite_is_named, a_share_of_a_product_names_the_largest,
      a_sum_of_shares_may_be_the_first, forward_values_are_blamed_where_they_are_the_cause,
      a_share_that_cannot_be_computed_is_reported, a_tape_of_a_million_nodes_is_followed,
      large_matrices_are_looked_through);
