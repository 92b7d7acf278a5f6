/* SPDX-License-Identifier: MIT */
/* What programs take: no more memory than they must, none while they run, time linear in the nodes; and nothing is lost
 * where there is none. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include "../tape/allocations.h"
#include "problems.h"

#include <math.h>
#include <time.h>

/* ---- the plan ---- */

/* The bytes of intermediate values as planned, and alive at once. */
static void read_plan(const mgd_program *p, double *planned, double *alive) {
    static char text[DESCRIPTION];
    describe(p, text);
    const char *at = strstr(text, "workspace ");
    long a = 0, b = 0;
    ck_assert(at && sscanf(at, "workspace %ld bytes, alive at once %ld", &a, &b) == 2);
    ck_assert_int_eq(b, (long)mgd_program_live_bytes(p));
    *planned = (double)a;
    *alive = (double)b;
}

static double check_plan(const char *name, size_t outputs, mgd_var *const *output) {
    mgd_tape *t = mgd_tape_of(output[0]);
    mgd_var *input[64];
    size_t inputs = 0;
    double planned, alive;
    for (size_t i = 0; i < mgd_count(t); i++)
        if (mgd_name(mgd_at(t, i))) input[inputs++] = mgd_at(t, i);
    mgd_program *p = mgd_compile(t, inputs, input, outputs, output, 0);
    ck_assert_msg(p, "%s: %s", name, mgd_message(t));
    read_plan(p, &planned, &alive);
    mgd_program_free(p);
    ck_assert_msg(planned <= 1.2 * alive, "%s: %g bytes planned, %g alive", name, planned, alive);
    return alive > 0 ? planned / alive : 1;
}

START_TEST(the_plan_is_close_to_what_is_alive) {
    for (size_t k = 0; k < PROBLEMS; k++) {
        problem p = begin_problem(k);
        check_plan(p.name, 1, &p.gradient);
        check_plan(p.name, 2, (mgd_var *[]){ p.f, p.gradient });
        check_plan(p.name, 3, (mgd_var *[]){ p.f, p.gradient, p.product });
        mgd_tape_free(p.t);
    }
}
END_TEST

/* Products, loops and sums over what was made before, of many sizes. */
static mgd_var *random_problem(mgd_tape *t, uint64_t *state, int nodes) {
    enum { SIZES = 4 };
    static const int64_t size[SIZES] = { 1, 7, 30, 100 };
    mgd_var *made[SIZES][SIZES][40] = { { { NULL } } }, *f = NULL;
    int count[SIZES][SIZES] = { { 0 } };
    for (int i = 0; i < SIZES; i++)
        for (int j = 0; j < SIZES; j++) {
            char name[] = { 'X', (char)('0' + i), (char)('0' + j), 0 };
            made[i][j][count[i][j]++] = mgd_input(t, name, size[i], size[j]);
        }
    for (int n = 0; n < nodes; n++) {
        uint64_t r = test_random(state);
        int i = (int)(r & 3), j = (int)(r >> 2 & 3), k = (int)(r >> 4 & 3);
        mgd_var *a = made[i][k][(r >> 8) % (uint64_t)count[i][k]], *b = made[k][j][(r >> 16) % (uint64_t)count[k][j]];
        mgd_var *c = made[i][j][(r >> 24) % (uint64_t)count[i][j]], *d = made[i][j][(r >> 32) % (uint64_t)count[i][j]];
        uint64_t which = r >> 40 & 3;
        mgd_var *y = which == 0   ? mgd_matmul(a, b)
                     : which == 1 ? mgd_hadamard(c, mgd_sigmoid(d))
                     : which == 2 ? mgd_softmax_rows(c)
                                  : mgd_add(c, mgd_exp(d));
        made[i][j][count[i][j] < 40 ? count[i][j]++ : (int)(r >> 48) % 40] = y;
        f = f ? mgd_add(f, mgd_sum(y)) : mgd_sum(y);
    }
    return f;
}

START_TEST(random_plans_are_close_to_what_is_alive) {
    double most = 0, sum = 0;
    enum { TIMES = 300 };
    for (uint64_t seed = 0; seed < TIMES; seed++) {
        mgd_tape *t = mgd_tape_new();
        uint64_t state = seed;
        mgd_var *f = random_problem(t, &state, 3 + (int)(seed % 60)), *g = mgd_gradient(f, mgd_at(t, 15));
        char name[40];
        snprintf(name, sizeof name, "seed %d", (int)seed);
        double ratio = check_plan(name, 2, (mgd_var *[]){ f, g });
        most = fmax(most, ratio);
        sum += ratio;
        mgd_tape_free(t);
    }
    printf("memory planned over alive: mean %.4f, most %.4f\n", sum / TIMES, most);
}
END_TEST

START_TEST(memory_is_shared_only_where_it_may_be) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 100, 100), *y = x;
    for (int k = 0; k < 30; k++) y = mgd_softmax_rows(mgd_matmul(y, x));
    mgd_program *p = compiled(y, 0), *q = compiled(y, MGD_WITHOUT_SHARING);
    ck_assert_uint_le(mgd_program_live_bytes(p), 2 * 80000 + 64);
    ck_assert_uint_ge(mgd_program_live_bytes(q), 58 * 80000);
    mgd_program_free(p);
    mgd_program_free(q);
    mgd_tape_free(t);
}
END_TEST

/* ---- running ---- */

START_TEST(a_run_allocates_nothing) {
    for (size_t k = 0; k < PROBLEMS; k++)
        for (unsigned options = 0; options <= MGD_WITHOUT_PASSES; options += MGD_WITHOUT_PASSES) {
            problem q = begin_problem(k);
            mgd_var *input[16], *output[] = { q.f, q.gradient, q.product };
            mgd_array in[16], out[3];
            size_t inputs = 0;
            for (size_t i = 0; i < mgd_count(q.t); i++)
                if (mgd_name(mgd_at(q.t, i))) input[inputs++] = mgd_at(q.t, i);
            mgd_program *p = mgd_compile(q.t, inputs, input, 3, output, options);
            mgd_workspace *ws = mgd_workspace_new(p);
            ck_assert(ws);
            for (size_t i = 0; i < inputs; i++) {
                int64_t rows = mgd_size_value(mgd_rows_of(input[i])), cols = mgd_size_value(mgd_cols_of(input[i]));
                double *x = malloc((size_t)(rows * cols) * sizeof *x);
                uint64_t state = i;
                for (int64_t e = 0; e < rows * cols; e++)
                    x[e] = 0.3 * test_uniform(&state) + (rows == cols && e % (rows + 1) == 0 ? 5 : 0);
                in[i] = mgd_rows(x, rows, cols);
            }
            for (size_t i = 0; i < 3; i++) {
                int64_t rows = mgd_size_value(mgd_rows_of(output[i])), cols = mgd_size_value(mgd_cols_of(output[i]));
                out[i] = mgd_rows(malloc((size_t)(rows * cols) * sizeof(double)), rows, cols);
            }
            size_t before = allocations.requests, good = 0;
            for (int round = 0; round < 3; round++) good += mgd_run(p, ws, in, out);
            size_t requests = allocations.requests - before;
            ck_assert_msg(good == 3, "%s: %s", q.name, mgd_workspace_message(ws));
            ck_assert_msg(requests == 0, "%s, options %x: %d allocations", q.name, options, (int)requests);
            for (size_t i = 0; i < inputs; i++) free(in[i].data);
            for (size_t i = 0; i < 3; i++) free(out[i].data);
            mgd_workspace_free(ws);
            mgd_program_free(p);
            mgd_tape_free(q.t);
        }
}
END_TEST

START_TEST(a_long_descent_allocates_nothing_and_arrives) {
    enum { M = 8, N = 3, STEPS = 100000 };
    mgd_tape *t = mgd_tape_new();
    mgd_var *X = mgd_input(t, "X", M, N), *y = mgd_input(t, "y", M, 1), *w = mgd_input(t, "w", N, 1);
    mgd_var *r = mgd_subtract(mgd_matmul(X, w), y), *f = mgd_sum(mgd_hadamard(r, r)), *in[] = { X, y, w };
    mgd_var *next = mgd_subtract(w, mgd_scale(mgd_number(t, 0.02), mgd_gradient(f, w)));
    mgd_program *p = mgd_compile(t, 3, in, 1, &next, 0);
    mgd_workspace *ws = mgd_workspace_new(p);
    double x[M * N], b[M] = { 0 }, w0[2][N] = { { 0 } };
    static const double truth[N] = { 1, -2, 0.5 };
    uint64_t state = 7;
    for (int i = 0; i < M * N; i++) x[i] = test_uniform(&state);
    for (int i = 0; i < M * N; i++) b[i / N] += x[i] * truth[i % N];
    size_t before = allocations.requests, good = 0;
    for (int k = 0; k < STEPS; k++)
        good += mgd_run(p, ws, (mgd_array[]){ mgd_rows(x, M, N), mgd_rows(b, M, 1), mgd_rows(w0[k % 2], N, 1) },
                        (mgd_array[]){ mgd_rows(w0[(k + 1) % 2], N, 1) });
    size_t requests = allocations.requests - before;
    ck_assert_uint_eq(requests, 0);
    ck_assert_uint_eq(good, STEPS);
    for (int j = 0; j < N; j++) ck_assert_double_eq_tol(w0[STEPS % 2][j], truth[j], 1e-12);
    mgd_workspace_free(ws);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

/* The value function of an operation sees where its operands and its result are. */
static bool aligned;
static bool look(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    memcpy(out->data, in->data, (size_t)(in->rows * in->cols) * sizeof(double));
    size_t to = in->rows * in->cols > 1 ? 64 : sizeof(double); /* numbers stand close */
    aligned &= (uintptr_t)in->data % to == 0 && (uintptr_t)out->data % to == 0;
    return true;
}

START_TEST(matrices_are_aligned_to_64_bytes) {
    mgd_tape *t = mgd_tape_new();
    mgd_operation *op = mgd_operation_new("look", 1);
    mgd_operation_set_value(op, look);
    mgd_var *f = NULL;
    for (int64_t n = 1; n < 12; n++) {
        mgd_var *x =
            mgd_hadamard(mgd_ones(t, n, n + 2), mgd_exp(mgd_input(t, (char[]){ 'x', (char)('a' + n), 0 }, n, n + 2)));
        mgd_var *y = mgd_apply(op, 1, &x), *z = mgd_matmul(y, mgd_transpose(y)), *u = mgd_apply(op, 1, &z);
        f = f ? mgd_add(f, mgd_sum(mgd_exp(u))) : mgd_sum(mgd_exp(u));
    }
    for (unsigned options = 0; options <= MGD_WITHOUT_PASSES; options = options ? 2 * options : 1) {
        if (options & (options - 1)) break;
        mgd_program *p = compiled(f, options);
        mgd_workspace *ws = mgd_workspace_new(p);
        static double x[200], result;
        mgd_array in[16], out = mgd_rows(&result, 1, 1);
        for (int64_t n = 1; n < 12; n++) in[n - 1] = mgd_rows(x, n, n + 2);
        aligned = true;
        ck_assert(mgd_run(p, ws, in, &out));
        ck_assert(aligned);
        mgd_workspace_free(ws);
        mgd_program_free(p);
    }
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

/* ---- without memory ---- */

START_TEST(every_allocation_may_fail) {
    bool failed = true;
    int refused = 0;
    for (size_t k = 1; failed; k++) {
        mgd_tape *t = mgd_tape_new();
        mgd_var *X = mgd_input(t, "X", 6, 4), *c = mgd_constant(t, mgd_rows((double[]){ 1, 2, 3, 4 }, 4, 1));
        mgd_var *A = mgd_add(mgd_matmul(mgd_transpose(X), X), mgd_eye(t, 4)), *w = mgd_sigmoid(mgd_matmul(X, c));
        mgd_var *f = mgd_add(mgd_add(mgd_logdet(A), mgd_sum(mgd_hadamard(w, w))),
                             mgd_sum(mgd_softmax_rows(mgd_block(X, 1, 1, 3, 2))));
        f = mgd_add(f, mgd_trace(mgd_matmul(mgd_matmul(mgd_inverse(A), mgd_transpose(X)), X)));
        mgd_var *output[] = { f, mgd_gradient(f, X) };
        size_t nodes = mgd_count(t);
        long live = allocations.live;
        allocations.failing = allocations.requests + k;
        mgd_program *p = mgd_compile(t, 1, &X, 2, output, 0);
        mgd_workspace *ws = p ? mgd_workspace_new(p) : NULL;
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        char message[512];
        snprintf(message, sizeof message, "%s", mgd_message(t));
        mgd_workspace_free(ws);
        mgd_program_free(p);
        long leaked = allocations.live - live;
        mgd_program *again = mgd_compile(t, 1, &X, 2, output, 0);
        bool untouched = mgd_count(t) == nodes && !mgd_failed(t);
        ck_assert_msg(p || strstr(message, "out of memory"), "allocation %d: '%s'", (int)k, message);
        ck_assert_msg(again, "allocation %d: %s", (int)k, mgd_message(t));
        ck_assert_msg(leaked <= 0 || !failed || p, "allocation %d: %ld pieces leaked", (int)k, leaked);
        ck_assert_int_le(leaked, 2); /* the marks of the walk, which the tape keeps */
        ck_assert_msg(untouched, "allocation %d: '%s'", (int)k, mgd_message(t));
        refused += !ws;
        mgd_program_free(again);
        mgd_tape_free(t);
        ck_assert_int_lt((int)k, 100000);
    }
    ck_assert_int_ge(refused, 30);
}
END_TEST

/* ---- the time that compiling takes ---- */

/* Sanitizers, and valgrind, which `make check-valgrind` puts into RUN, take their time. */
static double patience(void) {
#ifdef MGD_DEBUG
    return 20;
#else
    return getenv("RUN") ? 50 : 1;
#endif
}

static mgd_var *loop_chain(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 2, 3), *y = x;
    for (int k = 0; k < n; k++) y = k % 2 ? mgd_hadamard(y, x) : mgd_exp(y);
    return y;
}
static mgd_var *product_chain(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 3, 3), *y = x;
    for (int k = 0; k < n; k++) y = k % 2 ? mgd_matmul(y, x) : mgd_softmax_rows(y);
    return y;
}
static mgd_var *pure_product_chain(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 3, 3), *y = x;
    for (int k = 0; k < n; k++) y = mgd_matmul(y, x);
    return y;
}
static mgd_var *number_chain(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = x;
    for (int k = 0; k < n; k++) y = k % 2 ? mgd_hadamard(y, x) : mgd_exp(y);
    return y;
}
static mgd_var *many_alive(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 3, 3), *y = x, *f = NULL;
    for (int k = 0; k < n / 4; k++) {
        y = mgd_softmax_rows(mgd_exp(y));
        f = f ? mgd_add(f, mgd_sum(y)) : mgd_sum(y);
    }
    return mgd_gradient(f, x);
}
static mgd_var *many_sizes(mgd_tape *t, int n) {
    mgd_var *x = mgd_input(t, "x", 300, 300), *f = NULL;
    for (int k = 0; k < n / 3; k++) {
        mgd_var *b = mgd_sum(mgd_softmax_rows(mgd_block(x, 0, 0, 1 + k % 299, 1 + k / 299 % 299)));
        f = f ? mgd_add(f, b) : b;
    }
    return f;
}

typedef mgd_var *make_chain(mgd_tape *t, int n);

/* Of this process, whatever else the machine does. */
static double processor_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds_to_compile(mgd_var *y) {
    double start = processor_seconds();
    mgd_program *p = compiled(y, 0);
    double seconds = processor_seconds() - start;
    mgd_program_free(p);
    return seconds;
}

/* The best of several turns, so that a busy moment of the machine meets both. */
static void compare_compilations(make_chain *make, double *few, double *many) {
    mgd_tape *small = mgd_tape_new(), *large = mgd_tape_new();
    mgd_var *y = make(small, 10000), *z = make(large, 100000);
    ck_assert_msg(y && z, "%s%s", mgd_message(small), mgd_message(large));
    *few = *many = INFINITY;
    for (int round = 0; round < 5; round++) {
        *few = fmin(*few, seconds_to_compile(y));
        *many = fmin(*many, seconds_to_compile(z));
    }
    mgd_tape_free(small);
    mgd_tape_free(large);
}

START_TEST(compiling_takes_time_in_proportion_to_the_nodes) {
    static const struct {
        const char *name;
        make_chain *make;
    } chains[] = {
        { "loops", loop_chain },     { "products, softmax", product_chain }, { "products", pure_product_chain },
        { "numbers", number_chain }, { "many alive", many_alive },           { "many sizes", many_sizes }
    };
    int slow = 0;
    mallopt(M_MMAP_THRESHOLD, 1 << 30); /* the library's time, not the system's to find fresh pages again and again */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    for (size_t k = 0; k < sizeof chains / sizeof *chains; k++) {
        double few, many;
        compare_compilations(chains[k].make, &few, &many);
        printf("compile %-18s 10^4 nodes %8.2f ms, 10^5 nodes %8.2f ms, ratio %.1f\n", chains[k].name, few * 1e3,
               many * 1e3, many / few);
        slow += many > 30 * few || many > 0.3 * patience();
    }
    fflush(stdout);
    ck_assert_int_eq(slow, 0);
}
END_TEST

START_TEST(an_input_that_is_the_output_needs_no_memory) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 3, 2);
    mgd_program *p = mgd_compile(t, 1, &x, 1, &x, 0);
    ck_assert(p);
    ck_assert_uint_eq(mgd_program_live_bytes(p), 0);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

TESTS("memory of programs", the_plan_is_close_to_what_is_alive, random_plans_are_close_to_what_is_alive,
      memory_is_shared_only_where_it_may_be, a_run_allocates_nothing, a_long_descent_allocates_nothing_and_arrives,
      matrices_are_aligned_to_64_bytes, every_allocation_may_fail, compiling_takes_time_in_proportion_to_the_nodes,
      an_input_that_is_the_output_needs_no_memory);
