/* SPDX-License-Identifier: MIT */
/* A session on a terminal. What was read stays: names, data, results. An error loses nothing. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    cli_session s;
    const cli_options *o;
    cli_format format;
    cli_list wrt; /* what :wrt named */
    size_t results;
    size_t line;
    bool quit;
} session;

static const char greeting[] = "matgrad %s. Formulas, or :help. Ctrl-D ends the session.\n";

static const char help[] =
    "Statements, as in a file:\n"
    "  X: m x n; a: m              inputs and their sizes\n"
    "  let w = sigmoid(X'*a)       a name for a part\n"
    "  w'*w                        a formula: its value, or itself where data is missing\n"
    "  d w'*w wrt X                its derivative; jacobian and hessian likewise\n"
    "  d w'*w wrt X == FORMULA     a claim, which is decided\n"
    "ans is the last formula, r1, r2, ... are all.\n"
    "\n"
    "  :load NAME FILE             data from a file\n"
    "  :set NAME=3                 a number, a size, or a matrix: :set x=[1; 2; 3]\n"
    "  :wrt NAME...                show the gradient by these of what is 1x1; :wrt alone ends that\n"
    "  :format FORMAT              text, unicode, latex, mathml, json, c-array\n"
    "  :tape [FORMULA]             the steps, and backpropagation through them\n"
    "  :ops [NAME]                 the manual of operations\n"
    "  :vars                       what has a name\n"
    "  :quit\n";

/* ---- data ---- */

/* A new size of an input that has no declaration is that of its data; a datum that does not fit is forgotten. */
static void apply(session *e, const char *text) {
    cli_session *s = &e->s;
    if (!cli_add_datum(s, text)) return;
    if (cli_apply_data(s, false) == CLI_DONE) return;
    for (size_t k = 0; k < s->data; k++)
        if (!s->datum[k].used && mgd_named(s->reader, s->datum[k].name)) {
            cli_free_datum(&s->datum[k]);
            s->datum[k--] = s->datum[--s->data];
        }
}

static void load(session *e, const char *rest) {
    size_t n = strcspn(rest, " \t=");
    const char *file = rest + n + strspn(rest + n, " \t=");
    char *text = malloc(strlen(rest) + 2);
    if (!n || !*file || !text) {
        free(text);
        cli_error(":load NAME FILE");
        return;
    }
    snprintf(text, strlen(rest) + 2, "%.*s=%s", (int)n, rest, file);
    if (cli_is_assignment(text))
        apply(e, text);
    else
        cli_error(":load %.*s: no name", (int)n, rest);
    free(text);
}

/* "x = [1; 2]" without the blanks around the = */
static void set(session *e, const char *rest) {
    size_t n = strcspn(rest, " \t=");
    const char *value = rest + n + strspn(rest + n, " \t");
    if (*value == '=') value++;
    value += strspn(value, " \t");
    char *text = malloc(strlen(rest) + 2);
    if (!text) return;
    snprintf(text, strlen(rest) + 2, "%.*s=%s", (int)n, rest, value);
    if (n && *value && cli_is_assignment(text))
        apply(e, text);
    else
        cli_error(":set NAME=VALUE, as in :set m=3 or :set x=[1; 2; 3]");
    free(text);
}

/* ---- results ---- */

static void show(session *e, const cli_results *r) {
    cli_output out;
    if (!r->count || !cli_output_begin(&out)) return;
    if (cli_write_results(out.stream, r, e->format, cli_width(e->o)))
        cli_output_finish(&out, NULL);
    else
        cli_output_drop(&out);
}

static void name_result(session *e, mgd_var *v, char name[32]) {
    snprintf(name, 32, "r%zu", ++e->results);
    mgd_name_var(e->s.reader, name, v);
    mgd_name_var(e->s.reader, "ans", v);
}

static bool is_one(const mgd_var *v) {
    return !strcmp(mgd_size_text(mgd_rows_of(v)), "1") && !strcmp(mgd_size_text(mgd_cols_of(v)), "1");
}

/* What is a formula or its value is called r1, r2, ... from now on. A number stands behind its name, a matrix below. */
static void show_one(session *e, cli_result *x) {
    char name[32];
    cli_results one = { .item = x, .count = 1, .named = x->v != NULL };
    if (x->v) {
        name_result(e, x->v, name);
        free(x->name);
        x->name = strdup(name);
        if (!x->name) return;
    }
    if (x->v && x->kind == CLI_NUMBERS && x->rows * x->cols == 1 && e->format <= CLI_UNICODE) {
        printf("%s = ", name);
        fflush(stdout);
        one.named = false;
    }
    show(e, &one);
}

static void show_gradients(session *e, mgd_var *f) {
    for (size_t k = 0; k < e->wrt.count; k++) {
        mgd_var *x = mgd_named(e->s.reader, e->wrt.item[k]);
        cli_results r = { .named = true };
        if (!x) continue;
        cli_derivative(&e->s, MGD_GRADIENT, f, x, &r);
        show(e, &r);
        cli_results_free(&r);
    }
}

static void statements(session *e, const char *text) {
    char place[40];
    size_t from = mgd_statements(e->s.reader);
    cli_results r;
    snprintf(place, sizeof place, "line %zu", e->line);
    if (!cli_read(&e->s, place, text, strlen(text))) return;
    cli_apply_data(&e->s, false);
    size_t end = mgd_statements(e->s.reader);
    cli_results_of(&e->s, CLI_EVAL, NULL, from, &r);
    for (size_t k = 0; k < r.count; k++) show_one(e, &r.item[k]);
    cli_results_free(&r);
    for (size_t k = from; e->wrt.count && k < end; k++) {
        mgd_statement q = mgd_statement_at(e->s.reader, k);
        if (q.kind == MGD_EXPRESSION && is_one(q.expression)) show_gradients(e, q.expression);
    }
}

/* ---- what begins with a colon ---- */

static void set_wrt(session *e, const char *rest) {
    cli_list_free(&e->wrt);
    while (*(rest += strspn(rest, " \t,"))) {
        size_t n = strcspn(rest, " \t,");
        if (!cli_list_add(&e->wrt, rest, n)) return;
        const char *name = e->wrt.item[e->wrt.count - 1];
        if (!mgd_named(e->s.reader, name) && !cli_find_var(&e->s, name)) free(e->wrt.item[--e->wrt.count]);
        rest += n;
    }
}

static void set_format(session *e, const char *rest) {
    if (!cli_format_named(rest, &e->format)) cli_error(":format text, unicode, latex, mathml, json or c-array");
}

static void vars(session *e) {
    mgd_var *v;
    for (size_t k = 0; (v = cli_input_at(&e->s, k)); k++) {
        printf("%s: %s x %s", mgd_name(v), mgd_size_text(mgd_rows_of(v)), mgd_size_text(mgd_cols_of(v)));
        if (cli_has_data(v)) {
            fputs(" = ", stdout);
            cli_write_value(stdout, v);
        }
        putchar('\n');
    }
    for (size_t k = 0; k < e->s.data; k++)
        if (!e->s.datum[k].used)
            printf("%s: %lldx%lld, not used yet\n", e->s.datum[k].name, (long long)e->s.datum[k].rows,
                   (long long)e->s.datum[k].cols);
    for (size_t k = 1; k <= e->results; k++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "r%zu", k);
        mgd_var *r = mgd_named(e->s.reader, name);
        if (!r) continue;
        mgd_describe(r, text, sizeof text);
        printf("%s = %s\n", name, text);
    }
    fflush(stdout);
}

static void ops(session *e, const char *rest) {
    cli_options o = *e->o;
    o.formula = *rest ? rest : NULL;
    o.output = NULL;
    cli_run_ops(&o);
}

static void tape(session *e, const char *rest) {
    cli_output out;
    char text[4200];
    size_t from = mgd_statements(e->s.reader);
    snprintf(text, sizeof text, "%s", *rest ? rest : "ans");
    if (!cli_read(&e->s, ":tape", text, strlen(text))) return;
    cli_apply_data(&e->s, false);
    for (size_t k = from; k < mgd_statements(e->s.reader); k++) {
        if (!cli_output_begin(&out)) return;
        cli_write_tape(&e->s, mgd_statement_at(e->s.reader, k).expression, out.stream);
        cli_output_finish(&out, NULL);
    }
}

typedef struct {
    const char *name;
    void (*run)(session *e, const char *rest);
} colon_command;

static void show_help(session *e, const char *rest) {
    (void)e, (void)rest;
    fputs(help, stdout);
    fflush(stdout);
}
static void show_vars(session *e, const char *rest) {
    (void)rest;
    vars(e);
}
static void quit(session *e, const char *rest) {
    (void)rest;
    e->quit = true;
}

static const colon_command commands[] = { { "help", show_help }, { "load", load },         { "set", set },
                                          { "wrt", set_wrt },    { "format", set_format }, { "vars", show_vars },
                                          { "tape", tape },      { "ops", ops },           { "quit", quit },
                                          { "exit", quit } };

static const char *command_at(const void *of, size_t k) {
    (void)of;
    return k < sizeof commands / sizeof commands[0] ? commands[k].name : NULL;
}

static void colon(session *e, const char *line) {
    char name[32];
    size_t n = strcspn(line, " \t");
    const char *rest = line + n + strspn(line + n, " \t");
    snprintf(name, sizeof name, "%.*s", (int)(n < 31 ? n : 31), line);
    for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++)
        if (!strcmp(commands[k].name, name) || (n == 1 && commands[k].name[0] == *name)) {
            commands[k].run(e, rest);
            return;
        }
    const char *like = cli_nearest(name, command_at, NULL);
    if (like)
        cli_error(":%s: did you mean :%s?", name, like);
    else
        cli_error(":%s: :help lists what there is", name);
}

/* ---- lines ---- */

/* Is a parenthesis open at the end? Then the next line belongs to it. */
static bool goes_on(const char *text) {
    int open = 0;
    for (; *text; text++) {
        if (*text == '#') text += strcspn(text, "\n");
        if (!*text) break;
        open += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    }
    return open > 0;
}

static char *joined(char *text, char *line) {
    size_t n = text ? strlen(text) : 0;
    char *all = realloc(text, n + strlen(line) + 2);
    if (!all) {
        free(text);
        free(line);
        return NULL;
    }
    snprintf(all + n, strlen(line) + 2, "%s%s", n ? "\n" : "", line);
    free(line);
    return all;
}

static void one_line(session *e, char *text) {
    size_t n = strlen(text);
    while (n && strchr(" \t\r", text[n - 1])) text[--n] = '\0';
    const char *start = text + strspn(text, " \t");
    if (*start == ':')
        colon(e, start + 1);
    else if (*start)
        statements(e, start);
    fflush(stdout);
}

static void read_lines(session *e, cli_line *l) {
    char *text = NULL;
    while (!e->quit) {
        bool interrupted;
        char *line = cli_line_read(l, text ? "     ... " : "matgrad> ", &interrupted);
        if (interrupted) {
            free(text);
            text = NULL;
            putchar('\n');
            continue;
        }
        if (!line) break;
        e->line++;
        text = joined(text, line);
        if (text && goes_on(text) && text[strspn(text, " \t")] != ':') continue;
        if (text) one_line(e, text);
        free(text);
        text = NULL;
    }
    free(text);
}

cli_status cli_run_session(const cli_options *o) {
    session e = { .o = o, .format = o->format };
    e.s.guess = o->guess;
    if (!cli_session_open(&e.s)) return CLI_FAILED;
    for (size_t k = 0; k < o->let.count; k++)
        if (!cli_add_let(&e.s, o->let.item[k])) return cli_session_close(&e.s), CLI_USAGE;
    for (size_t k = 0; k < o->data.count; k++)
        if (!cli_add_datum(&e.s, o->data.item[k])) return cli_session_close(&e.s), CLI_USAGE;
    cli_line *l = cli_line_open(&e.s);
    if (!l) {
        cli_out_of_memory();
        cli_session_close(&e.s);
        return CLI_FAILED;
    }
    printf(greeting, mgd_version());
    read_lines(&e, l);
    cli_line_close(l);
    cli_list_free(&e.wrt);
    if (!e.quit) putchar('\n');
    cli_session_close(&e.s);
    return CLI_DONE;
}
