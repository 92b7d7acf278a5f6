/* SPDX-License-Identifier: MIT */
/* Messages, and their colours. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static bool coloured;

void cli_color(const char *when) {
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool able = isatty(STDERR_FILENO) && !(no && *no) && terminal && strcmp(terminal, "dumb") != 0;
    coloured = !strcmp(when, "always") || (strcmp(when, "never") != 0 && able);
}

static const char *paint(const char *code) { return coloured ? code : ""; }

static void say(const char *colour, const char *kind, const char *format, va_list list) {
    fflush(stdout);
    fprintf(stderr, "matgrad: %s%s%s", paint(colour), kind, paint("\033[0m"));
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
}

void cli_error(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("\033[1;31m", "error: ", format, list);
    va_end(list);
}

void cli_warning(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("\033[1;33m", "warning: ", format, list);
    va_end(list);
}

void cli_note(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("\033[1;36m", "note: ", format, list);
    va_end(list);
}

/* The place and the sentence stand out, the line and its caret follow as they are. */
static void say_in_text(const char *colour, const char *kind, const char *message) {
    size_t n = strcspn(message, "\n");
    fflush(stdout);
    fprintf(stderr, "%s%s%.*s%s%s\n", paint(colour), kind, (int)n, message, paint("\033[0m"), message + n);
}

void cli_error_in_text(const char *message) { say_in_text("\033[1;31m", "", message); }
void cli_warning_in_text(const char *message) { say_in_text("\033[1;33m", "warning: ", message); }

bool cli_out_of_memory(void) {
    cli_error("out of memory");
    return false;
}

/* ---- what takes long ---- */

static const char *volatile busy_with;
static volatile sig_atomic_t busy_shown;

static void still_busy(int signal) {
    (void)signal;
    const char *what = busy_with;
    if (!what) return;
    static const char turns[] = "|/-\\";
    char line[96] = "\r\033[K";
    size_t n = strlen(line), w = strlen(what);
    if (w > sizeof line - n - 16) w = sizeof line - n - 16;
    memcpy(line + n, what, w);
    n += w;
    memcpy(line + n, " ... ", 5);
    n += 5;
    line[n++] = turns[busy_shown++ % 4];
    ssize_t ignored = write(STDERR_FILENO, line, n);
    (void)ignored;
}

void cli_busy(const char *what) {
    if (!isatty(STDERR_FILENO)) return;
    if (what && !busy_with) {
        struct sigaction act = { .sa_handler = still_busy, .sa_flags = SA_RESTART };
        sigemptyset(&act.sa_mask);
        sigaction(SIGALRM, &act, NULL);
        const struct itimerval each = { .it_interval = { 0, 250000 }, .it_value = { 1, 0 } };
        busy_shown = 0;
        busy_with = what;
        setitimer(ITIMER_REAL, &each, NULL);
        return;
    }
    busy_with = what;
    if (what) return;
    const struct itimerval never = { { 0, 0 }, { 0, 0 } };
    setitimer(ITIMER_REAL, &never, NULL);
    if (busy_shown) fputs("\r\033[K", stderr);
    busy_shown = 0;
}
