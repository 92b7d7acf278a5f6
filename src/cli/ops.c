/* SPDX-License-Identifier: MIT */
/* matgrad ops: the manual of operations. */
#include "cli/cli.h"

#include <string.h>

static void write_all(FILE *out) {
    const char *chapter = "";
    for (size_t k = 0; k < mgd_manual_count(); k++) {
        const mgd_manual_entry *e = mgd_manual_entry_at(k);
        if (strcmp(chapter, e->chapter) != 0) fprintf(out, "%s%s\n", *chapter ? "\n" : "", e->chapter);
        chapter = e->chapter;
        fprintf(out, "  %-18s %s\n", e->name, e->what);
    }
}

/* Words in lines of at most 78 letters, behind a heading of 14. */
static void write_field(FILE *out, const char *heading, const char *text) {
    size_t at = 14;
    if (!*text) return;
    fprintf(out, "  %-12s", heading);
    while (*text) {
        size_t blanks = strspn(text, " "), n = strcspn(text + blanks, " ");
        if (at + blanks + n > 78 && at > 14) {
            fprintf(out, "\n%14s", "");
            at = 14;
            text += blanks;
            blanks = 0;
        }
        fprintf(out, "%.*s", (int)(blanks + n), text);
        at += blanks + n;
        text += blanks + n;
    }
    fputc('\n', out);
}

static void write_entry(FILE *out, const mgd_manual_entry *e) {
    fprintf(out, "%s: %s\n", e->name, e->what);
    write_field(out, "chapter", e->chapter);
    write_field(out, "value", e->value);
    write_field(out, "pullback", e->pullback);
    write_field(out, "pushforward", e->pushforward);
    write_field(out, "singular", e->singular);
    write_field(out, "source", e->source);
}

/* What the language calls NAME: read NAME(X), or NAME(X,X), and see what was recorded. */
static const mgd_manual_entry *by_language(const char *name) {
    static const char *const calls[] = { "%s(X_)", "%s(X_,X_)", "%s(c_)", "%s(c_,c_)", "%s(n_)", "%s(n_,n_)" };
    const mgd_manual_entry *e = NULL;
    for (size_t k = 0; !e && k < sizeof calls / sizeof calls[0] && strlen(name) < 64; k++) {
        char text[240] = "X_: n_ x n_; c_: n_;\n";
        mgd_tape *t = mgd_tape_new();
        mgd_reader *r = t ? mgd_reader_new(t) : NULL;
        size_t n = strlen(text);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(text + n, sizeof text - n, calls[k], name, name);
#pragma GCC diagnostic pop
        if (r && mgd_read(r, "", text, NULL) && mgd_statements(r) == 1)
            e = mgd_manual_find(mgd_operation_name(mgd_operation_of(mgd_statement_at(r, 0).expression)));
        mgd_reader_free(r);
        mgd_tape_free(t);
    }
    return e;
}

static const char *entry_name(const void *of, size_t k) {
    (void)of;
    const mgd_manual_entry *e = mgd_manual_entry_at(k);
    return e ? e->name : NULL;
}

static cli_status unknown(const char *name) {
    const char *like = cli_nearest(name, entry_name, NULL);
    if (like)
        cli_error("ops %s: there is no such operation: did you mean %s?", name, like);
    else
        cli_error("ops %s: there is no such operation: matgrad ops lists them", name);
    return CLI_USAGE;
}

cli_status cli_run_ops(const cli_options *o) {
    cli_output out;
    const mgd_manual_entry *e = o->formula ? mgd_manual_find(o->formula) : NULL;
    if (o->formula && !e) e = by_language(o->formula);
    if (o->formula && !e) return unknown(o->formula);
    if (!cli_output_begin(&out)) return CLI_FAILED;
    if (e)
        write_entry(out.stream, e);
    else
        write_all(out.stream);
    return cli_output_finish(&out, o->output) ? CLI_DONE : CLI_FAILED;
}
