/* SPDX-License-Identifier: MIT */
/* A session, on a terminal of its own. */
#define _XOPEN_SOURCE 700
#include "support/command.h"
#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int terminal = -1;
static pid_t child;
static char shown[1 << 18];
static size_t length;

/* The terminal becomes the child's own, so that Ctrl-C on it is a signal. */
static void become_matgrad(const char *slave, const char *arguments) {
    char path[4200], self[4096], line[4400];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n] = '\0';
    for (int up = 0; up < 3; up++) *strrchr(self, '/') = '\0';
    snprintf(path, sizeof path, "%s/matgrad", self);
    setsid();
    int fd = open(slave, O_RDWR);
    if (fd < 0 || chdir(command_folder()) || dup2(fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0) _exit(126);
    setenv("HOME", command_folder(), 1);
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    setenv("LC_ALL", "C", 1);
    unsetenv("XDG_STATE_HOME");
    snprintf(line, sizeof line, "exec '%s' %s", path, arguments);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

static void start(const char *arguments) {
    command_folder();
    terminal = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal, 0);
    ck_assert_int_eq(grantpt(terminal), 0);
    ck_assert_int_eq(unlockpt(terminal), 0);
    char slave[100];
    snprintf(slave, sizeof slave, "%s", ptsname(terminal));
    struct winsize size = { .ws_row = 40, .ws_col = 100 };
    length = 0;
    child = fork();
    if (child == 0) become_matgrad(slave, arguments);
    ioctl(terminal, TIOCSWINSZ, &size);
}

static bool read_more(int milliseconds) {
    struct pollfd p = { .fd = terminal, .events = POLLIN };
    if (poll(&p, 1, milliseconds) <= 0) return false;
    ssize_t n = read(terminal, shown + length, sizeof shown - length - 1);
    if (n <= 0) return false;
    length += (size_t)n;
    shown[length] = '\0';
    return true;
}

/* Waits until the terminal shows it, behind what was waited for before. */
static void see(const char *text) {
    static const int patience = 20000;
    shown[length] = '\0';
    char *at;
    while (!(at = strstr(shown, text)) && read_more(patience)) {}
    ck_assert_msg(at != NULL, "waiting for \"%s\", seen\n%.3000s", text, shown);
    at += strlen(text);
    memmove(shown, at, strlen(at) + 1);
    length = strlen(shown);
}

static void type(const char *text) { ck_assert_int_eq(write(terminal, text, strlen(text)), (ssize_t)strlen(text)); }

static void line(const char *text, const char *answer) {
    type(text);
    type("\n");
    see(answer);
    see("matgrad> ");
}

static int finish(void) {
    int status;
    for (int k = 0; waitpid(child, &status, WNOHANG) == 0; k++) {
        if (k == 200) kill(child, SIGKILL);
        read_more(50);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    close(terminal);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

START_TEST(results_stay_named) {
    start("");
    see("Formulas, or :help");
    see("matgrad> ");
    line("2 + 3", "r1 = 5\r\n");
    line("ans^2", "r2 = 25\r\n");
    line("r1 + r2", "r3 = 30\r\n");
    line("X: m x n", "");
    line("sum(X.*X)", "let r4 = sum(X.*X)\r\n");
    line("d ans wrt X", "let r5 = X + X\r\n");
    line("d r4 wrt X == 2*X", "holds");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(data_are_loaded_and_set) {
    command_file("X.csv", "1,2\n3,4\n");
    start("");
    see("matgrad> ");
    line(":load X X.csv", "");
    line("X*X", "r1, 2x2\r\n7,10\r\n15,22\r\n");
    line(":set X = [1, 0; 0, 1]", "");
    line("r1", "1,0\r\n0,1\r\n");
    line(":set X=[1,2,3]", "X: [1,2,3] is 1x3, and X is declared 2 x 2");
    line("sum(X)", "r3 = 2\r\n");
    line(":load X none.csv", "none.csv");
    line(":wrt X", "");
    line("sum(X.*X)", "# dX, 2x2\r\n2,0\r\n0,2\r\n");
    line(":wrt", "");
    line(":vars", "X: 2 x 2 = [1, 0; 0, 1]\r\n");
    line(":format json", "");
    line("X", "\"value\": [[1, 0], [0, 1]]");
    line(":format nonsense", "text, unicode");
    type(":quit\n");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(errors_lose_nothing) {
    start("--at s=3");
    see("matgrad> ");
    line("s*2", "r1 = 6\r\n");
    line("s*)", "line 2:1:3: ");
    line("t*2", "nothing is called t");
    line("log(s-3)", "not finite");
    line("inv(s-3)", "singular");
    line(":nonsense", ":help lists what there is");
    line(":hlep", "did you mean :help?");
    line("d ones(2,2)*s wrt s", "1x1");
    line("r1 + s", "9\r\n");
    type("sum(\n");
    see("... ");
    line("s)", "= 3\r\n");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(interrupting_drops_the_line) {
    start("");
    see("matgrad> ");
    type("1 + 2 + ");
    see("1 + 2 + ");
    type("\003");
    see("matgrad> ");
    line("40 + 2", "r1 = 42\r\n");
    type("sum(1,\n");
    see("... ");
    type("\003");
    see("matgrad> ");
    line("6*7", "r2 = 42\r\n");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(help_and_manual_and_tape) {
    start("");
    see("matgrad> ");
    line(":help", ":load NAME FILE");
    line(":ops tr", "trace: the sum of the diagonal.");
    line("x: n", "");
    line("sum(exp(x))", "let r1 = sum(exp(x))");
    line(":tape", "dA += chain(dC, C)");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

static bool has_libedit(void) {
    command("matgrad --version");
    return strstr(command_out, "line editing: libedit") != NULL;
}

START_TEST(lines_are_remembered_and_names_completed) {
    if (!has_libedit()) return;
    start("");
    see("matgrad> ");
    line("321 + 1", "r1 = 322\r\n");
    type("\004");
    ck_assert_int_eq(finish(), 0);
    command_says("cat .local/state/matgrad/history; ls -l .local/state/matgrad/history", 0, "321");
    ck_assert_ptr_nonnull(strstr(command_out, "-rw-------"));
    start("");
    see("matgrad> ");
    type("\033[A\n"); /* the line before */
    see("r1 = 322\r\n");
    see("matgrad> ");
    type("40 + logsumex\t");
    see("p");
    type("(0)\n");
    see("r2 = 40\r\n");
    see("matgrad> ");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(a_history_that_cannot_be_written_is_no_error) {
    command("rm -rf .local; echo not a folder >.local");
    start("");
    see("matgrad> ");
    line("1+1", "r1 = 2\r\n");
    type("\004");
    ck_assert_int_eq(finish(), 0);
}
END_TEST

TESTS("a session on a terminal", results_stay_named, data_are_loaded_and_set, errors_lose_nothing,
      interrupting_drops_the_line, help_and_manual_and_tape, lines_are_remembered_and_names_completed,
      a_history_that_cannot_be_written_is_no_error);
