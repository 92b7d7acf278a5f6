/* SPDX-License-Identifier: MIT */
/* What an expression is made of: found among many other nodes, in the order of recording, again and again. */
#include "expect.h"

#include "tape/tape.h"

#include <stdlib.h>

static mgd_tape *t;
static mgd_var *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
}

static void expect_reached(mgd_var *v, uint32_t first, bool auxiliaries, size_t n, mgd_var *const *expected) {
    mgd_reached r = mgd__reach(t, 1, &v, first, auxiliaries);
    ck_assert_uint_eq(r.count, n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(r.ids[i], expected[i]->id);
        ck_assert_int_eq(mgd__position(t, &r, expected[i]), (int64_t)i);
    }
    free(r.ids);
}

static mgd_var *unrelated(int nodes) {
    mgd_var *v = y;
    for (int i = 0; i < nodes; i++) v = mgd_exp(v);
    return v;
}

START_TEST(nodes_come_in_the_order_of_recording) {
    set_up();
    mgd_var *a = mgd_exp(x), *b = mgd_negate(x), *c = mgd_add(b, a), *d = mgd_hadamard(c, a);
    expect_reached(d, 0, false, 5, (mgd_var *[]){ x, a, b, c, d });
    expect_reached(d, a->id, false, 4, (mgd_var *[]){ a, b, c, d });
    expect_reached(x, 0, false, 1, &x);
    expect_reached(x, d->id, false, 0, NULL);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_lies_far_apart_is_sorted) {
    set_up();
    mgd_var *a = mgd_exp(x), *far = unrelated(10000), *b = mgd_negate(x);
    unrelated(20000);
    mgd_var *c = mgd_add(b, a);
    ck_assert_uint_gt(c->id, 20000);
    expect_reached(c, 0, false, 4, (mgd_var *[]){ x, a, b, c });
    mgd_set(x, (double[]){ 0 }, 1, 1);
    expect_entries(mgd_gradient(c, x), 1, 0);
    ck_assert_ptr_eq(mgd_gradient(c, far), mgd_number(t, 0));
    mgd_tape_free(t);
}
END_TEST

START_TEST(factorisations_are_followed_where_asked_for) {
    set_up();
    mgd_var *S = mgd_input(t, "S", 2, 2), *f = mgd_logdet(S);
    expect_reached(f, 0, false, 2, (mgd_var *[]){ S, f });
    expect_reached(f, 0, true, 3, (mgd_var *[]){ S, f->arg[1], f });
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_was_not_reached_has_no_position) {
    set_up();
    mgd_var *a = mgd_exp(x), *b = mgd_exp(y), *c = mgd_add(a, b);
    mgd_reached all = mgd__reach(t, 1, &c, 0, false), some = mgd__reach(t, 1, &a, 0, false);
    ck_assert_int_eq(mgd__position(t, &some, a), 1);
    ck_assert_int_eq(mgd__position(t, &some, b), -1);
    ck_assert_int_eq(mgd__position(t, &some, c), -1);
    mgd__mark_again(t, &all);
    ck_assert_int_eq(mgd__position(t, &all, b), 3);
    ck_assert_int_eq(mgd__position(t, &some, a), -1);
    free(all.ids);
    free(some.ids);
    mgd_tape_free(t);
}
END_TEST

/* After four thousand million marks they begin again. */
START_TEST(marks_may_run_out) {
    set_up();
    mgd_var *a = mgd_exp(x), *b = mgd_negate(x), *f = mgd_add(a, b), *g = mgd_gradient(f, x);
    for (uint32_t left = 0; left < 40; left++) {
        t->mark_base = UINT32_MAX - left;
        ck_assert_ptr_eq(mgd_gradient(f, x), g);
        expect_reached(f, 0, false, 4, (mgd_var *[]){ x, a, b, f });
        t->mark_base = UINT32_MAX - left;
        ck_assert_ptr_eq(mgd_substitute(f, x, x), f);
    }
    mgd_tape_free(t);
}
END_TEST

TESTS("reach", nodes_come_in_the_order_of_recording, what_lies_far_apart_is_sorted,
      factorisations_are_followed_where_asked_for, what_was_not_reached_has_no_position, marks_may_run_out);
