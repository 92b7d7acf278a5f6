/* SPDX-License-Identifier: MIT */
/* Operations that take lists, recorded, differentiated and evaluated, without memory at every single allocation: an
 * error that says so, nothing leaked, and the tape goes on. */
#include "../tape/allocations.h"
#include "support/support.h"

#include <matgrad.h>

#include <string.h>

/* f over hcat, vcat, gathers whose adjoints merge, scatter, permutations, reshape and kronecker. */
static const double *evaluated(mgd_var *A) {
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
    if (!mgd_set(A, x, 3, 2)) return NULL;
    return mgd_value(mgd_gradient(f, A));
}

START_TEST(every_allocation_may_fail) {
    double truth[6];
    mgd_tape *t = mgd_tape_new();
    const double *g = evaluated(mgd_input(t, "A", 3, 2));
    ck_assert_msg(g, "%s", mgd_message(t));
    memcpy(truth, g, sizeof truth);
    mgd_tape_free(t);
    bool failed = true;
    int errors = 0;
    for (size_t k = 1; failed; k++) {
        long live = allocations.live; /* Check itself may allocate, but not before what is leaked is known */
        t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", 3, 2);
        allocations.failing = allocations.requests + k;
        g = evaluated(A);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        bool said = strstr(mgd_message(t), "memory"), right = !g || !memcmp(g, truth, sizeof truth);
        errors += !g;
        mgd_clear(t);
        const double *again = evaluated(A);
        bool goes_on = again && !memcmp(again, truth, sizeof truth);
        mgd_tape_free(t);
        long leaked = allocations.live - live;
        ck_assert_msg(!leaked, "allocation %d: %ld pieces leaked", (int)k, leaked);
        ck_assert_msg(right && goes_on, "allocation %d: another value", (int)k);
        ck_assert_msg(g || said, "allocation %d: no value and no message", (int)k);
    }
    ck_assert_int_ge(errors, 30);
}
END_TEST

TESTS("ops/memory", every_allocation_may_fail);
