/* SPDX-License-Identifier: MIT */
/* Errors of evaluation: a sentence for each, and the next call starts clean. */
#include "../tape/expect.h"

#include <math.h>

static mgd_tape *t;
static mgd_var *A, *B;
static const double regular[] = { 4, 1, 1, 3 }, singular[] = { 1, 2, 2, 4 }, indefinite[] = { 1, 2, 2, 1 };

static void set_up(void) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", 2, 2);
    B = mgd_input(t, "B", 2, 1);
    mgd_set(B, (double[]){ 5, 4 }, 2, 1);
}

START_TEST(an_input_without_data_is_named) {
    set_up();
    mgd_var *f = mgd_sum(mgd_matmul(A, B));
    expect_undefined(t, mgd_value(f), "A: the input has no data: set it first");
    expect_undefined(t, mgd_value(A), "A: the input has no data: set it first");
    expect_entries(B, 2, 5, 4);
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert(mgd_set(A, regular, 2, 2));
    ck_assert_str_eq(mgd_message(t), "");
    expect_entries(f, 1, 41);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_unbound_size_is_named) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    expect_undefined(t, mgd_value(mgd_sum(mgd_ones_sized(t, m, n))), "ones(m,n): the size m is unbound");
    expect_undefined(t, mgd_value(mgd_size_as_var(n)), "(n): the size n is unbound");
    expect_undefined(t, mgd_value(mgd_eye_sized(t, mgd_size_times(m, n))),
                     "eye(m*n): the size m*n is unbound, since m is");
    mgd_bind(t, "m", 3);
    expect_undefined(t, mgd_value(mgd_eye_sized(t, mgd_size_times(m, n))),
                     "eye(m*n): the size m*n is unbound, since n is");
    expect_undefined(t, mgd_value(mgd_eye_sized(t, mgd_size_min(m, n))), "eye(min(m,n)): the size min(m,n) is unbound");
    mgd_bind(t, "n", 2);
    expect_entries(mgd_size_as_var(mgd_size_times(m, n)), 1, 6);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_singular_matrix_is_an_error_that_passes) {
    set_up();
    mgd_var *x = mgd_solve(A, B), *inverse = mgd_inverse(A), *logdet = mgd_logdet(A), *f = mgd_sum(x);
    mgd_set(A, singular, 2, 2);
    expect_undefined(t, mgd_value(f), "solve: A is singular: pivot 2 of 2 is 0");
    expect_undefined(t, mgd_value(f), "solve: A is singular: pivot 2 of 2 is 0");
    expect_undefined(t, mgd_value(inverse), "inverse: A is singular: pivot 2 of 2 is 0");
    expect_undefined(t, mgd_value(logdet), "logdet: A is singular: pivot 2 of 2 is 0");
    expect_entries(mgd_det(A), 1, 0);
    ck_assert_str_eq(mgd_message(t), "");
    mgd_set(A, (double[]){ 4, 0, 0, 2 }, 2, 2);
    expect_entries(f, 1, 3.25);
    expect_entries(inverse, 4, 0.25, 0, 0, 0.5);
    ck_assert_double_eq_tol(*mgd_value(logdet), log(8), 1e-15);
    mgd_set(A, (double[]){ 0, 0, 0, 0 }, 2, 2);
    expect_undefined(t, mgd_value(f), "solve: A is singular: pivot 1 of 2 is 0");
    mgd_set(A, (double[]){ 1, 0, 0, 1 }, 2, 2);
    expect_entries(f, 1, 9);
    mgd_tape_free(t);
}
END_TEST

START_TEST(other_factorisations_say_why) {
    set_up();
    mgd_var *L = mgd_cholesky(A), *x = mgd_triangular_solve(A, B), *eigenvalues = mgd_eigenvalues(A);
    mgd_set(A, indefinite, 2, 2);
    expect_undefined(t, mgd_value(L), "cholesky: A is not positive definite: pivot 2 of 2 is not positive");
    mgd_set(A, (double[]){ 4, 0, 2, 5 }, 2, 2);
    expect_entries(mgd_block(L, 0, 0, 1, 1), 1, 2);
    mgd_set(A, (double[]){ 2, 7, 1, 0 }, 2, 2);
    expect_undefined(t, mgd_value(x), "triangular_solve: A is singular: entry (2,2) is 0");
    mgd_set(A, (double[]){ 2, 7, 1, 1 }, 2, 2);
    expect_entries(x, 2, 2.5, 1.5);
    mgd_set(A, (double[]){ NAN, 1, 1, 1 }, 2, 2);
    expect_undefined(t, mgd_value(eigenvalues),
                     "eigen: A has no eigenvalues that could be computed: are its entries finite?");
    expect_undefined(t, mgd_value(mgd_singular_values(A)),
                     "svd: A has no singular values that could be computed: are its entries finite?");
    mgd_tape_free(t);
}
END_TEST

START_TEST(equal_eigenvalues_are_named) {
    set_up();
    mgd_var *V = mgd_eigenvectors(A), *G = mgd_gradient(mgd_block(V, 0, 1, 1, 1), A);
    mgd_set(A, (double[]){ 2, 0, 0, 2 }, 2, 2);
    expect_undefined(t, mgd_value(G), "eigenvalues 1 and 2 are equal, 2: their vectors have no derivative");
    mgd_set(A, regular, 2, 2);
    ck_assert_ptr_nonnull(mgd_value(G));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_block_may_turn_out_to_be_outside) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m"), *two = mgd_size_number(t, 2);
    mgd_var *P = mgd_input_sized(t, "P", m, two), *corner = mgd_block(P, 1, 0, 2, 2),
            *G = mgd_gradient(mgd_sum(corner), P);
    mgd_set(P, (double[]){ 1, 2, 3, 4 }, 2, 2);
    expect_undefined(t, mgd_value(corner),
                     "block(P,1,0,2,2): 2x2 from row 1, column 0 (from 0) of a matrix that is 2x2");
    ck_assert_ptr_null(mgd_value(G));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "is outside its matrix"));
    mgd_set(P, (double[]){ 1, 2, 3, 4, 5, 6 }, 3, 2);
    expect_entries(corner, 4, 3, 4, 5, 6);
    expect_entries(G, 6, 0, 0, 1, 1, 1, 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_value_may_be_too_large) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *huge = mgd_ones_sized(t, m, n), *f = mgd_sum(huge);
    mgd_bind(t, "m", INT32_MAX);
    mgd_bind(t, "n", INT32_MAX);
    expect_undefined(t, mgd_value(f), "ones(m,n): no memory for 2147483647 x 2147483647 numbers");
    mgd_bind(t, "m", 2);
    mgd_bind(t, "n", 2);
    expect_entries(f, 1, 4);
    mgd_tape_free(t);
}
END_TEST

/* What was valid before the error is so afterwards, and what failed half way is computed anew. */
START_TEST(an_error_leaves_other_values_alone) {
    set_up();
    mgd_var *good = mgd_exp(B), *mixed = mgd_add(mgd_sum(good), mgd_logdet(A));
    const double *before = mgd_value(good);
    mgd_set(A, singular, 2, 2);
    ck_assert_ptr_null(mgd_value(mixed));
    ck_assert_ptr_eq(mgd_value(good), before);
    mgd_set(A, (double[]){ 1, 0, 0, 1 }, 2, 2);
    ck_assert_double_eq(*mgd_value(mixed), before[0] + before[1]);
    mgd_set(A, singular, 2, 2);
    ck_assert_ptr_null(mgd_value(mixed));
    mgd_set(A, (double[]){ 1, 0, 0, 1 }, 2, 2);
    ck_assert_double_eq(*mgd_value(mixed), before[0] + before[1]);
    mgd_tape_free(t);
}
END_TEST

TESTS("undefined", an_input_without_data_is_named, an_unbound_size_is_named, a_singular_matrix_is_an_error_that_passes,
      other_factorisations_say_why, equal_eigenvalues_are_named, a_block_may_turn_out_to_be_outside,
      a_value_may_be_too_large, an_error_leaves_other_values_alone);
