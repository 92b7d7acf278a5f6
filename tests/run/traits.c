/* SPDX-License-Identifier: MIT */
/* What is said to be known of a node holds for its values: random expressions of declared inputs, node by node. */
#include "ops/traits.h"
#include "../tape/expect.h"

#include <math.h>
#include <stdlib.h>

enum { N = 4, NODES = 40, ROUNDS = 400, TRAITS = 8 };

static mgd_tape *t;
static mgd_var *pool[NODES];
static size_t held;
static uint64_t state = 11;
static size_t seen[TRAITS];
static bool smooth; /* no vectors, which rounding may turn where eigenvalues are repeated */

static const unsigned declared[] = { 0,
                                     MGD_SYMMETRIC,
                                     MGD_POSITIVE_DEFINITE,
                                     MGD_DIAGONAL,
                                     MGD_LOWER_TRIANGULAR,
                                     MGD_UPPER_TRIANGULAR,
                                     MGD_ORTHOGONAL,
                                     MGD_POSITIVE,
                                     MGD_POSITIVE | MGD_SYMMETRIC,
                                     MGD_POSITIVE_DEFINITE | MGD_DIAGONAL };

static void set_declared(mgd_var *v, unsigned a) {
    double x[N * N], y[N * N], u[N], length = 0;
    for (int i = 0; i < N * N; i++) x[i] = a & MGD_POSITIVE ? fabs(test_uniform(&state)) + 0.01 : test_uniform(&state);
    for (int i = 0; i < N; i++) {
        u[i] = test_uniform(&state);
        length += u[i] * u[i];
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double *z = &y[i * N + j];
            *z = a & MGD_SYMMETRIC ? x[i * N + j] + x[j * N + i] : x[i * N + j];
            if ((a & MGD_LOWER_TRIANGULAR && j > i) || (a & MGD_UPPER_TRIANGULAR && j < i)) *z = 0;
            if (i == j) *z += a & MGD_POSITIVE_DEFINITE ? 8 : a & (MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR) ? 2 : 0;
            if (a & MGD_ORTHOGONAL) *z = (i == j) - 2 * u[i] * u[j] / length;
        }
    ck_assert_msg(mgd_assume(v, a) && mgd_set(v, y, N, N), "%s", mgd_message(t));
}

static void begin(void) {
    t = mgd_tape_new();
    held = 0;
    for (size_t k = 0; k < sizeof declared / sizeof *declared; k++) {
        char name[] = { 'A', 0 };
        name[0] = (char)('A' + k);
        pool[held] = mgd_input(t, name, N, N);
        set_declared(pool[held++], mgd__closed(declared[k]));
    }
    mgd_var *s = mgd_input(t, "s", 1, 1);
    ck_assert(mgd_assume(s, MGD_POSITIVE) && mgd_set(s, (double[]){ 0.5 }, 1, 1));
    pool[held++] = mgd_scale(s, mgd_eye(t, N));
    pool[held++] = mgd_zeros(t, N, N);
    pool[held++] = mgd_ones(t, N, N);
}

static mgd_var *any(void) { return pool[test_random(&state) % held]; }

static mgd_var *any_node(void) {
    mgd_var *a = any(), *b = any(), *s = mgd_trace(any());
    switch (test_random(&state) % 23) {
    case 19:
        return mgd_triu(a);
    case 20:
        if (smooth) return mgd_tril(b);
        return test_random(&state) % 2 ? mgd_qr_q(a) : mgd_qr_r(a);
    case 21:
        return mgd_symmetric_part(a);
    case 0:
        return mgd_transpose(a);
    case 1:
        return mgd_add(a, mgd_transpose(a));
    case 2:
        return mgd_add(a, b);
    case 3:
        return mgd_subtract(a, b);
    case 4:
        return mgd_negate(a);
    case 5:
        return mgd_scale(s, a);
    case 6:
        return mgd_scale(mgd_exp(mgd_scale(mgd_number(t, 0.01), s)), a);
    case 7:
        return mgd_hadamard(a, b);
    case 8:
        return mgd_matmul(a, b);
    case 9:
        return mgd_matmul(mgd_transpose(a), a);
    case 10:
        return mgd_matmul(a, mgd_transpose(a));
    case 11:
        return mgd_inverse(a);
    case 12:
        return mgd_cholesky(a);
    case 13:
        return mgd_tril(a);
    case 14:
        return test_random(&state) % 2 ? mgd_sigmoid(a) : mgd_exp(a);
    case 15:
        return mgd_from_diag(mgd_diag_of(a));
    case 16:
        return smooth ? mgd_symmetric_part(b) : mgd_eigenvectors(a);
    case 17:
        if (smooth) return mgd_triu(b);
        return test_random(&state) % 2 ? mgd_svd_left(a) : mgd_svd_right(a);
    case 18:
        return mgd_from_diag(mgd_exp(mgd_diag_of(mgd_scale(mgd_number(t, 0.1), a))));
    default:
        return mgd_scale(mgd_number(t, test_random(&state) % 2 ? 2.5 : -1.5), mgd_tril(a));
    }
}

static double entry_of(const double *x, int i, int j) { return x[i * N + j]; }

/* Or semidefinite: rounding hides the difference. */
static bool is_definite(const double *x, double size) {
    double half[N * N], l[N], v[N * N], scratch[4096];
    ck_assert_uint_le(mgd__deigen_scratch(N), sizeof scratch);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) half[i * N + j] = (entry_of(x, i, j) + entry_of(x, j, i)) / 2;
    return mgd__deigen(N, half, l, v, scratch) && l[0] >= -1e-9 * size;
}

static bool has(unsigned trait, const double *x, double size) {
    bool fine = true;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double product = 0;
            for (int k = 0; k < N; k++) product += entry_of(x, k, i) * entry_of(x, k, j);
            if (trait == MGD_SYMMETRIC) fine &= fabs(entry_of(x, i, j) - entry_of(x, j, i)) <= 1e-9 * size;
            if (trait == MGD_DIAGONAL) fine &= i == j || fabs(entry_of(x, i, j)) <= 1e-9 * size;
            if (trait == MGD_LOWER_TRIANGULAR) fine &= j <= i || fabs(entry_of(x, i, j)) <= 1e-9 * size;
            if (trait == MGD_UPPER_TRIANGULAR) fine &= j >= i || fabs(entry_of(x, i, j)) <= 1e-9 * size;
            if (trait == MGD_ORTHOGONAL) fine &= fabs(product - (i == j)) <= 1e-9;
            if (trait == MGD_POSITIVE) fine &= entry_of(x, i, j) > 0;
        }
    if (trait == MGD_POSITIVE_DEFINITE || trait == MGD_SEMIDEFINITE) fine &= is_definite(x, size);
    return fine;
}

/* Values that are far from 1 have no digits left to be judged by. */
static void check_node(mgd_traits *traits, mgd_var *v, const double *x) {
    double size = 0;
    for (int i = 0; i < N * N; i++) size = fmax(size, fabs(x[i]));
    unsigned known = mgd__traits_of(traits, v);
    for (int k = 0; k < TRAITS; k++) {
        if (!(known & 1u << k)) continue;
        char text[200];
        mgd_describe(v, text, sizeof text);
        ck_assert_msg(has(1u << k, x, size), "%s is not %d", text, 1 << k);
        seen[k]++;
    }
}

static bool is_moderate(const double *x) {
    double size = 0;
    for (int i = 0; x && i < N * N; i++) size = x[i] <= 1e4 && x[i] >= -1e4 ? fmax(size, fabs(x[i])) : INFINITY;
    return x && size < 1e4;
}

START_TEST(what_is_known_of_a_node_holds) {
    for (int round = 0; round < ROUNDS; round++) {
        begin();
        mgd_traits traits = { 0 };
        for (int k = 0; k < NODES && held < NODES; k++) {
            mgd_var *v = any_node();
            const double *x = v ? mgd_value(v) : NULL;
            if (mgd_failed(t)) ck_abort_msg("%s", mgd_message(t));
            if (!is_moderate(x)) continue; /* not definite, singular, or too large */
            check_node(&traits, v, x);
            pool[held++] = v;
        }
        free(traits.of);
        mgd_tape_free(t);
    }
    for (int k = 0; k < TRAITS; k++) ck_assert_msg(seen[k] > 300, "trait %d was seen %zu times", 1 << k, seen[k]);
}
END_TEST

static double largest(const double *x, int64_t n) {
    double size = 0;
    for (int64_t i = 0; i < n; i++) size = fmax(size, fabs(x[i]));
    return size;
}

/* The product of the largest entries of v and its inverse; infinity where there is none. */
static double condition(mgd_var *v) {
    const double *x = mgd_value(v), *y = mgd_value(mgd_inverse(v));
    return x && y && is_moderate(x) && is_moderate(y) ? largest(x, N * N) * largest(y, N * N) : INFINITY;
}

static void check_program(size_t n, mgd_var **v) {
    mgd_var *input[NODES];
    mgd_array in[NODES], out[8];
    size_t inputs = 0;
    double got[8][N * N];
    for (size_t i = 0; i < mgd_count(t); i++) {
        mgd_var *x = mgd_at(t, i);
        if (!mgd_name(x)) continue;
        input[inputs] = x;
        in[inputs++] = mgd_rows(mgd_value(x), mgd_size_value(mgd_rows_of(x)), mgd_size_value(mgd_cols_of(x)));
    }
    for (size_t k = 0; k < n; k++)
        out[k] = mgd_rows(got[k], mgd_size_value(mgd_rows_of(v[k])), mgd_size_value(mgd_cols_of(v[k])));
    mgd_program *p = mgd_compile(t, inputs, input, n, v, MGD_CHECK_ASSUMPTIONS);
    mgd_workspace *ws = mgd_workspace_new(p);
    ck_assert_msg(ws && mgd_run(p, ws, in, out), "%s", mgd_workspace_message(ws));
    for (size_t k = 0; k < n; k++) {
        const double *want = mgd_value(v[k]);
        ck_assert_msg(want, "%s", mgd_message(t));
        int64_t entries = out[k].rows * out[k].cols;
        for (int64_t i = 0; i < entries; i++) {
            char text[200];
            mgd_describe(v[k], text, sizeof text);
            ck_assert_msg(fabs(got[k][i] - want[i]) <= 1e-7 * (1 + largest(want, entries)), "%s: %g, not %g", text,
                          got[k][i], want[i]);
        }
    }
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

/* Whatever a program knows of a matrix, and so however it factorises it, the numbers are mgd_value's. */
START_TEST(programs_that_use_what_is_known_are_right) {
    size_t programs = 0, gradients = 0;
    smooth = true;
    for (int round = 0; round < ROUNDS; round++) {
        begin();
        for (int k = 0; k < NODES && held < NODES; k++) {
            mgd_var *v = any_node();
            const double *x = v ? mgd_value(v) : NULL;
            if (!is_moderate(x)) continue;
            pool[held++] = v;
            if (!(condition(v) < 1e3)) continue;
            mgd_var *B = mgd_matmul(pool[0], mgd_ones(t, N, 2)), *X = mgd_solve(v, B);
            mgd_var *f = mgd_add(mgd_logdet(v), mgd_sum(mgd_hadamard(X, X)));
            mgd_var *of[] = { X,
                              mgd_solve(mgd_transpose(v), B),
                              mgd_inverse(v),
                              mgd_logdet(v),
                              mgd_det(v),
                              mgd_gradient(f, pool[test_random(&state) % 10]) };
            ck_assert_msg(of[5] != NULL, "%s", mgd_message(t));
            bool known = mgd_value(of[5]) && is_moderate(mgd_value(of[5]));
            check_program(known ? 6 : 5, of);
            programs++;
            gradients += known;
        }
        mgd_tape_free(t);
    }
    ck_assert_uint_gt(programs, 1000);
    ck_assert_uint_gt(gradients, 1000);
}
END_TEST

TESTS("traits", what_is_known_of_a_node_holds, programs_that_use_what_is_known_are_right);
