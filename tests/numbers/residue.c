/* SPDX-License-Identifier: MIT */
/* What residues promise beside the laws: how deep functions nest, which points are bad, what is drawn and kept. */
#include "numbers/numbers.h"

/* ---- depth ---- */

START_TEST(exp_nests_six_deep_and_no_deeper) {
    systems w;
    begin(&w, 1);
    mgd_element x = w.S.draw(&w.S, 1, false);
    for (int depth = 1; depth <= 6; depth++) {
        x = w.S.exp(&w.S, x);
        ck_assert(fine(&w));
    }
    mgd_element y = times(&w.S, x, x); /* which is still a number like any other */
    assert_equal(&w.S, over(&w.S, y, x), x);
    assert_fails(&w.S, w.S.exp(&w.S, x), MGD_NO_SUCH_FUNCTION, "exp is nested deeper than the tower of primes");
    end(&w);
}
END_TEST

START_TEST(log_gives_back_the_level_that_exp_used) {
    systems w;
    begin(&w, 1);
    mgd_element x = w.S.draw(&w.S, 1, false), y = x;
    for (int k = 0; k < 50; k++) y = w.S.log(&w.S, w.S.exp(&w.S, y));
    assert_equal(&w.S, x, y);
    end(&w);
}
END_TEST

START_TEST(a_sum_is_as_deep_as_its_shallowest_term) {
    systems w;
    begin(&w, 1);
    mgd_element x = w.S.draw(&w.S, 1, false), deep = x;
    for (int depth = 1; depth <= 6; depth++) deep = w.S.exp(&w.S, deep);
    assert_fails(&w.S, w.S.exp(&w.S, plus(&w.S, x, deep)), MGD_NO_SUCH_FUNCTION,
                 "exp is nested deeper than the tower of primes");
    assert_fails(&w.S, w.S.exp(&w.S, times(&w.S, x, deep)), MGD_NO_SUCH_FUNCTION,
                 "exp is nested deeper than the tower of primes");
    end(&w);
}
END_TEST

/* ---- points that are bad ---- */

static mgd_element drawn(const mgd_numbers *S, int sign_wanted) {
    for (uint64_t key = 100;; key++) {
        mgd_element x = S->draw(S, key, false);
        if (S->is_zero(S, minus(S, S->sign(S, x), whole(S, sign_wanted)))) return x;
    }
}

START_TEST(where_a_function_is_undefined_the_point_is_bad) {
    systems w;
    begin(&w, 3);
    const mgd_numbers *S = &w.S;
    mgd_element zero = whole(S, 0), x = drawn(S, 1), negative_x = drawn(S, -1), square = times(S, x, x);
    assert_fails(S, over(S, x, zero), MGD_BAD_POINT, "division by zero");
    assert_fails(S, over(S, zero, zero), MGD_BAD_POINT, "division by zero");
    assert_fails(S, over(S, x, minus(S, x, x)), MGD_BAD_POINT, "division by zero");
    assert_fails(S, S->log(S, zero), MGD_BAD_POINT, "the logarithm of zero");
    mgd_element half = S->rational(S, 1, 2), log_of_negative = S->log(S, minus(S, zero, square));
    assert_fails(S, S->exp(S, times(S, half, log_of_negative)), MGD_BAD_POINT, "a negative number to a fraction");
    assert_fails(S, S->power(S, negative_x, 1, 2), MGD_BAD_POINT, "a root of a negative number");
    assert_fails(S, S->power(S, negative_x, -3, 4), MGD_BAD_POINT, "a root of a negative number");
    assert_fails(S, S->power(S, zero, -1, 1), MGD_BAD_POINT, "0 to a negative power");
    assert_fails(S, S->power(S, zero, -1, 2), MGD_BAD_POINT, "0 to a negative power");
    end(&w);
}
END_TEST

START_TEST(a_failed_calculation_goes_on_and_says_the_first_reason) {
    systems w;
    begin(&w, 3);
    const mgd_numbers *all[] = { &w.S, &w.D, &w.DD };
    for (int i = 0; i < 3; i++) {
        const mgd_numbers *S = all[i];
        mgd_element x = over(S, whole(S, 1), whole(S, 0));
        x = S->log(S, x);
        x = S->power(S, x, -1, 2);
        x = S->exp(S, plus(S, times(S, x, x), minus(S, S->sign(S, x), over(S, x, x))));
        ck_assert_ptr_nonnull(x);
        S->is_zero(S, x);
        ck_assert_int_eq(w.k.state, MGD_BAD_POINT);
        ck_assert_str_eq(w.k.why, "division by zero");
        w.k.state = MGD_FINE;
    }
    end(&w);
}
END_TEST

START_TEST(zero_has_the_powers_that_it_has) {
    systems w;
    begin(&w, 3);
    const mgd_numbers *S = &w.S;
    mgd_element zero = whole(S, 0);
    assert_equal(S, S->power(S, zero, 2, 1), zero);
    assert_equal(S, S->power(S, zero, 1, 2), zero);
    assert_equal(S, S->power(S, zero, 1, 3), zero);
    assert_equal(S, S->power(S, zero, 0, 1), whole(S, 1));
    end(&w);
}
END_TEST

/* ---- numbers ---- */

START_TEST(rational_numbers_are_themselves) {
    systems w;
    begin(&w, 3);
    const mgd_numbers *S = &w.S;
    const int64_t most = INT64_MAX;
    assert_equal(S, plus(S, S->rational(S, 1, 3), S->rational(S, 1, 6)), S->rational(S, 1, 2));
    assert_equal(S, times(S, S->rational(S, 1, 10), whole(S, 10)), whole(S, 1));
    assert_equal(S, times(S, S->rational(S, -7, most), whole(S, most)), whole(S, -7));
    assert_equal(S, plus(S, whole(S, most), whole(S, -most)), whole(S, 0));
    assert_equal(S, plus(S, whole(S, most), whole(S, 1)), S->power(S, whole(S, 2), 63, 1));
    assert_equal(S, over(S, S->rational(S, -most, most - 1), whole(S, -most)), S->rational(S, 1, most - 1));
    assert_differ(S, whole(S, most), whole(S, most - 1));
    assert_equal(S, S->power(S, S->rational(S, 9, 4), 1, 2), S->rational(S, 3, 2));
    end(&w);
}
END_TEST

START_TEST(small_whole_numbers_are_positive) { /* 29 is the first that is no square at level 0 */
    systems w;
    begin(&w, 3);
    const mgd_numbers *S = &w.S;
    for (int64_t n = 1; n < 29; n++) {
        assert_equal(S, S->sign(S, whole(S, n)), whole(S, 1));
        assert_equal(S, S->sign(S, S->rational(S, -1, n)), whole(S, -1));
        assert_equal(S, S->power(S, whole(S, n * n), 1, 2), whole(S, n));
        assert_equal(S, S->exp(S, S->log(S, whole(S, n))), whole(S, n));
    }
    end(&w);
}
END_TEST

START_TEST(powers_have_large_exponents) {
    systems w;
    begin(&w, 3);
    const mgd_numbers *S = &w.S;
    mgd_element a = S->draw(S, 1, false), p = S->draw(S, 2, true);
    const int64_t n = ((int64_t)1 << 62) - 1;
    assert_equal(S, times(S, S->power(S, a, n, 1), S->power(S, a, -n, 1)), whole(S, 1));
    assert_equal(S, times(S, S->power(S, a, n, 1), a), S->power(S, a, n + 1, 1));
    assert_equal(S, S->power(S, S->power(S, p, 1, n), n, 1), p);
    assert_equal(S, S->power(S, S->power(S, p, 1, 1 << 20), 1 << 20, 1), p);
    end(&w);
}
END_TEST

/* ---- draws ---- */

START_TEST(a_draw_depends_on_the_seed_and_the_key_alone) {
    systems u, v, other;
    begin(&u, 11);
    begin(&v, 11);
    begin(&other, 12);
    for (uint64_t key = 50; key > 0; key--) v.S.draw(&v.S, key, key % 2);
    for (uint64_t key = 0; key < 50; key++)
        for (int positive = 0; positive < 2; positive++) {
            mgd_element x = u.S.draw(&u.S, key, positive);
            assert_equal(&u.S, x, v.S.draw(&v.S, key, positive));
            assert_equal(&u.S, x, mgd__dual_value(&v.D, v.D.draw(&v.D, key, positive)));
            assert_differ(&u.S, x, other.S.draw(&other.S, key, positive));
            assert_differ(&u.S, x, u.S.draw(&u.S, key + 1, positive));
        }
    end(&u);
    end(&v);
    end(&other);
}
END_TEST

START_TEST(draws_are_of_both_signs_unless_they_are_positive) {
    systems w;
    begin(&w, 11);
    int positive = 0;
    for (uint64_t key = 0; key < 1000; key++) {
        mgd_element one = whole(&w.S, 1);
        positive += w.S.is_zero(&w.S, minus(&w.S, w.S.sign(&w.S, w.S.draw(&w.S, key, false)), one));
        assert_equal(&w.S, w.S.sign(&w.S, w.S.draw(&w.S, key, true)), one);
    }
    ck_assert_int_gt(positive, 420);
    ck_assert_int_lt(positive, 580);
    end(&w);
}
END_TEST

/* ---- what is kept ---- */

START_TEST(what_is_kept_survives_the_reset_of_the_scratch) {
    systems w;
    begin(&w, 5);
    const mgd_numbers *all[] = { &w.S, &w.D, &w.DD };
    for (int i = 0; i < 3; i++) {
        const mgd_numbers *S = all[i];
        mgd_element l = S->log(S, times(S, S->draw(S, 1, true), S->draw(S, 2, true)));
        _Alignas(max_align_t) char kept[4096];
        ck_assert_uint_le(S->size, sizeof kept);
        memcpy(kept, l, S->size);
        S->keep(S, kept);
        for (int k = 0; k < 3; k++) {
            mgd__scratch_reset(&w.k);
            for (int j = 0; j < 1000; j++) memset(mgd__scratch(&w.k, 100), 0x5a, 100);
        }
        assert_equal(S, S->exp(S, kept), times(S, S->draw(S, 1, true), S->draw(S, 2, true)));
        assert_equal(S, S->log(S, S->exp(S, kept)), kept);
    }
    end(&w);
}
END_TEST

TESTS("residue", exp_nests_six_deep_and_no_deeper, log_gives_back_the_level_that_exp_used,
      a_sum_is_as_deep_as_its_shallowest_term, where_a_function_is_undefined_the_point_is_bad,
      a_failed_calculation_goes_on_and_says_the_first_reason, zero_has_the_powers_that_it_has,
      rational_numbers_are_themselves, small_whole_numbers_are_positive, powers_have_large_exponents,
      a_draw_depends_on_the_seed_and_the_key_alone, draws_are_of_both_signs_unless_they_are_positive,
      what_is_kept_survives_the_reset_of_the_scratch);
