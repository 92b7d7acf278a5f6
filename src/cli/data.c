/* SPDX-License-Identifier: MIT */
/* Data: NAME=FILE, NAME=NUMBER, NAME=[1, 2; 3, 4]. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool begins_name(char c) { return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

static size_t name_length(const char *text) {
    size_t n = 0;
    if (!begins_name(*text)) return 0;
    while (begins_name(text[n]) || isdigit((unsigned char)text[n])) n++;
    return n;
}

bool cli_is_assignment(const char *text) {
    size_t n = name_length(text);
    return n && text[n] == '=' && text[n + 1] != '=';
}

void cli_free_datum(cli_datum *d) {
    free(d->name);
    free(d->from);
    free(d->numbers);
    *d = (cli_datum){ 0 };
}

/* ---- a matrix between brackets ---- */

typedef struct {
    const char *at;
    size_t count, room;
    int64_t rows, cols, in_row;
} inline_matrix;

static const char *blanks(const char *s) { return s + strspn(s, " \t\n\r"); }

static bool keep(cli_datum *d, inline_matrix *m, double x) {
    if (m->count == m->room) {
        size_t room = m->room ? 2 * m->room : 16;
        double *more = realloc(d->numbers, room * sizeof *more);
        if (!more) return cli_out_of_memory();
        d->numbers = more;
        m->room = room;
    }
    d->numbers[m->count++] = x;
    m->in_row++;
    return true;
}

static bool end_row(const cli_datum *d, inline_matrix *m) {
    if (m->rows == 0) m->cols = m->in_row;
    m->rows++;
    if (m->in_row == m->cols && m->cols) {
        m->in_row = 0;
        return true;
    }
    if (m->in_row)
        cli_error("%s=%s: row %lld has %lld numbers, the first has %lld", d->name, d->from, (long long)m->rows,
                  (long long)m->in_row, (long long)m->cols);
    else
        cli_error("%s=%s: row %lld is empty", d->name, d->from, (long long)m->rows);
    return false;
}

static bool read_inline(cli_datum *d) {
    inline_matrix m = { .at = blanks(d->from + 1) };
    for (;;) {
        char *end;
        if (*m.at == ']' || *m.at == ';') {
            bool last = *m.at == ']';
            if (last && m.rows && !m.in_row) break; /* [1; 2;] */
            if (!end_row(d, &m)) return false;
            m.at = blanks(m.at + 1);
            if (!last) continue;
            m.at--;
            break;
        }
        double x = strtod(m.at, &end);
        bool number = end != m.at && (!*end || strchr(" \t\r\n,;]", *end));
        if (!number) {
            cli_error("%s=%s: at \"%.20s\": a number, or one of , ; ] should stand here", d->name, d->from, m.at);
            return false;
        }
        if (!keep(d, &m, x)) return false;
        m.at = blanks(end);
        if (*m.at == ',') m.at = blanks(m.at + 1);
    }
    d->rows = m.rows;
    d->cols = m.cols;
    const char *close = strrchr(d->from, ']');
    if (close && !*blanks(close + 1) && strchr(d->from, ']') == close) return true;
    cli_error("%s=%s: nothing should follow the ]", d->name, d->from);
    return false;
}

/* ---- the rest ---- */

static bool read_number(cli_datum *d, bool *is_number) {
    char *end;
    double x = strtod(d->from, &end);
    *is_number = end != d->from && !*end;
    if (!*is_number) return true;
    d->numbers = malloc(sizeof *d->numbers);
    if (!d->numbers) return cli_out_of_memory();
    *d->numbers = x;
    d->rows = d->cols = 1;
    return true;
}

/* "data.mat:A" is the matrix A of data.mat. */
static bool load(cli_datum *d, const char *path, const char *format) {
    char why[MGD_WHY];
    mgd_matrix_file file;
    if (!mgd_load(path, format, &file, why, sizeof why)) {
        cli_error("%s: %s", d->name, why);
        return false;
    }
    d->rows = file.rows;
    d->cols = file.cols;
    d->numbers = file.data;
    file.data = NULL;
    mgd_matrix_file_free(&file);
    return true;
}

static bool read_file(cli_datum *d) {
    struct stat there;
    const char *colon = strrchr(d->from, ':');
    if (stat(d->from, &there) == 0 && S_ISDIR(there.st_mode)) {
        cli_error("%s: %s: a file with a matrix is expected, this is a directory", d->name, d->from);
        return false;
    }
    if (colon && colon - d->from > 4 && !strncmp(colon - 4, ".mat", 4) && name_length(colon + 1)) {
        char *path = strndup(d->from, (size_t)(colon - d->from)), format[80];
        snprintf(format, sizeof format, "mat:%.70s", colon + 1);
        bool fine = path ? load(d, path, format) : cli_out_of_memory();
        free(path);
        return fine;
    }
    return load(d, d->from, NULL);
}

bool cli_read_datum(cli_datum *d, const char *text) {
    size_t n = name_length(text);
    bool is_number = false;
    *d = (cli_datum){ .name = strndup(text, n), .from = strdup(text + n + 1) };
    if (!d->name || !d->from) return cli_free_datum(d), cli_out_of_memory();
    bool fine = *d->from;
    if (!fine)
        cli_error("%s=: a file, a number or [a matrix] should follow the =", d->name);
    else if (*d->from == '[')
        fine = read_inline(d);
    else if (read_number(d, &is_number) && !is_number)
        fine = read_file(d);
    if (!fine || !d->numbers) {
        cli_free_datum(d);
        return false;
    }
    return true;
}

/* ---- texts ---- */

enum { MOST_TEXT = 64 << 20 };

char *cli_read_text(FILE *in, const char *name, size_t *n) {
    size_t room = 1 << 16, length = 0, got;
    char *text = malloc(room);
    while (text && (got = fread(text + length, 1, room - length - 1, in)) > 0) {
        length += got;
        if (length > (size_t)MOST_TEXT + 1) break;
        if (length + 1 < room) continue;
        char *more = realloc(text, room *= 2);
        if (!more) free(text);
        text = more;
    }
    if (!text) return cli_out_of_memory(), NULL;
    if (ferror(in)) {
        cli_error("%s: cannot be read: %s", name, strerror(errno));
        free(text);
        return NULL;
    }
    text[length] = '\0';
    *n = length;
    return text;
}

char *cli_read_text_file(const char *path, size_t *n) {
    if (!strcmp(path, "-")) return cli_read_text(stdin, "standard input", n);
    FILE *in = fopen(path, "rb");
    if (!in) {
        cli_error("%s: cannot be opened: %s", path, strerror(errno));
        return NULL;
    }
    char *text = cli_read_text(in, path, n);
    fclose(in);
    return text;
}
