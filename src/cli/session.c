/* SPDX-License-Identifier: MIT */
/* A tape with its names and its data. A name that a formula has and nothing declares is asked for here: it may be a
 * let of the command line, or have data, whose size is then its own. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *items, size_t *room, size_t count, size_t size) {
    if (count < *room) return items;
    size_t more = *room ? 2 * *room : 8;
    void *new = realloc(items, more * size);
    if (new) *room = more;
    return new;
}

bool cli_add_datum(cli_session *s, const char *text) {
    cli_datum d;
    if (!cli_read_datum(&d, text)) return false;
    for (size_t k = 0; k < s->data; k++)
        if (!strcmp(s->datum[k].name, d.name)) {
            cli_free_datum(&s->datum[k]);
            s->datum[k] = d;
            return true;
        }
    cli_datum *all = grown(s->datum, &s->data_room, s->data, sizeof *all);
    if (!all) return cli_free_datum(&d), cli_out_of_memory();
    s->datum = all;
    s->datum[s->data++] = d;
    return true;
}

bool cli_add_let(cli_session *s, const char *text) {
    const char *equals = strchr(text, '=');
    if (!cli_is_assignment(text)) {
        cli_error("--let %s: NAME=FORMULA should stand here", text);
        return false;
    }
    cli_let *all = grown(s->let, &s->let_room, s->lets, sizeof *all);
    if (!all) return cli_out_of_memory();
    s->let = all;
    s->let[s->lets] = (cli_let){ .name = strndup(text, (size_t)(equals - text)), .formula = strdup(equals + 1) };
    cli_let *l = &s->let[s->lets++];
    return (l->name && l->formula) || cli_out_of_memory();
}

/* ---- names that nothing has ---- */

static mgd_var *ask(void *user, const char *name);

/* A reader of its own, on the same tape. The first message of the innermost let is the one that is shown. */
static mgd_var *read_let(cli_session *s, cli_let *l) {
    char place[100];
    snprintf(place, sizeof place, "--let %.80s", l->name);
    if (l->v || l->reading) return l->v;
    mgd_reader *r = mgd_reader_new(s->tape);
    mgd_on_unknown(r, ask, s);
    mgd_guess_undeclared(r, s->guess);
    l->reading = true;
    if (!mgd_read(r, place, l->formula, NULL)) {
        if (!s->nested) s->nested = strdup(mgd_reader_message(r));
    } else if (mgd_statements(r) == 1 && mgd_statement_at(r, 0).kind == MGD_EXPRESSION)
        l->v = mgd_statement_at(r, 0).expression;
    else if (!s->nested) {
        char message[160];
        snprintf(message, sizeof message, "%s:1:1: one expression should stand here", place);
        s->nested = strdup(message);
    }
    l->reading = false;
    mgd_reader_free(r);
    return l->v;
}

static mgd_var *ask(void *user, const char *name) {
    cli_session *s = user;
    for (size_t k = 0; k < s->lets; k++)
        if (!strcmp(s->let[k].name, name)) return read_let(s, &s->let[k]);
    for (size_t k = 0; k < s->data; k++)
        if (!strcmp(s->datum[k].name, name)) return mgd_input(s->tape, name, s->datum[k].rows, s->datum[k].cols);
    return NULL;
}

/* ---- reading ---- */

static void forget_lets(cli_session *s) {
    for (size_t k = 0; k < s->lets; k++) s->let[k].v = NULL; /* what was recorded since is undone */
    free(s->nested);
    s->nested = NULL;
}

static bool is_size(const cli_datum *d) {
    return d->rows == 1 && d->cols == 1 && *d->numbers >= 1 && *d->numbers <= INT32_MAX &&
           *d->numbers == floor(*d->numbers);
}

/* The size that nothing declares, where a whole number was given for it: then it is one from now on. */
static bool declare_missing_size(cli_session *s, const char *message) {
    static const char missing[] = "no size is called ";
    const char *found = strstr(message, missing);
    for (size_t k = 0; found && k < s->data; k++) {
        const char *name = s->datum[k].name, *at = found + strlen(missing);
        if (!strncmp(at, name, strlen(name)) && at[strlen(name)] == '\n' && is_size(&s->datum[k]))
            return mgd_size_named(s->tape, name) != NULL;
    }
    return false;
}

bool cli_read(cli_session *s, const char *name, const char *text, size_t n) {
    for (size_t attempt = 0; attempt <= s->data; attempt++) {
        if (mgd_read(s->reader, name, text, &n)) {
            const char *warning;
            for (size_t k = 0; (warning = mgd_warning_at(s->reader, k)); k++) cli_warning_in_text(warning);
            return true;
        }
        const char *message = s->nested ? s->nested : mgd_reader_message(s->reader);
        if (!declare_missing_size(s, message)) {
            cli_error_in_text(message);
            break;
        }
        forget_lets(s);
    }
    forget_lets(s);
    mgd_clear(s->tape);
    return false;
}

bool cli_session_open(cli_session *s) {
    *s = (cli_session){ .guess = s->guess };
    s->tape = mgd_tape_new();
    s->reader = s->tape ? mgd_reader_new(s->tape) : NULL;
    mgd_on_unknown(s->reader, ask, s);
    mgd_guess_undeclared(s->reader, s->guess);
    return s->reader || cli_out_of_memory();
}

void cli_session_close(cli_session *s) {
    mgd_reader_free(s->reader);
    mgd_tape_free(s->tape);
    for (size_t k = 0; k < s->data; k++) cli_free_datum(&s->datum[k]);
    for (size_t k = 0; k < s->lets; k++) free(s->let[k].name), free(s->let[k].formula);
    free(s->datum);
    free(s->let);
    free(s->nested);
    *s = (cli_session){ 0 };
}

/* ---- what there is ---- */

mgd_var *cli_input_at(const cli_session *s, size_t k) {
    for (size_t i = 0; i < mgd_count(s->tape); i++) {
        mgd_var *v = mgd_at(s->tape, i);
        if (mgd_name(v) && k-- == 0) return v;
    }
    return NULL;
}

static mgd_var *input_named(const cli_session *s, const char *name) {
    mgd_var *v;
    for (size_t k = 0; (v = cli_input_at(s, k)); k++)
        if (!strcmp(mgd_name(v), name)) return v;
    return NULL;
}

static const char *input_name(const void *of, size_t k) {
    mgd_var *v = cli_input_at(of, k);
    return v ? mgd_name(v) : NULL;
}

/* What the language calls so: a let, an input, a size. Read by a reader of its own, so that no statement remains. */
static bool is_size_name(const cli_session *s, const char *name) {
    if (mgd_named(s->reader, name)) return false;
    size_t mark = mgd_mark(s->tape);
    mgd_reader *r = mgd_reader_new(s->tape);
    mgd_var *v = mgd_read(r, "", name, NULL) ? mgd_statement_at(r, 0).expression : NULL;
    bool size = v && !strcmp(mgd_operation_name(mgd_operation_of(v)), "size");
    mgd_reader_free(r);
    mgd_rewind(s->tape, mark);
    return size;
}

mgd_var *cli_find_var(const cli_session *s, const char *name) {
    mgd_var *v = mgd_named(s->reader, name);
    for (size_t k = 0; !v && k < s->lets; k++)
        if (!strcmp(s->let[k].name, name)) v = s->let[k].v;
    if (!v && is_size_name(s, name)) {
        cli_error("--wrt %s: %s is a size: nothing can be differentiated by it", name, name);
        return NULL;
    }
    if (v && mgd_is_seen_through(v)) {
        cli_error(
            "--wrt %s: formulas look through what it stands for, as X'' is X: differentiate by what it is made of, or "
            "declare %s in the place of the let",
            name, name);
        return NULL;
    }
    if (v) return v;
    const char *like = cli_nearest(name, input_name, s);
    if (like)
        cli_error("--wrt %s: nothing in the formula is called so: did you mean %s?", name, like);
    else
        cli_error("--wrt %s: nothing in the formula is called so", name);
    return NULL;
}

/* ---- data ---- */

static cli_status set_input(cli_session *s, cli_datum *d, mgd_var *v) {
    if (mgd_set(v, d->numbers, d->rows, d->cols)) return CLI_DONE;
    const char *why = mgd_message(s->tape);
    if (!strncmp(why, "set: ", 5)) why += 5;
    cli_error("%s: %s is %lldx%lld, and %s is declared %s x %s: %s", d->name, d->from, (long long)d->rows,
              (long long)d->cols, d->name, mgd_size_text(mgd_rows_of(v)), mgd_size_text(mgd_cols_of(v)), why);
    return CLI_USAGE;
}

static cli_status bind_size(cli_session *s, cli_datum *d) {
    if (!is_size(d)) {
        cli_error("%s=%s: %s is a size, a whole number from 1 on", d->name, d->from, d->name);
        return CLI_USAGE;
    }
    if (mgd_bind(s->tape, d->name, (int64_t)*d->numbers)) return CLI_DONE;
    cli_error("%s=%s: %s", d->name, d->from, mgd_message(s->tape));
    return CLI_USAGE;
}

static cli_status unused(cli_session *s, const cli_datum *d) {
    const char *like = cli_nearest(d->name, input_name, s);
    mgd_var *let = mgd_named(s->reader, d->name);
    if (let)
        cli_error("%s=%s: %s is what a let says, and takes no data", d->name, d->from, d->name);
    else if (like)
        cli_error("%s=%s: nothing in the formula is called %s: did you mean %s?", d->name, d->from, d->name, like);
    else
        cli_error("%s=%s: nothing in the formula is called %s", d->name, d->from, d->name);
    return CLI_USAGE;
}

/* Sizes first: what does not fit is then said of the matrix. */
cli_status cli_apply_data(cli_session *s, bool all) {
    cli_status status = CLI_DONE;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < s->data; k++) {
            cli_datum *d = &s->datum[k];
            bool size = is_size_name(s, d->name);
            if (d->used || size != (pass == 0)) continue;
            mgd_var *v = size ? NULL : input_named(s, d->name);
            cli_status now = size ? bind_size(s, d) : v ? set_input(s, d, v) : all ? unused(s, d) : CLI_DONE;
            d->used = now == CLI_DONE && (size || v);
            status = cli_worse(status, now);
        }
    return status;
}

static bool sized(mgd_var *v) { return mgd_size_value(mgd_rows_of(v)) > 0 && mgd_size_value(mgd_cols_of(v)) > 0; }

bool cli_has_data(mgd_var *v) { return sized(v) && mgd_value(v); }

/* Operands stand before what uses them: one walk from v to the front marks what it is made of. */
const char *cli_lacks(const cli_session *s, mgd_var *v) {
    size_t top = mgd_index(v);
    bool *below = calloc(top + 1, sizeof *below);
    const char *name = NULL;
    if (!below) return NULL;
    below[top] = true;
    for (size_t i = top + 1; i-- > 0;) {
        mgd_var *u = below[i] ? mgd_at(s->tape, i) : NULL;
        for (size_t k = 0; u && k < mgd_operands(u); k++) below[mgd_index(mgd_operand(u, k))] = true;
        if (u && mgd_name(u) && !cli_has_data(u)) name = mgd_name(u);
    }
    free(below);
    if (!name && !sized(v))
        return mgd_size_value(mgd_rows_of(v)) > 0 ? mgd_size_text(mgd_cols_of(v)) : mgd_size_text(mgd_rows_of(v));
    return name;
}
