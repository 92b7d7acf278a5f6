/* SPDX-License-Identifier: MIT */
/* examples/operation as its user sees it: every check that it makes holds, and the derivatives are those of the
 * quadratic form that its function is. */
#define _POSIX_C_SOURCE 200809L
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N = 6 };

static char said[1 << 14];

/* Runs $OPERATION, or build/MODE/examples/operation beside this program, which is build/MODE/tests/examples/operation;
 * returns its exit status. */
static int run_example(void) {
    char program[4096], command[4200];
    const char *named = getenv("OPERATION");
    if (named) {
        snprintf(program, sizeof program, "%s", named);
    } else {
        const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 32);
        ck_assert_int_gt(length, 0);
        program[length] = 0;
        for (int up = 0; up < 3; up++) *strrchr(program, '/') = 0;
        strcat(program, "/examples/operation");
    }
    ck_assert_msg(access(program, X_OK) == 0, "%s is not there: make all", program);
    snprintf(command, sizeof command, "'%s' 2>&1", program);
    FILE *output = popen(command, "r");
    ck_assert_ptr_nonnull(output);
    said[fread(said, 1, sizeof said - 1, output)] = 0;
    const int status = pclose(output);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(every_check_holds) {
    const int status = run_example();
    ck_assert_msg(status == 0, "exit status %d and\n%s", status, said);
    int holding = 0;
    for (const char *s = said; (s = strstr(s, " holds\n")); s++) holding++;
    ck_assert_msg(holding == 5, "%d checks hold in\n%s", holding, said);
}
END_TEST

/* The Hessian is 2 C'C + 2/10 D'D, C and D circulant: entry (i, j) is what correlating x with itself gives at the
 * distance, with a ring of second differences. */
START_TEST(the_hessian_is_that_of_the_quadratic_form) {
    const double x[N] = { 1, 0.5, -0.25, 2, 0, 1 };
    ck_assert_int_eq(run_example(), 0);
    const char *s = strstr(said, "Hessian");
    ck_assert_ptr_nonnull(s);
    s += strlen("Hessian");
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            const int distance = (i - j + N) % N;
            double expected = distance == 0 ? 0.4 : distance == 1 || distance == N - 1 ? -0.2 : 0;
            for (int k = 0; k < N; k++) expected += 2 * x[k] * x[(k + distance) % N];
            char *end;
            const double printed = strtod(s, &end);
            ck_assert(end != s);
            ck_assert_msg(printed - expected < 1e-4 && expected - printed < 1e-4, "entry (%d,%d) is %g, not %g", i + 1,
                          j + 1, printed, expected);
            s = end;
        }
}
END_TEST

TESTS("example operation", every_check_holds, the_hessian_is_that_of_the_quadratic_form);
