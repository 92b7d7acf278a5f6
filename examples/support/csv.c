/* SPDX-License-Identifier: MIT */
/* The file is read whole and walked once. The C library's strtod reads the numbers: right to the last digit, and with a
 * decimal point, since no example ever calls setlocale. */
#include "csv.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *path, *at, *end; /* *end is 0 */
    char *why;
    int64_t line, first_line, blank_line; /* blank_line: the latest blank line below the first row, or 0 */
    char separator;                       /* ',', ';' or ' '; 0 until the first one */
    size_t count, room;
    csv_matrix *matrix;
} reader;

static bool refuse(char *why, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, CSV_WHY, format, arguments);
    va_end(arguments);
    return false;
}

static bool at_end_of_line(const reader *r) { return *r->at == '\n' || *r->at == '\r' || r->at == r->end; }

static bool ends_number(const reader *r, const char *at) { return at == r->end || (*at && strchr(",; \t\r\n", *at)); }

/* What stands at the reader, up to a separator, in quotes and in plain ASCII. */
static const char *found(const reader *r, char text[40]) {
    if (r->at == r->end) return "the end of the file";
    if (at_end_of_line(r)) return "the end of the line";
    size_t length = 0, n = 0;
    while (!ends_number(r, r->at + length)) length++;
    text[n++] = '"';
    for (size_t i = 0; i < (length ? length : 1) && n < 30; i++)
        text[n++] = r->at[i] > ' ' && r->at[i] <= '~' ? r->at[i] : '?';
    snprintf(text + n, 40 - n, length > 29 ? "...\"" : "\"");
    return text;
}

static bool refuse_cell(const reader *r, int64_t column, const char *expected, const char *hint) {
    char text[40];
    return refuse(r->why, "%.300s: line %lld, column %lld: expected %s, found %s%s", r->path, (long long)r->line,
                  (long long)column, expected, found(r, text), hint);
}

static bool append(reader *r, double x) {
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 64;
        double *larger = realloc(r->matrix->data, r->room * sizeof *larger);
        if (!larger) return refuse(r->why, "%.300s: not enough memory for its numbers", r->path);
        r->matrix->data = larger;
    }
    r->matrix->data[r->count++] = x;
    return true;
}

static void skip_blanks(reader *r) {
    while (*r->at == ' ' || *r->at == '\t') r->at++;
}

static void skip_line(reader *r) {
    while (!at_end_of_line(r)) r->at++;
    if (r->at[0] == '\r' && r->at[1] == '\n') r->at++;
    if (r->at < r->end) r->at++;
    r->line++;
}

static bool at_header(const reader *r) {
    return r->matrix->rows == 0 && (isalpha((unsigned char)*r->at) || *r->at == '"');
}

/* Digits, signs, a point and an exponent only: strtod knows hexadecimal, inf and nan as well. */
static bool read_number(reader *r, int64_t column) {
    const size_t length = strspn(r->at, "+-.0123456789eE");
    char *after;
    const double x = strtod(r->at, &after);
    if (length == 0 || after != r->at + length || !ends_number(r, after))
        return refuse_cell(r, column, "a number", at_header(r) ? "; begin a header line with #, or remove it" : "");
    if (!isfinite(x)) return refuse_cell(r, column, "a number of at most 1.8e308", "");
    r->at = after;
    return append(r, x);
}

/* Moves from one number to the next of its row; *more says whether there is one. */
static bool read_separator(reader *r, int64_t column, bool *more) {
    skip_blanks(r);
    *more = !at_end_of_line(r);
    if (!*more) return true;
    const char separator = *r->at == ',' || *r->at == ';' ? *r->at : ' ';
    if (!r->separator) r->separator = separator;
    if (separator != r->separator) {
        char expected[40] = "a blank between numbers, as before";
        if (r->separator != ' ') snprintf(expected, sizeof expected, "\"%c\" between numbers, as before", r->separator);
        return refuse_cell(r, column, expected, separator == ' ' ? "" : "; decimals are written with a point");
    }
    if (separator != ' ') r->at++;
    skip_blanks(r);
    return true;
}

/* The row has another number of columns than the first one, and this is where it shows. */
static bool refuse_row(const reader *r, int64_t column) {
    char expected[80];
    snprintf(expected, sizeof expected, "%lld columns as in line %lld", (long long)r->matrix->cols,
             (long long)r->first_line);
    return refuse_cell(r, column, expected, "");
}

static bool read_row(reader *r) {
    csv_matrix *M = r->matrix;
    int64_t column = 0;
    for (bool more = true; more;) {
        column++;
        if (M->rows > 0 && column > M->cols) return refuse_row(r, column);
        if (!read_number(r, column) || !read_separator(r, column + 1, &more)) return false;
    }
    if (M->rows == 0) {
        M->cols = column;
        r->first_line = r->line;
    }
    if (column < M->cols) return refuse_row(r, column + 1);
    M->rows++;
    M->last_line = r->line;
    return true;
}

static bool read_rows(reader *r) {
    if (strncmp(r->at, "\xef\xbb\xbf", 3) == 0) r->at += 3;
    for (r->line = 1; r->at < r->end; skip_line(r)) {
        skip_blanks(r);
        if (*r->at == '#') continue;
        if (at_end_of_line(r)) {
            if (r->matrix->rows > 0 && !r->blank_line) r->blank_line = r->line;
            continue;
        }
        if (r->blank_line)
            return refuse(r->why, "%.300s: line %lld, column 1: expected a number, found a blank line between rows",
                          r->path, (long long)r->blank_line);
        if (!read_row(r)) return false;
    }
    if (r->matrix->rows > 0) return true;
    return refuse_cell(r, 1, "a number", "");
}

/* The bytes of a file, with a 0 behind; NULL, with the reason in why. */
static char *read_whole(const char *path, size_t *length, char *why) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 1 << 16, got = file ? 1 : 0;
    for (*length = 0; got > 0; *length += got) {
        room = *length + 1 < room ? room : 2 * room;
        char *larger = realloc(text, room);
        if (!larger) break;
        text = larger;
        got = fread(text + *length, 1, room - *length - 1, file);
    }
    const bool whole = file && got == 0 && !ferror(file);
    if (!whole) refuse(why, "%.300s: expected a file of numbers: %s", path, strerror(errno));
    if (file) fclose(file);
    if (whole)
        text[*length] = 0;
    else
        free(text);
    return whole ? text : NULL;
}

bool csv_read(const char *path, csv_matrix *matrix, char *why) {
    *matrix = (csv_matrix){ 0 };
    size_t length;
    char *text = read_whole(path, &length, why);
    if (!text) return false;
    reader r = { .path = path, .at = text, .end = text + length, .why = why, .matrix = matrix };
    const bool read = read_rows(&r);
    free(text);
    if (read) return true;
    free(matrix->data);
    *matrix = (csv_matrix){ 0 };
    return false;
}
