/* SPDX-License-Identifier: MIT */
/* Declaring inputs, and setting data that are, or are not, what was declared. */
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mgd_tape *t;
static mgd_var *S, *x, *R;

static void set_up(void) {
    t = mgd_tape_new();
    S = mgd_input(t, "S", 3, 3);
    x = mgd_input(t, "x", 3, 1);
    R = mgd_input_sized(t, "R", mgd_size_named(t, "n"), mgd_size_named(t, "n"));
}

static void tear_down(void) { mgd_tape_free(t); }

/* A call that leaves an error of recording. */
#define expect_failed(call, expected)                                                                                  \
    do {                                                                                                               \
        ck_assert(!(call));                                                                                            \
        ck_assert_str_eq(mgd_message(t), expected);                                                                    \
        ck_assert(mgd_failed(t));                                                                                      \
        mgd_clear(t);                                                                                                  \
    } while (0)

START_TEST(what_follows_is_assumed_too) {
    set_up();
    ck_assert_uint_eq(mgd_assumptions(S), 0);
    ck_assert(mgd_assume(S, 0) && mgd_assumptions(S) == 0);
    ck_assert(mgd_assume(S, MGD_POSITIVE_DEFINITE));
    ck_assert_uint_eq(mgd_assumptions(S), MGD_POSITIVE_DEFINITE | MGD_SYMMETRIC);
    ck_assert(mgd_assume(R, MGD_SYMMETRIC) && mgd_assume(R, MGD_LOWER_TRIANGULAR));
    ck_assert_uint_eq(mgd_assumptions(R), MGD_SYMMETRIC | MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR | MGD_DIAGONAL);
    ck_assert(mgd_assume(x, MGD_POSITIVE) && mgd_assumptions(x) == MGD_POSITIVE);
    ck_assert_uint_eq(mgd_assumptions(mgd_exp(S)), 0);
    ck_assert(!mgd_assume(NULL, MGD_SYMMETRIC) && mgd_assumptions(NULL) == 0);
    tear_down();
}
END_TEST

START_TEST(declarations_that_no_input_can_keep_are_refused) {
    set_up();
    expect_failed(mgd_assume(mgd_exp(S), MGD_SYMMETRIC), "assume: exp(S) is no input");
    expect_failed(mgd_assume(x, MGD_SYMMETRIC), "assume: x is 3x1, not square: it cannot be symmetric");
    expect_failed(mgd_assume(x, MGD_POSITIVE_DEFINITE | MGD_POSITIVE),
                  "assume: x is 3x1, not square: it cannot be positive definite");
    expect_failed(mgd_assume(mgd_input_sized(t, "W", mgd_size_named(t, "n"), mgd_size_named(t, "m")), MGD_ORTHOGONAL),
                  "assume: W is nxm, not square: it cannot be orthogonal");
    expect_failed(mgd_assume(S, MGD_ORTHOGONAL | MGD_DIAGONAL), "assume: S cannot be orthogonal and diagonal");
    expect_failed(mgd_assume(S, MGD_ORTHOGONAL | MGD_UPPER_TRIANGULAR),
                  "assume: S cannot be orthogonal and upper triangular");
    expect_failed(mgd_assume(S, MGD_POSITIVE | MGD_LOWER_TRIANGULAR),
                  "assume: S cannot be positive and lower triangular");
    expect_failed(mgd_assume(S, 1 << 20), "assume: S: 0x100000 is no assumption");
    ck_assert_uint_eq(mgd_assumptions(S), 0);
    ck_assert(mgd_assume(S, MGD_ORTHOGONAL));
    expect_failed(mgd_assume(S, MGD_POSITIVE_DEFINITE), "assume: S cannot be orthogonal and positive definite");
    ck_assert_uint_eq(mgd_assumptions(S), MGD_ORTHOGONAL);
    tear_down();
}
END_TEST

static const double symmetric[] = { 2, 3, 4, 3, 5, 6, 4, 6, 9 }, skewed[] = { 2, 3, 4, 4, 5, 6, 4, 6, 9 };

START_TEST(data_that_break_an_assumption_are_refused_with_the_entry) {
    static const struct {
        unsigned assumptions;
        double data[9];
        const char *message;
    } all[] = {
        { MGD_SYMMETRIC,
          { 1, 3, 0, 4, 1, 0, 0, 0, 1 },
          "set: S is declared symmetric, but entry (1,2) is 3 and (2,1) is 4" },
        { MGD_SYMMETRIC,
          { 1, NAN, 0, NAN, 1, 0, 0, 0, 1 },
          "set: S is declared symmetric, but entry (1,2) is nan and (2,1) is nan" },
        { MGD_SYMMETRIC, { 1, 0, 0, 0, NAN, 0, 0, 0, 1 }, "set: S is declared symmetric, but entry (2,2) is nan" },
        { MGD_SYMMETRIC,
          { INFINITY, 0, 3, 0, 1, 0, 4, 0, 1 },
          "set: S is declared symmetric, but entry (1,3) is 3 and (3,1) is 4" },
        { MGD_POSITIVE_DEFINITE,
          { 1, 2, 0, 2, 1, 0, 0, 0, 1 },
          "set: S is declared positive definite, but pivot 2 of 3 is not positive" },
        { MGD_POSITIVE_DEFINITE,
          { 1, 0, 0, 0, 1, 0, 0, 0, 0 },
          "set: S is declared positive definite, but pivot 3 of 3 is not positive" },
        { MGD_POSITIVE_DEFINITE,
          { 1, 0, 0, 0, 1, 5, 0, 0, 1 },
          "set: S is declared symmetric, but entry (2,3) is 5 and (3,2) is 0" },
        { MGD_DIAGONAL, { 1, 0, 0, 0, 1, 0, 7, 0, 1 }, "set: S is declared diagonal, but entry (3,1) is 7" },
        { MGD_DIAGONAL, { 1, 0, 0, 0, 1, NAN, 0, 0, 1 }, "set: S is declared diagonal, but entry (2,3) is nan" },
        { MGD_LOWER_TRIANGULAR,
          { 1, 0, 1e-300, 1, 1, 0, 0, 0, 1 },
          "set: S is declared lower triangular, but entry (1,3) is 1e-300" },
        { MGD_UPPER_TRIANGULAR,
          { 1, 1, 1, 0, 1, 1, 0, -2, 1 },
          "set: S is declared upper triangular, but entry (3,2) is -2" },
        { MGD_ORTHOGONAL,
          { 1, 0, 0, 0, 2, 0, 0, 0, 1 },
          "set: S is declared orthogonal, but entry (2,2) of S'*S is 4, not 1" },
        { MGD_ORTHOGONAL,
          { 1, 0, 0, 0, 1, 0, 0, 0.5, 1 },
          "set: S is declared orthogonal, but entry (2,2) of S'*S is 1.25, not 1" },
        { MGD_ORTHOGONAL,
          { NAN, 0, 0, 0, 1, 0, 0, 0, 1 },
          "set: S is declared orthogonal, but entry (1,1) of S'*S is nan, not 1" },
        { MGD_POSITIVE, { 1, 1, 1, 1, 0, 1, 1, 1, 1 }, "set: S is declared positive, but entry (2,2) is 0" },
        { MGD_POSITIVE, { 1, 1, NAN, 1, 1, 1, 1, 1, 1 }, "set: S is declared positive, but entry (1,3) is nan" },
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        set_up();
        double good[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
        for (int i = 0; i < 9 && all[k].assumptions == MGD_POSITIVE; i++) good[i] = 1;
        ck_assert(mgd_assume(S, all[k].assumptions) && mgd_set(S, good, 3, 3));
        expect_undefined(t, mgd_set(S, all[k].data, 3, 3), all[k].message);
        ck_assert_mem_eq(mgd_value(S), good, sizeof good); /* nothing has changed */
        tear_down();
    }
}
END_TEST

START_TEST(refused_data_bind_no_size) {
    set_up();
    ck_assert(mgd_assume(R, MGD_SYMMETRIC));
    expect_undefined(t, mgd_set(R, skewed, 3, 3), "set: R is declared symmetric, but entry (1,2) is 3 and (2,1) is 4");
    ck_assert_int_eq(mgd_size_value(mgd_rows_of(R)), 0);
    ck_assert(mgd_set(R, (double[]){ 1, 2, 2, 1 }, 2, 2));
    ck_assert_int_eq(mgd_size_value(mgd_rows_of(R)), 2);
    ck_assert(mgd_set(R, symmetric, 3, 3));
    tear_down();
}
END_TEST

START_TEST(data_that_are_there_must_be_as_declared) {
    set_up();
    ck_assert(mgd_set(S, skewed, 3, 3));
    expect_failed(mgd_assume(S, MGD_SYMMETRIC), "assume: S is declared symmetric, but entry (1,2) is 3 and (2,1) is 4");
    ck_assert_uint_eq(mgd_assumptions(S), 0);
    ck_assert(mgd_set(S, symmetric, 3, 3) && mgd_assume(S, MGD_SYMMETRIC));
    expect_failed(mgd_assume(S, MGD_DIAGONAL), "assume: S is declared diagonal, but entry (1,2) is 3");
    ck_assert_uint_eq(mgd_assumptions(S), MGD_SYMMETRIC);
    tear_down();
}
END_TEST

/* X'X, each entry summed in another order than the one across. */
static void gram(size_t rows, double *g) {
    uint64_t random = 7;
    double *X = malloc(rows * 3 * sizeof *X);
    for (size_t i = 0; i < rows * 3; i++) X[i] = test_uniform(&random);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            g[3 * i + j] = 0;
            for (size_t k = 0; k < rows; k++) {
                size_t r = i < j ? k : rows - 1 - k;
                g[3 * i + j] += X[3 * r + i] * X[3 * r + j];
            }
        }
    free(X);
}

START_TEST(what_is_symmetric_but_for_rounding_becomes_its_symmetric_half) {
    for (size_t rows = 10; rows <= 100000; rows *= 10) {
        set_up();
        double g[9];
        gram(rows, g);
        mgd_var *d = mgd_sum(mgd_abs(mgd_subtract(S, mgd_transpose(S))));
        ck_assert(mgd_assume(S, MGD_POSITIVE_DEFINITE));
        ck_assert_msg(mgd_set(S, g, 3, 3), "%zu rows: %s", rows, mgd_message(t));
        expect_entries(d, 1, 0);
        for (int i = 0; i < 9; i++) ck_assert_double_eq_tol(mgd_value(S)[i], g[i], 1e-11);
        g[1] += 1e-9 * fabs(g[0]);
        ck_assert(!mgd_set(S, g, 3, 3));
        tear_down();
    }
    set_up();
    ck_assert(mgd_assume(S, MGD_SYMMETRIC));
    const double huge[] = { 1e308, 1.7e308, 0, 1.7e308, -1e308, 0, 0, 0, INFINITY };
    ck_assert(mgd_set(S, huge, 3, 3));
    ck_assert_mem_eq(mgd_value(S), huge, sizeof huge);
    tear_down();
}
END_TEST

START_TEST(floats_are_forgiven_their_own_rounding) {
    set_up();
    const float near[] = { 1, 0.3f, 0, 0.3000002f, 1, 0, 0, 0, 1 }, far[] = { 1, 0.3f, 0, 0.31f, 1, 0, 0, 0, 1 };
    ck_assert(mgd_assume(S, MGD_SYMMETRIC));
    ck_assert(mgd_set_array(S, mgd_rows_float(near, 3, 3)));
    ck_assert(mgd_value(S)[1] == mgd_value(S)[3]);
    ck_assert(!mgd_set_array(S, mgd_rows_float(far, 3, 3)));
    const double as_doubles[] = { 1, 0.3, 0, 0.3000002, 1, 0, 0, 0, 1 };
    ck_assert(!mgd_set(S, as_doubles, 3, 3));
    tear_down();
}
END_TEST

START_TEST(an_orthogonal_factor_that_was_computed_is_orthogonal) {
    enum { N = 60 };
    uint64_t random = 3;
    double a[N * N];
    for (int i = 0; i < N * N; i++) a[i] = test_uniform(&random);
    t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", N, N), *Q = mgd_input(t, "Q", N, N);
    ck_assert(mgd_assume(Q, MGD_ORTHOGONAL) && mgd_set(A, a, N, N));
    ck_assert(mgd_set(Q, mgd_value(mgd_eigenvectors(A)), N, N));
    ck_assert(mgd_set_array(Q, mgd_columns(mgd_value(Q), N, N)));
    tear_down();
}
END_TEST

START_TEST(its_own_value_may_be_set_again) {
    set_up();
    ck_assert(mgd_assume(S, MGD_SYMMETRIC) && mgd_set(S, symmetric, 3, 3));
    ck_assert(mgd_set_array(S, mgd_columns(mgd_value(S), 3, 3)));
    ck_assert_mem_eq(mgd_value(S), symmetric, sizeof symmetric);
    tear_down();
}
END_TEST

START_TEST(assumptions_go_with_their_input) {
    set_up();
    size_t mark = mgd_mark(t);
    mgd_var *V = mgd_input(t, "V", 2, 2);
    ck_assert(mgd_assume(V, MGD_DIAGONAL) && mgd_assume(S, MGD_SYMMETRIC));
    mgd_rewind(t, mark);
    mgd_var *W = mgd_input(t, "W", 2, 2);
    ck_assert_uint_eq(mgd_index(W), mark);
    ck_assert_uint_eq(mgd_assumptions(W), 0);
    ck_assert_uint_eq(mgd_assumptions(S), MGD_SYMMETRIC);
    mgd_tape_reset(t);
    ck_assert_uint_eq(mgd_assumptions(mgd_input(t, "S", 3, 3)), 0);
    tear_down();
}
END_TEST

/* Whatever the order of the declarations, each input finds its own. */
START_TEST(many_inputs_are_declared_in_any_order) {
    t = mgd_tape_new();
    mgd_var *v[100];
    char name[16];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "v%d", i);
        v[i] = mgd_input(t, name, 2, 2);
    }
    for (int i = 0; i < 100; i++) ck_assert(mgd_assume(v[i * 37 % 100], 1u << (i * 37 % 100 % 7)));
    for (int i = 0; i < 100; i++) ck_assert(mgd_assumptions(v[i]) & 1u << i % 7);
    tear_down();
}
END_TEST

START_TEST(copies_are_declared_alike) {
    set_up();
    mgd_tape *other = mgd_tape_new(), *here = t;
    ck_assert(mgd_assume(S, MGD_SYMMETRIC) && mgd_set(S, symmetric, 3, 3));
    mgd_var *copy = mgd_operand(mgd_copy(other, mgd_exp(S)), 0);
    ck_assert_uint_eq(mgd_assumptions(copy), MGD_SYMMETRIC);
    ck_assert_mem_eq(mgd_value(copy), symmetric, sizeof symmetric);
    ck_assert_ptr_nonnull(mgd_copy(other, mgd_sum(S)));
    ck_assert(mgd_assume(copy, MGD_POSITIVE));
    t = other;
    expect_failed(mgd_copy(other, mgd_exp(S)), "copy: the input S is declared positive here alone");
    ck_assert(mgd_assume(S, MGD_POSITIVE_DEFINITE | MGD_POSITIVE));
    expect_failed(mgd_copy(other, mgd_exp(S)), "copy: the input S is declared positive definite there alone");
    mgd_tape_free(other);
    t = here;
    tear_down();
}
END_TEST

/* As docs/assumptions.md has it. */
START_TEST(the_worked_example_is_right) {
    t = mgd_tape_new();
    mgd_var *C = mgd_input(t, "C", 2, 2), *V = mgd_input(t, "V", 2, 2), *f = mgd_trace(mgd_matmul(C, V));
    ck_assert(mgd_assume(V, MGD_SYMMETRIC) && mgd_set(C, (double[]){ 1, 2, 0, 1 }, 2, 2));
    expect_entries(mgd_gradient(f, V), 4, 1, 1, 1, 1);
    expect_entries(mgd_adjoint(mgd_backward(f, NULL), V), 4, 1, 0, 2, 1);
    tear_down();
}
END_TEST

/* What stands in its place need not be symmetric. */
START_TEST(a_substitute_is_not_declared) {
    set_up();
    ck_assert(mgd_assume(S, MGD_SYMMETRIC));
    mgd_var *A = mgd_input(t, "A", 3, 3), *f = mgd_trace(mgd_matmul(A, S)), *g = mgd_substitute(f, S, A);
    ck_assert(mgd_set(A, skewed, 3, 3) && mgd_value(g));
    ck_assert_uint_eq(mgd_assumptions(mgd_operand(mgd_operand(g, 0), 1)), 0);
    tear_down();
}
END_TEST

START_TEST(a_declared_input_has_a_projected_gradient_and_a_free_adjoint) {
    set_up();
    mgd_var *A = mgd_input(t, "A", 3, 3), *f = mgd_trace(mgd_matmul(A, S)), *before = mgd_gradient(f, S);
    ck_assert(mgd_assume(S, MGD_SYMMETRIC) && mgd_set(A, skewed, 3, 3));
    mgd_sweep *s = mgd_backward(f, NULL);
    expect_entries(mgd_gradient(f, S), 9, 2, 3.5, 4, 3.5, 5, 6, 4, 6, 9);
    expect_entries(mgd_adjoint(s, S), 9, 2, 4, 4, 3, 5, 6, 4, 6, 9);
    expect_entries(before, 9, 2, 4, 4, 3, 5, 6, 4, 6, 9);
    expect_entries(mgd_gradient(mgd_sum(x), S), 9, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    tear_down();
}
END_TEST

TESTS("run assumptions", what_follows_is_assumed_too, declarations_that_no_input_can_keep_are_refused,
      data_that_break_an_assumption_are_refused_with_the_entry, refused_data_bind_no_size,
      data_that_are_there_must_be_as_declared, what_is_symmetric_but_for_rounding_becomes_its_symmetric_half,
      floats_are_forgiven_their_own_rounding, an_orthogonal_factor_that_was_computed_is_orthogonal,
      its_own_value_may_be_set_again, assumptions_go_with_their_input, many_inputs_are_declared_in_any_order,
      copies_are_declared_alike, a_substitute_is_not_declared, the_worked_example_is_right,
      a_declared_input_has_a_projected_gradient_and_a_free_adjoint);
