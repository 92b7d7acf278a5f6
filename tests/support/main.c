/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdlib.h>

uint64_t test_random(uint64_t *state) {
    uint64_t x = (*state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double test_uniform(uint64_t *state) { return (double)(test_random(state) >> 11) * 0x1p-52 - 1; }

int main(void) {
    Suite *suite = suite_create(test_suite_name);
    TCase *all = tcase_create(test_suite_name);
    tcase_set_timeout(all, 120);
    for (size_t i = 0; test_suite_tests[i]; i++) tcase_add_test(all, test_suite_tests[i]);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
