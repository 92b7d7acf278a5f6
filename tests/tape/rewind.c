/* SPDX-License-Identifier: MIT */
/* Marks, rewinding and reset: the tape is as it was, hash table and values included. */
#include "expect.h"

static mgd_tape *t;
static mgd_var *X, *a;
static const double six[] = { 1, 2, 3, 4, 5, 6 };

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    a = mgd_input(t, "a", 3, 1);
    mgd_set(X, six, 3, 2);
    mgd_set(a, six, 3, 1);
}

START_TEST(rewinding_undoes_the_recording) {
    set_up();
    mgd_var *v = mgd_matmul(mgd_transpose(X), a);
    size_t mark = mgd_mark(t);
    ck_assert_uint_eq(mark, mgd_count(t));
    mgd_var *f = mgd_sum(mgd_sigmoid(v));
    ck_assert_ptr_nonnull(mgd_gradient(f, X));
    mgd_rewind(t, mark);
    ck_assert_uint_eq(mgd_count(t), mark);
    ck_assert_ptr_null(mgd_at(t, mark));
    ck_assert_ptr_eq(mgd_matmul(mgd_transpose(X), a), v);
    ck_assert_uint_eq(mgd_count(t), mark);
    mgd_var *g = mgd_sum(mgd_exp(v));
    ck_assert_uint_eq(mgd_index(g), mark + 1);
    expect_text(g, "sum(exp(X'*a))");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_mark_beyond_the_end_is_ignored) {
    set_up();
    mgd_rewind(t, 2);
    mgd_rewind(t, 3);
    mgd_rewind(t, SIZE_MAX);
    ck_assert_uint_eq(mgd_count(t), 2);
    expect_entries(X, 6, 1, 2, 3, 4, 5, 6);
    mgd_tape_free(t);
}
END_TEST

START_TEST(older_values_stay_and_newer_ones_are_forgotten) {
    set_up();
    mgd_var *v = mgd_sum(X);
    const double *before = mgd_value(v);
    size_t mark = mgd_mark(t);
    mgd_var *later = mgd_scale(v, mgd_exp(a));
    ck_assert_ptr_nonnull(mgd_value(later));
    mgd_rewind(t, mark);
    ck_assert_ptr_eq(mgd_value(v), before);
    expect_entries(v, 1, 21);
    later = mgd_scale(v, mgd_negate(a)); /* the same places on the tape */
    expect_entries(later, 3, -21, -42, -63);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_input_that_is_gone_may_come_again) {
    set_up();
    size_t mark = mgd_mark(t);
    mgd_var *Y = mgd_input(t, "Y", 2, 2);
    mgd_set(Y, six, 2, 2);
    mgd_rewind(t, mark);
    Y = mgd_input(t, "Y", 1, 3);
    ck_assert_ptr_nonnull(Y);
    expect_undefined(t, mgd_value(Y), "Y: the input has no data: set it first");
    expect_refusal(t, mgd_input(t, "Y", 1, 3), "input: this tape has an input named Y already, 1x3");
    mgd_rewind(t, 0);
    ck_assert_ptr_nonnull(mgd_input(t, "a", 2, 2));
    ck_assert_ptr_nonnull(mgd_input(t, "X", 1, 1));
    mgd_tape_free(t);
}
END_TEST

START_TEST(names_that_a_rewound_input_bound_are_free) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *one = mgd_size_number(t, 1);
    mgd_var *kept = mgd_input_sized(t, "K", n, one);
    mgd_set(kept, six, 2, 1);
    size_t mark = mgd_mark(t);
    mgd_var *P = mgd_input_sized(t, "P", m, n);
    mgd_set(P, six, 3, 2);
    mgd_rewind(t, mark);
    ck_assert_int_eq(mgd_size_value(m), 0);
    ck_assert_int_eq(mgd_size_value(n), 2);
    P = mgd_input_sized(t, "P", m, n);
    ck_assert(mgd_set(P, six, 1, 2));
    expect_undefined(t, mgd_set(P, six, 2, 3), "set: n is 2 from K, but P has 3 columns");
    expect_entries(mgd_sum(kept), 1, 3);
    mgd_tape_free(t);
}
END_TEST

START_TEST(sweeps_go_with_what_they_recorded) {
    set_up();
    mgd_var *f = mgd_sum(mgd_exp(X));
    size_t mark = mgd_mark(t);
    mgd_sweep *s = mgd_backward(f, NULL);
    ck_assert_uint_gt(mgd_contributions(s), 0);
    mgd_rewind(t, mark); /* frees s: under valgrind a leak or a second free would show */
    s = mgd_backward(f, NULL);
    expect_text(mgd_adjoint(s, X), "exp(X)");
    mgd_sweep_free(s);
    s = mgd_backward(f, NULL);
    mgd_tape_free(t);
}
END_TEST

/* The same nodes at the same places, whatever was there before. */
START_TEST(thousands_of_cycles_leave_no_trace) {
    set_up();
    mgd_var *v = mgd_matmul(mgd_transpose(X), a);
    size_t mark = mgd_mark(t);
    uint64_t random = 1;
    for (int cycle = 0; cycle < 3000; cycle++) {
        size_t length = 1 + test_random(&random) % 60;
        mgd_var *w = v;
        for (size_t i = 0; i < length; i++)
            w = test_random(&random) % 2 ? mgd_exp(mgd_negate(w)) : mgd_add(mgd_sigmoid(w), v);
        mgd_var *f = mgd_sum(w), *g = mgd_gradient(f, a);
        size_t count = mgd_count(t);
        ck_assert_ptr_eq(mgd_sum(w), f);
        ck_assert_ptr_eq(mgd_gradient(f, a), g);
        ck_assert_uint_eq(mgd_count(t), count);
        if (cycle % 50 == 0) ck_assert_ptr_nonnull(mgd_value(g));
        mgd_rewind(t, mark + test_random(&random) % 3);
        mgd_rewind(t, mark);
        ck_assert_ptr_eq(mgd_matmul(mgd_transpose(X), a), v);
        ck_assert_uint_eq(mgd_count(t), mark);
    }
    expect_entries(v, 2, 22, 28);
    mgd_tape_free(t);
}
END_TEST

START_TEST(rewinding_works_after_an_error) {
    set_up();
    size_t mark = mgd_mark(t);
    ck_assert_ptr_nonnull(mgd_exp(X));
    ck_assert_ptr_null(mgd_matmul(X, a));
    mgd_rewind(t, mark);
    ck_assert_uint_eq(mgd_count(t), mark);
    ck_assert(mgd_failed(t));
    mgd_clear(t);
    ck_assert_ptr_nonnull(mgd_exp(X));
    mgd_tape_free(t);
}
END_TEST

START_TEST(reset_forgets_everything) {
    set_up();
    for (int round = 0; round < 100; round++) {
        const mgd_size *m = mgd_size_named(t, "m");
        ck_assert_int_eq(mgd_size_value(m), 0);
        mgd_var *P = mgd_input_sized(t, "P", m, m), *f = mgd_sum(mgd_matmul(P, P));
        ck_assert(mgd_set(P, six, 2, 2));
        expect_entries(f, 1, 54);
        ck_assert_ptr_nonnull(mgd_backward(f, NULL));
        ck_assert_ptr_null(mgd_trace(mgd_ones(t, 2, 3)));
        ck_assert(mgd_failed(t));
        mgd_tape_reset(t);
        ck_assert(!mgd_failed(t));
        ck_assert_str_eq(mgd_message(t), "");
        ck_assert_uint_eq(mgd_count(t), 0);
        expect_undefined(t, mgd_bind(t, "m", 2), "bind: no size of this tape is named 'm'");
    }
    mgd_tape_reset(t);
    mgd_tape_reset(t);
    mgd_tape_free(t);
}
END_TEST

TESTS("rewind", rewinding_undoes_the_recording, a_mark_beyond_the_end_is_ignored,
      older_values_stay_and_newer_ones_are_forgotten, an_input_that_is_gone_may_come_again,
      names_that_a_rewound_input_bound_are_free, sweeps_go_with_what_they_recorded, thousands_of_cycles_leave_no_trace,
      rewinding_works_after_an_error, reset_forgets_everything);
