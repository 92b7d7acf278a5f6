/* SPDX-License-Identifier: MIT */
/* Running out of memory, at every single allocation; and how much is held. */
#include "expect.h"

#include "allocations.h"

#include <stdio.h>
#include <time.h>

static const double four[] = { 4, 1, 1, 3 };

static bool cube(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    const double *a = in->data;
    (void)user;
    (void)why;
    (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) ((double *)out->data)[i] = a[i] * a[i] * a[i];
    return true;
}

static mgd_var *cube_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    mgd_var *a = mgd_operand(c, i);
    (void)user;
    return mgd_hadamard(dc, mgd_scale(mgd_number(mgd_tape_of(c), 3), mgd_hadamard(a, a)));
}

/* What a scenario saw: an error, or what must not be: a result that is wrong, or none without an error. */
typedef struct {
    bool refused;
    const char *wrong;
} outcome;

static void note(outcome *o, const mgd_tape *t, bool succeeded) {
    if (succeeded) return;
    if (mgd_message(t)[0])
        o->refused = true;
    else
        o->wrong = "no result, and no message";
}

static void compare(outcome *o, mgd_tape *t, mgd_var *v, double expected) {
    const double *x = mgd_value(v);
    note(o, t, x != NULL);
    if (x && !(*x - expected < 1e-9 && expected - *x < 1e-9)) o->wrong = "another value";
}

static mgd_var *record(mgd_tape *t, mgd_operation *op, mgd_var **S) {
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *one = mgd_size_number(t, 1);
    *S = mgd_input_sized(t, "S", n, n);
    mgd_var *b = mgd_input_sized(t, "b", n, one), *P = mgd_input_sized(t, "P", m, mgd_size_add(n, one));
    mgd_var *f = mgd_add(mgd_logdet(*S), mgd_sum(mgd_solve(*S, b)));
    f = mgd_add(f, mgd_sum(mgd_hadamard(mgd_eigenvectors(*S), mgd_eigenvectors(*S))));
    f = mgd_add(f, mgd_sum(mgd_singular_values(*S)));
    f = mgd_add(f, mgd_sum(mgd_cholesky(*S)));
    f = mgd_subtract(f, mgd_sum(mgd_block_sized(P, NULL, mgd_size_min(n, one), one, n)));
    f = mgd_add(f, mgd_sum(mgd_apply(op, 1, S)));
    f = mgd_scale(mgd_literal(t, "1.00000000000000000000000000001"), f);
    return mgd_add(f, mgd_sum(mgd_softmax_rows(mgd_constant(t, mgd_rows(four, 2, 2)))));
}

static void set_inputs(outcome *o, mgd_tape *t) {
    for (size_t i = 0; i < mgd_count(t); i++) {
        mgd_var *v = mgd_at(t, i);
        const char *name = mgd_name(v);
        if (!name) continue;
        if (!strcmp(name, "S")) note(o, t, mgd_set(v, four, 2, 2));
        if (!strcmp(name, "b")) note(o, t, mgd_set(v, four, 2, 1));
        if (!strcmp(name, "P")) note(o, t, mgd_set(v, (double[]){ 0, 1, 2, 0, 0, 0, 0, 0, 0 }, 3, 3));
    }
}

/* Without a failure. */
static double value_of_f;

/* Without memory a verdict is undecided, for a reason. */
static void judge(outcome *o, mgd_tape *t, mgd_var *S) {
    mgd_var *f = mgd_sum(mgd_sigmoid(mgd_matmul(S, S))), *G = f ? mgd_gradient(f, S) : NULL;
    note(o, t, G != NULL);
    if (!G) return;
    const mgd_verdict equal =
        mgd_equal(mgd_transpose(mgd_matmul(S, S)), mgd_matmul(mgd_transpose(S), mgd_transpose(S)));
    const mgd_verdict gradient = mgd_is_gradient(f, S, G);
    if (equal.answer == MGD_DIFFERENT || gradient.answer == MGD_DIFFERENT) o->wrong = "a verdict that is wrong";
    for (int i = 0; i < 2; i++) {
        const mgd_verdict *v = i ? &gradient : &equal;
        if (v->answer == MGD_UNDECIDED && v->reason[0]) o->refused = true;
        if (v->answer == MGD_UNDECIDED && !v->reason[0]) o->wrong = "undecided for no reason";
    }
}

static void differentiate(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *S) {
    mgd_var *G = mgd_gradient(f, S), *H = mgd_hessian_vector(f, S, S);
    mgd_sweep *s = mgd_backward(f, NULL);
    note(o, t, G && H && s);
    if (s && mgd_adjoint(s, S) != G) note(o, t, false);
    note(o, t, mgd_value(G) != NULL);
    note(o, t, mgd_value(H) != NULL);
    double copy[4];
    note(o, t, mgd_get(G, mgd_rows(copy, 2, 2)));
}

static void move(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *S) {
    mgd_tape *other = mgd_tape_new();
    mgd_var *g = other ? mgd_copy(other, f) : NULL;
    note(o, other, g != NULL);
    if (g) compare(o, other, g, value_of_f);
    mgd_tape_free(other);
    mgd_var *replaced = mgd_substitute(f, S, mgd_transpose(S)); /* S is symmetric */
    note(o, t, replaced != NULL);
    if (replaced) compare(o, t, replaced, value_of_f);
}

static void go_back(outcome *o, mgd_tape *t, mgd_operation *op, mgd_var *S) {
    size_t mark = mgd_mark(t);
    mgd_var *v = S;
    for (int i = 0; v && i < 3000; i++) v = mgd_exp(mgd_negate(v));
    note(o, t, v != NULL);
    mgd_rewind(t, mark);
    mgd_tape_reset(t);
    mgd_var *f = record(t, op, &S);
    note(o, t, f != NULL);
    set_inputs(o, t);
    if (f) compare(o, t, f, value_of_f);
}

static outcome run(mgd_operation *op) {
    outcome o = { false, NULL };
    mgd_tape *t = mgd_tape_new();
    mgd_var *S = NULL, *f = t ? record(t, op, &S) : NULL;
    note(&o, t, f != NULL);
    if (f) {
        set_inputs(&o, t);
        compare(&o, t, f, value_of_f);
        differentiate(&o, t, f, S);
        mgd_clear(t);
        move(&o, t, f, S);
        mgd_clear(t);
        judge(&o, t, S);
        mgd_clear(t);
        go_back(&o, t, op, S);
    }
    mgd_tape_free(t);
    return o;
}

static mgd_operation *new_operation(void) {
    mgd_operation *op = mgd_operation_new("cube", 1);
    mgd_operation_set_value(op, cube);
    mgd_operation_set_pullback(op, cube_pullback);
    return op;
}

START_TEST(every_allocation_may_fail) {
    mgd_operation *op = new_operation();
    mgd_tape *t = mgd_tape_new();
    outcome first = { false, NULL };
    mgd_var *S, *f = record(t, op, &S);
    set_inputs(&first, t);
    ck_assert_msg(mgd_value(f) != NULL, "%s", mgd_message(t));
    value_of_f = *mgd_value(f);
    mgd_tape_free(t);

    size_t k = 0, failures = 0;
    for (bool failed = true; failed;) {
        long live = allocations.live; /* Check itself may allocate, but not while the scenario runs */
        allocations.requests = 0;
        allocations.failing = ++k;
        outcome o = run(op);
        failed = allocations.requests >= k;
        allocations.failing = 0;
        long leaked = allocations.live - live;
        ck_assert_msg(!o.wrong, "allocation %zu failed: %s", k, o.wrong);
        ck_assert_msg(failed || !o.refused, "an error without a failed allocation");
        ck_assert_msg(leaked == 0, "allocation %zu failed: %ld pieces leaked", k, leaked);
        failures += o.refused;
    }
    ck_assert_uint_gt(failures, 50);
    mgd_operation_free(op);
}
END_TEST

/* The next request fails, and those after it do not. */
static void fail_next(void) { allocations.failing = allocations.requests + 1; }

START_TEST(what_is_new_may_find_no_memory) {
    fail_next();
    mgd_operation *op = mgd_operation_new("cube", 1);
    fail_next();
    mgd_tape *t = mgd_tape_new();
    ck_assert_ptr_null(op);
    ck_assert_ptr_null(t);
}
END_TEST

/* After an error the tape works on as soon as there is memory again. */
START_TEST(a_tape_recovers_when_there_is_memory_again) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *v = x;
    int nodes = 0;
    fail_next();
    for (mgd_var *next = x; next; nodes++) {
        v = next;
        next = mgd_exp(mgd_negate(v));
    }
    ck_assert_int_gt(nodes, 100);
    ck_assert_str_eq(mgd_message(t), "out of memory");
    mgd_clear(t);
    for (int i = 0; i < 10000; i++) v = mgd_negate(mgd_add(v, x));
    ck_assert_ptr_nonnull(v);
    mgd_set(x, (double[]){ 1 }, 1, 1);
    fail_next();
    const double *value = mgd_value(v);
    ck_assert_ptr_null(value);
    ck_assert_str_eq(mgd_message(t), "out of memory");
    ck_assert(!mgd_failed(t));
    ck_assert_ptr_nonnull(mgd_value(v));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_declaration_may_find_no_memory) {
    static const double data[] = { 2, 1, 0, 1, 2, 1, 0, 1, 2 };
    mgd_tape *t = mgd_tape_new();
    mgd_var *S = mgd_input(t, "S", 3, 3);
    fail_next();
    bool declared = mgd_assume(S, MGD_POSITIVE_DEFINITE);
    ck_assert(!declared && mgd_failed(t) && mgd_assumptions(S) == 0);
    ck_assert_str_eq(mgd_message(t), "out of memory");
    mgd_clear(t);
    declared = mgd_assume(S, MGD_POSITIVE_DEFINITE);
    fail_next();
    bool set = mgd_set(S, data, 3, 3);
    ck_assert(declared && !set && !mgd_failed(t));
    ck_assert_str_eq(mgd_message(t), "set: S: no memory for 3 x 3 numbers");
    ck_assert(mgd_set(S, data, 3, 3));
    mgd_tape_free(t);
}
END_TEST

static mgd_var *chain(mgd_var *v, mgd_var *y, int nodes) {
    for (int i = 0; i < nodes / 2; i++) v = mgd_exp(mgd_add(v, y));
    return v;
}

enum { NODES = 400000 };

/* As long chains have them: one operand or two, in turn. */
START_TEST(a_node_takes_at_most_96_bytes) {
    long before = allocations.bytes;
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1);
    clock_t start = clock();
    mgd_var *v = chain(x, y, NODES);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    long held = allocations.bytes - before;
    ck_assert_ptr_nonnull(v);
    ck_assert_int_le(held, 96L * NODES);
    mgd_set(x, (double[]){ 0 }, 1, 1);
    mgd_set(y, (double[]){ -1 }, 1, 1);
    ck_assert_ptr_nonnull(mgd_value(v));
    printf("%.1f bytes a node, %.1f with its value; %.0f ns to record one\n", (double)held / NODES,
           (double)(allocations.bytes - before) / NODES, seconds / NODES * 1e9);
    mgd_tape_free(t);
}
END_TEST

/* Two operands each, and just after the table has grown. */
START_TEST(a_node_takes_at_most_96_bytes_at_worst) {
    long before = allocations.bytes;
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1);
    double most = 0;
    for (int i = 1; i < NODES; i++) {
        mgd_var *sum = mgd_add(x, y);
        x = y;
        y = sum;
        double held = (double)(allocations.bytes - before) / i;
        if (i > NODES / 4 && held > most) most = held;
    }
    printf("%.1f bytes a node of two operands at worst\n", most);
    ck_assert_double_le(most, 96);
    mgd_tape_free(t);
}
END_TEST

START_TEST(memory_does_not_grow_from_cycle_to_cycle) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1), *y = mgd_input(t, "y", 1, 1), *A = mgd_input(t, "A", 9, 9);
    static double data[81];
    mgd_set(x, data, 1, 1);
    mgd_set(y, data, 1, 1);
    mgd_set(A, data, 9, 9);
    size_t mark = mgd_mark(t);
    long after_one = 0;
    for (int cycle = 0; cycle < 1000; cycle++) {
        mgd_var *f = mgd_sum(mgd_exp(mgd_scale(chain(x, y, 100), A)));
        ck_assert_ptr_nonnull(mgd_value(mgd_gradient(f, cycle % 2 ? x : A)));
        if (cycle % 3 == 0) ck_assert_ptr_nonnull(mgd_backward(f, NULL));
        mgd_rewind(t, mark);
        if (cycle == 10) after_one = allocations.bytes;
    }
    ck_assert_int_le(allocations.bytes, after_one + 4096);
    mgd_tape_free(t);
}
END_TEST

START_TEST(memory_does_not_grow_from_reset_to_reset) {
    mgd_tape *t = mgd_tape_new();
    long after_one = 0;
    for (int cycle = 0; cycle < 300; cycle++) {
        const mgd_size *n = mgd_size_named(t, cycle % 2 ? "n" : "m");
        mgd_var *x = mgd_input_sized(t, "x", n, n), *f = mgd_sum(chain(x, mgd_exp(x), 10000));
        mgd_set(x, (double[]){ 0, -1, -2, -3 }, 2, 2);
        ck_assert_ptr_nonnull(mgd_value(mgd_sum(mgd_exp(x))));
        ck_assert_ptr_nonnull(mgd_gradient(f, x));
        mgd_tape_reset(t);
        if (cycle == 3) after_one = allocations.bytes;
    }
    ck_assert_int_le(allocations.bytes, after_one + 4096);
    mgd_tape_free(t);
}
END_TEST

TESTS("memory", every_allocation_may_fail, what_is_new_may_find_no_memory, a_declaration_may_find_no_memory,
      a_tape_recovers_when_there_is_memory_again, a_node_takes_at_most_96_bytes, a_node_takes_at_most_96_bytes_at_worst,
      memory_does_not_grow_from_cycle_to_cycle, memory_does_not_grow_from_reset_to_reset);
