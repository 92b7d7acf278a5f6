/* SPDX-License-Identifier: MIT */
/* The tower of primes is what tower.h says it is. */
#include "numbers/tower.h"
#include "numbers/number.h"
#include "support/support.h"

static uint64_t raise_modulo(uint64_t a, uint64_t e, uint64_t m) {
    uint64_t r = 1;
    for (; e; e >>= 1, a = multiply_modulo(a, a, m))
        if (e & 1) r = multiply_modulo(r, a, m);
    return r;
}

static bool is_strong_probable_prime(uint64_t n, uint64_t base) {
    uint64_t d = n - 1;
    int twos = 0;
    for (; d % 2 == 0; d /= 2) twos++;
    uint64_t x = raise_modulo(base, d, n);
    if (x == 1 || x == n - 1) return true;
    for (; twos > 1; twos--) {
        x = multiply_modulo(x, x, n);
        if (x == n - 1) return true;
    }
    return false;
}

/* Deterministic below 3.3e24 with the first 12 primes as bases (Sorenson and Webster 2015). */
static bool is_prime(uint64_t n) {
    static const uint64_t bases[] = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37 };
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        if (n == bases[i]) return true;
        if (n < 2 || n % bases[i] == 0 || !is_strong_probable_prime(n, bases[i])) return false;
    }
    return true;
}

START_TEST(the_test_for_primes_knows_primes) {
    ck_assert(is_prime(2) && is_prime(37) && is_prime(41) && is_prime(0x1fffffffffffffff));
    ck_assert(!is_prime(1) && !is_prime(41 * 41) && !is_prime(3215031751) && !is_prime(0x1ffffffffffffffd));
}
END_TEST

START_TEST(every_level_is_a_prime_that_is_3_modulo_4) {
    ck_assert_int_ge(LEVELS, 3);
    for (int l = 0; l < LEVELS; l++) {
        ck_assert_msg(is_prime(prime[l]), "level %d", l);
        ck_assert_uint_eq(prime[l] % 4, 3);
    }
}
END_TEST

START_TEST(every_level_is_twice_the_next_and_one) {
    for (int l = 0; l + 1 < LEVELS; l++) ck_assert_uint_eq(prime[l], 2 * prime[l + 1] + 1);
}
END_TEST

START_TEST(one_prime_divides_the_order_of_every_circle) {
    ck_assert(is_prime(circle_order) && circle_order > 1u << 30);
    for (int l = 0; l < LEVELS; l++) ck_assert_uint_eq((prime[l] + 1) % circle_order, 0);
}
END_TEST

START_TEST(the_modulus_that_doubts_count_with_is_the_first_level) {
    ck_assert(mgd__residue_modulus() == (double)prime[0]);
    ck_assert(mgd__residue_modulus() > 0x1p60);
}
END_TEST

START_TEST(the_base_of_exp_generates_the_squares_of_every_level) { /* of prime order, but for 1 */
    for (int l = 0; l < LEVELS; l++) {
        ck_assert_uint_ne(49 % prime[l], 1);
        ck_assert_uint_eq(raise_modulo(49, (prime[l] - 1) / 2, prime[l]), 1);
    }
}
END_TEST

START_TEST(reciprocals_and_squares_of_a_level_are_right) {
    uint64_t state = 1;
    for (int l = 0; l < LEVELS; l++)
        for (int k = 0; k < 200; k++) {
            uint64_t a = test_random(&state) % (prime[l] - 1) + 1;
            ck_assert_uint_eq(multiply(a, reciprocal(a, l), l), 1);
            ck_assert(is_square(multiply(a, a, l), l));
            ck_assert_int_ne(is_square(a, l), is_square(prime[l] - a, l));
        }
}
END_TEST

START_TEST(a_number_is_known_at_no_level_that_its_denominator_divides) {
    for (int l = 0; l < LEVELS; l++) {
        residue q = r_rational(1, (int64_t)prime[l]);
        ck_assert_int_eq(q.depth, l);
    }
    ck_assert_int_eq(r_rational(1, (int64_t)prime[2] * 7).depth, 2);
    ck_assert_int_eq(r_rational(1, (int64_t)prime[2] + 1).depth, LEVELS);
}
END_TEST

START_TEST(every_level_of_a_rational_number_is_its_residue) {
    const int64_t most = INT64_MAX, n[] = { 0, 1, -1, 7, -12345678901, most, -most };
    const int64_t d[] = { 1, 2, 3, 1000000007, most };
    for (size_t i = 0; i < sizeof n / sizeof n[0]; i++)
        for (size_t j = 0; j < sizeof d / sizeof d[0]; j++) {
            residue q = r_rational(n[i], d[j]);
            ck_assert_int_eq(q.depth, LEVELS);
            for (int l = 0; l < LEVELS; l++) { /* q d = n */
                uint64_t left = multiply_modulo(q.r[l], (uint64_t)d[j] % prime[l], prime[l]);
                uint64_t right = (uint64_t)(n[i] < 0 ? -n[i] : n[i]) % prime[l];
                ck_assert_uint_lt(q.r[l], prime[l]);
                ck_assert_uint_eq(left, n[i] < 0 && right ? prime[l] - right : right);
            }
        }
}
END_TEST

TESTS("tower", the_test_for_primes_knows_primes, every_level_is_a_prime_that_is_3_modulo_4,
      every_level_is_twice_the_next_and_one, one_prime_divides_the_order_of_every_circle,
      the_modulus_that_doubts_count_with_is_the_first_level, the_base_of_exp_generates_the_squares_of_every_level,
      reciprocals_and_squares_of_a_level_are_right, a_number_is_known_at_no_level_that_its_denominator_divides,
      every_level_of_a_rational_number_is_its_residue);
