/* SPDX-License-Identifier: MIT */
/* Rows and columns of an expression reduced by a program, which forms nothing, against loops by hand in the same
 * process, which form one row. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "matgrad.h"

#include <math.h>
#include <stdio.h>

enum { M = 1000, N = 1000 };

typedef mgd_var *reduction(mgd_var *);
typedef void by_hand(void);

static double *A, *B, *row, *result;

static void demand(bool holds, const char *message) {
    if (holds) return;
    fprintf(stderr, "%s\n", message);
    exit(EXIT_FAILURE);
}

static void make_row(int i) {
    for (int j = 0; j < N; j++) row[j] = A[i * N + j] * B[i * N + j] - A[i * N + j];
}

static void row_sums(void) {
    for (int i = 0; i < M; i++) {
        double s = 0;
        make_row(i);
        for (int j = 0; j < N; j++) s += row[j];
        result[i] = s;
    }
}

static void row_maxima(void) {
    for (int i = 0; i < M; i++) {
        make_row(i);
        double most = row[0];
        for (int j = 1; j < N; j++) most = row[j] > most ? row[j] : most;
        result[i] = most;
    }
}

static void row_logsumexps(void) {
    for (int i = 0; i < M; i++) {
        make_row(i);
        double most = row[0], s = 0;
        for (int j = 1; j < N; j++) most = row[j] > most ? row[j] : most;
        for (int j = 0; j < N; j++) s += exp(row[j] - most);
        result[i] = most + log(s);
    }
}

static void row_prods(void) {
    for (int i = 0; i < M; i++) {
        double p = 1;
        make_row(i);
        for (int j = 0; j < N; j++) p *= row[j];
        result[i] = p;
    }
}

static void row_norms2(void) {
    for (int i = 0; i < M; i++) {
        double s = 0;
        make_row(i);
        for (int j = 0; j < N; j++) s += row[j] * row[j];
        result[i] = sqrt(s);
    }
}

static void col_sums(void) {
    for (int j = 0; j < N; j++) result[j] = 0;
    for (int i = 0; i < M; i++) {
        make_row(i);
        for (int j = 0; j < N; j++) result[j] += row[j];
    }
}

static void col_maxima(void) {
    for (int j = 0; j < N; j++) result[j] = -INFINITY;
    for (int i = 0; i < M; i++) {
        make_row(i);
        for (int j = 0; j < N; j++) result[j] = row[j] > result[j] ? row[j] : result[j];
    }
}

/* In two passes over the matrix. */
static void col_logsumexps(void) {
    static double most[N];
    col_maxima();
    for (int j = 0; j < N; j++) {
        most[j] = result[j];
        result[j] = 0;
    }
    for (int i = 0; i < M; i++) {
        make_row(i);
        for (int j = 0; j < N; j++) result[j] += exp(row[j] - most[j]);
    }
    for (int j = 0; j < N; j++) result[j] = most[j] + log(result[j]);
}

static double *numbers(double scale) {
    double *x = malloc(sizeof *x * M * N);
    demand(x, "out of memory");
    for (int i = 0; i < M * N; i++) x[i] = sin(i * scale);
    return x;
}

static void compare(const char *name, reduction *reduce, by_hand *loops) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *in[] = { mgd_input(t, "A", M, N), mgd_input(t, "B", M, N) };
    mgd_var *y = reduce(mgd_subtract(mgd_hadamard(in[0], in[1]), in[0]));
    mgd_program *p = mgd_compile(t, 2, in, 1, &y, 0);
    mgd_workspace *ws = mgd_workspace_new(p);
    demand(ws, mgd_message(t));
    const mgd_array from[] = { mgd_rows(A, M, N), mgd_rows(B, M, N) };
    const mgd_array to = mgd_rows(result, mgd_size_value(mgd_rows_of(y)), mgd_size_value(mgd_cols_of(y)));
    double hand[ROUNDS], program[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        double start = now();
        loops();
        hand[r] = now() - start;
        start = now();
        demand(mgd_run(p, ws, from, &to), mgd_workspace_message(ws));
        program[r] = now() - start;
    }
    printf("%-16s %dx%d by hand %8.3g us; program %.2f times that, %zu step\n", name, M, N, median(hand) * 1e6,
           median(program) / median(hand), mgd_program_steps(p));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    mgd_tape_free(t);
}

int main(void) {
    A = numbers(1);
    B = numbers(0.7);
    row = malloc(sizeof *row * N);
    result = malloc(sizeof *result * (M + N));
    demand(row && result, "out of memory");
    compare("row_sums", mgd_row_sums, row_sums);
    compare("row_maxima", mgd_row_maxima, row_maxima);
    compare("row_logsumexps", mgd_row_logsumexps, row_logsumexps);
    compare("row_prods", mgd_row_prods, row_prods);
    compare("row_norms2", mgd_row_norms2, row_norms2);
    compare("col_sums", mgd_col_sums, col_sums);
    compare("col_maxima", mgd_col_maxima, col_maxima);
    compare("col_logsumexps", mgd_col_logsumexps, col_logsumexps);
    free(A);
    free(B);
    free(row);
    free(result);
    return 0;
}
