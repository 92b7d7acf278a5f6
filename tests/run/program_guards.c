/* SPDX-License-Identifier: MIT */
/* What a program refuses, and what it takes: arrays of every layout, many threads, a tape that is gone. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>
#include <pthread.h>

static mgd_tape *t;
static mgd_var *X, *a, *S, *f, *g;
static double x[6] = { 1, 2, 3, 4, 5, 6 }, a0[3] = { 0.5, -1, 0.25 }, s[4] = { 2, 1, 1, 3 };

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    a = mgd_input(t, "a", 3, 1);
    S = mgd_input(t, "S", 2, 2);
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a));
    f = mgd_sum(mgd_hadamard(w, w));
    g = mgd_gradient(f, X);
}

static void tear_down(void) { mgd_tape_free(t); }

#define compile(inputs, outputs, options)                                                                              \
    mgd_compile(t, sizeof(inputs) / sizeof *(inputs), inputs, sizeof(outputs) / sizeof *(outputs), outputs, options)

/* ---- compiling ---- */

START_TEST(a_missing_input_is_named) {
    mgd_var *in[] = { a }, *out[] = { mgd_sum(a), f };
    ck_assert(!compile(in, out, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "needs X, which is not among the inputs"));
    mgd_var *u = mgd_exp(mgd_input(t, "Y", 2, 2)), *cut[] = { u }, *both[] = { mgd_sum(u), mgd_sum(mgd_add(u, S)) };
    ck_assert(!compile(cut, both, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "needs S, which is not among the inputs")); /* not Y, below an input */
    ck_assert(!mgd_failed(t));
}
END_TEST

START_TEST(null_vars_and_vars_of_another_tape_are_refused) {
    mgd_tape *u = mgd_tape_new();
    mgd_var *other = mgd_input(u, "other", 2, 2);
    ck_assert(!mgd_compile(t, 2, (mgd_var *[]){ X, NULL }, 1, &f, 0));
    ck_assert_str_eq(mgd_message(t), "compile: input 2 is NULL");
    ck_assert(!mgd_compile(t, 2, (mgd_var *[]){ X, a }, 2, (mgd_var *[]){ f, NULL }, 0));
    ck_assert_str_eq(mgd_message(t), "compile: output 2 is NULL");
    ck_assert(!mgd_compile(t, 2, (mgd_var *[]){ X, other }, 1, &f, 0));
    ck_assert_str_eq(mgd_message(t), "compile: input 2, other, is of another tape");
    ck_assert(!mgd_compile(t, 1, &X, 1, &other, 0));
    ck_assert_str_eq(mgd_message(t), "compile: output 1, other, is of another tape");
    ck_assert(!mgd_compile(t, 0, NULL, 0, NULL, 0));
    ck_assert_str_eq(mgd_message(t), "compile: there are no outputs");
    ck_assert(!mgd_compile(t, 1, &X, 0, &f, 0));
    ck_assert(!mgd_compile(t, 1, &X, 1, NULL, 0));
    ck_assert(!mgd_compile(t, 1, NULL, 1, &f, 0));
    ck_assert(mgd_message(t)[0]);
    ck_assert(!mgd_compile(NULL, 1, &X, 1, &f, 0));
    ck_assert(!mgd_failed(t));
    mgd_tape_free(u);
}
END_TEST

START_TEST(several_matrices_in_one_node_go_neither_in_nor_out) {
    mgd_var *values = mgd_singular_values(X), *svd = mgd_operand(values, 0), *y = mgd_sum(values);
    ck_assert(!mgd_compile(t, 1, &svd, 1, &y, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "input 1, "));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "is several matrices"));
    ck_assert(!mgd_compile(t, 1, &X, 2, (mgd_var *[]){ y, svd }, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "output 2, "));
    mgd_program *p = mgd_compile(t, 1, &values, 1, &y, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_program_free(p);
}
END_TEST

START_TEST(null_is_accepted_everywhere) {
    mgd_array array = mgd_rows(x, 3, 2);
    ck_assert(!mgd_workspace_new(NULL));
    ck_assert(!mgd_run(NULL, NULL, &array, &array));
    ck_assert(mgd_workspace_message(NULL)[0]);
    ck_assert_uint_eq(mgd_program_steps(NULL) + mgd_program_workspace_bytes(NULL) + mgd_program_live_bytes(NULL), 0);
    ck_assert_double_eq(mgd_program_flops(NULL) + mgd_program_bytes(NULL), 0);
    mgd_program_describe(NULL, NULL, stdout);
    mgd_workspace_time_steps(NULL, true);
    mgd_workspace_free(NULL);
    mgd_program_free(NULL);
}
END_TEST

START_TEST(unbound_sizes_are_an_error_where_they_matter) {
    mgd_var *Y = mgd_input_sized(t, "Y", mgd_size_named(t, "m"), mgd_size_named(t, "n"));
    mgd_var *total = mgd_sum(Y), *y = mgd_exp(total), *in[] = { Y }, *out[] = { y };
    ck_assert(!compile(in, out, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "m"));
    mgd_program *p = mgd_compile(t, 1, &total, 1, &y, 0); /* below an input they do not */
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_program_free(p);
    ck_assert(mgd_bind(t, "m", 3) && mgd_bind(t, "n", 2));
    p = compile(in, out, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_program_free(p);
}
END_TEST

static bool no_value_size(void *user, const mgd_var *const *v, const mgd_size **rows, const mgd_size **cols, char *why,
                          size_t n) {
    (void)user, (void)why, (void)n;
    *rows = mgd_rows_of(v[0]);
    *cols = mgd_cols_of(v[0]);
    return true;
}

START_TEST(an_operation_without_a_value_function_is_refused) {
    mgd_operation *op = mgd_operation_new("mystery", 1);
    mgd_operation_set_shape(op, no_value_size);
    mgd_var *y = mgd_sum(mgd_apply(op, 1, &X));
    ck_assert(y && !mgd_compile(t, 1, &X, 1, &y, 0));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "mystery"));
    tear_down();
    mgd_operation_free(op);
    set_up();
}
END_TEST

static bool cube(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user;
    const double *from = in->data;
    double *to = out->data;
    for (int64_t i = 0; i < in->rows * in->cols; i++) to[i] = from[i] * from[i] * from[i];
    if (from[0] != 13) return true;
    snprintf(why, n, "unlucky");
    return false;
}

START_TEST(an_operation_of_the_users_runs_and_fails_in_a_program) {
    mgd_operation *op = mgd_operation_new("cube", 1);
    mgd_operation_set_value(op, cube);
    mgd_var *y = mgd_sum(mgd_exp(mgd_negate(mgd_apply(op, 1, &S))));
    mgd_program *p = mgd_compile(t, 1, &S, 1, &y, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_workspace *ws = mgd_workspace_new(p);
    double result, bad[4] = { 13 };
    mgd_array in = mgd_rows(s, 2, 2), out = mgd_rows(&result, 1, 1), unlucky = mgd_rows(bad, 2, 2);
    ck_assert(mgd_run(p, ws, &in, &out));
    ck_assert_double_eq_tol(result, exp(-8) + 2 * exp(-1) + exp(-27), 1e-14);
    ck_assert(!mgd_run(p, ws, &unlucky, &out));
    ck_assert_ptr_nonnull(strstr(mgd_workspace_message(ws), "unlucky"));
    ck_assert(mgd_run(p, ws, &in, &out));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    tear_down();
    mgd_operation_free(op);
    set_up();
}
END_TEST

/* ---- running ---- */

typedef struct {
    mgd_program *p;
    mgd_workspace *ws;
    double f, g[6];
    mgd_array in[2], out[2];
} seed;

static seed begin(unsigned options) {
    seed k = { .in = { mgd_rows(x, 3, 2), mgd_rows(a0, 3, 1) } };
    mgd_var *in[] = { X, a }, *out[] = { f, g };
    k.p = compile(in, out, options);
    ck_assert_msg(k.p, "%s", mgd_message(t));
    k.ws = mgd_workspace_new(k.p);
    ck_assert(k.ws);
    return k;
}

static void place(seed *k) {
    k->out[0] = mgd_rows(&k->f, 1, 1);
    k->out[1] = mgd_rows(k->g, 3, 2);
}

static void end(const seed *k) {
    mgd_workspace_free(k->ws);
    mgd_program_free(k->p);
}

static void expect_seed(const seed *k) {
    ck_assert(mgd_set(X, x, 3, 2) && mgd_set(a, a0, 3, 1));
    const double *value = mgd_value(f), *slope = mgd_value(g);
    ck_assert(value && slope);
    ck_assert_double_eq_tol(k->f, *value, 1e-14);
    for (int i = 0; i < 6; i++) ck_assert_double_eq_tol(k->g[i], slope[i], 1e-14);
}

static bool run(seed *k) { return mgd_run(k->p, k->ws, k->in, k->out); }

#define expect_failure(call, k, message)                                                                               \
    do {                                                                                                               \
        ck_assert(!(call));                                                                                            \
        ck_assert_str_eq(mgd_workspace_message((k).ws), message);                                                      \
    } while (0)

START_TEST(arrays_are_checked_before_anything_runs) {
    seed k = begin(0);
    place(&k);
    ck_assert(run(&k));
    expect_seed(&k);
    ck_assert_str_eq(mgd_workspace_message(k.ws), "");
    k.in[0] = mgd_rows(x, 2, 3);
    expect_failure(run(&k), k, "run: input 1 is 2x3, the program was compiled for 3x2");
    k.in[0] = mgd_rows(NULL, 3, 2);
    expect_failure(run(&k), k, "run: input 1 has no data");
    k.in[0] = mgd_rows(x, 3, 2);
    k.out[1] = mgd_rows(k.g, 6, 1);
    expect_failure(run(&k), k, "run: output 2 is 6x1, the program was compiled for 3x2");
    k.out[1] = mgd_rows(NULL, 3, 2);
    expect_failure(run(&k), k, "run: output 2 has no data");
    expect_failure(mgd_run(k.p, k.ws, NULL, k.out), k, "run: input 1 has no data");
    expect_failure(mgd_run(k.p, k.ws, k.in, NULL), k, "run: output 1 has no data");
    ck_assert(!mgd_run(k.p, NULL, k.in, k.out));
    ck_assert(!mgd_run(NULL, k.ws, k.in, k.out));
    place(&k);
    k.f = 0;
    ck_assert(run(&k));
    ck_assert_str_eq(mgd_workspace_message(k.ws), "");
    expect_seed(&k);
    end(&k);
}
END_TEST

START_TEST(a_workspace_of_another_program_is_refused) {
    seed k = begin(0), l = begin(MGD_WITHOUT_PASSES);
    place(&k);
    place(&l);
    expect_failure(mgd_run(k.p, l.ws, k.in, k.out), l, "run: the workspace is of another program");
    ck_assert(run(&k) && run(&l));
    expect_seed(&k);
    expect_seed(&l);
    end(&k);
    end(&l);
}
END_TEST

/* Entry (i, j) at i * row + j * col of an array with room to spare, which must not change. */
static void check_layout(int64_t row, int64_t col, mgd_precision precision, unsigned options) {
    enum { ROOM = 100 };
    double from[ROOM], to[ROOM];
    float from_float[ROOM], to_float[ROOM];
    seed k = begin(options);
    for (int i = 0; i < ROOM; i++) from[i] = to[i] = from_float[i] = to_float[i] = 77;
    for (int64_t i = 0; i < 6; i++) {
        int64_t at = 40 + i / 2 * row + i % 2 * col;
        from[at] = x[i];
        from_float[at] = (float)x[i];
    }
    bool in_float = precision == MGD_FLOAT;
    for (int again = 0; again < 3; again++) {
        place(&k);
        k.in[0] = (mgd_array){ in_float ? (void *)(from_float + 40) : (void *)(from + 40), 3, 2, row, col, precision };
        k.out[1] = (mgd_array){ in_float ? (void *)(to_float + 40) : (void *)(to + 40), 3, 2, row, col, precision };
        ck_assert_msg(run(&k), "%s", mgd_workspace_message(k.ws));
        for (int64_t i = 0; i < 6; i++) {
            int64_t at = 40 + i / 2 * row + i % 2 * col;
            k.g[i] = in_float ? (double)to_float[at] : to[at];
            to[at] = to_float[at] = 77;
        }
        for (int i = 0; i < ROOM; i++) ck_assert(to[i] == 77 && to_float[i] == 77);
        if (in_float)
            for (int64_t i = 0; i < 6; i++) {
                ck_assert(mgd_set(X, x, 3, 2) && mgd_set(a, a0, 3, 1));
                ck_assert_double_eq_tol(k.g[i], mgd_value(g)[i], 1e-7);
            }
        else
            expect_seed(&k);
        place(&k); /* and plain arrays in between, with the same workspace */
        k.in[0] = mgd_rows(x, 3, 2);
        ck_assert(run(&k));
        expect_seed(&k);
    }
    end(&k);
}

START_TEST(arrays_of_every_layout_go_in_and_out) {
    static const unsigned options[] = { 0, MGD_WITHOUT_PASSES, MGD_CHECK_FINITE };
    for (int o = 0; o < 3; o++)
        for (int precision = 0; precision < 2; precision++) {
            check_layout(2, 1, precision ? MGD_FLOAT : MGD_DOUBLE, options[o]);
            check_layout(1, 3, precision ? MGD_FLOAT : MGD_DOUBLE, options[o]);
            check_layout(7, 2, precision ? MGD_FLOAT : MGD_DOUBLE, options[o]);
            check_layout(-5, 1, precision ? MGD_FLOAT : MGD_DOUBLE, options[o]);
        }
}
END_TEST

START_TEST(a_singular_matrix_is_named_and_the_next_run_is_fine) {
    mgd_var *R = mgd_input(t, "R", 2, 2), *B = mgd_input(t, "B", 2, 3);
    mgd_var *const tried[] = { mgd_sum(mgd_inverse(R)), mgd_sum(mgd_solve(R, B)),
                               mgd_sum(mgd_matmul(mgd_inverse(R), B)),
                               mgd_sum(mgd_matmul(mgd_inverse(mgd_matmul(mgd_transpose(R), R)), B)),
                               mgd_sum(mgd_cholesky(R)) };
    static const unsigned options[] = { 0, MGD_WITHOUT_PASSES };
    for (size_t i = 0; i < 5; i++)
        for (int o = 0; o < 2; o++) {
            mgd_var *in[] = { R, B }, *out[] = { tried[i] };
            mgd_program *p = compile(in, out, options[o]);
            ck_assert_msg(p, "%s", mgd_message(t));
            mgd_workspace *ws = mgd_workspace_new(p);
            double zero[4] = { 0 }, b[6] = { 1, 2, 3, 4, 5, 6 }, result;
            mgd_array arrays[] = { mgd_rows(zero, 2, 2), mgd_rows(b, 2, 3) }, to = mgd_rows(&result, 1, 1);
            ck_assert(!mgd_run(p, ws, arrays, &to));
            ck_assert_msg(strstr(mgd_workspace_message(ws), "R") && !strstr(mgd_workspace_message(ws), "product("),
                          "%s", mgd_workspace_message(ws));
            arrays[0] = mgd_rows(s, 2, 2);
            ck_assert_msg(mgd_run(p, ws, arrays, &to), "%s", mgd_workspace_message(ws));
            ck_assert(mgd_set(R, s, 2, 2) && mgd_set(B, b, 2, 3));
            ck_assert_double_eq_tol(result, *mgd_value(tried[i]), 1e-12);
            ck_assert_str_eq(mgd_workspace_message(ws), "");
            mgd_workspace_free(ws);
            mgd_program_free(p);
        }
}
END_TEST

START_TEST(an_output_that_is_not_finite_is_an_error_on_request) {
    mgd_var *y = mgd_log(S), *in[] = { S }, *out[] = { mgd_sum(S), y };
    double sum, result[4], bad[4] = { 1, 2, 0, 3 };
    mgd_array arrays[] = { mgd_rows(bad, 2, 2) }, to[] = { mgd_rows(&sum, 1, 1), mgd_columns(result, 2, 2) };
    mgd_program *p = compile(in, out, MGD_CHECK_FINITE), *q = compile(in, out, 0);
    mgd_workspace *ws = mgd_workspace_new(p), *wq = mgd_workspace_new(q);
    ck_assert(mgd_run(q, wq, arrays, to));
    ck_assert(isinf(result[1]));
    ck_assert(!mgd_run(p, ws, arrays, to));
    ck_assert_str_eq(mgd_workspace_message(ws), "run: output 2: entry (2,1) is -inf");
    arrays[0] = mgd_rows(s, 2, 2);
    ck_assert(mgd_run(p, ws, arrays, to));
    mgd_workspace_free(ws);
    mgd_workspace_free(wq);
    mgd_program_free(p);
    mgd_program_free(q);
}
END_TEST

START_TEST(a_program_outlives_its_tape) {
    seed k = begin(0);
    double value, slope[6];
    ck_assert(mgd_set(X, x, 3, 2) && mgd_set(a, a0, 3, 1));
    value = *mgd_value(f);
    memcpy(slope, mgd_value(g), sizeof slope);
    tear_down();
    place(&k);
    ck_assert(run(&k));
    ck_assert_double_eq_tol(k.f, value, 1e-14);
    for (int i = 0; i < 6; i++) ck_assert_double_eq_tol(k.g[i], slope[i], 1e-14);
    mgd_program_describe(k.p, k.ws, fopen("/dev/null", "w"));
    end(&k);
    set_up();
}
END_TEST

START_TEST(the_message_of_a_run_outlives_the_tape_too) {
    mgd_var *y = mgd_sum(mgd_inverse(mgd_matmul(S, mgd_transpose(S))));
    mgd_program *p = mgd_compile(t, 1, &S, 1, &y, 0);
    mgd_workspace *ws = mgd_workspace_new(p);
    tear_down();
    double zero[4] = { 0 }, result;
    mgd_array in = mgd_rows(zero, 2, 2), out = mgd_rows(&result, 1, 1);
    ck_assert(!mgd_run(p, ws, &in, &out));
    ck_assert_ptr_nonnull(strstr(mgd_workspace_message(ws), "S*S'"));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    set_up();
}
END_TEST

/* ---- threads ---- */

enum { THREADS = 4, ROUNDS = 200, SIDE = 40 };

typedef struct {
    const mgd_program *p;
    const double *x;
    double result[SIDE * SIDE];
    bool fine;
} work;

static void *run_often(void *user) {
    work *w = user;
    mgd_workspace *ws = mgd_workspace_new(w->p);
    mgd_array in = mgd_rows(w->x, SIDE, SIDE), out = mgd_rows(w->result, SIDE, SIDE);
    w->fine = ws;
    for (int i = 0; w->fine && i < ROUNDS; i++) w->fine = mgd_run(w->p, ws, &in, &out);
    mgd_workspace_free(ws);
    return NULL;
}

START_TEST(threads_share_a_program_and_get_the_same_bits) {
    static double data[SIDE * SIDE];
    static work w[THREADS];
    pthread_t thread[THREADS];
    uint64_t state = 5;
    for (int i = 0; i < SIDE * SIDE; i++) data[i] = test_uniform(&state);
    mgd_var *Y = mgd_input(t, "Y", SIDE, SIDE), *A = mgd_add(mgd_matmul(mgd_transpose(Y), Y), mgd_eye(t, SIDE));
    mgd_var *y = mgd_add(mgd_logdet(A), mgd_sum(mgd_softmax_rows(mgd_solve(A, Y)))), *G = mgd_gradient(y, Y);
    mgd_program *p = mgd_compile(t, 1, &Y, 1, &G, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    for (int i = 0; i < THREADS; i++) {
        w[i] = (work){ .p = p, .x = data };
        ck_assert(!pthread_create(&thread[i], NULL, run_often, &w[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        ck_assert(w[i].fine);
        ck_assert_mem_eq(w[i].result, w[0].result, sizeof w[0].result);
    }
    mgd_program_free(p);
}
END_TEST

typedef struct {
    mgd_program *p;
    mgd_workspace *ws;
    int depth;
    bool inner;
} reentry;

/* The value function of an operation runs the workspace that is running it. */
static bool run_again(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    reentry *r = user;
    (void)why, (void)n;
    memcpy(out->data, in->data, sizeof s);
    r->inner = mgd_run(r->p, r->ws, in, out);
    return true;
}

START_TEST(a_workspace_that_is_in_use_is_refused) {
    reentry r = { .inner = true };
    mgd_operation *op = mgd_operation_new("again", 1);
    mgd_operation_set_value(op, run_again);
    mgd_operation_set_user(op, &r);
    mgd_var *y = mgd_apply(op, 1, &S);
    r.p = mgd_compile(t, 1, &S, 1, &y, 0);
    r.ws = mgd_workspace_new(r.p);
    double result[4] = { 0 };
    mgd_array in = mgd_rows(s, 2, 2), out = mgd_rows(result, 2, 2);
    ck_assert(mgd_run(r.p, r.ws, &in, &out));
    ck_assert(!r.inner);
    ck_assert_mem_eq(result, s, sizeof s);
    mgd_workspace_free(r.ws);
    mgd_program_free(r.p);
    tear_down();
    mgd_operation_free(op);
    set_up();
}
END_TEST

const char *const test_suite_name = "guards of programs";
void test_suite_add(TCase *all) {
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, a_missing_input_is_named);
    tcase_add_test(all, null_vars_and_vars_of_another_tape_are_refused);
    tcase_add_test(all, several_matrices_in_one_node_go_neither_in_nor_out);
    tcase_add_test(all, null_is_accepted_everywhere);
    tcase_add_test(all, unbound_sizes_are_an_error_where_they_matter);
    tcase_add_test(all, an_operation_without_a_value_function_is_refused);
    tcase_add_test(all, an_operation_of_the_users_runs_and_fails_in_a_program);
    tcase_add_test(all, arrays_are_checked_before_anything_runs);
    tcase_add_test(all, a_workspace_of_another_program_is_refused);
    tcase_add_test(all, arrays_of_every_layout_go_in_and_out);
    tcase_add_test(all, a_singular_matrix_is_named_and_the_next_run_is_fine);
    tcase_add_test(all, an_output_that_is_not_finite_is_an_error_on_request);
    tcase_add_test(all, a_program_outlives_its_tape);
    tcase_add_test(all, the_message_of_a_run_outlives_the_tape_too);
    tcase_add_test(all, threads_share_a_program_and_get_the_same_bits);
    tcase_add_test(all, a_workspace_that_is_in_use_is_refused);
}
