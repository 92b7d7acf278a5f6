/* SPDX-License-Identifier: MIT */
/* Products with triangular factors: left, right, transposed, in both triangles; the same numbers at less work. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>

typedef struct {
    mgd_tape *t;
    mgd_var *L, *U, *D, *A, *B; /* n x n: declared lower, upper, diagonal; n x m, m x n */
    int64_t n, m;
} world;

static mgd_var *tr(mgd_var *v) { return mgd_transpose(v); }

static mgd_var *lower_first(const world *w) { return mgd_matmul(w->L, w->A); }
static mgd_var *lower_first_transposed(const world *w) { return mgd_matmul(tr(w->L), w->A); }
static mgd_var *lower_and_transposed(const world *w) { return mgd_matmul(w->L, tr(w->B)); }
static mgd_var *both_transposed(const world *w) { return mgd_matmul(tr(w->L), tr(w->B)); }
static mgd_var *upper_first(const world *w) { return mgd_matmul(w->U, w->A); }
static mgd_var *upper_first_transposed(const world *w) { return mgd_matmul(tr(w->U), w->A); }
static mgd_var *lower_second(const world *w) { return mgd_matmul(w->B, w->L); }
static mgd_var *lower_second_transposed(const world *w) { return mgd_matmul(w->B, tr(w->L)); }
static mgd_var *transposed_and_lower(const world *w) { return mgd_matmul(tr(w->A), w->L); }
static mgd_var *upper_second(const world *w) { return mgd_matmul(w->B, w->U); }
static mgd_var *upper_second_transposed(const world *w) { return mgd_matmul(w->B, tr(w->U)); }
static mgd_var *transposed_and_upper_transposed(const world *w) { return mgd_matmul(tr(w->A), tr(w->U)); }
static mgd_var *a_triangle_taken(const world *w) { return mgd_matmul(mgd_tril(mgd_matmul(w->A, w->B)), w->A); }
static mgd_var *transposed_after(const world *w) { return tr(mgd_matmul(w->L, w->A)); }

static mgd_var *(*const cases[])(const world *) = {
    lower_first,
    lower_first_transposed,
    lower_and_transposed,
    both_transposed,
    upper_first,
    upper_first_transposed,
    lower_second,
    lower_second_transposed,
    transposed_and_lower,
    upper_second,
    upper_second_transposed,
    transposed_and_upper_transposed,
    a_triangle_taken,
    transposed_after,
};
enum { CASES = sizeof cases / sizeof cases[0] };

static mgd_var *input(const world *w, const char *name, int64_t rows, int64_t cols, unsigned assumption) {
    mgd_var *x = mgd_input(w->t, name, rows, cols);
    if (assumption) ck_assert(mgd_assume(x, assumption));
    double *data = malloc((size_t)(rows * cols) * sizeof *data);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < cols; j++) {
            bool zero = (assumption & (MGD_LOWER_TRIANGULAR | MGD_DIAGONAL) && j > i) ||
                        (assumption & (MGD_UPPER_TRIANGULAR | MGD_DIAGONAL) && j < i);
            data[i * cols + j] = zero ? 0 : sin(3.0 * (double)(i * cols + j) + name[0]);
        }
    ck_assert_msg(mgd_set(x, data, rows, cols), "%s", mgd_message(w->t));
    free(data);
    return x;
}

static world at_sizes(int64_t n, int64_t m) {
    world w = { .t = mgd_tape_new(), .n = n, .m = m };
    w.L = input(&w, "L", n, n, MGD_LOWER_TRIANGULAR);
    w.U = input(&w, "U", n, n, MGD_UPPER_TRIANGULAR);
    w.D = input(&w, "D", n, n, MGD_DIAGONAL);
    w.A = input(&w, "A", n, m, 0);
    w.B = input(&w, "B", m, n, 0);
    return w;
}

/* The data are the values that were set. */
static void expect_equal(const world *w, mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    const mgd_array in[] = { mgd_rows(mgd_value(w->L), w->n, w->n), mgd_rows(mgd_value(w->U), w->n, w->n),
                             mgd_rows(mgd_value(w->D), w->n, w->n), mgd_rows(mgd_value(w->A), w->n, w->m),
                             mgd_rows(mgd_value(w->B), w->m, w->n) };
    const int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
    double *x = malloc((size_t)(rows * cols) * sizeof *x);
    const mgd_array out = mgd_rows(x, rows, cols);
    ck_assert_msg(mgd_run(p, ws, in, &out), "%s", mgd_workspace_message(ws));
    const double *expected = mgd_value(v);
    for (int64_t i = 0; i < rows * cols; i++)
        ck_assert_msg(fabs(x[i] - expected[i]) <= 1e-14 * (double)(w->n * w->n), "n %ld, m %ld, entry %ld: %g, not %g",
                      (long)w->n, (long)w->m, (long)i, x[i], expected[i]);
    free(x);
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

START_TEST(they_are_what_full_products_are) {
    static const int64_t sizes[][2] = {
        { 24, 8 }, { 31, 9 }, { 32, 40 }, { 23, 30 }, { 33, 7 }, { 48, 1 }, { 300, 20 }
    };
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        world w = at_sizes(sizes[s][0], sizes[s][1]);
        for (size_t k = 0; k < CASES; k++) {
            mgd_var *v = cases[k](&w);
            expect_equal(&w, v, 0);
            expect_equal(&w, v, MGD_WITHOUT_STRUCTURE);
            expect_equal(&w, v, MGD_WITHOUT_TRANSPOSES);
            expect_equal(&w, v, MGD_WITHOUT_PASSES & ~(unsigned)MGD_WITHOUT_STRUCTURE);
        }
        expect_equal(&w, mgd_matmul(w.L, w.U), 0);
        expect_equal(&w, mgd_matmul(w.U, w.L), 0);
        expect_equal(&w, mgd_matmul(mgd_matmul(w.L, w.L), w.A), 0);
        expect_equal(&w, mgd_matmul(w.D, mgd_matmul(tr(w.L), w.A)), 0);
        ck_assert_str_eq(mgd_message(w.t), "");
        mgd_tape_free(w.t);
    }
}
END_TEST

static double flops_of(mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    double flops = mgd_program_flops(p);
    mgd_program_free(p);
    return flops;
}

START_TEST(they_take_about_half_the_work) {
    world w = at_sizes(320, 20);
    for (size_t k = 0; k < 12; k++) {
        mgd_var *v = cases[k](&w);
        double share = flops_of(v, 0) / flops_of(v, MGD_WITHOUT_STRUCTURE);
        ck_assert_msg(share > 0.5 && share < 0.62, "case %zu: %g of the work", k, share);
    }
    mgd_tape_free(w.t);
}
END_TEST

START_TEST(small_and_narrow_ones_stay_as_they_are) {
    const int64_t small[][2] = { { 23, 23 }, { 100, 7 }, { 100, 1 } };
    for (size_t s = 0; s < 3; s++) {
        world w = at_sizes(small[s][0], small[s][1]);
        for (size_t k = 0; k < 12; k++) ck_assert_double_eq(flops_of(cases[k](&w), 0), 2.0 * (double)(w.n * w.n * w.m));
        mgd_tape_free(w.t);
    }
}
END_TEST

/* What is above the diagonal of a matrix that is not known to be triangular counts. */
START_TEST(others_are_left_alone) {
    world w = at_sizes(40, 40);
    ck_assert_double_eq(flops_of(mgd_matmul(w.A, w.B), 0), 2.0 * 40 * 40 * 40);
    ck_assert_double_eq(flops_of(mgd_matmul(w.A, w.A), 0), 2.0 * 40 * 40 * 40);
    expect_equal(&w, mgd_matmul(mgd_add(w.L, w.U), w.A), 0);
    mgd_tape_free(w.t);
}
END_TEST

TESTS("triangular products in programs", they_take_about_half_the_work, small_and_narrow_ones_stay_as_they_are,
      others_are_left_alone, they_are_what_full_products_are);
