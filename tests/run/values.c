/* SPDX-License-Identifier: MIT */
/* Values: on demand, kept, and computed again only where something below has changed. An operation of the test's own
 * counts how often it is evaluated. */
#include "../tape/expect.h"

#include <math.h>

static mgd_tape *t;
static mgd_operation *counted;
static mgd_var *X, *y;
static int evaluations;
static const double six[] = { 1, 2, 3, 4, 5, 6 };

static bool copy_counted(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    ck_assert(!user && why && n > 0);
    evaluations++;
    memcpy(out->data, in->data, (size_t)(in->rows * in->cols) * sizeof(double));
    return true;
}

static mgd_var *counting(mgd_var *x) { return mgd_apply(counted, 1, &x); }

static void set_up(void) {
    t = mgd_tape_new();
    counted = mgd_operation_new("counted", 1);
    mgd_operation_set_value(counted, copy_counted);
    evaluations = 0;
    X = mgd_input(t, "X", 3, 2);
    y = mgd_input(t, "y", 1, 1);
}

static void tear_down(void) {
    mgd_tape_free(t);
    mgd_operation_free(counted);
}

START_TEST(a_value_is_computed_when_it_is_asked_for) {
    set_up();
    mgd_var *f = mgd_sum(counting(X)), *unused = counting(mgd_exp(X));
    mgd_set(X, six, 3, 2);
    ck_assert_int_eq(evaluations, 0);
    expect_entries(f, 1, 21);
    ck_assert_int_eq(evaluations, 1);
    ck_assert_ptr_nonnull(unused);
    tear_down();
}
END_TEST

START_TEST(a_value_is_kept_while_nothing_changes) {
    set_up();
    mgd_var *f = mgd_sum(counting(X));
    mgd_set(X, six, 3, 2);
    mgd_set(y, six, 1, 1);
    const double *value = mgd_value(f);
    for (int i = 0; i < 100; i++) ck_assert_ptr_eq(mgd_value(f), value);
    mgd_set(y, six + 1, 1, 1); /* f does not depend on y */
    ck_assert_ptr_eq(mgd_value(f), value);
    ck_assert_ptr_nonnull(mgd_value(mgd_exp(f)));
    ck_assert_int_eq(evaluations, 1);
    tear_down();
}
END_TEST

START_TEST(a_new_input_is_seen_by_what_depends_on_it_alone) {
    set_up();
    mgd_var *of_X = counting(X), *of_y = counting(y), *both = counting(mgd_scale(of_y, of_X));
    mgd_set(X, six, 3, 2);
    mgd_set(y, (double[]){ 2 }, 1, 1);
    expect_entries(both, 6, 2, 4, 6, 8, 10, 12);
    ck_assert_int_eq(evaluations, 3);
    mgd_set(y, (double[]){ 3 }, 1, 1);
    expect_entries(both, 6, 3, 6, 9, 12, 15, 18);
    ck_assert_int_eq(evaluations, 5);
    expect_entries(of_X, 6, 1, 2, 3, 4, 5, 6);
    ck_assert_int_eq(evaluations, 5);
    mgd_set(X, (double[]){ 0, 0, 0, 0, 0, 1 }, 3, 2);
    expect_entries(of_y, 1, 3);
    expect_entries(both, 6, 0, 0, 0, 0, 0, 3);
    ck_assert_int_eq(evaluations, 7);
    tear_down();
}
END_TEST

/* Whatever is set and asked for, in whatever order, values are those of the latest inputs. */
START_TEST(any_order_of_sets_and_values_is_right) {
    set_up();
    enum { NODES = 40 };
    uint64_t random = 1;
    double value[NODES + 3] = { 0 };
    mgd_var *v[NODES + 3] = { y, mgd_input(t, "p", 1, 1), mgd_input(t, "q", 1, 1) };
    size_t left[NODES + 3], right[NODES + 3];
    for (size_t i = 3; i < NODES + 3; i++) {
        left[i] = test_random(&random) % i;
        right[i] = test_random(&random) % i;
        v[i] = mgd_subtract(counting(v[left[i]]), mgd_scale(mgd_number(t, 0.5), v[right[i]]));
    }
    for (size_t i = 0; i < 3; i++) mgd_set(v[i], &value[i], 1, 1);
    for (int round = 0; round < 3000; round++) {
        size_t i = test_random(&random) % 3, asked = test_random(&random) % (NODES + 3);
        if (round % 3 == 0) {
            value[i] = (double)(test_random(&random) % 64);
            ck_assert(mgd_set(v[i], &value[i], 1, 1));
        }
        for (size_t k = 3; k < NODES + 3; k++) value[k] = value[left[k]] - 0.5 * value[right[k]];
        const double *got = mgd_value(v[asked]);
        ck_assert(got && *got == value[asked]);
    }
    tear_down();
}
END_TEST

START_TEST(asking_for_other_values_moves_none) {
    set_up();
    mgd_set(X, six, 3, 2);
    mgd_set(y, six, 1, 1);
    mgd_var *G = mgd_exp(X), *s = mgd_sum(X);
    const double *g = mgd_value(G), *of_s = mgd_value(s), first = g[0];
    mgd_var *v = y;
    for (int i = 0; i < 10000; i++) v = mgd_add(v, mgd_exp(s));
    ck_assert_ptr_nonnull(mgd_value(v));
    ck_assert_ptr_nonnull(mgd_value(mgd_ones(t, 300, 300)));
    ck_assert_ptr_eq(mgd_value(G), g);
    ck_assert_ptr_eq(mgd_value(s), of_s);
    ck_assert_double_eq(g[0], first);
    ck_assert_double_eq(*of_s, 21);
    tear_down();
}
END_TEST

START_TEST(inputs_are_copied) {
    set_up();
    double data[6] = { 1, 2, 3, 4, 5, 6 };
    mgd_set(X, data, 3, 2);
    mgd_var *c = mgd_constant(t, mgd_rows(data, 3, 2));
    data[0] = 100;
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    expect_entries(c, 6, 1, 2, 3, 4, 5, 6);
    tear_down();
}
END_TEST

START_TEST(a_value_may_be_set_as_the_next_input) {
    set_up();
    mgd_var *next = mgd_scale(mgd_number(t, 0.5), X);
    mgd_set(X, (double[]){ 64, 128, 192, 256, 320, 384 }, 3, 2);
    for (int i = 0; i < 6; i++) ck_assert(mgd_set(X, mgd_value(next), 3, 2));
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    ck_assert(mgd_set(X, mgd_value(X), 3, 2));
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    tear_down();
}
END_TEST

START_TEST(a_value_of_another_size_may_be_set_too) {
    set_up();
    enum { ROWS = 300, COLS = 200 };
    static double data[ROWS * COLS];
    for (int i = 0; i < ROWS * COLS; i++) data[i] = i;
    mgd_var *P = mgd_input_sized(t, "P", mgd_size_named(t, "m"), mgd_size_named(t, "n")), *T = mgd_transpose(P);
    ck_assert(mgd_set(P, data, ROWS, COLS));
    ck_assert(mgd_set(P, mgd_value(T), COLS, ROWS)); /* which forgets that value */
    const double *now = mgd_value(P);
    for (int i = 0; i < COLS; i++)
        for (int j = 0; j < ROWS; j++) ck_assert(now[i * ROWS + j] == data[j * COLS + i]);
    ck_assert(mgd_set(P, now + 7, 1, 1));
    expect_entries(P, 1, data[7 * COLS]);
    ck_assert(mgd_set_array(P, (mgd_array){ (void *)(uintptr_t)mgd_value(P), 2, 2, 0, 0, MGD_DOUBLE }));
    expect_entries(T, 4, data[7 * COLS], data[7 * COLS], data[7 * COLS], data[7 * COLS]);
    tear_down();
}
END_TEST

START_TEST(values_have_the_sizes_of_their_inputs) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *P = mgd_input_sized(t, "P", m, n), *f = mgd_matmul(P, mgd_transpose(P)), *g = mgd_sum(f);
    for (int64_t size = 1; size < 30; size++) {
        double ones[900];
        for (int i = 0; i < 900; i++) ones[i] = 1;
        ck_assert(mgd_set(P, ones, size, 30 - size));
        expect_entries(g, 1, (double)(size * size * (30 - size)));
        ck_assert_int_eq(mgd_size_value(mgd_cols_of(f)), size);
    }
    tear_down();
}
END_TEST

TESTS("values", a_value_is_computed_when_it_is_asked_for, a_value_is_kept_while_nothing_changes,
      a_new_input_is_seen_by_what_depends_on_it_alone, any_order_of_sets_and_values_is_right,
      asking_for_other_values_moves_none, inputs_are_copied, a_value_may_be_set_as_the_next_input,
      a_value_of_another_size_may_be_set_too, values_have_the_sizes_of_their_inputs);
