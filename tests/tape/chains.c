/* SPDX-License-Identifier: MIT */
/* Long expressions: whatever reads a tape walks over a million nodes on a small stack, without recursion. */
#include "expect.h"

#include <pthread.h>

enum { STACK = 256 << 10 }; /* a byte for every fourth node */
enum { MILLION = 1000000 };

static mgd_tape *t;
static mgd_var *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
    mgd_set(x, (double[]){ 3 }, 1, 1);
    mgd_set(y, (double[]){ 2 }, 1, 1);
}

/* -(-(v + by) + by) ...: a million nodes, which are v again */
static mgd_var *chain(mgd_var *v, mgd_var *by) {
    for (int i = 0; i < MILLION / 2; i++) v = mgd_negate(mgd_add(v, by));
    return v;
}

static void *evaluate(void *nothing) {
    mgd_var *f = chain(x, y);
    ck_assert_uint_eq(mgd_count(t), MILLION + 2);
    expect_entries(f, 1, 3); /* -(-(x + y) + y) is x */
    mgd_set(x, (double[]){ 5 }, 1, 1);
    expect_entries(f, 1, 5);
    return nothing;
}

static void *differentiate(void *nothing) {
    mgd_var *f = chain(x, y), *g[2];
    ck_assert(mgd_gradients(f, 2, (mgd_var *[]){ x, y }, g));
    expect_entries(g[0], 1, 1);
    expect_entries(g[1], 1, 0);
    expect_entries(mgd_pushforward(f, x, y), 1, 2);
    mgd_sweep *s = mgd_backward(f, NULL);
    ck_assert_uint_eq(mgd_contributions(s), MILLION + MILLION / 2);
    mgd_sweep_free(s);
    return nothing;
}

static void *move(void *nothing) {
    mgd_tape *other = mgd_tape_new();
    mgd_var *f = chain(x, y), *copied = mgd_copy(other, f), *replaced = mgd_substitute(f, y, x);
    ck_assert_uint_eq(mgd_count(other), MILLION + 2);
    expect_entries(copied, 1, 3);
    expect_entries(replaced, 1, 3);
    mgd_tape_free(other);
    return nothing;
}

static void *rewind_and_describe(void *nothing) {
    size_t mark = mgd_mark(t);
    mgd_var *first = chain(x, y), *f = first;
    expect_text(f, "-(-(-(...+y)+y)+y)");
    ck_assert_ptr_nonnull(mgd_value(f));
    mgd_rewind(t, mark);
    ck_assert_uint_eq(mgd_count(t), mark);
    f = chain(x, y);
    expect_entries(f, 1, 3);
    ck_assert_uint_eq(mgd_count(t), MILLION + 2);
    ck_assert_ptr_eq(chain(x, y), f);
    ck_assert_uint_eq(mgd_count(t), MILLION + 2);
    mgd_tape_reset(t);
    ck_assert_uint_eq(mgd_count(t), 0);
    return nothing;
}

static void on_a_small_stack(void *(*run)(void *)) {
    pthread_attr_t small;
    pthread_t thread;
    set_up();
    ck_assert_int_eq(pthread_attr_init(&small), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&small, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &small, run, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_str_eq(mgd_message(t), "");
    mgd_tape_free(t);
}

START_TEST(a_million_nodes_are_recorded_and_evaluated) { on_a_small_stack(evaluate); }
END_TEST

START_TEST(a_million_nodes_are_differentiated) { on_a_small_stack(differentiate); }
END_TEST

START_TEST(a_million_nodes_are_copied_and_substituted) { on_a_small_stack(move); }
END_TEST

START_TEST(a_million_nodes_are_rewound_and_described) { on_a_small_stack(rewind_and_describe); }
END_TEST

/* One x that many nodes use, and one node of many operands: the blocks of one matrix. */
START_TEST(many_uses_of_one_var_add_up) {
    t = mgd_tape_new();
    enum { ROWS = 3000 };
    static double data[ROWS];
    mgd_var *X = mgd_input(t, "X", ROWS, 1), *f = mgd_number(t, 0);
    for (int i = 0; i < ROWS; i++) {
        data[i] = i;
        mgd_var *entry = mgd_block(X, i, 0, 1, 1);
        f = mgd_add(f, mgd_hadamard(entry, entry));
    }
    mgd_set(X, data, ROWS, 1);
    size_t before = mgd_count(t);
    mgd_var *G = mgd_gradient(f, X);
    ck_assert_uint_lt(mgd_count(t) - before, 4 * ROWS);
    const double *g = mgd_value(G);
    for (int i = 0; i < ROWS; i++) ck_assert_double_eq(g[i], 2 * i);
    mgd_tape_free(t);
}
END_TEST

TESTS("chains", a_million_nodes_are_recorded_and_evaluated, a_million_nodes_are_differentiated,
      a_million_nodes_are_copied_and_substituted, a_million_nodes_are_rewound_and_described,
      many_uses_of_one_var_add_up);
