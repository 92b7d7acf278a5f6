/* SPDX-License-Identifier: MIT */
/* Every test program is one file that ends in TESTS(name, tests...); main() is here. */
#ifndef MGD_TEST_SUPPORT_H
#define MGD_TEST_SUPPORT_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

extern const char *const test_suite_name __attribute__((weak));
void test_suite_add(TCase *all) __attribute__((weak));

#define TESTS(name, ...)                                                                                               \
    const char *const test_suite_name = name;                                                                          \
    void test_suite_add(TCase *all) {                                                                                  \
        const TTest *const tests[] = { __VA_ARGS__ };                                                                  \
        for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(all, tests[i]);                     \
    }                                                                                                                  \
    extern const int test_suite_ends_in_a_semicolon

/* Long series of random cases are so many times shorter under the sanitizers, which are slow and look for other mistakes:
 * what is seldom is looked for without them. */
#ifdef __SANITIZE_ADDRESS__
enum { TEST_SLOWNESS = 5 };
#else
enum { TEST_SLOWNESS = 1 };
#endif

/* A generator of its own, so that every run on every machine sees the same numbers. */
uint64_t test_random(uint64_t *state);
double test_uniform(uint64_t *state); /* in (-1, 1) */

#endif
