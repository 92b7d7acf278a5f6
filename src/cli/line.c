/* SPDX-License-Identifier: MIT */
/* A line from a terminal: edited, remembered and completed where libedit is there; as it comes where it is not. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "cli/cli.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMEMBERED = 1000 };

static volatile sig_atomic_t interrupts;
static volatile sig_atomic_t reading;

/* Ctrl-C while a line is read ends that line. While something is computed the first is answered, the second ends all.
 */
static void note_interrupt(int number) {
    static const char words[] = "\nmatgrad: still computing; Ctrl-C once more ends the session\n";
    if (!reading && interrupts) {
        signal(number, SIG_DFL);
        raise(number);
    }
    interrupts++;
    if (reading) return;
    ssize_t ignored = write(STDERR_FILENO, words, sizeof words - 1);
    (void)ignored;
}

/* Without SA_RESTART: the reading of a line ends. */
static void catch_interrupts(void) {
    struct sigaction act = { .sa_handler = note_interrupt };
    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, NULL);
}

/* Until there is something to read; false after Ctrl-C. The signal is let through only while waiting, so that none
 * comes unseen. */
static bool wait_for_input(void) {
    sigset_t blocked, before;
    int ready = -1;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    while (!interrupts && ready < 0) {
        fd_set in;
        FD_ZERO(&in);
        FD_SET(STDIN_FILENO, &in);
        ready = pselect(STDIN_FILENO + 1, &in, NULL, NULL, NULL, &before);
        if (ready < 0 && errno != EINTR) break; /* reading will say what is wrong */
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return !interrupts;
}

#ifdef MATGRAD_LIBEDIT
#include <histedit.h>
#include <wchar.h>

struct cli_line {
    const cli_session *s;
    const char *prompt;
    EditLine *edit;
    History *history;
    HistEvent event;
    char typed[128]; /* letters that completion types, up to a 0 */
    size_t typed_at;
    char path[4096];
};

static char *prompt_of(EditLine *e) {
    cli_line *l = NULL;
    el_get(e, EL_CLIENTDATA, &l);
    return (char *)(uintptr_t)l->prompt;
}

/* ---- where lines are remembered: nowhere, where nothing can be written ---- */

static bool make_folders(char *path) {
    for (char *s = path + 1; *s; s++)
        if (*s == '/') {
            *s = '\0';
            bool there = mkdir(path, 0700) == 0 || errno == EEXIST;
            *s = '/';
            if (!there) return false;
        }
    return true;
}

static void find_history(cli_line *l) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int n = 0;
    if (state && *state == '/')
        n = snprintf(l->path, sizeof l->path, "%s/matgrad/history", state);
    else if (home && *home == '/')
        n = snprintf(l->path, sizeof l->path, "%s/.local/state/matgrad/history", home);
    if (n <= 0 || n >= (int)sizeof l->path || !make_folders(l->path)) l->path[0] = '\0';
}

/* ---- completion of names ---- */

typedef struct {
    const char *begin;
    size_t length;
    char common[128];
    size_t found;
} completion;

static void offer(completion *c, const char *name) {
    if (!name || strncmp(name, c->begin, c->length) != 0 || strlen(name) >= sizeof c->common) return;
    if (c->found++ == 0) {
        memcpy(c->common, name, strlen(name) + 1);
        return;
    }
    size_t n = 0;
    while (c->common[n] && c->common[n] == name[n]) n++;
    c->common[n] = '\0';
}

static const char *const session_words[] = { ":help", ":load", ":set", ":wrt", ":format",
                                             ":vars", ":tape", ":ops", ":quit" };

/* What the language has beside the manual's names. */
static const char *const language_words[] = {
    "let",    "jacobian",   "hessian", "sum",    "tr",       "trace",    "det",  "logdet",    "inv",
    "chol",   "expm",       "norm",    "norm1",  "norm2",    "normF",    "dot",  "logsumexp", "vec",
    "kron",   "adj",        "rowsum",  "colsum", "tril",     "triu",     "diag", "transpose", "symmetric",
    "posdef", "orthogonal", "lower",   "upper",  "diagonal", "positive",
};

static void offer_all(completion *c, const cli_session *s) {
    mgd_var *v;
    if (*c->begin == ':') {
        for (size_t k = 0; k < sizeof session_words / sizeof session_words[0]; k++) offer(c, session_words[k]);
        return;
    }
    for (size_t k = 0; (v = cli_input_at(s, k)); k++) offer(c, mgd_name(v));
    for (size_t k = 0; k < mgd_manual_count(); k++) offer(c, mgd_manual_entry_at(k)->name);
    for (size_t k = 0; k < sizeof language_words / sizeof language_words[0]; k++) offer(c, language_words[k]);
    for (size_t k = 0; k < s->data; k++) offer(c, s->datum[k].name);
}

static bool in_name(char c) { return isalnum((unsigned char)c) || c == '_' || c == ':' || (unsigned char)c >= 0x80; }

/* What is to be typed behind the cursor; false where nothing is certain. */
static bool complete(cli_line *l) {
    const LineInfo *line = el_line(l->edit);
    const char *from = line->cursor;
    char word[128];
    while (from > line->buffer && in_name(from[-1])) from--;
    size_t n = (size_t)(line->cursor - from);
    if (!n || n >= sizeof word) return false;
    memcpy(word, from, n);
    word[n] = '\0';
    completion c = { .begin = word, .length = n };
    offer_all(&c, l->s);
    if (!c.found || strlen(c.common) == n) return false;
    memcpy(l->typed, c.common + n, strlen(c.common + n) + 1);
    l->typed_at = 0;
    return true;
}

/* ---- keys ---- */

static bool is_pending(const cli_line *l) { return l->typed[l->typed_at] != '\0'; }

/* A byte, 0 at the end, -1 after an error. Ctrl-C ends the line, as a key and as a signal. */
static int read_byte(cli_line *l, char *byte) {
    while (!is_pending(l)) {
        if (!wait_for_input()) return 0;
        ssize_t n = read(STDIN_FILENO, byte, 1);
        if (n <= 0) return (int)n;
        if (*byte == 3) {
            interrupts = 1;
            return 0;
        }
        if (*byte != '\t') return 1;
        if (!complete(l)) el_beep(l->edit);
    }
    *byte = l->typed[l->typed_at++];
    return 1;
}

static int read_key(EditLine *e, wchar_t *key) {
    cli_line *l = NULL;
    mbstate_t state = { 0 };
    el_get(e, EL_CLIENTDATA, &l);
    for (;;) {
        char byte;
        int n = read_byte(l, &byte);
        if (n <= 0) return n;
        size_t bytes = mbrtowc(key, &byte, 1, &state);
        if (bytes <= 1) return 1;
        if (bytes == (size_t)-1) memset(&state, 0, sizeof state); /* no letter here: the byte is dropped */
    }
}

/* ---- lines ---- */

cli_line *cli_line_open(const cli_session *s) {
    cli_line *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->s = s;
    l->prompt = "";
    setlocale(LC_CTYPE, "");
    l->edit = el_init("matgrad", stdin, stdout, stderr);
    l->history = history_init();
    if (!l->edit || !l->history) return cli_line_close(l), NULL;
    history(l->history, &l->event, H_SETSIZE, REMEMBERED);
    history(l->history, &l->event, H_SETUNIQUE, 1);
    find_history(l);
    if (*l->path) history(l->history, &l->event, H_LOAD, l->path);
    el_set(l->edit, EL_CLIENTDATA, l);
    el_set(l->edit, EL_PROMPT, prompt_of);
    el_set(l->edit, EL_EDITOR, "emacs");
    el_set(l->edit, EL_SIGNAL, 0);
    el_set(l->edit, EL_HIST, history, l->history);
    el_set(l->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(l->edit, EL_GETCFN, read_key);
    el_set(l->edit, EL_SETTY, "-d", "intr=\377", NULL);
    el_source(l->edit, NULL);
    catch_interrupts();
    return l;
}

static void save_history(cli_line *l) {
    mode_t mask = umask(077);
    history(l->history, &l->event, H_SAVE, l->path);
    umask(mask);
}

void cli_line_close(cli_line *l) {
    if (!l) return;
    if (l->edit) el_end(l->edit);
    if (l->history) history_end(l->history);
    free(l);
}

char *cli_line_read(cli_line *l, const char *prompt, bool *interrupted) {
    int n = 0;
    l->prompt = prompt;
    interrupts = 0;
    l->typed[0] = '\0';
    l->typed_at = 0;
    reading = 1;
    el_set(l->edit, EL_PREP_TERM, 1); /* before the prompt: who sees it may type Ctrl-D at once */
    const char *line = el_gets(l->edit, &n);
    reading = 0;
    *interrupted = interrupts != 0;
    interrupts = 0;
    if (*interrupted) el_reset(l->edit);
    if (*interrupted || !line || n <= 0) return NULL;
    char *text = strdup(line);
    if (!text) return cli_out_of_memory(), NULL;
    text[strcspn(text, "\n")] = '\0';
    if (!text[strspn(text, " \t")]) return text;
    history(l->history, &l->event, H_ENTER, line);
    if (*l->path) save_history(l);
    return text;
}

#else

struct cli_line {
    char *text;
    size_t room;
};

cli_line *cli_line_open(const cli_session *s) {
    (void)s;
    setlocale(LC_CTYPE, "");
    catch_interrupts();
    return calloc(1, sizeof(cli_line));
}

void cli_line_close(cli_line *l) {
    if (!l) return;
    free(l->text);
    free(l);
}

char *cli_line_read(cli_line *l, const char *prompt, bool *interrupted) {
    interrupts = 0;
    reading = 1;
    fputs(prompt, stdout);
    fflush(stdout);
    ssize_t n = wait_for_input() ? getline(&l->text, &l->room, stdin) : -1;
    reading = 0;
    *interrupted = interrupts != 0;
    interrupts = 0;
    if (n < 0) return clearerr(stdin), NULL;
    if (n && l->text[n - 1] == '\n') l->text[n - 1] = '\0';
    char *text = strdup(l->text);
    if (!text) cli_out_of_memory();
    return text;
}

#endif
