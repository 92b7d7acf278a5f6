/* SPDX-License-Identifier: MIT */
/* Operations that take lists, and linear algebra, recorded, differentiated, evaluated and judged without memory at
 * every single allocation: an error that says so, nothing leaked, and the tape goes on. */
#include "../tape/allocations.h"
#include "support/support.h"

#include <matgrad.h>

#include <string.h>

/* Records and evaluates something of A, and gives `count` numbers; false after an error. */
typedef struct {
    bool (*evaluate)(mgd_var *A, double *out);
    int64_t rows, cols;
    size_t count;
} scenario;

enum { MOST = 8 };

static void without_each_allocation(scenario s) {
    double truth[MOST], got[MOST];
    size_t bytes = s.count * sizeof *truth;
    mgd_tape *t = mgd_tape_new();
    ck_assert_msg(s.evaluate(mgd_input(t, "A", s.rows, s.cols), truth), "%s", mgd_message(t));
    mgd_tape_free(t);
    bool failed = true;
    int errors = 0;
    for (size_t k = 1; failed; k++) {
        long live = allocations.live; /* Check itself may allocate, but not before what is leaked is known */
        t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", s.rows, s.cols);
        allocations.failing = allocations.requests + k;
        bool fine = s.evaluate(A, got);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        bool said = strstr(mgd_message(t), "memory"), right = !fine || !memcmp(got, truth, bytes);
        errors += !fine;
        mgd_clear(t);
        bool goes_on = s.evaluate(A, got) && !memcmp(got, truth, bytes);
        mgd_tape_free(t);
        long leaked = allocations.live - live;
        ck_assert_msg(!leaked, "allocation %d: %ld pieces leaked", (int)k, leaked);
        ck_assert_msg(right && goes_on, "allocation %d: another value", (int)k);
        ck_assert_msg(fine || said, "allocation %d: no value and no message", (int)k);
    }
    ck_assert_int_ge(errors, 30);
}

/* f over hcat, vcat, gathers whose adjoints merge, scatter, permutations, reshape and kronecker. */
static bool evaluate_lists(mgd_var *A, double *out) {
    enum { LONG = 300 };
    int64_t index[LONG];
    for (int i = 0; i < LONG; i++) index[i] = i % 3;
    mgd_var *many[40];
    for (int i = 0; i < 40; i++) many[i] = mgd_gather_rows(A, 1, index + i);
    mgd_var *tall = mgd_vcat(40, many), *wide = mgd_hcat(40, many);
    mgd_var *back = mgd_scatter_add_rows(mgd_gather_rows(A, LONG, index), LONG, index, 4);
    mgd_var *other = mgd_permute_rows(back, 4, (const int64_t[]){ 3, 2, 0, 1 });
    mgd_var *k = mgd_kronecker(mgd_reshape(A, 2, 3), mgd_cumsum_cols(other));
    mgd_var *f = mgd_add(mgd_dot(tall, mgd_exp(tall)), mgd_add(mgd_dot(wide, mgd_exp(wide)), mgd_dot(k, k)));
    const double x[] = { 0.5, -0.25, 0.125, 0.25, -0.5, 1 };
    return mgd_set(A, x, 3, 2) && mgd_get(mgd_gradient(f, A), mgd_rows(out, 3, 2));
}

START_TEST(operations_of_lists_go_on_without_memory) { without_each_allocation((scenario){ evaluate_lists, 3, 2, 6 }); }
END_TEST

static mgd_var *square_sum(mgd_var *v) { return mgd_sum(mgd_hadamard(v, v)); }

static mgd_var *linear_algebra(mgd_var *A) {
    mgd_var *f = mgd_sum(mgd_qr_r(A));
    f = mgd_add(f, mgd_add(mgd_sum(mgd_qr_q(A)), square_sum(mgd_pinv(A))));
    f = mgd_add(f, mgd_add(mgd_sum(mgd_expm(A)), mgd_spectral_norm(A)));
    f = mgd_add(f, mgd_add(square_sum(mgd_lyapunov(A, A)), square_sum(mgd_sylvester(A, A, A))));
    f = mgd_add(f, mgd_add(square_sum(mgd_solve_right(A, mgd_transpose(A))), mgd_trace(mgd_matrix_power(A, -3))));
    return mgd_add(f, mgd_hadamard(mgd_det_sign(A), square_sum(mgd_triangular_solve_upper(A, A))));
}

/* The gradient and a Hessian-vector product. */
static bool evaluate_linear_algebra(mgd_var *A, double *out) {
    const double x[] = { 2, 0.5, -0.25, 1.5 };
    mgd_var *f = linear_algebra(A);
    return mgd_set(A, x, 2, 2) && mgd_get(mgd_gradient(f, A), mgd_rows(out, 2, 2)) &&
           mgd_get(mgd_hessian_vector(f, A, A), mgd_rows(out + 4, 2, 2));
}

START_TEST(linear_algebra_goes_on_without_memory) {
    without_each_allocation((scenario){ evaluate_linear_algebra, 2, 2, 8 });
}
END_TEST

static void judge(mgd_var *A, mgd_verdict *v) {
    mgd_var *e = mgd_expm(A), *X = mgd_lyapunov(A, A), *p = mgd_pinv(A);
    v[0] = mgd_equal(mgd_matmul(A, e), mgd_matmul(e, A));
    v[1] = mgd_equal(mgd_add(mgd_matmul(A, X), mgd_matmul(X, mgd_transpose(A))), A);
    v[2] = mgd_equal(p, mgd_inverse(A));
    v[3] = mgd_equal(p, e);
}

START_TEST(verdicts_without_memory_are_undecided) {
    static const mgd_answer truth[] = { MGD_EQUAL, MGD_EQUAL, MGD_EQUAL, MGD_DIFFERENT };
    mgd_verdict v[4];
    bool failed = true;
    int undecided = 0;
    for (size_t k = 1; failed; k++) {
        long live = allocations.live;
        mgd_tape *t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", 2, 2);
        allocations.failing = allocations.requests + k;
        judge(A, v);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        mgd_tape_free(t);
        long leaked = allocations.live - live;
        ck_assert_msg(!leaked, "allocation %d: %ld pieces leaked", (int)k, leaked);
        for (int i = 0; i < 4; i++) {
            ck_assert_msg(v[i].answer == truth[i] || v[i].answer == MGD_UNDECIDED, "allocation %d, claim %d: %d",
                          (int)k, i, (int)v[i].answer);
            undecided += v[i].answer == MGD_UNDECIDED;
        }
    }
    ck_assert_int_ge(undecided, 10);
}
END_TEST

TESTS("ops/memory", operations_of_lists_go_on_without_memory, linear_algebra_goes_on_without_memory,
      verdicts_without_memory_are_undecided);
