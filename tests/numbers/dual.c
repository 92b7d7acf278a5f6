/* SPDX-License-Identifier: MIT */
/* Duals, duals of duals and their duals carry the derivatives that calculus gives, exactly. */
#include "numbers/numbers.h"

/* f, f', f'' and f''' at x, in closed form. */
typedef struct {
    const char *name;
    bool positive; /* needs a positive x */
    mgd_element (*f)(const mgd_numbers *S, mgd_element x);
    mgd_element (*derivative[4])(const mgd_numbers *S, mgd_element x);
} function;

static mgd_element multiple(const mgd_numbers *S, int64_t n, int64_t d, mgd_element x) {
    return times(S, S->rational(S, n, d), x);
}
static mgd_element power(const mgd_numbers *S, mgd_element x, int64_t n, int64_t d) { return S->power(S, x, n, d); }

static mgd_element fifth(const mgd_numbers *S, mgd_element x) {
    mgd_element x2 = times(S, x, x);
    return times(S, x, times(S, x2, x2));
}
static mgd_element fifth_power(const mgd_numbers *S, mgd_element x) { return power(S, x, 5, 1); }
static mgd_element fifth1(const mgd_numbers *S, mgd_element x) { return multiple(S, 5, 1, power(S, x, 4, 1)); }
static mgd_element fifth2(const mgd_numbers *S, mgd_element x) { return multiple(S, 20, 1, power(S, x, 3, 1)); }
static mgd_element fifth3(const mgd_numbers *S, mgd_element x) { return multiple(S, 60, 1, power(S, x, 2, 1)); }

static mgd_element reciprocal(const mgd_numbers *S, mgd_element x) { return over(S, whole(S, 1), x); }
static mgd_element reciprocal_power(const mgd_numbers *S, mgd_element x) { return power(S, x, -1, 1); }
static mgd_element reciprocal1(const mgd_numbers *S, mgd_element x) { return multiple(S, -1, 1, power(S, x, -2, 1)); }
static mgd_element reciprocal2(const mgd_numbers *S, mgd_element x) { return multiple(S, 2, 1, power(S, x, -3, 1)); }
static mgd_element reciprocal3(const mgd_numbers *S, mgd_element x) { return multiple(S, -6, 1, power(S, x, -4, 1)); }

static mgd_element exponential(const mgd_numbers *S, mgd_element x) { return S->exp(S, x); }
static mgd_element exp_of_2x(const mgd_numbers *S, mgd_element x) { return S->exp(S, plus(S, x, x)); }
static mgd_element exp_of_2x1(const mgd_numbers *S, mgd_element x) { return multiple(S, 2, 1, exp_of_2x(S, x)); }
static mgd_element exp_of_2x2(const mgd_numbers *S, mgd_element x) { return multiple(S, 4, 1, exp_of_2x(S, x)); }
static mgd_element exp_of_2x3(const mgd_numbers *S, mgd_element x) { return multiple(S, 8, 1, exp_of_2x(S, x)); }

static mgd_element logarithm(const mgd_numbers *S, mgd_element x) { return S->log(S, x); }
static mgd_element log3(const mgd_numbers *S, mgd_element x) { return multiple(S, 2, 1, power(S, x, -3, 1)); }

static mgd_element root(const mgd_numbers *S, mgd_element x) { return power(S, x, 1, 2); }
static mgd_element root1(const mgd_numbers *S, mgd_element x) { return multiple(S, 1, 2, power(S, x, -1, 2)); }
static mgd_element root2(const mgd_numbers *S, mgd_element x) { return multiple(S, -1, 4, power(S, x, -3, 2)); }
static mgd_element root3(const mgd_numbers *S, mgd_element x) { return multiple(S, 3, 8, power(S, x, -5, 2)); }

static mgd_element cube_root(const mgd_numbers *S, mgd_element x) { return power(S, x, 1, 3); }
static mgd_element cube_root1(const mgd_numbers *S, mgd_element x) { return multiple(S, 1, 3, power(S, x, -2, 3)); }
static mgd_element cube_root2(const mgd_numbers *S, mgd_element x) { return multiple(S, -2, 9, power(S, x, -5, 3)); }
static mgd_element cube_root3(const mgd_numbers *S, mgd_element x) { return multiple(S, 10, 27, power(S, x, -8, 3)); }

static mgd_element zero(const mgd_numbers *S, mgd_element x) {
    (void)x;
    return whole(S, 0);
}
static mgd_element one(const mgd_numbers *S, mgd_element x) {
    (void)x;
    return whole(S, 1);
}
static mgd_element sign(const mgd_numbers *S, mgd_element x) { return S->sign(S, x); }
static mgd_element absolute(const mgd_numbers *S, mgd_element x) { return times(S, x, S->sign(S, x)); }
static mgd_element identity(const mgd_numbers *S, mgd_element x) { return power(S, x, 1, 1); }
static mgd_element to_the_zeroth(const mgd_numbers *S, mgd_element x) { return power(S, x, 0, 1); }
static mgd_element opposite(const mgd_numbers *S, mgd_element x) { return minus(S, whole(S, 3), x); }
static mgd_element opposite1(const mgd_numbers *S, mgd_element x) {
    (void)x;
    return whole(S, -1);
}

/* log(1 + e^x), whose slope is the sigmoid s, then s (1 - s), s (1 - s) (1 - 2 s) */
static mgd_element softplus(const mgd_numbers *S, mgd_element x) {
    return S->log(S, plus(S, whole(S, 1), S->exp(S, x)));
}
static mgd_element sigmoid(const mgd_numbers *S, mgd_element x) {
    return over(S, whole(S, 1), plus(S, whole(S, 1), S->exp(S, minus(S, whole(S, 0), x))));
}
static mgd_element softplus2(const mgd_numbers *S, mgd_element x) {
    mgd_element s = sigmoid(S, x);
    return times(S, s, minus(S, whole(S, 1), s));
}
static mgd_element softplus3(const mgd_numbers *S, mgd_element x) {
    mgd_element s = sigmoid(S, x);
    return times(S, softplus2(S, x), minus(S, whole(S, 1), plus(S, s, s)));
}

static const function functions[] = {
    { "x^5 by products", false, fifth, { fifth, fifth1, fifth2, fifth3 } },
    { "x^5 as a power", false, fifth_power, { fifth, fifth1, fifth2, fifth3 } },
    { "1/x", false, reciprocal, { reciprocal, reciprocal1, reciprocal2, reciprocal3 } },
    { "x^-1", false, reciprocal_power, { reciprocal, reciprocal1, reciprocal2, reciprocal3 } },
    { "exp", false, exponential, { exponential, exponential, exponential, exponential } },
    { "exp(2x)", false, exp_of_2x, { exp_of_2x, exp_of_2x1, exp_of_2x2, exp_of_2x3 } },
    { "log", true, logarithm, { logarithm, reciprocal, reciprocal1, log3 } },
    { "sqrt", true, root, { root, root1, root2, root3 } },
    { "cube root", false, cube_root, { cube_root, cube_root1, cube_root2, cube_root3 } },
    { "sign", false, sign, { sign, zero, zero, zero } },
    { "abs", false, absolute, { absolute, sign, zero, zero } },
    { "x^1", false, identity, { identity, one, zero, zero } },
    { "x^0", false, to_the_zeroth, { one, zero, zero, zero } },
    { "3 - x", false, opposite, { opposite, opposite1, zero, zero } },
    { "softplus", false, softplus, { softplus, sigmoid, softplus2, softplus3 } }
};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

START_TEST(three_derivatives_are_those_of_calculus) {
    for (int i = 0; i < FUNCTIONS; i++) {
        int points = 0;
        for (uint64_t seed = 1; points < 10 && seed < 200; seed++) {
            systems w;
            begin(&w, seed);
            const mgd_numbers *S = &w.S, *D = &w.D, *DD = &w.DD, *DDD = &w.DDD;
            mgd_element x = S->draw(S, 1, functions[i].positive), tangent = whole(S, 1), none = whole(S, 0);
            mgd_element x1 = mgd__dual(D, x, tangent);                       /* x + e1 */
            mgd_element x2 = mgd__dual(DD, x1, mgd__dual(D, tangent, none)); /* + e2 */
            mgd_element x3 = mgd__dual(DDD, x2, mgd__dual(DD, mgd__dual(D, tangent, none), mgd__dual(D, none, none)));
            mgd_element y = functions[i].f(DDD, x3);
            mgd_element part[4], in_e3 = mgd__dual_tangent(DDD, y), in_e2 = mgd__dual_tangent(DD, in_e3);
            part[0] = mgd__dual_value(D, mgd__dual_value(DD, mgd__dual_value(DDD, y)));
            part[1] = mgd__dual_value(D, mgd__dual_value(DD, in_e3));
            part[2] = mgd__dual_value(D, in_e2);
            part[3] = mgd__dual_tangent(D, in_e2);
            mgd_element expected[4];
            for (int k = 0; k < 4; k++) expected[k] = functions[i].derivative[k](S, x);
            if (fine(&w)) {
                points++;
                for (int k = 0; k < 4; k++)
                    ck_assert_msg(mgd__vanishes(S, minus(S, part[k], expected[k])), "derivative %d of %s", k,
                                  functions[i].name);
                mgd_element in_e1 = mgd__dual_tangent(D, mgd__dual_value(DD, mgd__dual_value(DDD, y)));
                mgd_element in_e1_and_e3 = mgd__dual_tangent(D, mgd__dual_value(DD, in_e3));
                ck_assert(mgd__vanishes(S, minus(S, part[1], in_e1)));
                ck_assert(mgd__vanishes(S, minus(S, part[2], in_e1_and_e3)));
            }
            end(&w);
        }
        ck_assert_msg(points == 10, "%s: %d points", functions[i].name, points);
    }
}
END_TEST

START_TEST(tangents_are_linear_and_follow_the_rules) {
    systems w;
    begin(&w, 9);
    const mgd_numbers *S = &w.S, *D = &w.D;
    mgd_element a = S->draw(S, 1, false), b = S->draw(S, 2, false), u = S->draw(S, 3, false), v = S->draw(S, 4, false);
    mgd_element x = mgd__dual(D, a, u), y = mgd__dual(D, b, v);
    assert_equal(S, mgd__dual_tangent(D, plus(D, x, y)), plus(S, u, v));
    assert_equal(S, mgd__dual_tangent(D, minus(D, x, y)), minus(S, u, v));
    assert_equal(S, mgd__dual_tangent(D, times(D, x, y)), plus(S, times(S, u, b), times(S, a, v)));
    mgd_element numerator = minus(S, times(S, u, b), times(S, a, v));
    assert_equal(S, mgd__dual_tangent(D, over(D, x, y)), over(S, numerator, times(S, b, b)));
    assert_equal(S, mgd__dual_value(D, over(D, x, y)), over(S, a, b));
    end(&w);
}
END_TEST

START_TEST(numbers_and_draws_do_not_move) {
    systems w;
    begin(&w, 9);
    const mgd_numbers *all[] = { &w.D, &w.DD, &w.DDD };
    for (int i = 0; i < 3; i++) {
        const mgd_numbers *D = all[i];
        assert_equal(D->over, mgd__dual_tangent(D, D->rational(D, -3, 7)), whole(D->over, 0));
        assert_equal(D->over, mgd__dual_tangent(D, D->draw(D, 5, true)), whole(D->over, 0));
        assert_equal(D->over, mgd__dual_value(D, D->draw(D, 5, true)), D->over->draw(D->over, 5, true));
        assert_equal(D->over, mgd__dual_value(D, D->rational(D, -3, 7)), D->over->rational(D->over, -3, 7));
    }
    end(&w);
}
END_TEST

START_TEST(a_dual_is_zero_by_its_value_and_vanishes_by_all_its_parts) {
    systems w;
    begin(&w, 9);
    const mgd_numbers *S = &w.S, *D = &w.D, *DD = &w.DD;
    mgd_element e = mgd__dual(D, whole(S, 0), whole(S, 1)), e_of_e = mgd__dual(DD, whole(D, 0), e);
    ck_assert(D->is_zero(D, e));
    ck_assert(D->magnitude(D, e) == 0 && D->magnitude(D, whole(D, 3)) > 0);
    ck_assert(!mgd__vanishes(D, e));
    ck_assert(mgd__vanishes(D, times(D, e, e)));
    ck_assert(DD->is_zero(DD, e_of_e));
    ck_assert(!mgd__vanishes(DD, e_of_e));
    ck_assert(!mgd__vanishes(DD, mgd__dual(DD, e, whole(D, 0))));
    ck_assert(mgd__vanishes(DD, whole(DD, 0)));

    mgd_residuals r = { 0, 0 };
    mgd__must_vanish(D, &r, e);
    mgd__must_vanish(D, &r, whole(D, 0));
    mgd__must_vanish(D, &r, whole(D, 2));
    ck_assert_int_eq(r.entries, 3);
    ck_assert_int_eq(r.nonzero, 2);
    end(&w);
}
END_TEST

START_TEST(slopes_that_do_not_exist_are_bad_points) {
    systems w;
    begin(&w, 9);
    const mgd_numbers *D = &w.D;
    mgd_element zero = whole(D, 0);
    assert_fails(D, over(D, whole(D, 1), zero), MGD_BAD_POINT, "division by zero");
    assert_fails(D, D->log(D, zero), MGD_BAD_POINT, "the logarithm of zero");
    assert_fails(D, D->power(D, zero, 1, 2), MGD_BAD_POINT, "0 to a negative power");
    assert_fails(D, D->power(D, zero, 1, 3), MGD_BAD_POINT, "0 to a negative power");
    end(&w);
}
END_TEST

START_TEST(powers_of_a_moving_zero_are_those_of_calculus) {
    systems w;
    begin(&w, 9);
    const mgd_numbers *S = &w.S, *D = &w.D, *DD = &w.DD;
    mgd_element e = mgd__dual(D, whole(S, 0), whole(S, 1));
    assert_equal(D, D->power(D, e, 2, 1), whole(D, 0));
    assert_equal(D, D->power(D, e, 1, 1), e);
    assert_equal(D, D->power(D, e, 0, 1), whole(D, 1));
    mgd_element x = mgd__dual(DD, e, whole(D, 1)), square = DD->power(DD, x, 2, 1);
    assert_equal(S, mgd__dual_tangent(D, mgd__dual_tangent(DD, square)), whole(S, 2));
    end(&w);
}
END_TEST

TESTS("dual", three_derivatives_are_those_of_calculus, tangents_are_linear_and_follow_the_rules,
      numbers_and_draws_do_not_move, a_dual_is_zero_by_its_value_and_vanishes_by_all_its_parts,
      slopes_that_do_not_exist_are_bad_points, powers_of_a_moving_zero_are_those_of_calculus);
