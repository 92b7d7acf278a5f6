/* SPDX-License-Identifier: MIT */
/* Places, branches and the search for a NaN while every single allocation fails once: an error or the right answer, and
 * nothing is lost. */
#include "../tape/expect.h"

#include "../tape/allocations.h"

#include <math.h>

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

static void compare(outcome *o, mgd_var *v, double expected) {
    const double *x = mgd_value(v);
    note(o, mgd_tape_of(v), x != NULL);
    if (x && fabs(*x - expected) > 1e-12) o->wrong = "another value";
}

/* sqrt(x) + x where x is positive, each step with a place of its own. */
static mgd_var *record(mgd_tape *t, mgd_var *x) {
    mgd_here(t, "model.c", 1);
    mgd_var *condition = mgd_add(mgd_sign(x), mgd_number(t, 1));
    mgd_here(t, "model.c", 2);
    bool positive = mgd_branch(condition);
    mgd_here(t, "other.c", 3);
    return positive ? mgd_add(mgd_sqrt(x), x) : mgd_exp(x);
}

static bool set(mgd_var *x, double value) { return mgd_set(x, &value, 1, 1); }

/* What is not evaluated for want of memory says so; else the answer is the one that it must be. */
static void expect_kind(outcome *o, mgd_origin found, mgd_origin_kind kind) {
    if (found.kind == MGD_ORIGIN_NOT_EVALUATED && found.message[0])
        o->refused = true;
    else if (found.kind != kind)
        o->wrong = "another origin";
}

static void search(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *x) {
    mgd_sweep *s = mgd_backward(f, NULL);
    note(o, t, s != NULL);
    expect_kind(o, mgd_first_nonfinite(f), MGD_ORIGIN_NONE);
    if (s) expect_kind(o, mgd_first_nonfinite_adjoint(s), MGD_ORIGIN_NONE);
    mgd_clear(t);
    note(o, t, set(x, 0));
    if (s) expect_kind(o, mgd_first_nonfinite_adjoint(s), MGD_ORIGIN_SHARE);
    note(o, t, set(x, INFINITY));
    expect_kind(o, mgd_first_nonfinite(f), MGD_ORIGIN_DATA);
}

static void branch_otherwise(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *x) {
    note(o, t, set(x, -1));
    if (mgd_value(f)) o->wrong = "a value on the wrong side of a branch";
    note(o, t, set(x, 4));
    compare(o, f, 6);
}

static void move(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *x) {
    mgd_tape *other = mgd_tape_new();
    mgd_var *g = other ? mgd_copy(other, f) : NULL;
    note(o, other, g != NULL);
    if (g) branch_otherwise(o, other, g, mgd_at(other, 0));
    mgd_tape_free(other);
    mgd_var *h = mgd_substitute(f, x, mgd_hadamard(x, x));
    note(o, t, h != NULL);
    if (h) compare(o, h, 20);
}

static void run_program(outcome *o, mgd_tape *t, mgd_var *f, mgd_var *x) {
    mgd_program *p = mgd_compile(t, 1, &x, 1, &f, 0);
    note(o, t, p != NULL);
    mgd_workspace *ws = mgd_workspace_new(p);
    double x0 = 4, f0 = 0;
    const mgd_array in = mgd_rows(&x0, 1, 1), out = mgd_rows(&f0, 1, 1);
    if (ws && (!mgd_run(p, ws, &in, &out) || f0 != 6)) o->wrong = "another result";
    x0 = -4;
    if (ws && mgd_run(p, ws, &in, &out)) o->wrong = "a result on the wrong side of a branch";
    if (!ws) o->refused = true;
    mgd_workspace_free(ws);
    mgd_program_free(p);
}

static void begin_again(outcome *o, mgd_tape *t, mgd_var *x, size_t mark) {
    note(o, t, set(x, -1));
    mgd_branch_forget(t);
    mgd_var *g = record(t, x);
    note(o, t, g != NULL);
    if (g) compare(o, g, exp(-1));
    mgd_rewind(t, mark);
    mgd_clear(t);
    g = record(t, x);
    note(o, t, g != NULL);
    if (g) compare(o, g, exp(-1));
}

static outcome run(void) {
    outcome o = { false, NULL };
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1);
    size_t mark = mgd_mark(t);
    note(&o, t, x && set(x, 4));
    mgd_var *f = x && set(x, 4) ? record(t, x) : NULL;
    note(&o, t, f != NULL);
    if (f) {
        compare(&o, f, 6);
        mgd_var *G = mgd_gradient(f, x);
        note(&o, t, G != NULL);
        if (G) compare(&o, G, 1.25);
        mgd_clear(t);
        search(&o, t, f, x);
        mgd_clear(t);
        branch_otherwise(&o, t, f, x);
        move(&o, t, f, x);
        mgd_clear(t);
        run_program(&o, t, f, x);
        begin_again(&o, t, x, mark);
    }
    mgd_tape_free(t);
    return o;
}

START_TEST(every_allocation_may_fail) {
    size_t k = 0, failures = 0;
    for (bool failed = true; failed;) {
        long live = allocations.live; /* Check itself may allocate, but not while the scenario runs */
        allocations.requests = 0;
        allocations.failing = ++k;
        outcome o = run();
        failed = allocations.requests >= k;
        allocations.failing = 0;
        long leaked = allocations.live - live;
        ck_assert_msg(!o.wrong, "allocation %zu failed: %s", k, o.wrong);
        ck_assert_msg(failed || !o.refused, "an error without a failed allocation");
        ck_assert_msg(leaked == 0, "allocation %zu failed: %ld pieces leaked", k, leaked);
        failures += o.refused;
    }
    ck_assert_uint_gt(failures, 50);
}
END_TEST

/* Without places and branches a tape takes nothing for them, and 16 bytes for each place. */
START_TEST(a_place_takes_little) {
    enum { MANY = 100000 };
    long held[2];
    for (int labelled = 0; labelled < 2; labelled++) {
        long before = allocations.bytes;
        mgd_tape *t = mgd_tape_new();
        mgd_var *v = mgd_input(t, "x", 1, 1);
        for (int i = 0; i < MANY; i++) {
            if (labelled) mgd_here(t, "model.c", i % 100);
            v = mgd_exp(mgd_negate(v));
        }
        held[labelled] = allocations.bytes - before;
        mgd_tape_free(t);
    }
    ck_assert_int_le(held[1] - held[0], 32L * MANY + 8192); /* the list doubles */
    ck_assert_int_le(held[0], 96L * 2 * MANY);
}
END_TEST

/* As on a tape without branches. */
START_TEST(a_branch_that_stays_allocates_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 1, 1);
    ck_assert(set(x, 4));
    mgd_var *f = record(t, x);
    ck_assert_ptr_nonnull(mgd_value(f));
    size_t before = allocations.requests, wrong = 0;
    for (int i = 0; i < 1000; i++) {
        bool fine = set(x, i % 3 - 1.0);
        wrong += !fine || (mgd_value(f) != NULL) != (i % 3 > 0);
    }
    size_t requests = allocations.requests - before;
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(requests, 0);
    mgd_tape_free(t);
}
END_TEST

TESTS("memory of diagnosis", every_allocation_may_fail, a_place_takes_little, a_branch_that_stays_allocates_nothing);
