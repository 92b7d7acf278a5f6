/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int64_t some[] = { 2, 0, 2, 1 };

static mgd_var *with_repeats(rule_case *c) {
    const mgd_size *rows = mgd_size_add(c->m, mgd_size_number(c->t, 2));
    return mgd_exp(mgd_gather_rows(variable(c, "A", rows, c->n), 4, some));
}
static mgd_var *of_a_column_with_itself(rule_case *c) {
    mgd_var *a = variable(c, "a", mgd_size_number(c->t, 4), c->n);
    return mgd_hadamard(mgd_exp(a), mgd_gather_rows(a, 4, some));
}
static mgd_var *square(rule_case *c) {
    const mgd_size *three = mgd_size_number(c->t, 3);
    return mgd_exp(mgd_gather_rows(variable(c, "A", three, three), 4, some));
}

RULES("gather_rows", with_repeats, of_a_column_with_itself, square);

START_TEST(rows_come_in_the_order_of_the_index) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 2);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, c[] = { 5, 6, 1, 2, 5, 6, 3, 4 };
    ck_assert(mgd_set(A, a, 3, 2));
    mgd_var *C = mgd_gather_rows(A, 4, some);
    ck_assert_mem_eq(mgd_value(C), c, sizeof c);
    ck_assert_ptr_eq(mgd_gather_rows(A, 3, (int64_t[]){ 0, 1, 2 }), A);
    char text[80];
    mgd_describe(C, text, sizeof text);
    ck_assert_str_eq(text, "gather_rows(A,[2,0,2,1])");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_row_that_is_not_there_is_an_error) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2), *B = mgd_input_sized(t, "B", mgd_size_named(t, "m"), mgd_size_number(t, 1));
    const double b[] = { 1, 2, 3 };
    ck_assert_ptr_null(mgd_gather_rows(A, 4, some));
    ck_assert_str_eq(mgd_message(t), "gather_rows: index[0] is 2: A is 2x2, and has the rows 0 to 1");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_gather_rows(A, 2, (int64_t[]){ 0, -1 }));
    ck_assert_str_eq(mgd_message(t), "gather_rows: index[1] is -1: rows and columns count from 0 to 2147483646");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_gather_rows(A, 1, (int64_t[]){ (int64_t)1 << 40 }));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "index[0] is 1099511627776"));
    mgd_clear(t);
    ck_assert_ptr_null(mgd_gather_rows(A, 0, some));
    ck_assert_str_eq(mgd_message(t), "gather_rows: the index has 0 entries");
    mgd_clear(t);
    ck_assert_ptr_null(mgd_gather_rows(A, 2, NULL));
    ck_assert_str_eq(mgd_message(t), "gather_rows: the index has 2 entries and is NULL");
    mgd_clear(t);

    mgd_var *C = mgd_gather_rows(B, 4, some);
    ck_assert(mgd_set(B, b, 2, 1));
    ck_assert_ptr_null(mgd_value(C));
    ck_assert_str_eq(mgd_message(t), "gather_rows(B,[2,0,2,1]): index[0] is 2, of 2 rows, counted from 0");
    ck_assert_ptr_null(mgd_compile(t, 1, &B, 1, &C, 0));
    ck_assert_str_eq(mgd_message(t), "compile: gather_rows: index[0] is 2: B is 2x1, and has the rows 0 to 1");
    ck_assert(mgd_set(B, b, 3, 1));
    ck_assert_double_eq(mgd_value(C)[3], 2);
    mgd_tape_free(t);
}
END_TEST

/* The gradient of many gathers is one scatter; an index of 100000 rows is recorded, printed and evaluated. */
START_TEST(large_indices_are_fine) {
    enum { N = 100000 };
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", N, 2), *f = mgd_number(t, 0);
    int64_t *index = malloc(N * sizeof *index);
    double *a = malloc(2 * N * sizeof *a);
    for (int64_t i = 0; i < N; i++) index[i] = i * 7919 % N, a[2 * i] = (double)i, a[2 * i + 1] = -(double)i;
    mgd_var *C = mgd_gather_rows(A, N, index);
    ck_assert_ptr_eq(mgd_gather_rows(A, N, index), C);
    char text[80];
    ck_assert_uint_lt(mgd_describe(C, text, sizeof text), 80);
    ck_assert_str_eq(text, "gather_rows(A,[0,7919,15838,23757,31676,39595,...])");
    for (int k = 0; k < 20; k++) f = mgd_add(f, mgd_sum(mgd_exp(mgd_gather_rows(A, 1, index + k))));
    mgd_var *g = mgd_gradient(f, A);
    ck_assert_str_eq(mgd_operation_name(mgd_operation_of(g)), "scatter_add_rows");
    ck_assert(mgd_set(A, a, N, 2));
    for (size_t i = 0; i < N; i++) ck_assert_int_eq(atol(mgd_parameter_size(C, i)), index[i]);
    mgd_tape *other = mgd_tape_new();
    mgd_var *copy = mgd_copy(other, C);
    ck_assert_str_eq(mgd_parameter_size(copy, N - 1), mgd_parameter_size(C, N - 1));
    ck_assert_ptr_eq(mgd_copy(other, C), copy);
    mgd_tape_free(other);
    const double *c = mgd_value(C), *d = mgd_value(g);
    for (int64_t i = 0; i < N; i++) ck_assert(c[2 * i] == (double)index[i] && c[2 * i + 1] == -(double)index[i]);
    ck_assert_double_eq_tol(d[2 * index[3] + 1], exp(-(double)index[3]), 1e-15);
    ck_assert_double_eq(d[2], 0);
    free(a);
    free(index);
    mgd_tape_free(t);
}
END_TEST

TESTS("gather_rows", rows_come_in_the_order_of_the_index, a_row_that_is_not_there_is_an_error, large_indices_are_fine);
