/* SPDX-License-Identifier: MIT */
/* The pages for users are typed in and print what they say. A fenced block that begins with "$ " holds commands: "> "
 * continues one, and what follows is all that it prints, on both streams. A page that writes [exit status 1] somewhere
 * writes every status but 0. A block that begins with "matgrad> " is a session on a terminal. */
#define _XOPEN_SOURCE 700
#include "support/command.h"
#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHELL "$ "
#define MORE "> "
#define SESSION "matgrad> "
#define FENCE "```"
#define STATUS "[exit status "

typedef struct {
    const char *at; /* the line that is read next */
    size_t commands, wrong;
    bool statuses;
    char first[6000]; /* what was wrong first */
} page;

static void complain(page *p, const char *format, ...) {
    va_list arguments;
    if (p->wrong++) return;
    va_start(arguments, format);
    vsnprintf(p->first, sizeof p->first, format, arguments);
    va_end(arguments);
}

/* ---- lines ---- */

static bool is(const char *line, const char *start) { return !strncmp(line, start, strlen(start)); }

static size_t length(const char *line) {
    size_t n = strcspn(line, "\n");
    return n + (line[n] == '\n');
}

static bool ends(const page *p) { return !*p->at || is(p->at, FENCE); }

static void append(char **text, const char *more, size_t n) {
    size_t before = *text ? strlen(*text) : 0;
    *text = realloc(*text, before + n + 1);
    ck_assert_ptr_nonnull(*text);
    memcpy(*text + before, more, n);
    (*text)[before + n] = '\0';
}

/* The line, and those that continue it, without the marks in front. */
static char *typed(page *p, const char *mark) {
    char *text = NULL;
    do {
        append(&text, p->at + strlen(mark), length(p->at) - strlen(mark));
        p->at += length(p->at);
        mark = MORE;
    } while (is(p->at, MORE));
    return text;
}

/* What stands below up to the next command; a status is taken out of it. */
static char *printed(page *p, const char *mark, int *status) {
    char *text = NULL;
    append(&text, "", 0);
    for (; !ends(p) && !is(p->at, mark); p->at += length(p->at)) {
        if (is(p->at, STATUS))
            *status = atoi(p->at + strlen(STATUS));
        else
            append(&text, p->at, length(p->at));
    }
    return text;
}

/* ---- commands ---- */

static void run(page *p) {
    int status = 0;
    char *script = NULL, *line = typed(p, SHELL), *expected = printed(p, SHELL, &status);
    append(&script, "exec 2>&1\n", 10);
    append(&script, line, strlen(line));
    int got = command(script);
    if (strcmp(command_out, expected) != 0)
        complain(p, "$ %sprints\n%.2000s\nwhere the page has\n%.2000s", line, command_out, expected);
    else if (p->statuses && got != status)
        complain(p, "$ %sends with the exit status %d, where the page has %d", line, got, status);
    p->commands++;
    free(script);
    free(line);
    free(expected);
}

/* ---- a session ---- */

enum { PATIENCE = 20000 /* milliseconds */ };

typedef struct {
    int terminal;
    pid_t child;
    char shown[1 << 16];
} session;

/* build/MODE/tests/docs/NAME is this program: three up is the folder with the command. */
static void become_matgrad(const char *terminal) {
    char path[4200];
    ssize_t n = readlink("/proc/self/exe", path, 4096);
    path[n] = '\0';
    for (int up = 0; up < 3; up++) *strrchr(path, '/') = '\0';
    strcat(path, "/matgrad");
    setsid();
    int fd = open(terminal, O_RDWR);
    if (fd < 0 || chdir(command_folder()) || dup2(fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0) _exit(126);
    setenv("HOME", command_folder(), 1);
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    setenv("LC_ALL", "C", 1);
    unsetenv("XDG_STATE_HOME");
    execl(path, "matgrad", (char *)NULL);
    _exit(127);
}

static bool has_prompt(const char *text) {
    size_t n = strlen(text), prompt = strlen(SESSION);
    return n >= prompt && is(text + n - prompt, SESSION);
}

/* All that is shown until matgrad asks again; "" when it does not. */
static const char *answer(session *s) {
    size_t n = 0;
    s->shown[0] = '\0';
    struct pollfd wait = { .fd = s->terminal, .events = POLLIN };
    while (!has_prompt(s->shown)) {
        ssize_t more = poll(&wait, 1, PATIENCE) > 0 ? read(s->terminal, s->shown + n, sizeof s->shown - n - 1) : -1;
        if (more <= 0) return "";
        for (ssize_t k = 0; k < more; k++)
            if (s->shown[n + (size_t)k] == '\r') s->shown[n + (size_t)k] = ' ';
        n += (size_t)more;
        s->shown[n] = '\0';
    }
    s->shown[n - strlen(SESSION)] = '\0';
    return s->shown;
}

static void start(session *s) {
    char name[100];
    s->terminal = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(s->terminal, 0);
    ck_assert_int_eq(grantpt(s->terminal), 0);
    ck_assert_int_eq(unlockpt(s->terminal), 0);
    snprintf(name, sizeof name, "%s", ptsname(s->terminal));
    command_folder();
    s->child = fork();
    if (s->child == 0) become_matgrad(name);
    answer(s);
}

/* A Ctrl-D that is typed before the editor listens is lost: a line is not. */
static void finish(session *s) {
    static const char quit[] = ":quit\n";
    struct pollfd wait = { .fd = s->terminal, .events = POLLIN };
    char rest[1000];
    ck_assert_int_eq(write(s->terminal, quit, strlen(quit)), (ssize_t)strlen(quit));
    while (poll(&wait, 1, PATIENCE) > 0 && read(s->terminal, rest, sizeof rest) > 0) {}
    close(s->terminal);
    kill(s->child, SIGKILL); /* where it did not quit */
    while (waitpid(s->child, NULL, 0) < 0) ck_assert_int_eq(errno, EINTR);
}

/* The terminal ends lines with "\r\n"; the \r is a blank by now. */
static bool same(const char *got, const char *expected) {
    for (; *got || *expected; got++, expected++) {
        if (got[0] == ' ' && got[1] == '\n') got++;
        if (*got != *expected) return false;
    }
    return true;
}

/* The line is echoed by the editor, and before that by the terminal where it was typed too early. */
static const char *behind_echo(const char *shown, const char *line) {
    size_t n = strcspn(line, "\n");
    while (!strncmp(shown, line, n) && is(shown + n, " \n")) shown += n + 2;
    return shown;
}

static void talk(page *p) {
    session s;
    start(&s);
    while (!ends(p)) {
        int status = 0;
        char *line = typed(p, SESSION), *expected = printed(p, SESSION, &status);
        ck_assert_int_eq(write(s.terminal, line, strlen(line)), (ssize_t)strlen(line));
        const char *got = behind_echo(answer(&s), line);
        if (!same(got, expected))
            complain(p, SESSION "%sshows\n%.2000s\nwhere the page has\n%.2000s", line, got, expected);
        p->commands++;
        free(line);
        free(expected);
    }
    finish(&s);
}

/* ---- pages ---- */

static void read_block(page *p) {
    bool commands = is(p->at, FENCE "console");
    p->at += length(p->at);
    if (is(p->at, SESSION))
        talk(p);
    else if (is(p->at, SHELL))
        while (!ends(p)) run(p);
    else if (commands)
        complain(p, "a block of commands begins with %.100s", p->at);
    while (!ends(p)) p->at += length(p->at);
    if (!*p->at) complain(p, "a block has no end");
    p->at += length(p->at);
}

static page read_page(const char *text) {
    page p = { .at = text, .statuses = strstr(text, "\n" STATUS) != NULL };
    while (*p.at) {
        if (is(p.at, FENCE))
            read_block(&p);
        else
            p.at += length(p.at);
    }
    return p;
}

static void expect_page(const char *name, size_t least) {
    char line[5000];
    snprintf(line, sizeof line, "cp -R '%s/examples/tutorial/.' . && cat '%s/%s'", command_root(), command_root(),
             name);
    ck_assert_int_eq(command(line), 0);
    char *text = strdup(command_out);
    page p = read_page(text);
    free(text);
    ck_assert_msg(p.wrong == 0, "%s: %zu of %zu commands are wrong; the first:\n%s", name, p.wrong, p.commands,
                  p.first);
    ck_assert_msg(p.commands >= least, "%s: %zu commands, there should be %zu", name, p.commands, least);
}

START_TEST(the_tutorial) { expect_page("docs/tutorial.md", 100); }
END_TEST

START_TEST(the_page_of_the_command) { expect_page("docs/command.md", 20); }
END_TEST

static void expect_wrong(const char *text, size_t wrong, const char *why) {
    page p = read_page(text);
    ck_assert_msg(p.wrong == wrong, "%zu wrong, not %zu, in\n%s\n%s", p.wrong, wrong, text, p.first);
    ck_assert_msg(strstr(p.first, why) != NULL, "%s\ninstead of\n%s", p.first, why);
}

START_TEST(a_page_that_is_wrong_is_found) {
    expect_wrong("```console\n$ echo a\na\n$ matgrad eval 1+1\n2\n```\n", 0, "");
    expect_wrong("```console\n$ printf 'a\n> b\n> '\na\nb\n$ true\n```\n", 0, "");
    expect_wrong("```console\n$ echo a\nb\n```\n", 1, "$ echo a\nprints\na\n\nwhere the page has\nb\n");
    expect_wrong("```console\n$ echo a\n```\n", 1, "where the page has\n");
    expect_wrong("```console\n$ echo a\na\na\n```\n", 1, "prints\na\n");
    expect_wrong("```console\n$ true\na\n$ echo b\n```\n", 2, "$ true\nprints\n");
    expect_wrong("```console\n$ printf a\na\n```\n", 1, "prints\na\n");
    expect_wrong("```console\n$ echo a >&2\n```\n", 1, "prints\na\n");
    expect_wrong("```console\n$ false\n[exit status 1]\n$ sh -c 'exit 3'\n[exit status 3]\n```\n", 0, "");
    expect_wrong("```console\n$ false\n[exit status 2]\n```\n", 1, "exit status 1, where the page has 2");
    expect_wrong("```console\n$ true\n[exit status 1]\n```\n", 1, "exit status 0, where the page has 1");
    expect_wrong("```console\n$ false\n[exit status 1]\n$ false\n```\n", 1, "exit status 1, where the page has 0");
    expect_wrong("```console\nprinted by nobody\n$ true\n```\n", 1, "begins with printed");
    expect_wrong("```console\n$ true\n", 1, "no end");
    expect_wrong("```\nno commands\n```\n    $ false\n", 0, "");
}
END_TEST

START_TEST(a_session_that_is_wrong_is_found) {
    expect_wrong("```\nmatgrad> 1 + 1\nr1 = 2\nmatgrad> x: n\nmatgrad> ans^2\nr2 = 4\n```\n", 0, "");
    expect_wrong("```\nmatgrad> 1 + 1\nr1 = 3\n```\n", 1, "matgrad> 1 + 1\nshows\nr1 = 2");
    expect_wrong("```\nmatgrad> 1 + 1\n```\n", 1, "shows\nr1 = 2");
    expect_wrong("```\nmatgrad> x: n\nr1 = 2\n```\n", 1, "where the page has\nr1 = 2");
    expect_wrong("```\nmatgrad> :quit\nmatgrad> 1\nr1 = 1\n```\n", 1, "r1 = 1");
}
END_TEST

TESTS("pages whose commands are typed in", the_tutorial, the_page_of_the_command, a_page_that_is_wrong_is_found,
      a_session_that_is_wrong_is_found);
