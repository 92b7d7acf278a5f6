/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *to_another_matrix(rule_case *c) {
    return mgd_exp(
        mgd_reshape_sized(variable(c, "A", c->m, mgd_size_times(c->n, c->k)), c->n, mgd_size_times(c->m, c->k)));
}
static mgd_var *from_a_column(rule_case *c) {
    return mgd_exp(mgd_reshape_sized(variable(c, "a", mgd_size_times(c->m, c->n), c->one), c->m, c->n));
}
static mgd_var *to_a_column(rule_case *c) { return mgd_exp(mgd_vec(variable(c, "A", c->m, c->n))); }
static mgd_var *to_the_transposed_size(rule_case *c) {
    mgd_var *a = variable(c, "A", c->m, c->n);
    return mgd_matmul(mgd_reshape_sized(a, c->n, c->m), a);
}
static mgd_var *square(rule_case *c) {
    const mgd_size *n2 = mgd_size_times(c->n, c->n);
    return mgd_reshape_sized(variable(c, "A", n2, n2), mgd_size_times(n2, c->n), c->n);
}

RULES("reshape", to_another_matrix, from_a_column, to_a_column, to_the_transposed_size, square);

START_TEST(entries_go_column_by_column) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    const double a[] = { 1, 2, 3, 4, 5, 6 }, vec[] = { 1, 4, 2, 5, 3, 6 }, other[] = { 1, 5, 4, 3, 2, 6 };
    ck_assert(mgd_set(A, a, 2, 3));
    ck_assert_mem_eq(mgd_value(mgd_vec(A)), vec, sizeof vec);
    ck_assert_mem_eq(mgd_value(mgd_reshape(A, 1, 6)), vec, sizeof vec);
    ck_assert_mem_eq(mgd_value(mgd_reshape(A, 3, 2)), other, sizeof other);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_is_the_same_is_one_node) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *mn = mgd_size_times(m, n);
    mgd_var *A = mgd_input_sized(t, "A", m, n), *r = mgd_input(t, "r", 1, 6), *c = mgd_input(t, "c", 6, 1);
    const mgd_size *one = mgd_size_number(t, 1);
    ck_assert_ptr_eq(mgd_reshape_sized(mgd_vec(A), m, n), A);
    ck_assert_ptr_eq(mgd_reshape_sized(A, mn, one), mgd_vec(A));
    ck_assert_ptr_eq(mgd_vec(mgd_reshape_sized(A, n, m)), mgd_vec(A));
    ck_assert_ptr_eq(mgd_vec(mgd_transpose(mgd_vec(A))), mgd_vec(A));
    ck_assert_ptr_eq(mgd_reshape_sized(A, one, mn), mgd_transpose(mgd_vec(A)));
    ck_assert_ptr_eq(mgd_vec(r), mgd_transpose(r));
    ck_assert_ptr_eq(mgd_reshape(mgd_transpose(c), 2, 3), mgd_reshape(c, 2, 3));
    ck_assert_ptr_eq(mgd_vec(c), c);
    ck_assert_ptr_eq(mgd_vec(mgd_zeros(t, 2, 3)), mgd_zeros(t, 6, 1));
    ck_assert_ptr_eq(mgd_reshape(mgd_ones(t, 2, 3), 3, 2), mgd_ones(t, 3, 2));
    char text[80];
    mgd_describe(mgd_vec(mgd_exp(A)), text, sizeof text);
    ck_assert_str_eq(text, "vec(exp(A))");
    mgd_describe(mgd_reshape_sized(A, n, m), text, sizeof text);
    ck_assert_str_eq(text, "reshape(A,n,m)");
    mgd_tape_free(t);
}
END_TEST

static void refused(mgd_tape *t, mgd_var *v, const char *message) {
    ck_assert_ptr_null(v);
    ck_assert_str_eq(mgd_message(t), message);
    mgd_clear(t);
}

START_TEST(numbers_of_entries_must_agree) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *A = mgd_input(t, "A", 2, 3), *B = mgd_input_sized(t, "B", m, n);
    refused(t, mgd_reshape(A, 4, 2), "reshape: A is 2x3, which does not become 4x2: 6 and 8 entries");
    refused(t, mgd_reshape(B, 4, 2), "reshape: B is mxn, which does not become 4x2: m*n and 8 entries");
    refused(t, mgd_reshape_sized(B, m, m), "reshape: B is mxn, which does not become mxm: m*n and m*m entries");
    refused(t, mgd_reshape(A, 0, 6), "size: 0 is not a whole number from 1 to 2147483647");
    refused(t, mgd_reshape(A, 6, -1), "size: -1 is not a whole number from 1 to 2147483647");
    refused(t, mgd_reshape_sized(A, m, NULL), "reshape: the number of columns is NULL or of another tape");
    mgd_tape *other = mgd_tape_new();
    refused(t, mgd_reshape_sized(A, mgd_size_number(other, 6), m),
            "reshape: the number of rows is NULL or of another tape");
    refused(t, mgd_vec(mgd_input(t, "huge", 100000, 100000)),
            "size: 10000000000 is not a whole number from 1 to 2147483647");
    mgd_tape_free(other);
    mgd_tape_free(t);
}
END_TEST

TESTS("reshape", entries_go_column_by_column, what_is_the_same_is_one_node, numbers_of_entries_must_agree);
