/* SPDX-License-Identifier: MIT */
/* Linear algebra recorded, differentiated twice, evaluated and judged without memory at every single allocation: an
 * error that says so, nothing leaked, and the tape goes on. */
#include "../tape/allocations.h"
#include "support/support.h"

#include <matgrad.h>

#include <string.h>

static const double x[] = { 2, 0.5, -0.25, 1.5 };

static mgd_var *square_sum(mgd_var *v) { return mgd_sum(mgd_hadamard(v, v)); }

static mgd_var *function_of(mgd_var *A) {
    mgd_var *f = mgd_sum(mgd_qr_r(A));
    f = mgd_add(f, mgd_add(mgd_sum(mgd_qr_q(A)), square_sum(mgd_pinv(A))));
    f = mgd_add(f, mgd_add(mgd_sum(mgd_expm(A)), mgd_spectral_norm(A)));
    f = mgd_add(f, mgd_add(square_sum(mgd_lyapunov(A, A)), square_sum(mgd_sylvester(A, A, A))));
    f = mgd_add(f, mgd_add(square_sum(mgd_solve_right(A, mgd_transpose(A))), mgd_trace(mgd_matrix_power(A, -3))));
    return mgd_add(f, mgd_hadamard(mgd_det_sign(A), square_sum(mgd_triangular_solve_upper(A, A))));
}

/* The gradient and a Hessian-vector product, or false. */
static bool evaluated(mgd_var *A, double *out) {
    mgd_var *f = function_of(A);
    if (!mgd_set(A, x, 2, 2)) return false;
    const double *g = mgd_value(mgd_gradient(f, A));
    if (!g) return false;
    memcpy(out, g, 4 * sizeof *out);
    const double *h = mgd_value(mgd_hessian_vector(f, A, A));
    if (!h) return false;
    memcpy(out + 4, h, 4 * sizeof *out);
    return true;
}

START_TEST(every_allocation_may_fail) {
    double truth[8], got[8];
    mgd_tape *t = mgd_tape_new();
    ck_assert_msg(evaluated(mgd_input(t, "A", 2, 2), truth), "%s", mgd_message(t));
    mgd_tape_free(t);
    bool failed = true;
    int errors = 0;
    for (size_t k = 1; failed; k++) {
        long live = allocations.live; /* Check itself may allocate, but not before what is leaked is known */
        t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", 2, 2);
        allocations.failing = allocations.requests + k;
        bool fine = evaluated(A, got);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        bool said = strstr(mgd_message(t), "memory"), right = !fine || !memcmp(got, truth, sizeof truth);
        errors += !fine;
        mgd_clear(t);
        bool goes_on = evaluated(A, got) && !memcmp(got, truth, sizeof truth);
        mgd_tape_free(t);
        long leaked = allocations.live - live;
        ck_assert_msg(!leaked, "allocation %d: %ld pieces leaked", (int)k, leaked);
        ck_assert_msg(right && goes_on, "allocation %d: another value", (int)k);
        ck_assert_msg(fine || said, "allocation %d: no value and no message", (int)k);
    }
    ck_assert_int_ge(errors, 30);
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

TESTS("linear/memory", every_allocation_may_fail, verdicts_without_memory_are_undecided);
