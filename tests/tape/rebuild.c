/* SPDX-License-Identifier: MIT */
/* Expressions recorded again: on another tape, with one var in the place of another, or held fixed. */
#include "expect.h"

static mgd_tape *from, *to;
static mgd_var *X, *a, *v, *f;
static const double six[] = { 1, 2, 3, 4, 5, 6 };
static int raised;

static void count(void *user, const char *message) {
    (void)user;
    (void)message;
    raised++;
}

static void set_up(void) {
    from = mgd_tape_new();
    to = mgd_tape_new();
    raised = 0;
    mgd_on_error(to, count, NULL);
    X = mgd_input(from, "X", 3, 2);
    a = mgd_input(from, "a", 3, 1);
    v = mgd_matmul(mgd_transpose(X), a);
    f = mgd_sum(mgd_sigmoid(v));
    mgd_set(X, six, 3, 2);
    mgd_set(a, six, 3, 1);
}

static void tear_down(void) {
    mgd_tape_free(from);
    mgd_tape_free(to);
}

START_TEST(a_copy_has_names_and_data) {
    set_up();
    mgd_var *g = mgd_copy(to, v);
    expect_text(g, "X'*a");
    ck_assert_ptr_eq(mgd_tape_of(g), to);
    expect_entries(g, 2, 22, 28);
    ck_assert_ptr_eq(mgd_copy(to, v), g);
    ck_assert_uint_eq(mgd_count(to), 4);
    mgd_set(a, six + 1, 3, 1);
    expect_entries(g, 2, 22, 28); /* its own data */
    ck_assert_ptr_eq(mgd_copy(from, v), v);
    tear_down();
}
END_TEST

START_TEST(a_copy_outlives_its_origin) {
    set_up();
    mgd_var *g = mgd_copy(to, mgd_gradient(f, X));
    double expected[6];
    ck_assert(mgd_get(mgd_gradient(f, X), mgd_rows(expected, 3, 2)));
    mgd_tape_free(from);
    ck_assert_mem_eq(mgd_value(g), expected, sizeof expected);
    mgd_tape_free(to);
}
END_TEST

START_TEST(inputs_of_that_name_are_matched) {
    set_up();
    mgd_var *there = mgd_input(to, "a", 3, 1);
    mgd_var *g = mgd_copy(to, v);
    ck_assert_ptr_eq(mgd_operand(g, 1), there);
    expect_undefined(to, mgd_value(g), "a: the input has no data: set it first"); /* matched, not filled */
    mgd_set(there, (double[]){ 1, 0, 0 }, 3, 1);
    expect_entries(g, 2, 1, 2);
    tear_down();
}
END_TEST

START_TEST(named_sizes_are_copied_by_name) {
    set_up();
    const mgd_size *n = mgd_size_named(from, "n"), *m = mgd_size_named(from, "m"), *one = mgd_size_number(from, 1);
    mgd_size_named(to, "k"); /* so that names have other numbers there */
    const mgd_size *m_there = mgd_size_named(to, "m"), *n_there = mgd_size_named(to, "n");
    mgd_var *P = mgd_input_sized(from, "P", m, n);
    mgd_var *last = mgd_block_sized(P, mgd_size_subtract(m, one), NULL, one, n), *s = mgd_singular_values(P);
    mgd_set(P, six, 3, 2);
    mgd_var *copied = mgd_copy(to, last);
    expect_text(copied, "block(P,m-1,0,1,n)");
    expect_entries(copied, 2, 5, 6);
    ck_assert_int_eq(mgd_size_value(m_there), 3);
    ck_assert_ptr_eq(mgd_rows_of(mgd_copy(to, s)), mgd_size_min(m_there, n_there));
    ck_assert_ptr_eq(mgd_copy(to, mgd_size_as_var(mgd_size_times(m, n))),
                     mgd_size_as_var(mgd_size_times(n_there, m_there)));
    ck_assert_str_eq(mgd_message(to), "");
    tear_down();
}
END_TEST

START_TEST(data_that_does_not_fit_the_sizes_there_stays_behind) {
    set_up();
    mgd_var *P = mgd_input_sized(from, "P", mgd_size_named(from, "m"), mgd_size_number(from, 2));
    mgd_set(P, six, 3, 2);
    mgd_size_named(to, "m");
    mgd_bind(to, "m", 2);
    mgd_var *g = mgd_copy(to, mgd_sum(P));
    ck_assert_ptr_nonnull(g);
    ck_assert_str_eq(mgd_message(to), "");
    ck_assert_int_eq(raised, 0);
    expect_undefined(to, mgd_value(g), "P: the input has no data: set it first");
    ck_assert(mgd_set(mgd_operand(g, 0), six, 2, 2));
    expect_entries(g, 1, 10);
    tear_down();
}
END_TEST

START_TEST(constants_keep_their_identity_within_a_copy) {
    set_up();
    mgd_var *c = mgd_constant(from, mgd_rows(six, 3, 1)), *d = mgd_constant(from, mgd_rows(six, 3, 1));
    mgd_var *g = mgd_copy(to, mgd_add(mgd_hadamard(c, c), d));
    mgd_var *product = mgd_operand(g, 0);
    ck_assert_ptr_eq(mgd_operand(product, 0), mgd_operand(product, 1));
    ck_assert_ptr_ne(mgd_operand(product, 0), mgd_operand(g, 1));
    expect_entries(g, 3, 2, 6, 12);
    ck_assert_ptr_ne(mgd_copy(to, c), mgd_constant(to, mgd_rows(six, 3, 1)));
    tear_down();
}
END_TEST

START_TEST(every_kind_of_node_can_be_copied) {
    set_up();
    mgd_var *A = mgd_input(from, "A", 2, 2), *b = mgd_input(from, "b", 2, 1), *one = mgd_ones(from, 2, 2);
    mgd_set(A, (double[]){ 4, 1, 1, 3 }, 2, 2);
    mgd_set(b, six, 2, 1);
    mgd_var *const all[] = { mgd_eigenvectors(A),
                             mgd_eigenvalues(A),
                             mgd_svd_left(A),
                             mgd_solve(mgd_transpose(A), b),
                             mgd_logdet(A),
                             mgd_inverse(A),
                             mgd_cholesky(A),
                             mgd_literal(from, "1.23456789012345678901234567890"),
                             mgd_number(from, 0.1),
                             mgd_power_rational(A, 3, 2),
                             mgd_tril(A),
                             mgd_where(A, b ? one : NULL, A),
                             mgd_softmax_rows(A),
                             mgd_det(A),
                             mgd_block(A, 1, 0, 1, 2),
                             mgd_gradient(mgd_sum(mgd_block(A, 1, 0, 1, 1)), A),
                             mgd_eye(from, 3),
                             mgd_triangular_solve(mgd_transpose(A), b) };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        mgd_var *there = mgd_copy(to, all[i]);
        ck_assert_msg(there != NULL, "%s", mgd_message(to));
        char text[80];
        mgd_describe(all[i], text, sizeof text);
        expect_text(there, text);
        int64_t entries = mgd_size_value(mgd_rows_of(all[i])) * mgd_size_value(mgd_cols_of(all[i]));
        ck_assert_mem_eq(mgd_value(there), mgd_value(all[i]), (size_t)entries * sizeof(double));
        ck_assert_int_eq((int)mgd_parameter(there), (int)mgd_parameter(all[i]));
    }
    tear_down();
}
END_TEST

START_TEST(substitution_replaces_one_var) {
    set_up();
    mgd_var *b = mgd_input(from, "b", 3, 1), *g = mgd_substitute(f, a, mgd_add(a, b));
    expect_text(g, "sum(sigmoid(X'*(a+b)))");
    ck_assert_ptr_eq(mgd_substitute(g, b, b), g);
    ck_assert_ptr_eq(mgd_substitute(f, b, a), f);
    ck_assert_ptr_eq(mgd_substitute(a, a, b), b);
    ck_assert_ptr_eq(mgd_substitute(f, f, mgd_number(from, 3)), mgd_number(from, 3));
    ck_assert_ptr_eq(mgd_substitute(f, v, v), f);
    expect_text(mgd_substitute(f, v, mgd_ones(from, 2, 1)), "sum(sigmoid(ones(2,1)))");
    expect_text(f, "sum(sigmoid(X'*a))");
    tear_down();
}
END_TEST

START_TEST(substitution_is_simultaneous_and_shares) {
    set_up();
    mgd_var *x = mgd_input(from, "x", 1, 1), *y = mgd_hadamard(x, x), *g = mgd_add(y, mgd_exp(x));
    mgd_var *twice = mgd_substitute(g, x, y); /* y holds x itself */
    expect_text(twice, "x.*x.*(x.*x)+exp(x.*x)");
    mgd_set(x, six + 1, 1, 1);
    ck_assert_double_eq_tol(*mgd_value(twice), 16 + 54.598150033144236, 1e-13);
    mgd_var *S = mgd_input(from, "S", 2, 2), *B = mgd_input(from, "B", 2, 2);
    mgd_var *h = mgd_add(mgd_logdet(S), mgd_sum(mgd_solve(S, B))), *of_B = mgd_substitute(h, S, mgd_matmul(B, B));
    ck_assert_ptr_eq(of_B, mgd_add(mgd_logdet(mgd_matmul(B, B)), mgd_sum(mgd_solve(mgd_matmul(B, B), B))));
    tear_down();
}
END_TEST

START_TEST(what_is_stopped_has_no_gradient) {
    set_up();
    mgd_var *x = mgd_input(from, "x", 1, 1), *g = mgd_hadamard(x, mgd_stop(x));
    mgd_set(x, (double[]){ 3 }, 1, 1);
    expect_entries(g, 1, 9);
    expect_entries(mgd_gradient(g, x), 1, 3);
    ck_assert_ptr_eq(mgd_gradient(mgd_stop(g), x), mgd_number(from, 0));
    expect_entries(mgd_pushforward(g, x, mgd_number(from, 1)), 1, 3);
    ck_assert_ptr_eq(mgd_stop(x), mgd_stop(x));
    tear_down();
}
END_TEST

TESTS("rebuild", a_copy_has_names_and_data, a_copy_outlives_its_origin, inputs_of_that_name_are_matched,
      named_sizes_are_copied_by_name, data_that_does_not_fit_the_sizes_there_stays_behind,
      constants_keep_their_identity_within_a_copy, every_kind_of_node_can_be_copied, substitution_replaces_one_var,
      substitution_is_simultaneous_and_shares, what_is_stopped_has_no_gradient);
