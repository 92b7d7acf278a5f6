/* SPDX-License-Identifier: MIT */
/* Operations on shapes, and products beside the matrix product, in programs: compiled at bound sizes, with every pass
 * and without, each and its gradient are bit for bit what mgd_value says, or nearly where passes change the order. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>

enum { M = 5, N = 7 };

static mgd_tape *t;
static const mgd_size *m, *n, *mn, *one;
static mgd_var *A, *B, *S, *a, *b;

static void set_up(void) {
    t = mgd_tape_new();
    m = mgd_size_named(t, "m");
    n = mgd_size_named(t, "n");
    mn = mgd_size_times(m, n);
    one = mgd_size_number(t, 1);
    A = mgd_input_sized(t, "A", m, n);
    B = mgd_input_sized(t, "B", n, m);
    S = mgd_input_sized(t, "S", n, n);
    a = mgd_input_sized(t, "a", m, one);
    b = mgd_input_sized(t, "b", n, one);
    uint64_t state = 7;
    for (size_t i = 0; i < mgd_count(t); i++) {
        double x[N * N];
        for (int k = 0; k < N * N; k++) x[k] = test_uniform(&state);
        mgd_var *v = mgd_at(t, i);
        int64_t rows = v == B || v == S || v == b ? N : M, cols = v == a || v == b ? 1 : v == B ? M : N;
        ck_assert_msg(mgd_set(v, x, rows, cols), "%s", mgd_message(t));
    }
}

static double *run(mgd_var *v, unsigned options, size_t *entries) {
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array in[8];
    size_t inputs = 0;
    for (size_t i = 0; i < mgd_count(t); i++) {
        mgd_var *x = mgd_at(t, i);
        if (mgd_name(x))
            in[inputs++] = mgd_rows(mgd_value(x), mgd_size_value(mgd_rows_of(x)), mgd_size_value(mgd_cols_of(x)));
    }
    int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
    *entries = (size_t)(rows * cols);
    double *got = malloc(*entries * sizeof *got);
    mgd_array out = mgd_rows(got, rows, cols);
    ck_assert_msg(mgd_run(p, ws, in, &out), "%s", mgd_workspace_message(ws));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    return got;
}

static void check_one(mgd_var *v) {
    char text[80];
    ck_assert_msg(v, "%s", mgd_message(t));
    mgd_describe(v, text, sizeof text);
    for (int all = 0; all < 2; all++) {
        size_t entries;
        double *got = run(v, all ? 0 : MGD_WITHOUT_PASSES, &entries);
        const double *wanted = mgd_value(v);
        ck_assert_msg(wanted, "%s", mgd_message(t));
        for (size_t i = 0; i < entries; i++)
            ck_assert_msg(all ? fabs(got[i] - wanted[i]) <= 1e-12 : got[i] == wanted[i], "%s, entry %zu: %g, not %g",
                          text, i, got[i], wanted[i]);
        free(got);
    }
}

/* v, and the gradient of the sum of v .* exp(v). */
static void check(mgd_var *v, mgd_var *by) {
    check_one(v);
    check_one(mgd_gradient(mgd_dot(v, mgd_exp(v)), by));
}

START_TEST(shapes) {
    set_up();
    const int64_t index[] = { 3, 0, 3, 4, 1 };
    check(mgd_vec(A), A);
    check(mgd_reshape_sized(A, n, m), A);
    check(mgd_reshape_sized(A, one, mn), A);
    check(mgd_unvec_sized(mgd_vec(A), n, m), A);
    check(mgd_reshape_sized(mgd_kronecker(A, S), mn, mgd_size_times(n, n)), S);
    check(mgd_hcat(3, (mgd_var *[]){ A, a, mgd_transpose(B) }), B);
    check(mgd_vcat(3, (mgd_var *[]){ A, mgd_transpose(b), S }), S);
    check(mgd_repeat_sized(a, m, n), a);
    check(mgd_repeat_sized(mgd_transpose(b), m, n), b);
    check(mgd_tril(A), A);
    check(mgd_triu(A), A);
    check(mgd_symmetric_part(S), S);
    check(mgd_gather_rows(A, 5, index), A);
    check(mgd_gather_cols(A, 5, index), A);
    check(mgd_scatter_add_rows_sized(mgd_gather_rows(A, 5, index), 5, index, n), A);
    check(mgd_reverse_rows(A), A);
    check(mgd_reverse_cols(A), A);
    check(mgd_cumsum_rows(A), A);
    check(mgd_cumsum_cols(A), A);
    mgd_tape_free(t);
}
END_TEST

START_TEST(products) {
    set_up();
    check(mgd_outer(a, b), a);
    check(mgd_kronecker(A, S), A);
    check(mgd_kronecker(A, S), S);
    check(mgd_kronecker(a, mgd_transpose(b)), b);
    check(mgd_dot(A, mgd_transpose(B)), B);
    check(mgd_quadratic_form(S, b), b);
    check_one(mgd_hessian_vector(mgd_dot(mgd_kronecker(A, S), mgd_kronecker(mgd_exp(A), S)), S, mgd_exp(S)));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_row_out_of_range_is_an_error_of_compilation) {
    set_up();
    mgd_var *v = mgd_gather_rows(A, 1, (int64_t[]){ M });
    expect_undefined(t, mgd_compile(t, 1, &A, 1, &v, 0),
                     "compile: gather_rows: index[0] is 5: A is 5x7, and has the rows 0 to 4");
    mgd_tape_free(t);
}
END_TEST

TESTS("program_shapes", shapes, products, a_row_out_of_range_is_an_error_of_compilation);
