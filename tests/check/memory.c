/* SPDX-License-Identifier: MIT */
/* Running out of memory in a check or in a Jacobian, at every single allocation: an answer that says so, no leak, and a
 * tape that stays as it was. */
#include "../tape/expect.h"

#include "../tape/allocations.h"

#include <stdio.h>

static const double x0[] = { 0.5, -1.25 }, A0[] = { 2, 1, -1, 3 };

static bool cube(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    const double *a = in->data;
    (void)user, (void)why, (void)n;
    for (int64_t i = 0; i < in->rows * in->cols; i++) ((double *)out->data)[i] = a[i] * a[i] * a[i];
    return true;
}

static mgd_var *cube_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    mgd_var *a = mgd_operand(c, i);
    (void)user;
    return mgd_hadamard(dc, mgd_scale(mgd_number(mgd_tape_of(c), 3), mgd_hadamard(a, a)));
}

typedef struct {
    mgd_tape *t;
    mgd_operation *op;
    mgd_var *x, *y, *f, *claim;
} problem;

static problem set_up(void) {
    problem p = { .t = mgd_tape_new(), .op = mgd_operation_new("cube", 1) };
    mgd_operation_set_value(p.op, cube);
    mgd_operation_set_pullback(p.op, cube_pullback);
    mgd_operation_set_checked(p.op, false);
    mgd_var *A = mgd_input(p.t, "A", 2, 2);
    p.x = mgd_input(p.t, "x", 2, 1);
    mgd_set(A, A0, 2, 2);
    mgd_set(p.x, x0, 2, 1);
    p.y = mgd_solve(A, mgd_apply(p.op, 1, (mgd_var *[]){ mgd_abs(p.x) }));
    p.f = mgd_sum(mgd_hadamard(p.y, mgd_sigmoid(p.x)));
    p.claim = mgd_gradient(p.f, p.x);
    return p;
}

static const char *jacobian(problem *p) {
    double J[4] = { 0 };
    return mgd_jacobian(p->y, p->x, mgd_rows(J, 2, 2)) ? "" : mgd_message(p->t);
}

static const char *hessian(problem *p) {
    double H[4] = { 0 };
    return mgd_hessian(p->f, p->x, mgd_rows(H, 2, 2)) ? "" : mgd_message(p->t);
}

static mgd_gradient_check answer;

static const char *check_gradient(problem *p) {
    answer = mgd_check_gradient(p->f, p->x, NULL);
    return answer.message;
}

static const char *check_claim(problem *p) {
    answer = mgd_check_gradient(p->f, p->x, p->claim);
    return answer.message;
}

static const char *check_operation(problem *p) {
    answer = mgd_check_operation(p->op, 1, &p->x);
    return answer.message;
}

/* Applied for the first time, it is tried; where there is no memory to try it, it is let be. */
static const char *apply_checked(problem *p) {
    mgd_operation_set_checked(p->op, true);
    mgd_apply(p->op, 1, (mgd_var *[]){ mgd_abs(p->x) }); /* recorded before: only the trial is new */
    return mgd_message(p->t);
}

static void fail_every_allocation(const char *what, const char *(*call)(problem *p)) {
    bool failed = true;
    int refused = 0;
    for (size_t k = 1; failed; k++) {
        problem p = set_up();
        call(&p); /* what the tape keeps for walks and values is there */
        size_t nodes = mgd_count(p.t);
        long live = allocations.live;
        allocations.failing = allocations.requests + k;
        const char *message = call(&p);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        long leaked = allocations.live - live;
        char said[512];
        snprintf(said, sizeof said, "%s", message);
        bool untouched = mgd_count(p.t) == nodes && !mgd_failed(p.t);
        const double *value = mgd_value(p.f);
        ck_assert_msg(untouched, "%s, allocation %zu: the tape has changed: '%s'", what, k, said);
        ck_assert_msg(value, "%s, allocation %zu: %s", what, k, mgd_message(p.t));
        ck_assert_msg(!said[0] || strstr(said, "memory"), "%s, allocation %zu: '%s'", what, k, said);
        ck_assert_msg(leaked <= 0, "%s, allocation %zu: %ld pieces leaked", what, k, leaked);
        refused += said[0] != 0;
        mgd_tape_free(p.t);
        mgd_operation_free(p.op);
    }
    ck_assert_msg(refused > 0 || call == apply_checked, "%s: nothing was refused", what);
}

START_TEST(every_allocation_may_fail) {
    fail_every_allocation("jacobian", jacobian);
    fail_every_allocation("hessian", hessian);
    fail_every_allocation("check of the gradient", check_gradient);
    fail_every_allocation("check of a claim", check_claim);
    fail_every_allocation("check of an operation", check_operation);
    fail_every_allocation("apply", apply_checked);
}
END_TEST

TESTS("memory of checks", every_allocation_may_fail);
