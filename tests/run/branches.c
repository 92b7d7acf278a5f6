/* SPDX-License-Identifier: MIT */
/* A recording holds for the branches that the program took; data that would branch otherwise is told so. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>

static mgd_tape *t;
static mgd_var *x, *y;

static void set(mgd_var *v, double value) { ck_assert(mgd_set(v, &value, 1, 1)); }

static void set_up(double x0) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
    set(x, x0);
    set(y, 1);
}

/* Not 0 where v is not negative. */
static mgd_var *not_negative(mgd_var *v) { return mgd_add(mgd_sign(v), mgd_number(mgd_tape_of(v), 1)); }

/* sqrt(x) or exp(x), as the value of x says. */
static mgd_var *record(mgd_var *v) { return mgd_branch(not_negative(v)) ? mgd_sqrt(v) : mgd_exp(v); }

#define expect_value(v, expected)                                                                                      \
    do {                                                                                                               \
        const double *value_of_var = mgd_value(v);                                                                     \
        ck_assert_msg(value_of_var != NULL, "%s", mgd_message(t));                                                     \
        ck_assert_double_eq(*value_of_var, expected);                                                                  \
    } while (0)

static const char *const was_true = "branch: sign(x)+1 was true when this was recorded, and is false now (0): record "
                                    "again";
static const char *const was_false = "branch: sign(x)+1 was false when this was recorded, and is true now (2): "
                                     "record again";

START_TEST(the_outcome_is_that_of_the_value) {
    set_up(4);
    ck_assert(mgd_branch(not_negative(x)));
    ck_assert(mgd_branch(x));
    mgd_tape_free(t);
    set_up(-4);
    ck_assert(!mgd_branch(not_negative(x)));
    ck_assert_str_eq(mgd_message(t), "");
    ck_assert(mgd_branch(x));
    ck_assert(!mgd_branch(mgd_number(t, 0)));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_value_that_would_branch_otherwise_is_refused) {
    set_up(4);
    mgd_var *f = record(x);
    expect_value(f, 2);
    set(x, 9);
    expect_value(f, 3);
    set(x, -9);
    expect_undefined(t, mgd_value(f), was_true);
    expect_undefined(t, mgd_value(f), was_true); /* again, and not from memory */
    set(x, 16);
    expect_value(f, 4);
    set(x, NAN);
    expect_undefined(t, mgd_value(f), "branch: sign(x)+1 was true when this was recorded, and is NaN: record again");
    mgd_tape_free(t);
    set_up(-1);
    f = record(x);
    expect_value(f, exp(-1));
    set(x, 1);
    expect_undefined(t, mgd_value(f), was_false);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_message_says_where_the_branch_is) {
    set_up(4);
    mgd_here(t, "model.c", 12);
    bool positive = mgd_branch(not_negative(x));
    mgd_here(t, "model.c", 13);
    mgd_var *f = positive ? mgd_sqrt(x) : x;
    set(x, -1);
    expect_undefined(t, mgd_value(f),
                     "branch at model.c:12: sign(x)+1 was true when this was recorded, and is false now (0): record "
                     "again");
    mgd_tape_free(t);
}
END_TEST

START_TEST(derivatives_depend_on_the_branch_too) {
    set_up(4);
    mgd_var *f = record(x), *g = mgd_gradient(f, x), *h = mgd_hessian_vector(f, x, mgd_number(t, 1));
    expect_value(g, 0.25);
    expect_value(h, -1.0 / 32);
    set(x, -4);
    expect_undefined(t, mgd_value(g), was_true);
    expect_undefined(t, mgd_value(h), was_true);
    mgd_tape_free(t);
}
END_TEST

START_TEST(what_was_recorded_before_is_not_affected) {
    set_up(4);
    mgd_var *before = mgd_exp(mgd_negate(x)), *f = record(x);
    expect_value(f, 2);
    set(x, -4);
    expect_value(before, exp(4));
    ck_assert_ptr_eq(mgd_exp(mgd_negate(x)), before); /* found again */
    expect_value(before, exp(4));
    mgd_var *z = mgd_input(t, "z", 1, 1); /* an input's data is the caller's */
    set(z, 7);
    set(x, -5);
    expect_value(z, 7);
    expect_undefined(t, mgd_value(mgd_exp(z)), was_true);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_constant_chosen_by_a_branch_is_held_to_it) {
    set_up(4);
    const double one = 1;
    mgd_var *f = mgd_branch(not_negative(x)) ? mgd_constant(t, mgd_rows(&one, 1, 1)) : y;
    mgd_var *g = mgd_number(t, 12345);
    expect_value(f, 1);
    set(x, -4);
    expect_undefined(t, mgd_value(f), was_true);
    expect_undefined(t, mgd_value(g), was_true);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_branch_is_told_before_what_its_wrong_side_does) {
    t = mgd_tape_new();
    mgd_var *S = mgd_input(t, "S", 2, 2);
    ck_assert(mgd_set(S, (double[]){ 2, 0, 0, 2 }, 2, 2));
    mgd_var *f = mgd_branch(mgd_det(S)) ? mgd_sum(mgd_inverse(S)) : mgd_sum(S);
    expect_value(f, 1);
    ck_assert(mgd_set(S, (double[4]){ 0 }, 2, 2));
    expect_undefined(t, mgd_value(f),
                     "branch: det(S) was true when this was recorded, and is false now (0): record again");
    mgd_tape_free(t);
}
END_TEST

/* The second condition is recorded on one side of the first. */
START_TEST(branches_within_branches_are_told_from_the_outside) {
    set_up(4);
    mgd_var *f = x;
    if (mgd_branch(not_negative(x)))
        f = mgd_branch(not_negative(mgd_subtract(mgd_sqrt(x), y))) ? mgd_sqrt(mgd_subtract(mgd_sqrt(x), y)) : y;
    expect_value(f, 1);
    set(x, 0.25);
    expect_undefined(t, mgd_value(f),
                     "branch: sign(sqrt(x)-y)+1 was true when this was recorded, and is false now (0): record "
                     "again");
    set(x, -1);
    expect_undefined(t, mgd_value(f), was_true);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_branch_taken_twice_is_recorded_once) {
    set_up(4);
    mgd_var *f = record(x);
    size_t count = mgd_count(t);
    for (int i = 0; i < 100; i++) {
        set(x, i);
        ck_assert_ptr_eq(record(x), f);
    }
    ck_assert_uint_eq(mgd_count(t), count);
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_contrary_needs_a_new_beginning) {
    set_up(4);
    size_t mark = mgd_mark(t);
    mgd_var *f = record(x);
    set(x, -1);
    const char *message = "branch: sign(x)+1 is false now and was true when what is on the tape was recorded: rewind "
                          "to before that branch, or mgd_branch_forget";
    expect_refusal(t, record(x), message);
    mgd_branch_forget(t);
    mgd_var *g = record(x);
    expect_value(g, exp(-1));
    expect_undefined(t, mgd_value(f), was_true);
    mgd_var *both = mgd_add(f, g); /* never both */
    expect_undefined(t, mgd_value(both), was_true);
    set(x, 4);
    expect_value(f, 2);
    expect_undefined(t, mgd_value(g), was_false);
    expect_undefined(t, mgd_value(both), was_false);
    mgd_rewind(t, mark);
    set(x, -1);
    g = record(x);
    expect_value(g, exp(-1));
    mgd_tape_free(t);
}
END_TEST

/* exp(x) is on the tape, held to a branch that is not in force any more. */
START_TEST(what_was_held_to_forgotten_branches_is_recorded_anew) {
    set_up(4);
    mgd_var *f = mgd_branch(not_negative(x)) ? mgd_sqrt(x) : y;
    mgd_var *u = mgd_add(mgd_exp(x), mgd_number(t, 7)), *ufw = mgd_add(u, f);
    set(x, -1);
    expect_undefined(t, mgd_value(ufw), was_true);
    mgd_branch_forget(t);
    f = mgd_branch(not_negative(x)) ? mgd_sqrt(x) : y;
    mgd_var *again = mgd_add(mgd_exp(x), mgd_number(t, 7));
    ck_assert_ptr_ne(again, u);
    expect_value(again, exp(-1) + 7);
    ck_assert_ptr_eq(mgd_add(mgd_exp(x), mgd_number(t, 7)), again);
    mgd_tape_free(t);
}
END_TEST

/* The results of one eigen are one node each, or their adjoints would be lost. */
START_TEST(one_of_several_results_is_held_as_the_operation_is) {
    set_up(4);
    mgd_var *S = mgd_input(t, "S", 2, 2), *l, *f, *g;
    ck_assert(mgd_set(S, (double[]){ 2, 1, 1, 3 }, 2, 2));
    ck_assert(mgd_eigenvectors(S) && mgd_branch(not_negative(x)));
    l = mgd_eigenvalues(S);
    f = mgd_sum(mgd_hadamard(l, l));
    mgd_branch_forget(t);
    ck_assert_ptr_eq(mgd_eigenvalues(S), l);
    g = mgd_gradient(mgd_add(f, mgd_sum(mgd_hadamard(l, l))), S);
    const double *value = mgd_value(g); /* of 2 trace(S S): 4 S */
    ck_assert_msg(value != NULL, "%s", mgd_message(t));
    for (int i = 0; i < 4; i++) ck_assert_double_eq_tol(value[i], ((double[]){ 8, 4, 4, 12 })[i], 1e-12);
    mgd_tape_free(t);
}
END_TEST

START_TEST(rewinding_undoes_exactly_what_was_recorded_since) {
    set_up(4);
    mgd_var *condition = not_negative(x);
    size_t before = mgd_mark(t);
    ck_assert(mgd_branch(condition));
    size_t after = mgd_mark(t);
    ck_assert_ptr_nonnull(mgd_sqrt(x));
    mgd_rewind(t, after);
    mgd_var *f = mgd_exp(x); /* still behind the branch */
    set(x, -4);
    expect_undefined(t, mgd_value(f), was_true);
    mgd_rewind(t, before);
    f = mgd_exp(x);
    expect_value(f, exp(-4));
    mgd_tape_free(t);
}
END_TEST

START_TEST(forgetting_is_undone_by_rewinding_too) {
    set_up(4);
    ck_assert(mgd_branch(not_negative(x)));
    size_t before = mgd_mark(t);
    mgd_branch_forget(t);
    size_t after = mgd_mark(t);
    mgd_var *f = mgd_exp(x);
    set(x, -4);
    expect_value(f, exp(-4));
    mgd_rewind(t, after);
    f = mgd_exp(x);
    expect_value(f, exp(-4));
    mgd_rewind(t, before);
    f = mgd_exp(x);
    expect_undefined(t, mgd_value(f), was_true);
    mgd_tape_reset(t);
    x = mgd_input(t, "x", 1, 1);
    set(x, -4);
    f = mgd_exp(x);
    expect_value(f, exp(-4));
    mgd_branch_forget(t); /* of nothing */
    ck_assert_uint_eq(mgd_count(t), 2);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_branch_that_cannot_be_decided_stops_the_recording) {
    set_up(NAN);
    mgd_var *S = mgd_input(t, "S", 2, 2), *z = mgd_input(t, "z", 1, 1);
    bool outcome = mgd_branch(x);
    ck_assert(!outcome);
    expect_refusal(t, mgd_exp(x), "branch: x is NaN: neither true nor false");
    outcome = mgd_branch(S);
    expect_refusal(t, mgd_exp(x), "branch: S is 2x2, not 1x1");
    outcome |= mgd_branch(mgd_exp(z));
    expect_refusal(t, mgd_exp(x), "branch: z: the input has no data: set it first");
    ck_assert(mgd_set(S, (double[4]){ 0 }, 2, 2));
    outcome |= mgd_branch(mgd_sum(mgd_inverse(S)));
    ck_assert(mgd_failed(t) && !strncmp(mgd_message(t), "branch: ", 8));
    outcome |= mgd_branch(NULL);
    mgd_branch_forget(NULL);
    ck_assert(!outcome);
    mgd_tape_free(t);
}
END_TEST

static void count(void *user, const char *message) {
    (void)message;
    ++*(int *)user;
}

START_TEST(an_error_is_told_once) {
    set_up(4);
    int told = 0;
    mgd_var *z = mgd_input(t, "z", 1, 1);
    mgd_on_error(t, count, &told);
    ck_assert(!mgd_branch(z));
    ck_assert_int_eq(told, 1);
    mgd_tape_free(t);
}
END_TEST

/* ---- copies and substitutions ---- */

START_TEST(a_copy_is_held_to_its_branches) {
    set_up(4);
    mgd_var *f = record(x);
    mgd_tape *home = t, *other = mgd_tape_new();
    mgd_var *g = mgd_copy(other, f), *free_of_it = mgd_exp(mgd_operand(g, 0));
    x = mgd_operand(g, 0);
    t = other;
    expect_value(g, 2);
    set(x, -4);
    expect_undefined(t, mgd_value(g), was_true);
    expect_value(free_of_it, exp(-4));
    ck_assert(!mgd_branch(not_negative(x))); /* nothing is in force here */
    ck_assert(!mgd_failed(t));
    mgd_tape_free(home);
    expect_undefined(t, mgd_value(g), was_true);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_substitution_is_held_to_the_substituted_condition) {
    set_up(4);
    mgd_var *f = record(x);
    mgd_branch_forget(t);
    mgd_var *g = mgd_substitute(f, x, y);
    expect_text(g, "sqrt(y)");
    set(x, -1);
    expect_value(g, 1);
    set(y, -1);
    expect_undefined(t, mgd_value(g),
                     "branch: sign(y)+1 was true when this was recorded, and is false now (0): record again");
    mgd_var *after = mgd_exp(y);
    expect_value(after, exp(-1));
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_exact_test_takes_the_branch_that_was_recorded) {
    set_up(4);
    mgd_var *f = mgd_branch(not_negative(x)) ? mgd_hadamard(x, mgd_hadamard(x, x)) : x, *g = mgd_gradient(f, x);
    ck_assert_int_eq(mgd_is_gradient(f, x, g).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_equal(g, mgd_scale(mgd_number(t, 3), mgd_hadamard(x, x))).answer, MGD_EQUAL);
    set(x, -4);
    ck_assert_int_eq(mgd_is_gradient(f, x, g).answer, MGD_EQUAL);
    mgd_tape_free(t);
}
END_TEST

/* Equal vars that branches keep apart are one to the exact test. */
START_TEST(the_exact_test_takes_what_was_recorded_twice) {
    set_up(4);
    mgd_var *a[2], *f[2];
    for (int i = 0; i < 2; i++) {
        set(x, i ? -1 : 4);
        mgd_branch_forget(t);
        a[i] = mgd_branch(not_negative(x)) ? mgd_hadamard(x, x) : mgd_hadamard(x, x);
        f[i] = mgd_sum(mgd_hadamard(a[i], x));
    }
    ck_assert_ptr_ne(a[0], a[1]);
    mgd_var *both = mgd_add(f[0], f[1]);
    ck_assert_int_eq(mgd_equal(f[0], f[1]).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_is_gradient(both, x, mgd_gradient(both, x)).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_is_gradient(f[0], a[0], mgd_gradient(f[0], a[0])).answer, MGD_EQUAL);
    const mgd_verdict v = mgd_is_gradient(both, a[0], mgd_gradient(both, a[0]));
    ck_assert_int_eq(v.answer, MGD_UNDECIDED);
    ck_assert_str_eq(v.reason, "copy: x.*x was recorded twice, behind different branches");
    ck_assert_int_eq(mgd_is_gradient(f[0], y, mgd_gradient(f[0], y)).answer, MGD_EQUAL);
    mgd_tape_free(t);
}
END_TEST

/* ---- programs ---- */

START_TEST(a_program_refuses_to_branch_otherwise) {
    for (unsigned options = 0; options <= MGD_WITHOUT_PASSES; options += MGD_WITHOUT_PASSES) {
        t = mgd_tape_new();
        mgd_var *X = mgd_input(t, "X", 2, 2), *w = mgd_input(t, "w", 2, 1);
        double data[4] = { 2, 1, 1, 3 }, w0[2] = { 1, 2 }, f0, g0[4];
        ck_assert(mgd_set(X, data, 2, 2) && mgd_set(w, w0, 2, 1));
        mgd_here(t, "model.c", 7);
        mgd_var *norm = mgd_sum(mgd_hadamard(X, X)), *f;
        if (mgd_branch(not_negative(mgd_subtract(norm, mgd_number(t, 10)))))
            f = mgd_sum(mgd_solve(X, w));
        else
            f = mgd_scale(norm, mgd_sum(w));
        mgd_var *out[] = { f, mgd_gradient(f, X) };
        mgd_program *p = mgd_compile(t, 2, (mgd_var *[]){ X, w }, 2, out, options);
        ck_assert_msg(p, "%s", mgd_message(t));
        expect_value(f, 0.8);
        mgd_tape_free(t);
        mgd_workspace *ws = mgd_workspace_new(p);
        const mgd_array from[] = { mgd_rows(data, 2, 2), mgd_rows(w0, 2, 1) };
        const mgd_array to[] = { mgd_rows(&f0, 1, 1), mgd_rows(g0, 2, 2) };
        for (int round = 0; round < 3; round++) {
            data[0] = 2;
            ck_assert_msg(mgd_run(p, ws, from, to), "%s", mgd_workspace_message(ws));
            ck_assert_double_eq_tol(f0, 0.8, 1e-14);
            memset(data, 0, sizeof data); /* singular besides, which is not what is told */
            ck_assert(!mgd_run(p, ws, from, to));
            ck_assert_str_eq(mgd_workspace_message(ws),
                             "branch at model.c:7: sign(sum(X.*X)-10)+1 was true when this was recorded, and is "
                             "false now (0): record again");
            memcpy(data, (double[]){ 2, 1, 1, 3 }, sizeof data);
        }
        mgd_workspace_free(ws);
        mgd_program_free(p);
    }
}
END_TEST

START_TEST(a_program_needs_what_its_branches_need) {
    set_up(4);
    mgd_var *f = mgd_branch(not_negative(x)) ? mgd_exp(y) : y;
    ck_assert_ptr_null(mgd_compile(t, 1, &y, 1, &f, 0));
    ck_assert_str_eq(mgd_message(t), "compile: branch(sign(x)+1) needs x, which is not among the inputs");
    mgd_program *p = mgd_compile(t, 2, (mgd_var *[]){ y, x }, 1, &f, 0);
    ck_assert_ptr_nonnull(p);
    mgd_program_free(p);
    mgd_var *g = mgd_negate(f); /* what lies below an input does not count, but g is behind the branch itself */
    p = mgd_compile(t, 2, (mgd_var *[]){ f, x }, 1, &g, 0);
    ck_assert_ptr_nonnull(p);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_program_of_what_was_before_has_no_branches) {
    set_up(4);
    mgd_var *before = mgd_exp(x);
    ck_assert(mgd_branch(not_negative(x)));
    ck_assert_ptr_nonnull(mgd_sqrt(x));
    mgd_program *p = mgd_compile(t, 1, &x, 1, &before, 0);
    ck_assert_uint_eq(mgd_program_steps(p), 1);
    double x0 = -4, f;
    const mgd_array in = mgd_rows(&x0, 1, 1), out = mgd_rows(&f, 1, 1);
    mgd_workspace *ws = mgd_workspace_new(p);
    ck_assert(mgd_run(p, ws, &in, &out));
    ck_assert_double_eq(f, exp(-4));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    mgd_tape_free(t);
}
END_TEST

/* Values and programs agree, and with the C that was recorded, on random data, through nested branches in a loop. */
static double by_hand(double a, double b, int *path) {
    *path = 0;
    for (int i = 0; i < 3; i++) {
        bool positive = a - b >= 0;
        *path = 2 * *path + positive;
        a = positive ? a - 0.5 * b : exp(a) + b;
    }
    return a;
}

static mgd_var *recorded(mgd_var *a, mgd_var *b) {
    for (int i = 0; i < 3; i++)
        a = mgd_branch(not_negative(mgd_subtract(a, b))) ? mgd_subtract(a, mgd_scale(mgd_rational(t, 1, 2), b))
                                                         : mgd_add(mgd_exp(a), b);
    return a;
}

START_TEST(every_path_agrees_with_itself_and_refuses_the_others) {
    uint64_t random = 5;
    int refused = 0, agreed = 0;
    for (int recording = 0; recording < 20; recording++) {
        double a0 = 2 * test_uniform(&random), b0 = test_uniform(&random), value;
        int path, other;
        set_up(a0);
        set(y, b0);
        mgd_var *f = recorded(x, y);
        mgd_program *p = compiled(f, 0);
        mgd_workspace *ws = mgd_workspace_new(p);
        by_hand(a0, b0, &path);
        for (int k = 0; k < 20; k++) {
            a0 = 2 * test_uniform(&random), b0 = test_uniform(&random);
            double expected = by_hand(a0, b0, &other);
            const mgd_array in[] = { mgd_rows(&a0, 1, 1), mgd_rows(&b0, 1, 1) }, out = mgd_rows(&value, 1, 1);
            set(x, a0);
            set(y, b0);
            const double *v = mgd_value(f);
            bool ran = mgd_run(p, ws, in, &out);
            ck_assert_int_eq(v != NULL, path == other);
            ck_assert_int_eq(ran, path == other);
            if (v) ck_assert_double_eq_tol(*v, expected, 1e-12 * fabs(expected));
            if (ran) ck_assert_double_eq_tol(value, expected, 1e-12 * fabs(expected));
            if (!v) ck_assert_str_eq(mgd_message(t), mgd_workspace_message(ws));
            agreed += ran;
            refused += !ran;
        }
        mgd_workspace_free(ws);
        mgd_program_free(p);
        mgd_tape_free(t);
    }
    ck_assert_int_gt(agreed, 20);
    ck_assert_int_gt(refused, 20);
}
END_TEST

/* ---- against a model: random recordings, branches, marks, rewindings and forgetting ---- */

enum { CONDITIONS = 8, MOST_VARS = 4000, MOST_MARKS = 8 };

/* Bit 2k + outcome: x >= k / 4 - 1 had that outcome. */
typedef uint32_t conditions;

static double bound(int k) { return k / 4.0 - 1; }

static bool holds(conditions all, double x0) {
    for (int k = 0; k < CONDITIONS; k++)
        if (all >> (2 * k + !(x0 >= bound(k))) & 1) return false;
    return true;
}

typedef struct {
    mgd_var *v;
    conditions held;
} model_var;

static struct {
    model_var vars[MOST_VARS];
    size_t count;
    conditions in_force;
    double x0;
} model;

static void add_to_model(mgd_var *v, conditions of_operands) {
    for (size_t i = 0; i < model.count; i++)
        if (model.vars[i].v == v) return; /* found again: as it was */
    model.vars[model.count++] = (model_var){ v, model.in_force | of_operands };
}

static void record_some(uint64_t *random) {
    const model_var *a = &model.vars[test_random(random) % model.count];
    const model_var *b = &model.vars[test_random(random) % model.count];
    conditions held = a->held | b->held;
    mgd_var *v = mgd_add(mgd_sigmoid(a->v), b->v);
    ck_assert_msg(v != NULL, "%s", mgd_message(t));
    add_to_model(mgd_operand(v, 0), a->held);
    if (mgd_operands(v) > 1) add_to_model(mgd_operand(v, 1), b->held);
    add_to_model(v, held);
}

static void take_branch(int k) {
    mgd_var *condition = not_negative(mgd_subtract(x, mgd_rational(t, k - 4, 4)));
    ck_assert_msg(condition != NULL, "%s", mgd_message(t));
    bool outcome = mgd_branch(condition), contrary = model.in_force >> (2 * k + !(model.x0 >= bound(k))) & 1;
    if (mgd_failed(t)) ck_assert(contrary || !holds(model.in_force, model.x0));
    if (!mgd_failed(t)) {
        ck_assert(!contrary);
        ck_assert_int_eq(outcome, model.x0 >= bound(k));
        model.in_force |= (conditions)1 << (2 * k + outcome);
    }
    mgd_clear(t);
}

static size_t check_values(uint64_t *random) {
    size_t refused = 0;
    for (int i = 0; i < 10; i++) {
        const model_var *v = &model.vars[test_random(random) % model.count];
        bool fine = holds(v->held, model.x0);
        ck_assert_int_eq(mgd_value(v->v) != NULL, fine);
        refused += !fine;
    }
    return refused;
}

START_TEST(random_recordings_agree_with_a_model) {
    uint64_t random = 3;
    size_t refused = 0;
    for (int round = 0; round < 200; round++) {
        struct {
            size_t mark, count;
            conditions in_force;
        } marks[MOST_MARKS];
        size_t n = 0;
        set_up(0.1);
        model.count = 0;
        model.in_force = 0;
        model.x0 = 0.1;
        add_to_model(x, 0);
        add_to_model(y, 0);
        for (int step = 0; step < 120; step++) {
            uint64_t what = test_random(&random) % 12;
            if (what < 5) record_some(&random);
            if (what == 5 || what == 6) take_branch((int)(test_random(&random) % CONDITIONS));
            if (what == 7 || what == 8) set(x, model.x0 = 1.2 * test_uniform(&random));
            if (what == 9 && n < MOST_MARKS) {
                marks[n].mark = mgd_mark(t);
                marks[n].count = model.count;
                marks[n++].in_force = model.in_force;
            }
            if (what == 10 && n > 0) {
                n = test_random(&random) % n;
                mgd_rewind(t, marks[n].mark);
                model.count = marks[n].count;
                model.in_force = marks[n].in_force;
            }
            if (what == 11 && test_random(&random) % 2) {
                mgd_branch_forget(t);
                model.in_force = 0;
            }
            refused += check_values(&random);
        }
        mgd_tape_free(t);
    }
    ck_assert_uint_gt(refused, 10000);
}
END_TEST

/* No recursion, and no search that grows. */
START_TEST(very_many_branches_are_no_trouble) {
    enum { MANY = 200000 };
    set_up(1);
    mgd_var *f = x;
    for (int i = 0; i < MANY; i++) {
        f = mgd_add(f, y);
        if (!mgd_branch(f)) break;
    }
    f = mgd_negate(f);
    expect_value(f, -1.0 - MANY);
    set(y, -1);
    expect_undefined(t, mgd_value(f),
                     "branch: x+y was true when this was recorded, and is false now (0): record again");
    set(y, 2);
    expect_value(f, -1.0 - 2 * MANY);
    mgd_tape_free(t);
}
END_TEST

TESTS("branches", the_outcome_is_that_of_the_value, a_value_that_would_branch_otherwise_is_refused,
      the_message_says_where_the_branch_is, derivatives_depend_on_the_branch_too,
      what_was_recorded_before_is_not_affected, a_constant_chosen_by_a_branch_is_held_to_it,
      the_branch_is_told_before_what_its_wrong_side_does, branches_within_branches_are_told_from_the_outside,
      a_branch_taken_twice_is_recorded_once, the_contrary_needs_a_new_beginning,
      what_was_held_to_forgotten_branches_is_recorded_anew, one_of_several_results_is_held_as_the_operation_is,
      rewinding_undoes_exactly_what_was_recorded_since, forgetting_is_undone_by_rewinding_too,
      a_branch_that_cannot_be_decided_stops_the_recording, an_error_is_told_once, a_copy_is_held_to_its_branches,
      a_substitution_is_held_to_the_substituted_condition, the_exact_test_takes_the_branch_that_was_recorded,
      the_exact_test_takes_what_was_recorded_twice, a_program_refuses_to_branch_otherwise,
      a_program_needs_what_its_branches_need, a_program_of_what_was_before_has_no_branches,
      every_path_agrees_with_itself_and_refuses_the_others, random_recordings_agree_with_a_model,
      very_many_branches_are_no_trouble);
