/* SPDX-License-Identifier: MIT */
/* Reductions end fused loops: programs compute what mgd_value computes, with every pass and with none, at sizes within
 * a block and beyond, one entry, one row and one column, with infinities and NaN among the entries. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <float.h>
#include <math.h>

typedef mgd_var *reduction(mgd_var *);

static const struct {
    const char *name;
    reduction *of;
    bool fuses; /* ends a loop, of itself or by what it is made of */
} reductions[] = {
    { "sum", mgd_sum, true },
    { "row_sums", mgd_row_sums, true },
    { "col_sums", mgd_col_sums, true },
    { "prod", mgd_prod, true },
    { "row_prods", mgd_row_prods, true },
    { "col_prods", mgd_col_prods, true },
    { "max", mgd_max, true },
    { "row_maxima", mgd_row_maxima, true },
    { "col_maxima", mgd_col_maxima, true },
    { "min", mgd_min, true },
    { "row_minima", mgd_row_minima, true },
    { "col_minima", mgd_col_minima, true },
    { "logsumexp", mgd_logsumexp, true },
    { "row_logsumexps", mgd_row_logsumexps, true },
    { "col_logsumexps", mgd_col_logsumexps, true },
    { "normF", mgd_normF, true },
    { "row_norms2", mgd_row_norms2, true },
    { "col_norms2", mgd_col_norms2, true },
    { "row_norms1", mgd_row_norms1, true },
    { "col_norms1", mgd_col_norms1, true },
    { "induced_norm1", mgd_induced_norm1, true },
    { "mean", mgd_mean, true },
    { "row_means", mgd_row_means, true },
    { "col_means", mgd_col_means, true },
    { "variance", mgd_variance, false },
    { "row_variances", mgd_row_variances, false },
    { "col_variances", mgd_col_variances, false },
    { "argmax", mgd_argmax, false },
    { "row_argmaxima", mgd_row_argmaxima, false },
    { "col_argmaxima", mgd_col_argmaxima, false },
    { "softmax", mgd_softmax, false },
    { "softmax_rows", mgd_softmax_rows, false },
    { "softmax_cols", mgd_softmax_cols, false },
    { "log_softmax", mgd_log_softmax, false },
    { "log_softmax_rows", mgd_log_softmax_rows, false },
    { "log_softmax_cols", mgd_log_softmax_cols, false },
};

enum { REDUCTIONS = sizeof reductions / sizeof *reductions };

static const struct {
    int64_t rows, cols;
} sizes[] = {
    { 1, 1 }, { 1, 7 }, { 7, 1 }, { 3, 5 }, { 1, 3000 }, { 3000, 1 }, { 4, 3000 }, { 3000, 4 }, { 200, 300 }
};

enum { SIZES = sizeof sizes / sizeof *sizes, INPUTS = 4 };

static mgd_tape *t;
static mgd_var *in[INPUTS]; /* A, B, a column, a row */

static void set_up(int64_t rows, int64_t cols) {
    t = mgd_tape_new();
    in[0] = mgd_input(t, "A", rows, cols);
    in[1] = mgd_input(t, "B", rows, cols);
    in[2] = mgd_input(t, "c", rows, 1);
    in[3] = mgd_input(t, "r", 1, cols);
}

/* In (-3, 3); every one of `rare` entries is not finite, or 0; none where that is 0. */
static void set_inputs(uint64_t seed, uint64_t rare) {
    static const double odd[] = { NAN, INFINITY, -INFINITY, 0, -INFINITY };
    uint64_t state = seed;
    for (int k = 0; k < INPUTS; k++) {
        int64_t rows = mgd_size_value(mgd_rows_of(in[k])), cols = mgd_size_value(mgd_cols_of(in[k]));
        double *x = malloc((size_t)(rows * cols) * sizeof *x);
        for (int64_t i = 0; i < rows * cols; i++) {
            x[i] = 3 * test_uniform(&state);
            if (rare && test_random(&state) % rare == 0) x[i] = odd[test_random(&state) % 5];
        }
        ck_assert(mgd_set(in[k], x, rows, cols));
        free(x);
    }
}

/* Entrywise, with numbers, columns and rows: a loop of one block after another. */
static mgd_var *expression(void) {
    mgd_var *of_rows = mgd_matmul(in[2], mgd_ones(t, 1, mgd_size_value(mgd_cols_of(in[0]))));
    mgd_var *of_cols = mgd_matmul(mgd_ones(t, mgd_size_value(mgd_rows_of(in[0])), 1), in[3]);
    return mgd_add(mgd_hadamard(in[0], mgd_sigmoid(in[1])),
                   mgd_subtract(of_rows, mgd_scale(mgd_number(t, 2), of_cols)));
}

static double largest_finite(const double *x, int64_t n) {
    double most = 0;
    for (int64_t i = 0; i < n; i++) most = isfinite(x[i]) ? fmax(most, fabs(x[i])) : most;
    return most;
}

/* Some of the derivatives are 0 but for rounding: within is relative to the largest number of all outputs. */
static void compare(const char *what, unsigned options, const double *got, const double *wanted, int64_t n,
                    double within) {
    for (int64_t i = 0; i < n; i++) {
        bool alike = isnan(wanted[i]) ? isnan(got[i]) : got[i] == wanted[i] || fabs(got[i] - wanted[i]) <= within;
        if (!alike)
            ck_abort_msg("%s, options %#x, entry %lld of %lld: %.17g, not %.17g", what, options, (long long)i,
                         (long long)n, got[i], wanted[i]);
    }
}

/* The outputs as one program, by options, against values. */
static void check_program(const char *what, size_t outputs, mgd_var **output, unsigned options) {
    mgd_program *p = mgd_compile(t, INPUTS, in, outputs, output, options);
    ck_assert_msg(p, "%s: %s", what, mgd_message(t));
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array from[INPUTS], to[8];
    for (int k = 0; k < INPUTS; k++)
        from[k] = mgd_rows((double *)(uintptr_t)mgd_value(in[k]), mgd_size_value(mgd_rows_of(in[k])),
                           mgd_size_value(mgd_cols_of(in[k])));
    for (size_t k = 0; k < outputs; k++) {
        int64_t rows = mgd_size_value(mgd_rows_of(output[k])), cols = mgd_size_value(mgd_cols_of(output[k]));
        to[k] = mgd_rows(malloc((size_t)(rows * cols) * sizeof(double)), rows, cols);
    }
    double most = 0;
    for (size_t k = 0; k < outputs; k++) {
        const double *wanted = mgd_value(output[k]);
        ck_assert_msg(wanted, "%s: %s", what, mgd_message(t));
        most = fmax(most, largest_finite(wanted, to[k].rows * to[k].cols));
    }
    for (int again = 0; again < 2; again++) {
        ck_assert_msg(mgd_run(p, ws, from, to), "%s: %s", what, mgd_workspace_message(ws));
        for (size_t k = 0; k < outputs; k++)
            compare(what, options, to[k].data, mgd_value(output[k]), to[k].rows * to[k].cols, 1e-13 * most);
    }
    for (size_t k = 0; k < outputs; k++) free(to[k].data);
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

static const unsigned options[] = { 0, MGD_WITHOUT_PASSES, MGD_WITHOUT_FUSION, MGD_WITHOUT_SHARING };

static void check_all_options(const char *what, size_t outputs, mgd_var **output) {
    for (size_t o = 0; o < sizeof options / sizeof *options; o++) check_program(what, outputs, output, options[o]);
}

START_TEST(programs_reduce_as_values_do) {
    for (int s = 0; s < SIZES; s++)
        for (int k = 0; k < REDUCTIONS; k++) {
            set_up(sizes[s].rows, sizes[s].cols);
            mgd_var *y = reductions[k].of(expression()), *f = mgd_sum(mgd_hadamard(y, y));
            mgd_var *output[] = { y, mgd_gradient(f, in[0]), mgd_gradient(f, in[2]) };
            set_inputs((uint64_t)(s * REDUCTIONS + k), 0);
            check_all_options(reductions[k].name, 3, output);
            mgd_tape_free(t);
        }
}
END_TEST

START_TEST(programs_reduce_infinities_and_nan_as_values_do) {
    for (int s = 0; s < SIZES; s++)
        for (int k = 0; k < REDUCTIONS; k++) {
            set_up(sizes[s].rows, sizes[s].cols);
            mgd_var *y = reductions[k].of(expression());
            mgd_var *output[] = { y, mgd_gradient(mgd_sum(y), in[0]) };
            for (uint64_t rare = 2; rare <= 200; rare *= 10) {
                set_inputs((uint64_t)(s * REDUCTIONS + k), rare);
                check_all_options(reductions[k].name, 2, output);
            }
            mgd_tape_free(t);
        }
}
END_TEST

START_TEST(reductions_share_a_loop) {
    for (int s = 0; s < SIZES; s++) {
        set_up(sizes[s].rows, sizes[s].cols);
        mgd_var *x = expression();
        mgd_var *output[] = { mgd_row_logsumexps(x), mgd_col_logsumexps(x), mgd_max(x), mgd_col_minima(x),
                              mgd_normF(x),          mgd_row_sums(x),       x,          mgd_row_norms2(x) };
        for (uint64_t rare = 0; rare <= 100; rare += 50) {
            set_inputs((uint64_t)s, rare);
            check_all_options("eight outputs", 8, output);
        }
        mgd_tape_free(t);
    }
}
END_TEST

/* Of what a loop makes nothing is formed: the program has one step, and no values in the workspace. */
START_TEST(operands_are_not_formed) {
    static char text[DESCRIPTION];
    for (int k = 0; k < REDUCTIONS; k++) {
        if (!reductions[k].fuses) continue;
        set_up(200, 300);
        mgd_var *y = reductions[k].of(expression());
        mgd_program *p = mgd_compile(t, INPUTS, in, 1, &y, 0);
        ck_assert_msg(p, "%s", mgd_message(t));
        describe(p, text);
        ck_assert_msg(mgd_program_live_bytes(p) <= 300 * sizeof(double) + 64, "%s: %s", reductions[k].name, text);
        mgd_program_free(p);
        mgd_tape_free(t);
    }
}
END_TEST

static mgd_var *random_expression(uint64_t *state, int depth) {
    if (depth == 0) return in[test_random(state) % 2];
    mgd_var *x = random_expression(state, depth - 1), *y = random_expression(state, depth - 1), *z;
    switch (test_random(state) % 6) {
    case 0:
        return mgd_add(x, y);
    case 1:
        return mgd_hadamard(mgd_sigmoid(x), y);
    case 2:
        return mgd_subtract(x, mgd_sigmoid(y));
    default: /* a reduction of x over y's size, as the next expression's operand */
        z = reductions[test_random(state) % 18].of(mgd_sigmoid(x));
        for (int kind = 0; kind < 2; kind++) { /* a column, a row or a number */
            bool along = kind ? mgd_rows_of(z) == mgd_rows_of(in[3]) : mgd_cols_of(z) == mgd_cols_of(in[2]);
            if (!along || mgd_size_value(mgd_rows_of(z)) * mgd_size_value(mgd_cols_of(z)) == 1) continue;
            mgd_var *ones =
                kind ? mgd_ones(t, mgd_size_value(mgd_rows_of(y)), 1) : mgd_ones(t, 1, mgd_size_value(mgd_cols_of(y)));
            return mgd_add(y, mgd_sigmoid(kind ? mgd_matmul(ones, z) : mgd_matmul(z, ones)));
        }
        return mgd_size_value(mgd_rows_of(z)) * mgd_size_value(mgd_cols_of(z)) == 1 ? mgd_add(mgd_sigmoid(z), y) : y;
    }
}

START_TEST(random_programs_reduce_as_values_do) {
    uint64_t state = 77;
    for (int k = 0; k < 150; k++) {
        set_up(1 + (int64_t)(test_random(&state) % 8), 1 + (int64_t)(test_random(&state) % 8));
        mgd_var *f = reductions[test_random(&state) % 18].of(random_expression(&state, 4));
        mgd_var *square = mgd_sum(mgd_hadamard(f, f)), *g = mgd_gradient(square, in[0]);
        mgd_var *output[] = { f, g, mgd_hessian_vector(square, in[0], in[1]), mgd_gradient(square, in[1]) };
        set_inputs(state, 0);
        check_all_options("random", 4, output);
        mgd_tape_free(t);
    }
}
END_TEST

TESTS("programs of reductions", programs_reduce_as_values_do, programs_reduce_infinities_and_nan_as_values_do,
      reductions_share_a_loop, operands_are_not_formed, random_programs_reduce_as_values_do);
