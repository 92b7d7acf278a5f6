/* SPDX-License-Identifier: MIT */
/* A verdict without memory, at every single allocation, is undecided and never wrong; and nothing is leaked. */
#include "../tape/allocations.h"
#include "exact/exact.h"

/* A true and a false claim with forms of logarithms, a domain, a constant, an intermediate var and named sizes. */
static void judge(const world *w, mgd_var *K, mgd_verdict v[4]) {
    mgd_var *l = log_(w->a), *p = mgd_sum(l), *u = mul(w->X, w->a), *f = add(exp_(p), mgd_logdet(mgd_cholesky(w->A)));
    v[0] = mgd_equal(exp_(add(p, p)), square(exp_(p)));
    v[1] = mgd_equal(f, add(f, mgd_sum(mul(K, K))));
    v[2] = mgd_is_gradient(inner(u, u), u, mgd_scale(number(w, "2"), u));
    v[3] = mgd_is_gradient(inner(u, u), u, u);
}

START_TEST(every_allocation_may_fail) {
    static const mgd_answer truth[] = { MGD_EQUAL, MGD_DIFFERENT, MGD_EQUAL, MGD_DIFFERENT };
    static const double data[] = { 1, 2, 3, 4 };
    bool failed = true;
    int undecided = 0;
    for (size_t k = 1; failed; k++) {
        world w;
        mgd_verdict v[4];
        long live = allocations.live; /* Check itself may allocate, but not before what is leaked is known */
        begin(&w);
        mgd_var *K = mgd_constant(w.tape, mgd_rows(data, 2, 2));
        judge(&w, K, v); /* so that the tape has what it needs */
        allocations.failing = allocations.requests + k;
        judge(&w, K, v);
        failed = allocations.requests >= allocations.failing;
        allocations.failing = 0;
        mgd_tape_free(w.tape);
        long leaked = allocations.live - live;
        ck_assert_msg(!leaked, "allocation %d: %ld pieces leaked", (int)k, leaked);
        for (int i = 0; i < 4; i++) {
            ck_assert_msg(v[i].answer == truth[i] || v[i].answer == MGD_UNDECIDED, "allocation %d, claim %d: %s (%s)",
                          (int)k, i, answer_name(v[i].answer), v[i].reason);
            ck_assert(v[i].answer != MGD_UNDECIDED || v[i].reason[0]);
            undecided += v[i].answer == MGD_UNDECIDED;
        }
    }
    ck_assert_int_ge(undecided, 20);
}
END_TEST

TESTS("exact/memory", every_allocation_may_fail);
