/* SPDX-License-Identifier: MIT */
/* Programs choose factorisations by what is known of a matrix: the steps show which, and the numbers are those of
 * mgd_value. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>

enum { N = 12, M = 5 };

static mgd_tape *t;
static mgd_var *F, *S, *P, *D, *L, *U, *Q, *B, *X, *d, *s;
static uint64_t random_state = 5;

static mgd_var *square_input(const char *name, unsigned assumptions) {
    mgd_var *v = mgd_input(t, name, N, N);
    ck_assert(mgd_assume(v, assumptions));
    return v;
}

static void fill(double *x, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] = test_uniform(&random_state);
}

/* Random numbers that are what v is declared to be. */
static void set_declared(mgd_var *v) {
    double x[N * N], y[N * N];
    unsigned a = mgd_assumptions(v);
    fill(x, N * N);
    memcpy(y, x, sizeof y);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            if (a & MGD_SYMMETRIC) y[i * N + j] = x[i * N + j] + x[j * N + i];
            if ((a & MGD_LOWER_TRIANGULAR && j > i) || (a & MGD_UPPER_TRIANGULAR && j < i)) y[i * N + j] = 0;
            for (int k = 0; a & MGD_POSITIVE_DEFINITE && k < N; k++) y[i * N + j] += x[i * N + k] * x[j * N + k];
            if (i == j) y[i * N + j] += a & MGD_POSITIVE_DEFINITE ? 2 * N : 3;
        }
    if (a & MGD_ORTHOGONAL) { /* a reflection times another */
        double u[2][N], length[2] = { 0, 0 }, product = 0;
        fill(u[0], 2 * N);
        for (int i = 0; i < N; i++) {
            length[0] += u[0][i] * u[0][i];
            length[1] += u[1][i] * u[1][i];
            product += u[0][i] * u[1][i];
        }
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                y[i * N + j] = (i == j) - 2 * u[0][i] * u[0][j] / length[0] - 2 * u[1][i] * u[1][j] / length[1] +
                               4 * product * u[0][i] * u[1][j] / (length[0] * length[1]);
    }
    ck_assert_msg(mgd_set(v, y, N, N), "%s", mgd_message(t));
}

static void set_up(void) {
    double x[N * N];
    t = mgd_tape_new();
    mgd_var **all[] = { &F, &S, &P, &D, &L, &U, &Q };
    static const char *const names[] = { "F", "S", "P", "D", "L", "U", "Q" };
    static const unsigned assumptions[] = { 0,
                                            MGD_SYMMETRIC,
                                            MGD_POSITIVE_DEFINITE,
                                            MGD_DIAGONAL,
                                            MGD_LOWER_TRIANGULAR,
                                            MGD_UPPER_TRIANGULAR,
                                            MGD_ORTHOGONAL };
    for (size_t k = 0; k < 7; k++) {
        *all[k] = square_input(names[k], assumptions[k]);
        set_declared(*all[k]);
    }
    B = mgd_input(t, "B", N, M);
    X = mgd_input(t, "X", 3 * N, N);
    d = mgd_input(t, "d", N, 1);
    s = mgd_input(t, "s", 1, 1);
    fill(x, N * M);
    ck_assert(mgd_set(B, x, N, M) && mgd_set(d, x, N, 1) && mgd_assume(s, MGD_POSITIVE));
    double tall[3 * N * N];
    fill(tall, 3 * N * N);
    ck_assert(mgd_set(X, tall, 3 * N, N) && mgd_set(s, (double[]){ 0.75 }, 1, 1));
}

static void tear_down(void) { mgd_tape_free(t); }

/* The steps' names, one after another, with a space behind each: "lu solve ". */
static const char *steps_of(mgd_var *v, unsigned options) {
    static char text[DESCRIPTION], names[1024];
    mgd_program *p = compiled(v, options);
    describe(p, text);
    mgd_program_free(p);
    char *rest = strchr(text, '\n') + 1;
    names[0] = 0;
    for (char *step = strtok_r(rest, "\n", &rest); step; step = strtok_r(NULL, "\n", &rest)) {
        char name[64];
        ck_assert_int_eq(sscanf(step, "%*d %63s", name), 1);
        strcat(strcat(names, name), " ");
    }
    return names;
}

/* v's value by a program, with its data as they are, beside mgd_value's. */
static void check_value(mgd_var *v, unsigned options) {
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array in[64];
    size_t inputs = 0;
    int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
    double *got = calloc((size_t)(rows * cols), sizeof *got), largest = 0;
    const double *want = mgd_value(v);
    ck_assert_msg(want, "%s", mgd_message(t));
    for (size_t i = 0; i < mgd_count(t); i++)
        if (mgd_name(mgd_at(t, i)))
            in[inputs++] = mgd_rows(mgd_value(mgd_at(t, i)), mgd_size_value(mgd_rows_of(mgd_at(t, i))),
                                    mgd_size_value(mgd_cols_of(mgd_at(t, i))));
    mgd_array out = mgd_rows(got, rows, cols);
    ck_assert_msg(mgd_run(p, ws, in, &out), "%s", mgd_workspace_message(ws));
    for (int64_t k = 0; k < rows * cols; k++) largest = fmax(largest, fabs(want[k]));
    for (int64_t k = 0; k < rows * cols; k++)
        ck_assert_msg(fabs(got[k] - want[k]) <= 1e-10 * (largest + 1), "%s: entry %ld is %g, not %g",
                      steps_of(v, options), (long)k, got[k], want[k]);
    free(got);
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

#define expect_steps(v, with, without)                                                                                 \
    do {                                                                                                               \
        mgd_var *asked_for = (v);                                                                                      \
        ck_assert_str_eq(steps_of(asked_for, 0), with);                                                                \
        ck_assert_str_eq(steps_of(asked_for, MGD_WITHOUT_STRUCTURE), without);                                         \
        for (unsigned bit = 1; bit & MGD_WITHOUT_PASSES; bit <<= 1) check_value(asked_for, bit);                       \
        check_value(asked_for, 0);                                                                                     \
        check_value(asked_for, MGD_WITHOUT_PASSES);                                                                    \
        check_value(asked_for, MGD_CHECK_ASSUMPTIONS);                                                                 \
    } while (0)

static mgd_var *tr(mgd_var *x) { return mgd_transpose(x); }

START_TEST(solves_take_the_factorisation_that_is_known) {
    set_up();
    expect_steps(mgd_solve(F, B), "lu solve ", "lu solve ");
    expect_steps(mgd_solve(S, B), "lu solve ", "lu solve ");
    expect_steps(mgd_solve(P, B), "lu_of_definite solve ", "lu solve ");
    expect_steps(mgd_solve(tr(P), B), "lu_of_definite solve ", "lu solve ");
    expect_steps(mgd_solve(L, B), "triangular_solve ", "lu solve ");
    expect_steps(mgd_solve(tr(L), B), "triangular_solve ", "lu solve ");
    expect_steps(mgd_solve(U, B), "triangular_solve ", "lu solve ");
    expect_steps(mgd_solve(tr(U), B), "triangular_solve ", "lu solve ");
    expect_steps(mgd_solve(D, B), "diag_of diagonal_solve ", "lu solve ");
    expect_steps(mgd_solve(Q, B), "product ", "lu solve ");
    expect_steps(mgd_solve(tr(Q), B), "product ", "lu solve ");
    tear_down();
}
END_TEST

START_TEST(so_do_inverses_and_determinants) {
    set_up();
    expect_steps(mgd_inverse(P), "lu_of_definite inverse ", "lu inverse ");
    expect_steps(mgd_inverse(L), "triangular_solve ", "lu inverse ");
    expect_steps(mgd_inverse(Q), "transpose ", "lu inverse ");
    expect_steps(mgd_logdet(P), "lu_of_definite logdet ", "lu logdet ");
    expect_steps(mgd_logdet(L), "lu_of_triangular logdet ", "lu logdet ");
    expect_steps(mgd_logdet(U), "lu_of_triangular logdet ", "lu logdet ");
    expect_steps(mgd_logdet(D), "lu_of_triangular logdet ", "lu logdet ");
    expect_steps(mgd_det(P), "lu_of_definite det ", "lu det ");
    expect_steps(mgd_det(L), "lu_of_triangular det ", "lu det ");
    expect_steps(mgd_det(Q), "lu det ", "lu det ");
    check_value(mgd_logdet(Q), 0);
    check_value(mgd_inverse(D), 0);
    check_value(mgd_inverse(U), 0);
    check_value(mgd_adjugate(P), 0);
    check_value(mgd_adjugate(L), 0);
    check_value(mgd_adjugate(U), 0);
    tear_down();
}
END_TEST

/* f'-like sums of solves are joined by another pass, which factorises anew. */
START_TEST(one_factorisation_serves_all) {
    set_up();
    mgd_var *f = mgd_add(mgd_logdet(P), mgd_sum(mgd_solve(P, B))), *g = mgd_gradient(f, P);
    ck_assert_ptr_nonnull(strstr(steps_of(g, 0), "lu_of_definite"));
    ck_assert_ptr_null(strstr(steps_of(g, 0), "lu "));
    check_value(g, 0);
    mgd_var *C = mgd_exp(B), *sum = mgd_add(mgd_solve(P, B), mgd_solve(P, C));
    ck_assert_ptr_null(strstr(steps_of(sum, 0), "lu "));
    check_value(sum, 0);
    mgd_var *by_inverse = mgd_matmul(mgd_inverse(P), B);
    ck_assert_str_eq(steps_of(by_inverse, 0), "lu_of_definite solve ");
    check_value(by_inverse, 0);
    tear_down();
}
END_TEST

START_TEST(what_follows_is_known_too) {
    set_up();
    mgd_var *I = mgd_eye(t, N), *G = mgd_matmul(tr(X), X), *half = mgd_rational(t, 1, 2);
    mgd_var *const definite[] = {
        mgd_add(G, I),
        mgd_add(G, mgd_scale(s, I)),
        mgd_add(P, mgd_matmul(F, tr(F))),
        mgd_scale(half, P),
        mgd_scale(mgd_exp(s), P),
        mgd_hadamard(P, mgd_add(P, I)),
        mgd_add(mgd_from_diag(mgd_exp(d)), mgd_ones(t, N, N)),
    };
    for (size_t k = 0; k < sizeof definite / sizeof *definite; k++) {
        mgd_var *v = mgd_solve(definite[k], B);
        ck_assert_msg(strstr(steps_of(v, 0), "lu_of_definite"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    mgd_var *const not_definite[] = {
        G,
        mgd_subtract(P, I),
        mgd_negate(P),
        mgd_matmul(P, P),
        mgd_scale(mgd_number(t, -2), P),
        mgd_add(S, P),
        mgd_add(P, F),
        mgd_hadamard(P, S),
        mgd_exp(S),
        mgd_matmul(tr(X), mgd_exp(X)),
    };
    for (size_t k = 0; k < sizeof not_definite / sizeof *not_definite; k++) {
        mgd_var *v = mgd_logdet(not_definite[k]);
        ck_assert_msg(strstr(steps_of(v, 0), "lu logdet"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    mgd_var *const triangular[] = { mgd_cholesky(P),
                                    tr(mgd_cholesky(P)),
                                    mgd_tril(mgd_add(F, mgd_scale(mgd_number(t, 5), I))),
                                    mgd_matmul(L, L),
                                    mgd_matmul(tr(L), U),
                                    mgd_add(L, I),
                                    mgd_inverse(L),
                                    mgd_triu(mgd_add(F, mgd_scale(mgd_number(t, 5), I))),
                                    mgd_qr_r(P),
                                    tr(mgd_qr_r(P)),
                                    mgd_negate(U) };
    for (size_t k = 0; k < sizeof triangular / sizeof *triangular; k++) {
        mgd_var *v = mgd_solve(triangular[k], B);
        ck_assert_msg(strstr(steps_of(v, 0), "triangular_solve"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    mgd_var *const diagonal[] = { mgd_from_diag(d), mgd_matmul(D, D), mgd_hadamard(D, F), mgd_hadamard(L, U),
                                  mgd_subtract(D, mgd_scale(s, I)) };
    for (size_t k = 0; k < sizeof diagonal / sizeof *diagonal; k++) {
        mgd_var *v = mgd_solve(diagonal[k], B);
        ck_assert_msg(strstr(steps_of(v, 0), "diagonal_solve"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    mgd_var *const orthogonal[] = { mgd_eigenvectors(S), mgd_svd_left(F), mgd_svd_right(F), mgd_qr_q(F),
                                    mgd_matmul(Q, Q),    tr(Q),           mgd_negate(Q),    mgd_matmul(tr(Q), Q) };
    for (size_t k = 0; k < sizeof orthogonal / sizeof *orthogonal; k++) {
        mgd_var *v = mgd_solve(orthogonal[k], B);
        ck_assert_msg(!strstr(steps_of(v, 0), "solve"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    tear_down();
}
END_TEST

/* What the trait of a factor is not: of one that is transposed, of a matrix that is not square. */
START_TEST(traits_are_not_overdone) {
    set_up();
    mgd_var *const free_ones[] = { mgd_matmul(L, U),   mgd_matmul(tr(L), L),
                                   mgd_add(L, U),      mgd_add(Q, Q),
                                   mgd_matmul(Q, F),   mgd_scale(mgd_number(t, 2), Q),
                                   mgd_hadamard(Q, Q), mgd_exp(D),
                                   mgd_exp(L),         mgd_matmul(tr(mgd_svd_left(mgd_matmul(X, F))), X) };
    for (size_t k = 0; k < sizeof free_ones / sizeof *free_ones; k++) {
        mgd_var *v = mgd_solve(free_ones[k], B);
        ck_assert_msg(strstr(steps_of(v, 0), "lu solve"), "%zu: %s", k, steps_of(v, 0));
        check_value(v, 0);
    }
    tear_down();
}
END_TEST

START_TEST(transposes_of_symmetric_matrices_are_not_formed) {
    set_up();
    expect_steps(mgd_exp(tr(S)), "loop ", "transpose loop ");
    expect_steps(tr(mgd_inverse(P)), "lu_of_definite inverse ", "lu inverse transpose ");
    tear_down();
}
END_TEST

/* A run with P's data in the place of all: what is said. */
static const char *message_of(mgd_var *v, unsigned options, const double *data, int64_t n) {
    static char message[512];
    double *out = calloc(4096, sizeof *out);
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array to = mgd_rows(out, mgd_size_value(mgd_rows_of(v)), mgd_size_value(mgd_cols_of(v)));
    mgd_array in = mgd_rows(data, n, n);
    bool fine = mgd_run(p, ws, &in, &to);
    snprintf(message, sizeof message, "%s", fine ? "fine" : mgd_workspace_message(ws));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    free(out);
    return message;
}

START_TEST(data_of_a_run_are_checked_where_that_is_asked_for) {
    static const double indefinite[] = { 1, 2, 2, 1 }, skewed[] = { 4, 1, 2, 4 }, good[] = { 2, 1, 1, 2 };
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2);
    ck_assert(mgd_assume(A, MGD_POSITIVE_DEFINITE));
    mgd_var *f = mgd_logdet(A), *unused = mgd_sum(A);
    ck_assert_str_eq(message_of(f, 0, indefinite, 2),
                     "A is declared positive definite, but pivot 2 of 2 is not positive");
    ck_assert_str_eq(message_of(f, MGD_WITHOUT_STRUCTURE, indefinite, 2), "fine");
    ck_assert_str_eq(message_of(f, MGD_CHECK_ASSUMPTIONS | MGD_WITHOUT_PASSES, indefinite, 2),
                     "run: A is declared positive definite, but pivot 2 of 2 is not positive");
    ck_assert_str_eq(message_of(f, MGD_CHECK_ASSUMPTIONS, skewed, 2),
                     "run: A is declared symmetric, but entry (1,2) is 1 and (2,1) is 2");
    ck_assert_str_eq(message_of(unused, MGD_CHECK_ASSUMPTIONS, skewed, 2),
                     "run: A is declared symmetric, but entry (1,2) is 1 and (2,1) is 2");
    ck_assert_str_eq(message_of(f, MGD_CHECK_ASSUMPTIONS, good, 2), "fine");
    mgd_tape_free(t);
}
END_TEST

START_TEST(columns_and_floats_are_checked_too) {
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2);
    ck_assert(mgd_assume(A, MGD_LOWER_TRIANGULAR));
    mgd_program *p = compiled(mgd_sum(A), MGD_CHECK_ASSUMPTIONS);
    mgd_workspace *ws = mgd_workspace_new(p);
    const double data[] = { 1, 2, 0, 4 };
    const float floats[] = { 1, 2, 0, 4 };
    double sum;
    mgd_array out = mgd_rows(&sum, 1, 1), columns = mgd_columns(data, 2, 2), rows = mgd_rows_float(floats, 2, 2);
    ck_assert(mgd_run(p, ws, &columns, &out) && sum == 7);
    ck_assert(!mgd_run(p, ws, &rows, &out));
    ck_assert_str_eq(mgd_workspace_message(ws), "run: A is declared lower triangular, but entry (1,2) is 2");
    mgd_workspace_free(ws);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

START_TEST(singular_matrices_are_named) {
    static const double singular[] = { 1, 0, 0, 0 };
    static const struct {
        unsigned assumptions;
        const char *solve, *logdet;
    } all[] = {
        { MGD_DIAGONAL, "solve: a diagonal matrix is singular: entry 2 of diag(A) is 0",
          "logdet: A is singular: pivot 2 of 2 is 0" },
        { MGD_LOWER_TRIANGULAR, "triangular_solve: A is singular: entry (2,2) is 0",
          "logdet: A is singular: pivot 2 of 2 is 0" },
        { MGD_UPPER_TRIANGULAR, "triangular_solve_upper: A is singular: entry (2,2) is 0",
          "logdet: A is singular: pivot 2 of 2 is 0" },
        { 0, "solve: A is singular: pivot 2 of 2 is 0", "logdet: A is singular: pivot 2 of 2 is 0" },
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", 2, 2);
        ck_assert(mgd_assume(A, all[k].assumptions));
        ck_assert_str_eq(message_of(mgd_solve(A, mgd_ones(t, 2, 1)), 0, singular, 2), all[k].solve);
        ck_assert_str_eq(message_of(mgd_logdet(A), 0, singular, 2), all[k].logdet);
        mgd_tape_free(t);
    }
}
END_TEST

static double number_by(mgd_var *v, unsigned options, const double *data, int64_t n) {
    double x = NAN;
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array in = mgd_rows(data, n, n), out = mgd_rows(&x, 1, 1);
    ck_assert_msg(mgd_run(p, ws, &in, &out), "%s", mgd_workspace_message(ws));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    return x;
}

/* A A' + c I is definite, and may not be for rounding: then it is factorised as without the pass, bit for bit. */
START_TEST(what_is_definite_but_for_rounding_is_factorised_all_the_same) {
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 3), *c = mgd_literal(t, "1e-30");
    mgd_var *G = mgd_add(mgd_matmul(A, mgd_transpose(A)), mgd_scale(c, mgd_eye(t, 3)));
    ck_assert(strstr(steps_of(mgd_logdet(G), 0), "lu_of_definite"));
    int fallen_back = 0;
    for (int round = 0; round < 100; round++) {
        double a[9];
        fill(a, 9);
        for (int j = 0; j < 3; j++) a[6 + j] = 0.3 * a[j] - 0.7 * a[3 + j];
        double got = number_by(mgd_det(G), 0, a, 3), want = number_by(mgd_det(G), MGD_WITHOUT_STRUCTURE, a, 3);
        ck_assert(fabs(got) < 1e-14 && fabs(want) < 1e-14);
        if (got > 0) continue; /* by Cholesky */
        ck_assert(got == want);
        fallen_back += got != 0;
    }
    ck_assert_int_gt(fallen_back, 10);
    static const double one[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    ck_assert_str_eq(message_of(mgd_logdet(G), 0, one, 3), "logdet: A*A'+1e-30*eye(3) is singular: pivot 2 of 3 is 0");
    mgd_tape_free(t);
}
END_TEST

TESTS("program assumptions", solves_take_the_factorisation_that_is_known, so_do_inverses_and_determinants,
      one_factorisation_serves_all, what_follows_is_known_too, traits_are_not_overdone,
      transposes_of_symmetric_matrices_are_not_formed, data_of_a_run_are_checked_where_that_is_asked_for,
      columns_and_floats_are_checked_too, singular_matrices_are_named,
      what_is_definite_but_for_rounding_is_factorised_all_the_same);
