/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "support/command.h"
#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char *command_out, *command_err;
static char folder[64], binaries[4096], root[4096];

static void remove_folder(void) {
    char line[100];
    snprintf(line, sizeof line, "rm -rf '%s'", folder);
    if (*folder && system(line)) perror(folder);
}

/* build/MODE/tests/cli/NAME is this program: three up is the folder with the command. */
static void find(void) {
    ssize_t n = readlink("/proc/self/exe", binaries, sizeof binaries - 32);
    ck_assert_int_gt(n, 0);
    binaries[n] = '\0';
    for (int up = 0; up < 3; up++) *strrchr(binaries, '/') = '\0';
    char path[4200];
    snprintf(path, sizeof path, "%s/matgrad", binaries);
    ck_assert_msg(access(path, X_OK) == 0, "%s is not there: make all", path);
    ck_assert_ptr_nonnull(getcwd(root, sizeof root));
}

const char *command_folder(void) {
    if (*folder) return folder;
    find();
    strcpy(folder, "/tmp/matgrad-cli-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    atexit(remove_folder);
    return folder;
}

const char *command_root(void) {
    command_folder();
    return root;
}

static char *whole(const char *path) {
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(n + 1);
    ck_assert_uint_eq(fread(text, 1, n, f), n);
    text[n] = '\0';
    fclose(f);
    return text;
}

static void in_child(const char *line, const char *out, const char *err) {
    char path[8400];
    snprintf(path, sizeof path, "%s:%s", binaries, getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
    setenv("PATH", path, 1);
    setenv("LC_ALL", "C", 1);
    setenv("HOME", folder, 1);
    unsetenv("NO_COLOR");
    unsetenv("XDG_STATE_HOME");
    int o = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600), e = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int in = open("/dev/null", O_RDONLY);
    if (chdir(folder) || dup2(in, 0) < 0 || dup2(o, 1) < 0 || dup2(e, 2) < 0) _exit(126);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

int command(const char *line) {
    char out[96], err[96];
    command_folder();
    snprintf(out, sizeof out, "%s/.out", folder);
    snprintf(err, sizeof err, "%s/.err", folder);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) in_child(line, out, err);
    int status;
    while (waitpid(child, &status, 0) < 0) ck_assert_int_eq(errno, EINTR);
    free(command_out);
    free(command_err);
    command_out = whole(out);
    command_err = whole(err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void command_bytes(const char *name, const void *bytes, size_t n) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", command_folder(), name);
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

void command_file(const char *name, const char *text) { command_bytes(name, text, strlen(text)); }

static bool is_error(const char *part) {
    return !part || (*part ? strstr(command_err, part) != NULL : *command_err == '\0');
}

void command_gives(const char *line, int status, const char *out, const char *err) {
    int got = command(line);
    ck_assert_msg(got == status, "%s\nstatus %d, not %d\n%.2000s%.2000s", line, got, status, command_out, command_err);
    ck_assert_msg(!strcmp(command_out, out), "%s\nprints\n%.3000s\nnot\n%.3000s", line, command_out, out);
    ck_assert_msg(is_error(err), "%s\nsays\n%.2000s\nnot\n%.2000s", line, command_err, err ? err : "");
}

void command_says(const char *line, int status, const char *part) {
    int got = command(line);
    ck_assert_msg(got == status, "%s\nstatus %d, not %d\n%.2000s%.2000s", line, got, status, command_out, command_err);
    ck_assert_msg(strstr(command_out, part) != NULL, "%s\nprints\n%.3000s\nwithout\n%.2000s", line, command_out, part);
}
