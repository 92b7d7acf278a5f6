/* SPDX-License-Identifier: MIT */
/* Once a value has been computed, computing it again asks for no memory while sizes stay the same. */
#include "../tape/expect.h"

#include "../tape/allocations.h"

static mgd_tape *t;
static mgd_var *X, *a;

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input_sized(t, "X", mgd_size_named(t, "m"), mgd_size_named(t, "n"));
    a = mgd_input_sized(t, "a", mgd_size_named(t, "m"), mgd_size_number(t, 1));
}

static double numbers[600];

static void draw(uint64_t *random) {
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) numbers[i] = test_uniform(random);
}

START_TEST(nothing_is_allocated_while_sizes_stay_the_same) {
    set_up();
    uint64_t random = 1;
    mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a)), *f = mgd_sum(mgd_hadamard(w, w));
    mgd_var *S = mgd_add(mgd_matmul(mgd_transpose(X), X), mgd_eye_sized(t, mgd_cols_of(X)));
    mgd_var *h = mgd_add(mgd_logdet(S), mgd_sum(mgd_solve(S, w)));
    mgd_var *e = mgd_sum(mgd_block_sized(mgd_eigenvectors(S), NULL, NULL, mgd_cols_of(X), mgd_size_number(t, 1)));
    mgd_var *const asked[] = { f,
                               mgd_gradient(f, X),
                               h,
                               mgd_gradient(h, X),
                               e,
                               mgd_gradient(mgd_sum(mgd_singular_values(X)), X),
                               mgd_col_sums(X),
                               mgd_softmax_rows(X),
                               mgd_cholesky(S) };
    mgd_var *P = mgd_input(t, "P", 2, 2);
    ck_assert(mgd_assume(P, MGD_POSITIVE_DEFINITE));
    const size_t n = sizeof asked / sizeof *asked;
    double out[30];
    size_t first = 0;
    for (int round = 0; round < 20; round++) {
        draw(&random);
        size_t before = allocations.requests, answered = 0;
        bool set = mgd_set(X, numbers, 5, 4) && mgd_set_array(a, mgd_columns(numbers, 5, 1)) &&
                   mgd_set(P, (double[]){ 2, 1, 1, 2 }, 2, 2);
        for (size_t i = 0; i < n; i++) answered += mgd_value(asked[i]) != NULL;
        answered += mgd_get(X, mgd_columns(out, 5, 4));
        size_t requests = allocations.requests - before;
        ck_assert_msg(set && answered == n + 1, "%s", mgd_message(t));
        if (round == 0)
            first = requests;
        else
            ck_assert_uint_eq(requests, 0);
    }
    ck_assert_uint_gt(first, n);
    mgd_tape_free(t);
}
END_TEST

START_TEST(asking_again_allocates_nothing) {
    set_up();
    mgd_var *f = mgd_sum(mgd_exp(X));
    mgd_set(X, numbers, 2, 2);
    ck_assert_ptr_nonnull(mgd_value(f));
    size_t before = allocations.requests;
    const double *value = NULL;
    for (int i = 0; i < 1000; i++) value = mgd_value(f);
    size_t requests = allocations.requests - before;
    ck_assert_ptr_nonnull(value);
    ck_assert_uint_eq(requests, 0);
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_that_change_give_their_memory_back) {
    set_up();
    mgd_var *f = mgd_sum(mgd_matmul(mgd_transpose(X), mgd_exp(X)));
    long small = 0;
    for (int round = 0; round < 200; round++) {
        bool large = round % 2;
        ck_assert(mgd_set(X, numbers, large ? 30 : 2, large ? 20 : 2));
        ck_assert_ptr_nonnull(mgd_value(f));
        if (round == 2) small = allocations.bytes;
    }
    ck_assert(mgd_set(X, numbers, 2, 2));
    ck_assert_ptr_nonnull(mgd_value(f));
    ck_assert_int_le(allocations.bytes, small + 4096);
    mgd_tape_free(t);
}
END_TEST

TESTS("memory of values", nothing_is_allocated_while_sizes_stay_the_same, asking_again_allocates_nothing,
      sizes_that_change_give_their_memory_back);
