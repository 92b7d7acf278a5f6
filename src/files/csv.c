/* SPDX-License-Identifier: MIT */
/* Comma-separated values: a row a line. What separates is decided on the first line: a semicolon where there is one,
 * else a tab, else a comma, else blanks. */
#include "files/files.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    mgd_stream *s;
    mgd_numbers numbers;
    int64_t rows, cols;
    int64_t names;      /* in the header; 0 without one */
    int64_t blank_line; /* the latest one below the first row, or 0 */
    char separator;     /* ' ' for blanks */
    const char *blanks; /* what may stand around a cell */
    const char *ends;   /* what ends one */
} table;

static bool fail_cell(const table *t) {
    const mgd_stream *s = t->s;
    char text[48];
    mgd__found(s, t->ends, text);
    if (*s->at && strchr(t->ends, *s->at))
        return mgd__complain_here(s, "an empty cell is no number; a missing one is written nan");
    if (s->at == s->end) return mgd__complain_here(s, "the file ends where a number should stand");
    const char *hint = "";
    if (t->separator != ',' && memchr(text, ',', strlen(text))) hint = "; a decimal comma? Decimals have a point";
    return mgd__complain_here(s, "%s is no number%s", text, hint);
}

static bool fail_width(const table *t, int64_t count) {
    if (t->rows == 0)
        return mgd__complain_line(t->s, "%lld numbers, where the header has %lld names", (long long)count,
                                  (long long)t->names);
    return mgd__complain_line(t->s, "%lld number%s, where the first row has %lld", (long long)count,
                              count == 1 ? "" : "s", (long long)t->cols);
}

static bool append(table *t, double x) {
    mgd_numbers *n = &t->numbers;
    if (n->count == n->room && !mgd__numbers_grow(n))
        return mgd__complain_line(t->s, "not enough memory for more than %zu numbers", n->count);
    n->data[n->count++] = x;
    return true;
}

/* At a character that may end a cell, or inside of one: nothing else was between. */
static bool cell_ends(const table *t) { return mgd__at_line_end(t->s) || (*t->s->at && strchr(t->ends, *t->s->at)); }

static bool read_cell(table *t, double *x) {
    mgd_stream *s = t->s;
    mgd__stream_need(s);
    char *const begin = s->at;
    const bool quoted = *s->at == '"';
    if (quoted) {
        s->at++;
        mgd__skip(s, " \t");
    }
    bool overflow;
    bool read = mgd__stream_number(s, x, &overflow);
    if (read && quoted) {
        mgd__skip(s, " \t");
        read = *s->at == '"';
        if (read) s->at++;
    }
    if (read && (*s->at == t->separator || cell_ends(t))) return true;
    if (begin >= s->buffer && begin <= s->at) s->at = begin;
    char text[48];
    if (overflow) return mgd__complain_here(s, "%s is beyond the largest double", mgd__found(s, t->ends, text));
    return fail_cell(t);
}

/* From one number to the next of its row; false where none follows. */
static bool next_cell(table *t) {
    mgd_stream *s = t->s;
    mgd__skip(s, t->blanks);
    mgd__stream_need(s);
    if (t->separator == ' ') return !mgd__at_line_end(s);
    if (*s->at != t->separator) return false;
    s->at++;
    mgd__skip(s, t->blanks);
    return true;
}

static bool read_row(table *t) {
    mgd_stream *s = t->s;
    int64_t count = 0;
    double x;
    do {
        if (!read_cell(t, &x)) return false;
        count++;
        if ((t->rows == 0 || count <= t->cols) && !append(t, x)) return false;
    } while (next_cell(t));
    char text[48];
    if (!mgd__at_line_end(s))
        return mgd__complain_here(s, "%s, where a %s should separate", mgd__found(s, t->ends, text),
                                  t->separator == ','   ? "comma"
                                  : t->separator == ';' ? "semicolon"
                                                        : "tab");
    if (t->rows > 0 ? count != t->cols : t->names && count != t->names) return fail_width(t, count);
    t->cols = count;
    t->rows++;
    return true;
}

static bool begins_name(const char *at) {
    const char c = *at == '"' ? at[1] : *at;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* Is the cell at *at, in a line that stops there, no number? Moves to its end. */
static bool skip_name(const table *t, const char **at, const char *stop) {
    const char *p = *at;
    while (p < stop && strchr(t->blanks, *p)) p++;
    double x;
    const char *const after = mgd__read_decimal(*p == '"' ? p + 1 : p, &x);
    const bool number = after && (!*after || *after == '"' || strchr(t->ends, *after));
    const bool quoted = p < stop && *p == '"';
    for (p += quoted; quoted && p < stop && *p != '"';) p++;
    while (p < stop && *p != t->separator && !(t->separator == ' ' && *p == '\t')) p++;
    *at = p;
    return !number;
}

static bool next_name(const table *t, const char **at, const char *stop) {
    if (t->separator != ' ') return (*at)++ < stop;
    while (*at < stop && (**at == ' ' || **at == '\t')) ++*at;
    return *at < stop;
}

/* A first line in which no cell is a number and one begins like a name is a header. */
static bool read_header(table *t, char **header) {
    mgd_stream *s = t->s;
    if (!begins_name(s->at) && *s->at != t->separator) return true;
    if (!mgd__stream_line(s)) return false;
    const size_t length = strcspn(s->at, "\r\n");
    const char *at = s->at, *const stop = at + length;
    int64_t names = 0;
    bool named = false;
    do {
        named = named || begins_name(at);
        if (!skip_name(t, &at, stop)) return true;
        names++;
    } while (next_name(t, &at, stop));
    if (!named) return true;
    *header = malloc(length + 1);
    if (!*header) return mgd__complain(s->why, "out of memory");
    memcpy(*header, s->at, length);
    (*header)[length] = 0;
    t->names = names;
    return true;
}

static void choose_separator(table *t) {
    const char *const at = t->s->at;
    const size_t length = strcspn(at, "\r\n");
    t->separator = memchr(at, ';', length)    ? ';'
                   : memchr(at, '\t', length) ? '\t'
                   : memchr(at, ',', length)  ? ','
                                              : ' ';
    t->blanks = t->separator == '\t' ? " " : " \t";
    t->ends = t->separator == ';' ? "; \t\r\n" : t->separator == ',' ? ", \t\r\n" : "\t \r\n";
}

static bool read_line(table *t, char **header) {
    mgd_stream *s = t->s;
    if (*s->at == '#') return true;
    if (mgd__at_line_end(s)) {
        if (t->rows > 0 && !t->blank_line) t->blank_line = s->line;
        return true;
    }
    if (t->blank_line) {
        s->line = t->blank_line;
        return mgd__complain_line(s, "an empty line between rows");
    }
    if (!t->separator) {
        choose_separator(t);
        if (!read_header(t, header)) return false;
        if (t->names) return true;
    }
    if (!read_row(t)) return false;
    return t->rows <= INT32_MAX && t->cols <= INT32_MAX ? true : mgd__check_size(s->why, t->rows, t->cols);
}

static bool read_lines(table *t, char **header) {
    mgd_stream *s = t->s;
    for (;; mgd__next_line(s)) {
        mgd__stream_need(s);
        mgd__skip(s, t->separator ? t->blanks : " ");
        mgd__stream_need(s);
        if (s->at == s->end) return true;
        if (!read_line(t, header)) return false;
    }
}

static bool check_bytes(mgd_stream *s) {
    const size_t length = (size_t)(s->end - s->at);
    if (length >= 3 && !memcmp(s->at, "\xef\xbb\xbf", 3)) s->at += 3, s->line_start = 3;
    if (length >= 2 && (!memcmp(s->at, "\xff\xfe", 2) || !memcmp(s->at, "\xfe\xff", 2)))
        return mgd__complain(s->why, "text in UTF-16; expected plain numbers (ASCII or UTF-8)");
    return true;
}

bool mgd__csv_read(mgd_stream *s, mgd_matrix_file *out) {
    table t = { .s = s };
    if (!check_bytes(s)) return false;
    const bool read = read_lines(&t, &out->header);
    out->data = t.numbers.data;
    out->rows = t.rows;
    out->cols = t.cols;
    if (!read) return false;
    if (t.rows == 0) return mgd__complain(s->why, t.names ? "no numbers, only a header" : "no numbers in it");
    double *fitting = realloc(out->data, t.numbers.count * sizeof *fitting);
    if (fitting) out->data = fitting;
    return true;
}

void mgd__csv_write(mgd_sink *s, const mgd_array *a, char separator) {
    for (int64_t i = 0; i < a->rows; i++)
        for (int64_t j = 0; j < a->cols; j++)
            mgd__sink_decimal(s, mgd__entry(a, i, j), j + 1 < a->cols ? separator : '\n');
}
