/* SPDX-License-Identifier: MIT */
/* Every test program is one file that ends in TESTS(name, tests...); main() is here. */
#ifndef MGD_TEST_SUPPORT_H
#define MGD_TEST_SUPPORT_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

extern const char *const test_suite_name;
extern const TTest *const test_suite_tests[]; /* ends in NULL */

#define TESTS(name, ...)                                                                                               \
    const char *const test_suite_name = name;                                                                          \
    const TTest *const test_suite_tests[] = { __VA_ARGS__, NULL }

/* A generator of its own, so that every run on every machine sees the same numbers. */
uint64_t test_random(uint64_t *state);
double test_uniform(uint64_t *state); /* in (-1, 1) */

#endif
