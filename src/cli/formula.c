/* SPDX-License-Identifier: MIT */
/* matgrad eval, grad, jacobian, hessian: a formula in, results out. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The rule: it has a dot or a slash, no blank, and an ordinary file is called so. */
static bool is_file(const char *formula) {
    struct stat there;
    return strpbrk(formula, "./") && !strpbrk(formula, " \t\n;") && stat(formula, &there) == 0 &&
           S_ISREG(there.st_mode);
}

char *cli_formula_text(const cli_options *o, const char **name, size_t *n) {
    const char *path = o->file ? o->file : NULL;
    if (o->file && o->formula) {
        cli_error("%.40s: the formula is read from %s (-f): there cannot be another", o->formula, o->file);
        return NULL;
    }
    if (!path && o->formula && (!strcmp(o->formula, "-") || is_file(o->formula))) path = o->formula;
    if (!path && !o->formula && (o->verb == CLI_INTERACTIVE || !isatty(STDIN_FILENO))) path = "-";
    if (path) {
        *name = strcmp(path, "-") != 0 ? path : "standard input";
        return cli_read_text_file(path, n);
    }
    if (!o->formula) {
        cli_error("%s: a formula should follow", cli_commands[o->verb].name);
        cli_note("matgrad %s --help has examples", cli_commands[o->verb].name);
        return NULL;
    }
    *name = "formula";
    *n = strlen(o->formula);
    char *text = strdup(o->formula);
    if (!text) cli_out_of_memory();
    return text;
}

size_t cli_width(const cli_options *o) {
    struct winsize window;
    if (o->width >= 0) return (size_t)o->width;
    if (o->output || !isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) || window.ws_col < 20)
        return 0;
    return window.ws_col;
}

static bool reads_standard_input(const cli_options *o, const char *name) {
    bool taken = !strcmp(name, "standard input");
    for (size_t k = 0; k < o->data.count; k++) {
        const char *from = strchr(o->data.item[k], '=') + 1;
        if (strcmp(from, "-") != 0) continue;
        if (taken) return true;
        taken = true;
    }
    return false;
}

cli_status cli_prepare(const cli_options *o, cli_session *s) {
    const char *name;
    size_t n;
    s->guess = o->guess;
    if (!cli_session_open(s)) return CLI_FAILED;
    s->strict = o->data.count > 0;
    char *text = cli_formula_text(o, &name, &n);
    if (!text) return CLI_USAGE;
    bool fine = true;
    if (reads_standard_input(o, name)) {
        cli_error("standard input can be read once: for the formula, or for one matrix");
        fine = false;
    }
    for (size_t k = 0; fine && k < o->let.count; k++) fine = cli_add_let(s, o->let.item[k]);
    cli_busy("reading");
    for (size_t k = 0; fine && k < o->data.count; k++) fine = cli_add_datum(s, o->data.item[k]);
    fine = fine && cli_read(s, name, text, n);
    cli_busy(NULL);
    free(text);
    if (!fine) return CLI_USAGE;
    if (mgd_statements(s->reader)) return cli_apply_data(s, true);
    cli_error("%s: there is nothing to do: a formula should stand behind declarations and lets", name);
    return CLI_USAGE;
}

/* The format that a file's name asks for, where it is one of matrices. */
static bool is_matrix_file(const char *path) {
    static const char *const ends[] = { ".csv", ".tsv", ".npy", ".mtx", ".mat" };
    const char *dot = path ? strrchr(path, '.') : NULL;
    for (size_t k = 0; dot && k < sizeof ends / sizeof ends[0]; k++)
        if (!strcmp(dot, ends[k])) return true;
    return false;
}

static cli_status save_matrix(const cli_results *r, const char *path) {
    char why[MGD_WHY];
    if (r->count != 1 || r->item[0].kind != CLI_NUMBERS) {
        cli_error("%s: it holds one matrix, %s: choose with --wrt, or write another kind of file", path,
                  r->count == 1 ? "and there are no numbers" : "and there are several results");
        return CLI_USAGE;
    }
    const cli_result *x = &r->item[0];
    if (mgd_save(path, NULL, mgd_rows(x->numbers, x->rows, x->cols), why, sizeof why)) return CLI_DONE;
    cli_error("%s", why);
    return CLI_FAILED;
}

static cli_status write_all(const cli_options *o, const cli_results *r) {
    cli_output out;
    if (!o->format_given && is_matrix_file(o->output)) return save_matrix(r, o->output);
    if (!cli_output_begin(&out)) return CLI_FAILED;
    if (!cli_write_results(out.stream, r, o->format, cli_width(o))) {
        cli_output_drop(&out);
        return CLI_USAGE;
    }
    return cli_output_finish(&out, o->output) ? CLI_DONE : CLI_FAILED;
}

/* What was computed before something failed is shown; a file is written only where all of it is there, and finite. */
cli_status cli_run_formula(const cli_options *o) {
    cli_session s = { 0 };
    cli_results r = { 0 };
    cli_status status = cli_prepare(o, &s);
    if (status == CLI_DONE) {
        status = cli_results_of(&s, o->verb, &o->wrt, 0, &r);
        bool whole = status <= CLI_REFUTED;
        bool claim = r.count && r.item[r.count - 1].kind == CLI_VERDICT;
        if (r.count && (whole || claim || !o->output || !strcmp(o->output, "-")))
            status = cli_worse(status, write_all(o, &r));
        if (!whole && !claim && o->output && strcmp(o->output, "-") != 0) cli_note("%s is not written", o->output);
    }
    cli_results_free(&r);
    cli_session_close(&s);
    return status;
}
