/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

#include <stdlib.h>
#include <string.h>

uint64_t test_random(uint64_t *state) {
    uint64_t x = (*state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double test_uniform(uint64_t *state) { return (double)(test_random(state) >> 11) * 0x1p-52 - 1; }

static SRunner *runner_of(const char *name) {
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    tcase_set_timeout(all, 120);
    if (&test_rules) rule_tests_add(all);
    if (test_suite_add) test_suite_add(all);
    suite_add_tcase(suite, all);
    return srunner_create(suite);
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "--mutants")) return run_mutants() ? EXIT_FAILURE : EXIT_SUCCESS;
    SRunner *runner = runner_of(&test_suite_name ? test_suite_name : test_rules.operation);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
