/* SPDX-License-Identifier: MIT */
/* Every rewrite fires where it should, as the steps show, and not where its option takes it away. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

static mgd_tape *t;
static mgd_var *A, *B, *C, *S, *T, *c, *d, *r, *a;

enum { M = 20, N = 30, K = 40 };

static void set_up(void) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", M, N);
    B = mgd_input(t, "B", M, N);
    C = mgd_input(t, "C", N, K);
    S = mgd_input(t, "S", M, M);
    T = mgd_input(t, "T", M, M);
    c = mgd_input(t, "c", M, 1);
    d = mgd_input(t, "d", N, 1);
    r = mgd_input(t, "r", 1, N);
    a = mgd_input(t, "a", 1, 1);
}

static void tear_down(void) { mgd_tape_free(t); }

/* How many steps have that word. */
static size_t steps_with(mgd_var *v, unsigned options, const char *word) {
    static char text[DESCRIPTION];
    mgd_program *p = compiled(v, options);
    size_t count = 0, n = strlen(word);
    describe(p, text);
    char *rest = strchr(text, '\n') + 1;
    for (char *step = strtok_r(rest, "\n", &rest); step; step = strtok_r(NULL, "\n", &rest)) {
        *strstr(step, "->") = 0;
        char *at = strstr(step, word);
        while (at && (at[-1] != ' ' || at[n] != ' ')) at = strstr(at + 1, word);
        count += at != NULL;
    }
    mgd_program_free(p);
    return count;
}

static size_t steps(mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    size_t n = mgd_program_steps(p);
    mgd_program_free(p);
    return n;
}

static double flops(mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    double n = mgd_program_flops(p);
    mgd_program_free(p);
    return n;
}

static double bytes(mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    double n = mgd_program_bytes(p);
    mgd_program_free(p);
    return n;
}

/* v has `with` steps of that kind, and `without` of them when the pass is off. */
#define expect_steps(v, word, with, option, without)                                                                   \
    do {                                                                                                               \
        mgd_var *var_of_steps = (v);                                                                                   \
        ck_assert_uint_eq(steps_with(var_of_steps, 0, word), with);                                                    \
        ck_assert_uint_eq(steps_with(var_of_steps, option, word), without);                                            \
    } while (0)

static mgd_var *tr(mgd_var *x) { return mgd_transpose(x); }
static mgd_var *mul(mgd_var *x, mgd_var *y) { return mgd_matmul(x, y); }

START_TEST(transposes_are_absorbed_into_products) {
    mgd_var *const products[] = { mul(tr(A), B),
                                  mul(A, tr(B)),
                                  mul(tr(C), tr(A)),
                                  tr(mul(A, C)),
                                  tr(mul(tr(A), B)),
                                  mul(tr(mul(A, C)), S),
                                  mgd_sum(mgd_exp(mgd_sum(tr(A)))) };
    for (size_t k = 0; k < 6; k++) {
        ck_assert_uint_eq(steps(products[k], 0), k == 5 ? 2 : 1);
        expect_steps(products[k], "transpose", 0, MGD_WITHOUT_TRANSPOSES, k == 2 || k == 4 ? 2 : 1);
    }
}
END_TEST

START_TEST(a_transpose_that_something_else_needs_stays) {
    mgd_var *p = mul(A, C);
    ck_assert_uint_eq(steps_with(mul(mgd_exp(tr(p)), p), 0, "transpose"), 1);
}
END_TEST

START_TEST(transposed_vectors_take_no_step) {
    ck_assert_uint_eq(steps(mul(tr(mgd_exp(c)), A), 0), 2);
    ck_assert_uint_eq(steps_with(mgd_add(tr(mul(S, c)), tr(mgd_exp(c))), MGD_WITHOUT_PASSES, "transpose"), 0);
}
END_TEST

START_TEST(products_with_ones_are_repeats_that_are_never_formed) {
    mgd_var *rows = mgd_add(A, mul(mgd_ones(t, M, 1), r)), *cols = mgd_add(A, mul(c, mgd_ones(t, 1, N)));
    mgd_var *both = mgd_sum(mgd_hadamard(rows, cols));
    mgd_var *const all[] = { rows, cols, both, mgd_add(A, mul(tr(mgd_ones(t, 1, M)), r)) };
    for (size_t k = 0; k < 4; k++) {
        ck_assert_uint_eq(steps(all[k], 0), 1);
        expect_steps(all[k], "matmul", 0, MGD_WITHOUT_REPEATS | MGD_WITHOUT_TRANSPOSES, k == 2 || k == 4 ? 2 : 1);
    }
    ck_assert_double_le(bytes(rows, 0), 8.0 * (2 * M * N + N));
    expect_steps(mul(mgd_ones(t, M, 1), r), "repeat", 1, MGD_WITHOUT_REPEATS, 0);
    expect_steps(mgd_scale(a, mgd_ones(t, M, N)), "repeat", 1, MGD_WITHOUT_REPEATS, 0);
}
END_TEST

START_TEST(sums_by_products_with_ones_are_sums) {
    mgd_var *ones = mgd_ones(t, N, 1), *m = mgd_ones(t, M, 1);
    expect_steps(mul(A, ones), "row_sums", 1, MGD_WITHOUT_REPEATS, 0);
    expect_steps(mul(tr(m), A), "col_sums", 1, MGD_WITHOUT_REPEATS, 0);
    expect_steps(mul(tr(A), m), "col_sums", 1, MGD_WITHOUT_REPEATS, 0);
    expect_steps(mul(tr(ones), tr(A)), "row_sums", 1, MGD_WITHOUT_REPEATS, 0);
    ck_assert_uint_eq(steps(mul(mgd_exp(A), ones), 0), 1);
    expect_steps(mul(mul(tr(m), A), ones), "matmul", 0,
                 MGD_WITHOUT_REPEATS | MGD_WITHOUT_TRANSPOSES | MGD_WITHOUT_ORDER, 2);
}
END_TEST

START_TEST(products_with_diagonal_matrices_are_scalings) {
    mgd_var *const all[] = { mul(mgd_from_diag(c), A), mul(A, mgd_from_diag(d)), mul(A, tr(mgd_from_diag(d))) };
    for (size_t k = 0; k < 3; k++) {
        ck_assert_uint_eq(steps(all[k], 0), 1);
        expect_steps(all[k], "hadamard", 1, MGD_WITHOUT_DIAGONALS, 0);
        expect_steps(all[k], "from_diag", 0, MGD_WITHOUT_DIAGONALS, 1);
    }
    expect_steps(mul(mul(mgd_from_diag(c), A), mgd_from_diag(d)), "from_diag", 0, MGD_WITHOUT_DIAGONALS, 2);
    ck_assert_uint_eq(steps(mul(mul(mgd_from_diag(c), A), mgd_from_diag(d)), 0), 1);
    expect_steps(mul(tr(A), mgd_from_diag(c)), "from_diag", 0, MGD_WITHOUT_DIAGONALS, 1);
    expect_steps(mul(mgd_from_diag(d), tr(A)), "from_diag", 0, MGD_WITHOUT_DIAGONALS, 1);
}
END_TEST

START_TEST(the_diagonal_of_a_product_needs_no_product) {
    expect_steps(mgd_diag_of(mul(A, tr(B))), "product", 0, MGD_WITHOUT_DIAGONALS, 1);
    ck_assert_uint_eq(steps(mgd_diag_of(mul(A, tr(B))), 0), 1);
    expect_steps(mgd_diag_of(mul(tr(A), B)), "product", 0, MGD_WITHOUT_DIAGONALS, 1);
    ck_assert_double_le(flops(mgd_diag_of(mul(A, tr(B))), 0), 2.0 * M * N);
    mgd_var *D = mgd_input(t, "D", N, M);
    expect_steps(mgd_diag_of(mul(A, D)), "matmul", 0, MGD_WITHOUT_DIAGONALS, 1);
    expect_steps(mgd_diag_of(mul(tr(A), tr(D))), "product", 0, MGD_WITHOUT_DIAGONALS, 1);
}
END_TEST

START_TEST(the_trace_of_a_product_needs_no_product) {
    mgd_var *D = mgd_input(t, "D", N, M);
    expect_steps(mgd_trace(mul(A, D)), "trace_of_product", 1, MGD_WITHOUT_TRACES, 0);
    expect_steps(mgd_trace(mul(A, D)), "trace", 0, MGD_WITHOUT_TRACES, 1);
    expect_steps(mgd_trace(mul(A, tr(B))), "trace", 0, MGD_WITHOUT_TRACES, 1);
    ck_assert_uint_eq(steps(mgd_trace(mul(A, tr(B))), 0), 1);
    ck_assert_uint_eq(steps(mgd_trace(mul(tr(A), B)), 0), 1);
    ck_assert_uint_eq(steps(mgd_trace(mul(tr(A), tr(D))), 0), 1);
    expect_steps(mgd_trace(mgd_from_diag(c)), "from_diag", 0, MGD_WITHOUT_TRACES, 1);
    ck_assert_double_le(flops(mgd_trace(mul(A, D)), 0), 2.0 * M * N);
}
END_TEST

START_TEST(an_outer_product_is_one_product) {
    ck_assert_uint_eq(steps(mul(c, r), 0), 1);
    ck_assert_uint_eq(steps(mul(c, tr(d)), 0), 1);
    ck_assert_double_le(flops(mul(c, r), 0), 2.0 * M * N);
}
END_TEST

START_TEST(chains_of_products_run_in_their_cheapest_order) {
    enum { n = 1000 };
    mgd_var *X = mgd_input(t, "X", n, n), *Y = mgd_input(t, "Y", n, n), *z = mgd_input(t, "z", n, 1);
    mgd_var *const all[] = { mul(mul(X, Y), z), mul(tr(mul(X, Y)), z), mul(tr(z), mul(X, Y)),
                             tr(mul(tr(z), mul(tr(X), Y))), mul(mul(X, mul(Y, X)), z) };
    for (size_t k = 0; k < 4; k++) {
        ck_assert_double_le(flops(all[k], 0), 4.1e6);
        ck_assert_double_ge(flops(all[k], MGD_WITHOUT_ORDER), 2e9);
    }
    ck_assert_double_le(flops(all[4], 0), 6.1e6);
    ck_assert_double_ge(flops(mgd_add(mul(mul(X, Y), z), mgd_row_sums(mul(X, Y))), 0), 2e9); /* X Y is needed */
}
END_TEST

START_TEST(an_inverse_that_is_multiplied_is_a_solve) {
    mgd_var *const all[] = { mul(mgd_inverse(S), A), mul(tr(mgd_inverse(S)), A), mul(tr(A), mgd_inverse(S)),
                             mul(tr(A), tr(mgd_inverse(S))) };
    for (size_t k = 0; k < 4; k++) {
        expect_steps(all[k], "inverse", 0, MGD_WITHOUT_SOLVES, 1);
        ck_assert_uint_eq(steps_with(all[k], 0, "solve"), 1);
    }
    mgd_var *inverse = mgd_inverse(S);
    ck_assert_uint_eq(steps_with(mul(inverse, inverse), 0, "inverse"), 1);
    ck_assert_uint_eq(steps_with(mgd_add(mul(inverse, T), inverse), 0, "solve"), 0);
}
END_TEST

START_TEST(one_matrix_is_factorised_once) {
    mgd_var *f = mgd_add(mgd_add(mgd_logdet(S), mgd_det(S)), mgd_sum(mgd_solve(S, A)));
    f = mgd_add(f, mgd_sum(mgd_add(mgd_solve(tr(S), A), mul(mgd_inverse(S), B))));
    ck_assert_uint_eq(steps_with(f, 0, "lu"), 1);
    ck_assert_uint_eq(steps_with(f, MGD_WITHOUT_PASSES, "lu"), 1);
    ck_assert_uint_eq(steps_with(mgd_gradient(f, S), 0, "lu"), 1);
    ck_assert_uint_eq(steps_with(mgd_add(mgd_sum(mgd_eigenvalues(S)), mgd_sum(mgd_eigenvectors(S))), 0, "eigen"), 1);
}
END_TEST

START_TEST(duplicates_and_what_nothing_needs_take_no_step) {
    mgd_var *sum = mgd_add(mul(tr(A), B), tr(mul(tr(B), A))); /* B'A transposed is A'B */
    ck_assert_uint_eq(steps_with(sum, 0, "product"), 1);
    mgd_var *needed = mgd_exp(A);
    for (int k = 0; k < 20; k++) (void)mgd_log(mgd_add(needed, mgd_rational(t, k, 7)));
    ck_assert_uint_eq(steps(needed, 0), 1);
    ck_assert_uint_eq(steps(needed, MGD_WITHOUT_PASSES), 1);
    ck_assert_uint_eq(steps(mgd_gradient(mgd_sum(needed), A), 0), 1);
}
END_TEST

START_TEST(what_an_input_is_made_of_takes_no_step) {
    mgd_var *u = mul(tr(mgd_exp(A)), B), *f = mgd_sum(mgd_sqrt(u));
    mgd_program *program = mgd_compile(t, 1, &u, 1, &f, 0);
    ck_assert_msg(program, "%s", mgd_message(t));
    ck_assert_uint_eq(mgd_program_steps(program), 1);
    mgd_program_free(program);
}
END_TEST

START_TEST(blocks_of_one_matrix_are_accumulated_in_place) {
    mgd_var *f = NULL;
    for (int k = 0; k < 10; k++) {
        mgd_var *b = mgd_block(A, 2 * k, k, 2, 20), *y = mgd_sum(mgd_exp(b));
        f = k ? mgd_add(f, y) : y;
    }
    mgd_var *g = mgd_gradient(f, A);
    ck_assert_uint_eq(steps_with(g, 0, "place"), 1);
    ck_assert_uint_le(steps(g, 0), 12);
}
END_TEST

START_TEST(entrywise_chains_with_their_sums_are_one_loop) {
    mgd_var *x = mgd_sigmoid(mgd_hadamard(mgd_exp(A), mgd_add(B, mgd_hadamard(a, A))));
    mgd_var *f = mgd_add(mgd_sum(x), mgd_sum(mgd_hadamard(x, x)));
    ck_assert_uint_eq(steps_with(f, 0, "loop"), 1);
    ck_assert_uint_le(steps(f, 0), 2); /* and the addition of the sums */
    ck_assert_uint_eq(steps_with(f, MGD_WITHOUT_FUSION, "loop"), 0);
    ck_assert_uint_ge(steps(f, MGD_WITHOUT_FUSION), 7);
    ck_assert_double_le(bytes(f, 0), 8.0 * (2 * M * N + 20));
    ck_assert_uint_eq(steps(mgd_row_sums(x), 0), 1);
    ck_assert_uint_eq(steps(mgd_sum(mgd_hadamard(A, B)), 0), 1);
    ck_assert_double_le(bytes(mgd_sum(mgd_hadamard(A, B)), 0), 8.0 * (2 * M * N + 1));
    ck_assert_uint_eq(steps(mgd_sum(mgd_hadamard(A, B)), MGD_WITHOUT_FUSION), 2);
}
END_TEST

START_TEST(column_sums_end_a_loop) { ck_assert_uint_eq(steps(mgd_col_sums(mgd_exp(A)), 0), 1); }
END_TEST

START_TEST(a_common_factor_is_taken_out_of_a_sum) {
    mgd_var *G = mgd_input(t, "G", N, K), *R = mgd_input(t, "R", M, N);
    mgd_var *left = mgd_add(mul(A, C), mul(A, G)), *right = mgd_subtract(mul(A, C), mul(B, C));
    expect_steps(left, "matmul", 0, MGD_WITHOUT_FACTORS, 2);
    expect_steps(right, "product", 1, MGD_WITHOUT_FACTORS, 0);
    ck_assert_double_le(flops(left, 0), 0.6 * flops(left, MGD_WITHOUT_FACTORS));
    expect_steps(mgd_add(mgd_solve(S, A), mgd_solve(S, R)), "solve", 1, MGD_WITHOUT_FACTORS, 2);
    expect_steps(mgd_add(mgd_triangular_solve(S, A), mgd_triangular_solve(S, R)), "triangular_solve", 1,
                 MGD_WITHOUT_FACTORS, 2);
    mgd_var *used_twice = mul(A, C);
    expect_steps(mul(tr(mgd_add(used_twice, mul(A, G))), used_twice), "matmul", 2, MGD_WITHOUT_FACTORS, 2);
}
END_TEST

START_TEST(sums_of_a_product_need_no_product) {
    mgd_var *const all[] = { mgd_sum(mul(A, C)),
                             mgd_row_sums(mul(A, C)),
                             mgd_col_sums(mul(A, C)),
                             mul(mul(A, C), mgd_ones(t, K, 1)),
                             mul(mgd_ones(t, 1, M), mul(A, C)),
                             mgd_row_sums(mul(tr(C), tr(A))) };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        ck_assert_double_le(flops(all[k], 0), 0.1 * flops(all[k], MGD_WITHOUT_REPEATS | MGD_WITHOUT_ORDER));
}
END_TEST

START_TEST(more_sums_than_a_loop_ends_in_take_another_step) {
    for (int n = 7; n <= 20; n++) {
        mgd_var *f = mgd_number(t, 0);
        for (int k = 1; k <= n; k++) {
            mgd_var *e = mgd_exp(mgd_scale(mgd_rational(t, k, 50), A));
            mgd_var *sums[] = { mgd_sum(e), mgd_sum(mgd_log(mgd_row_sums(e))), mgd_sum(mgd_log(mgd_col_sums(e))) };
            f = mgd_add(f, sums[k % 3]);
        }
        static double data[M * N];
        for (int i = 0; i < M * N; i++) data[i] = (i * 37 % 101) / 50.0 - 1;
        double result;
        mgd_program *p = mgd_compile(t, 1, &A, 1, &f, 0);
        mgd_workspace *ws = mgd_workspace_new(p);
        const mgd_array in = mgd_rows(data, M, N), out = mgd_rows(&result, 1, 1);
        ck_assert(mgd_run(p, ws, &in, &out) && mgd_set(A, data, M, N));
        const double *value = mgd_value(f);
        ck_assert_double_eq_tol(result, *value, 1e-13 * *value);
        mgd_workspace_free(ws);
        mgd_program_free(p);
    }
}
END_TEST

START_TEST(operations_on_numbers_are_one_step) {
    mgd_var *x = a;
    for (int k = 0; k < 10; k++) x = mgd_sigmoid(mgd_add(mgd_hadamard(x, x), mgd_exp(mgd_negate(x))));
    ck_assert_uint_eq(steps(x, 0), 1);
    ck_assert_uint_ge(steps(x, MGD_WITHOUT_FUSION), 40);
}
END_TEST

START_TEST(every_pass_together_leaves_the_seed_two_products) {
    mgd_var *w = mgd_sigmoid(mul(tr(A), c)), *f = mgd_sum(mgd_hadamard(w, w)), *g = mgd_gradient(f, A);
    ck_assert_uint_le(steps(g, 0), 3);
    ck_assert_double_le(flops(g, 0), 4.0 * M * N + 20 * N);
}
END_TEST

START_TEST(flops_of_a_product_do_not_depend_on_transposes) {
    ck_assert_double_eq(flops(mul(tr(A), B), 0), 2.0 * N * M * N);
    ck_assert_double_eq(flops(mul(A, tr(B)), 0), 2.0 * M * N * M);
    ck_assert_double_eq(flops(mul(A, C), 0), 2.0 * M * N * K);
}
END_TEST

const char *const test_suite_name = "passes of programs";
void test_suite_add(TCase *all) {
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, transposes_are_absorbed_into_products);
    tcase_add_test(all, a_transpose_that_something_else_needs_stays);
    tcase_add_test(all, transposed_vectors_take_no_step);
    tcase_add_test(all, products_with_ones_are_repeats_that_are_never_formed);
    tcase_add_test(all, sums_by_products_with_ones_are_sums);
    tcase_add_test(all, products_with_diagonal_matrices_are_scalings);
    tcase_add_test(all, the_diagonal_of_a_product_needs_no_product);
    tcase_add_test(all, the_trace_of_a_product_needs_no_product);
    tcase_add_test(all, an_outer_product_is_one_product);
    tcase_add_test(all, chains_of_products_run_in_their_cheapest_order);
    tcase_add_test(all, an_inverse_that_is_multiplied_is_a_solve);
    tcase_add_test(all, one_matrix_is_factorised_once);
    tcase_add_test(all, duplicates_and_what_nothing_needs_take_no_step);
    tcase_add_test(all, what_an_input_is_made_of_takes_no_step);
    tcase_add_test(all, blocks_of_one_matrix_are_accumulated_in_place);
    tcase_add_test(all, entrywise_chains_with_their_sums_are_one_loop);
    tcase_add_test(all, column_sums_end_a_loop);
    tcase_add_test(all, a_common_factor_is_taken_out_of_a_sum);
    tcase_add_test(all, sums_of_a_product_need_no_product);
    tcase_add_test(all, more_sums_than_a_loop_ends_in_take_another_step);
    tcase_add_test(all, operations_on_numbers_are_one_step);
    tcase_add_test(all, every_pass_together_leaves_the_seed_two_products);
    tcase_add_test(all, flops_of_a_product_do_not_depend_on_transposes);
}
