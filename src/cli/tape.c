/* SPDX-License-Identifier: MIT */
/* matgrad tape: the recorded steps, and backpropagation through them, as tables or as a graph. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- a table: cells are gathered, then written in columns ---- */

enum { COLUMNS = 6, LINE = 48 };

typedef struct {
    char **cell; /* row by row; the first row is the heading */
    size_t count, room, columns;
    bool failed;
} table;

static void put(table *t, char *text) {
    if (t->count == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        char **more = realloc(t->cell, room * sizeof *more);
        if (!more) {
            t->failed = true;
            free(text);
            return;
        }
        t->cell = more;
        t->room = room;
    }
    t->failed |= !text;
    t->cell[t->count++] = text;
}

static void put_text(table *t, const char *text) { put(t, strdup(text)); }

static size_t letters(const char *s) {
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

/* Cells are padded to their column, the last of a row that says something is not. */
static void write_row(FILE *out, const table *t, size_t row, const size_t *width) {
    size_t last = 0, column;
    for (column = 0; column < t->columns; column++)
        if (*t->cell[row * t->columns + column]) last = column;
    for (column = 0; column <= last; column++) {
        const char *cell = t->cell[row * t->columns + column];
        int pad = (int)(width[column] - letters(cell));
        if (column == 0)
            fprintf(out, "%*s%s", pad + 2, "", cell);
        else if (column == last)
            fprintf(out, "  %s", cell);
        else
            fprintf(out, "  %s%*s", cell, pad, "");
    }
    fputc('\n', out);
}

static bool write_table(FILE *out, table *t) {
    size_t width[COLUMNS] = { 0 }, rows = t->count / t->columns;
    for (size_t k = 0; !t->failed && k < t->count; k++) {
        size_t n = letters(t->cell[k]);
        if (n > width[k % t->columns]) width[k % t->columns] = n;
    }
    for (size_t row = 0; !t->failed && row < rows; row++) write_row(out, t, row, width);
    for (size_t k = 0; k < t->count; k++) free(t->cell[k]);
    free(t->cell);
    return !t->failed || cli_out_of_memory();
}

/* ---- cells ---- */

static void put_formula(table *t, mgd_var *v) {
    char text[LINE + 1];
    mgd_describe(v, text, sizeof text);
    put_text(t, text);
}

static void put_size(table *t, mgd_var *v) {
    char text[120];
    snprintf(text, sizeof text, "%.55s x %.55s", mgd_size_text(mgd_rows_of(v)), mgd_size_text(mgd_cols_of(v)));
    put_text(t, text);
}

static void put_value(table *t, mgd_var *v) {
    cli_output text;
    if (!cli_output_begin(&text)) {
        t->failed = true;
        return;
    }
    cli_write_value(text.stream, v);
    t->failed |= fclose(text.stream) != 0;
    put(t, text.text);
}

static void put_number(table *t, size_t n) {
    char text[24];
    snprintf(text, sizeof text, "%zu", n);
    put_text(t, text);
}

/* ---- the steps ---- */

typedef struct {
    mgd_tape *tape;
    size_t *number; /* of a node by its index, from 1; 0 for what is not shown */
    size_t top;
} steps;

static bool number_steps(steps *s, mgd_var *f) {
    size_t n = 0;
    s->tape = mgd_tape_of(f);
    s->top = mgd_index(f) + 1;
    s->number = calloc(s->top, sizeof *s->number);
    if (!s->number) return cli_out_of_memory();
    s->number[s->top - 1] = 1;
    for (size_t i = s->top; i-- > 0;) {
        mgd_var *v = s->number[i] ? mgd_at(s->tape, i) : NULL;
        for (size_t k = 0; v && k < mgd_operands(v); k++) s->number[mgd_index(mgd_operand(v, k))] = 1;
    }
    for (size_t i = 0; i < s->top; i++)
        if (s->number[i]) s->number[i] = ++n;
    return true;
}

static size_t number_of(const steps *s, const mgd_var *v) {
    return mgd_index(v) < s->top ? s->number[mgd_index(v)] : 0;
}

static void put_operands(table *t, const steps *s, mgd_var *v) {
    char text[200] = "";
    size_t n = 0;
    for (size_t k = 0; k < mgd_operands(v) && n + 24 < sizeof text; k++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%zu", k ? ", " : "", number_of(s, mgd_operand(v, k)));
    put_text(t, text);
}

static void heading(table *t, size_t columns, const char *const *words) {
    *t = (table){ .columns = columns ? columns : 1 };
    for (size_t k = 0; k < columns; k++) put_text(t, words[k]);
}

static bool write_forward(FILE *out, const steps *s) {
    table t;
    heading(&t, 6, (const char *const[]){ "", "operation", "of", "size", "formula", "value" });
    for (size_t i = 0; i < s->top; i++) {
        mgd_var *v = mgd_at(s->tape, i);
        if (!s->number[i]) continue;
        put_number(&t, s->number[i]);
        put_text(&t, mgd_operation_name(mgd_operation_of(v)));
        put_operands(&t, s, v);
        put_size(&t, v);
        put_formula(&t, v);
        put_value(&t, v);
    }
    fputs("the steps\n", out);
    return write_table(out, &t);
}

static void put_share_of(table *t, const steps *s, const mgd_contribution *c) {
    char text[60];
    mgd_var *to = mgd_operand(c->node, c->operand);
    snprintf(text, sizeof text, "%zu += share of %zu", number_of(s, to), number_of(s, c->node));
    put_text(t, text);
}

static bool write_backward(FILE *out, const steps *s, mgd_sweep *sweep, mgd_var *f) {
    table t;
    heading(&t, 5, (const char *const[]){ "adjoint of", "operation", "rule", "share", "value" });
    char start[60];
    snprintf(start, sizeof start, "%zu = the start", number_of(s, f));
    put_text(&t, start);
    put_text(&t, "");
    put_text(&t, "");
    put_formula(&t, mgd_adjoint(sweep, f));
    put_value(&t, mgd_adjoint(sweep, f));
    for (size_t k = 0; k < mgd_contributions(sweep); k++) {
        mgd_contribution c = mgd_contribution_at(sweep, k);
        put_share_of(&t, s, &c);
        put_text(&t, mgd_operation_name(mgd_operation_of(c.node)));
        put_text(&t, c.rule);
        put_formula(&t, c.share);
        put_value(&t, c.share);
    }
    fputs("\nbackpropagation, in the order of the reverse sweep\n", out);
    return write_table(out, &t);
}

/* ---- the gradients ---- */

static size_t wanted(cli_session *s, const cli_options *o, mgd_var **x, size_t room, bool *fine) {
    size_t n = 0;
    *fine = true;
    if (!o->wrt.count)
        while (n < room && (x[n] = cli_input_at(s, n))) n++;
    for (size_t k = 0; k < o->wrt.count && n < room; k++) {
        x[n] = cli_find_var(s, o->wrt.item[k]);
        *fine = *fine && x[n];
        n++;
    }
    return n;
}

static bool write_gradients(FILE *out, mgd_sweep *sweep, size_t n, mgd_var *const *x) {
    table t;
    heading(&t, 4, (const char *const[]){ "derivative", "size", "formula", "value" });
    for (size_t k = 0; k < n; k++) {
        char name[100] = "d";
        if (mgd_name(x[k]))
            snprintf(name, sizeof name, "d%.90s", mgd_name(x[k]));
        else
            mgd_describe(x[k], name + 1, sizeof name - 1);
        put_text(&t, name);
        put_size(&t, x[k]);
        put_formula(&t, mgd_adjoint(sweep, x[k]));
        put_value(&t, mgd_adjoint(sweep, x[k]));
    }
    fputs("\nthe derivatives\n", out);
    return write_table(out, &t);
}

static bool write_graph(FILE *out, mgd_var *f, mgd_sweep *sweep, size_t n, mgd_var *const *x) {
    enum { MOST = 64 };
    mgd_var *v[MOST + 1] = { f };
    char name[MOST + 1][72] = { "f" };
    const char *names[MOST + 1] = { name[0] };
    for (size_t k = 0; k < n; k++) {
        v[k + 1] = mgd_adjoint(sweep, x[k]);
        snprintf(name[k + 1], sizeof name[k + 1], "d%.66s", mgd_name(x[k]) ? mgd_name(x[k]) : "");
        names[k + 1] = name[k + 1];
    }
    char *text = mgd_print(n + 1, v, names, MGD_DOT, 0);
    if (text) fputs(text, out);
    free(text);
    return text || cli_out_of_memory();
}

static mgd_var *starts_from(mgd_var *f) {
    bool one = !strcmp(mgd_size_text(mgd_rows_of(f)), "1") && !strcmp(mgd_size_text(mgd_cols_of(f)), "1");
    return one ? NULL : mgd_ones_sized(mgd_tape_of(f), mgd_rows_of(f), mgd_cols_of(f));
}

static cli_status one_formula(cli_session *s, const cli_options *o, mgd_var *f, FILE *out) {
    enum { MOST = 64 };
    mgd_var *x[MOST];
    bool fine;
    size_t n = wanted(s, o, x, MOST, &fine);
    steps all = { 0 };
    if (!fine) return CLI_USAGE;
    mgd_sweep *sweep = mgd_backward(f, starts_from(f));
    if (!sweep) {
        cli_error("%s", mgd_message(s->tape));
        mgd_clear(s->tape);
        return CLI_USAGE;
    }
    cli_busy("computing");
    if (o->dot)
        fine = write_graph(out, f, sweep, o->wrt.count ? n : 0, x);
    else
        fine = number_steps(&all, f) && write_forward(out, &all) && write_backward(out, &all, sweep, f) &&
               write_gradients(out, sweep, n, x);
    cli_busy(NULL);
    free(all.number);
    mgd_sweep_free(sweep);
    return fine ? CLI_DONE : CLI_FAILED;
}

cli_status cli_write_tape(cli_session *s, mgd_var *f, FILE *out) {
    return one_formula(s, &(cli_options){ .verb = CLI_TAPE }, f, out);
}

static cli_status write_statements(cli_session *s, const cli_options *o, FILE *out) {
    cli_status status = CLI_DONE;
    size_t n = mgd_statements(s->reader);
    if (o->dot && n > 1) {
        cli_error("--dot: a graph is of one formula, here are %zu", n);
        return CLI_USAGE;
    }
    for (size_t k = 0; k < n; k++) {
        mgd_statement q = mgd_statement_at(s->reader, k);
        const char *missing = s->strict ? cli_lacks(s, q.expression) : NULL;
        if (k) fputc('\n', out);
        if (missing) cli_warning("%s has no data: values that need it are left out", missing);
        status = cli_worse(status, one_formula(s, o, q.expression, out));
    }
    return status;
}

cli_status cli_run_tape(const cli_options *o) {
    cli_session s = { 0 };
    cli_output out;
    if (o->format != CLI_TEXT && o->format != CLI_UNICODE) {
        cli_error("a tape is written as text, or with --dot as a graph");
        return CLI_USAGE;
    }
    cli_status status = cli_prepare(o, &s);
    if (status == CLI_DONE) {
        if (!cli_output_begin(&out)) return CLI_FAILED;
        status = write_statements(&s, o, out.stream);
        if (status == CLI_DONE && !cli_output_finish(&out, o->output)) status = CLI_FAILED;
        if (out.stream) cli_output_drop(&out);
    }
    cli_session_close(&s);
    return status;
}
