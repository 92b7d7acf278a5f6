/* SPDX-License-Identifier: MIT */
/* The bounds of bounded reals hold against numbers of 77 digits, and are not idle. */
#include "numbers/numbers.h"
#include "support/precise.h"

#include <float.h>
#include <math.h>

enum { POOL = 24, STEPS = 4000 };

static mgd_numbers of_256_bits(mgd_calculation *k) { return precise_numbers(k, PRECISE_BITS); }

static mgd_element one_step(const mgd_numbers *S, uint64_t draw, mgd_element a, mgd_element b) {
    static const int64_t powers[][2] = { { 1, 2 }, { 2, 1 }, { -1, 1 }, { 3, 1 }, { 2, 3 }, { -3, 2 }, { 17, 1 } };
    static const mgd_function functions[] = { MGD_SINE,           MGD_COSINE,    MGD_ARCSINE,   MGD_ARCTANGENT,
                                              MGD_ERROR_FUNCTION, MGD_LOG_GAMMA, MGD_POLYGAMMA, MGD_PI };
    uint64_t which = draw >> 8;
    switch (draw % 9) {
    case 0:
        return plus(S, a, b);
    case 1:
    case 2:
        return minus(S, a, b);
    case 3:
        return times(S, a, b);
    case 4:
        return over(S, a, b);
    case 5:
        return S->exp(S, a);
    case 6:
        return S->log(S, a);
    case 7:
        return S->power(S, a, powers[which % 7][0], powers[which % 7][1]);
    default:
        return S->function(S, functions[which % 8], (int)(which / 8 % 3), a);
    }
}

/* How far the double is from the digits. */
static double distance(const mgd_numbers *P, mgd_element exact, double x) {
    return fabs(precise_value(P, minus(P, exact, precise_element(P, x))));
}

START_TEST(bounds_hold) {
    int told = 0, tight = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        systems r, p;
        begin_with(&r, seed, mgd__bounded_reals);
        begin_with(&p, seed, of_256_bits);
        mgd_element x[POOL], exact[POOL];
        for (uint64_t i = 0; i < POOL; i++) {
            x[i] = r.S.draw(&r.S, i, i % 2);
            exact[i] = p.S.draw(&p.S, i, i % 2);
        }
        for (uint64_t step = 0; step < STEPS; step++) {
            uint64_t draw = mgd__mix(mgd__mix(seed) ^ step), i = draw >> 24, j = draw >> 34, k = draw >> 44;
            mgd_element y = one_step(&r.S, draw, x[i % POOL], x[j % POOL]);
            mgd_element z = one_step(&p.S, draw, exact[i % POOL], exact[j % POOL]);
            double value = mgd__bounded_value(y), error = mgd__bounded_error(y);
            if (!isfinite(value) || !(error < 0.1 * fabs(value) || error == 0) || fabs(value) > 1e9) continue;
            double off = distance(&p.S, z, value);
            ck_assert_msg(off <= error, "seed %d, step %d, kind %d of %.17g: %.17g is off by %g, not %g", (int)seed,
                          (int)step, (int)(draw % 9), mgd__bounded_value(x[i % POOL]), value, off, error);
            told++;
            tight += error <= 1e-12 * fabs(value);
            x[k % POOL] = y;
            exact[k % POOL] = z;
            if (step % 16 == 0) {
                x[k % POOL] = r.S.draw(&r.S, step, step % 32);
                exact[k % POOL] = p.S.draw(&p.S, step, step % 32);
            }
        }
        ck_assert(fine(&r));
        end(&r);
        end(&p);
    }
    ck_assert_int_gt(told, 10000);
    ck_assert_int_gt(tight, told / 10);
}
END_TEST

START_TEST(whole_numbers_are_exact_and_their_signs_known) {
    systems w;
    begin_with(&w, 1, mgd__bounded_reals);
    const mgd_numbers *R = &w.S;
    mgd_element six = times(R, whole(R, 2), whole(R, 3)), zero = minus(R, over(R, six, whole(R, 3)), whole(R, 2));
    ck_assert(mgd__bounded_error(six) == 0 && mgd__bounded_error(zero) == 0);
    ck_assert(R->is_zero(R, zero) && !R->is_zero(R, six));
    ck_assert(mgd__bounded_value(R->sign(R, zero)) == 0 && mgd__bounded_value(R->sign(R, six)) == 1);
    ck_assert(mgd__bounded_error(R->rational(R, 1, 3)) > 0);
    ck_assert(fine(&w));
    end(&w);
}
END_TEST

START_TEST(what_rounding_hides_is_a_bad_point) {
    systems w;
    begin_with(&w, 1, mgd__bounded_reals);
    const mgd_numbers *R = &w.S;
    mgd_element root = R->power(R, whole(R, 2), 1, 2), nothing = minus(R, times(R, root, root), whole(R, 2));
    assert_fails(R, R->sign(R, nothing), MGD_BAD_POINT, "a sign is lost in rounding");
    ck_assert(!R->is_zero(R, nothing) && w.k.state == MGD_BAD_POINT);
    w.k.state = MGD_FINE;
    ck_assert(isinf(mgd__bounded_error(over(R, whole(R, 1), nothing))));
    ck_assert(isinf(mgd__bounded_error(R->exp(R, whole(R, 1000)))));
    ck_assert(mgd__bounded_error(R->exp(R, whole(R, -1000))) > 0);
    end(&w);
}
END_TEST

TESTS("bounded", bounds_hold, whole_numbers_are_exact_and_their_signs_known, what_rounding_hides_is_a_bad_point);
