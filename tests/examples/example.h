/* SPDX-License-Identifier: MIT */
/* Runs an example as its user does, and keeps what it says. */
#ifndef MGD_TEST_EXAMPLE_H
#define MGD_TEST_EXAMPLE_H

#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char said[1 << 16]; /* on both streams */

/* What the environment variable names, or build/MODE/examples/NAME; this program is build/MODE/tests/examples/NAME. */
static void find_example(const char *name, const char *variable, char *path, size_t room) {
    const char *named = getenv(variable);
    if (named) {
        snprintf(path, room, "%s", named);
    } else {
        const ssize_t length = readlink("/proc/self/exe", path, room - 32);
        ck_assert_int_gt(length, 0);
        path[length] = 0;
        for (int up = 0; up < 3; up++) *strrchr(path, '/') = 0;
        strcat(path, "/examples/");
        strcat(path, name);
    }
    ck_assert_msg(access(path, X_OK) == 0, "%s is not there: make all", path);
}

/* Its exit status. */
static int run_example(const char *name, const char *variable, const char *arguments) {
    char path[4096], command[8192];
    find_example(name, variable, path, sizeof path);
    snprintf(command, sizeof command, "'%s' %s 2>&1", path, arguments);
    FILE *output = popen(command, "r");
    ck_assert_ptr_nonnull(output);
    said[fread(said, 1, sizeof said - 1, output)] = 0;
    const int status = pclose(output);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#endif
