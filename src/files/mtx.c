/* SPDX-License-Identifier: MIT */
/* Matrix Market: a banner, comments, the sizes, and the entries: all of them column by column (array), or those that
 * are not 0 with their row and column from 1 (coordinate). Of a symmetric or skew-symmetric matrix the lower triangle.
 * Source: R. F. Boisvert, R. Pozo, K. A. Remington, The Matrix Market Exchange Formats, NISTIR 5935 (1996). */
#include "files/files.h"

#include <stdlib.h>
#include <string.h>

typedef enum { GENERAL, SYMMETRIC, SKEW } symmetry;

typedef struct {
    mgd_stream *s;
    bool coordinate, pattern;
    symmetry kind;
    int64_t rows, cols, entries; /* entries: of a coordinate file */
    double *data;
} market;

enum { WORD = 24 };

static const char blanks[] = " \t", ends[] = " \t\r\n";

/* The next word of the banner, in lower case; "" where the line ends. */
static void read_word(mgd_stream *s, char word[WORD]) {
    size_t n = 0;
    mgd__skip(s, blanks);
    for (; s->at < s->end && !strchr(ends, *s->at ? *s->at : 1); s->at++)
        if (n < WORD - 1) word[n++] = (char)(*s->at >= 'A' && *s->at <= 'Z' ? *s->at + 'a' - 'A' : *s->at);
    word[n] = 0;
}

static bool fail_word(const mgd_stream *s, const char *word, const char *expected) {
    char safe[WORD];
    size_t n = 0;
    for (; word[n]; n++) safe[n] = (char)(word[n] > ' ' && word[n] <= '~' ? word[n] : '?');
    safe[n] = 0;
    return mgd__complain_line(s, "'%s' in the banner, where it should be %s", safe, expected);
}

static bool is_one_of(const char *word, const char *const *known, size_t count, size_t *which) {
    for (*which = 0; *which < count; ++*which)
        if (!strcmp(word, known[*which])) return true;
    return false;
}

static bool read_banner(market *m) {
    static const char *const shapes[] = { "array", "coordinate" };
    static const char *const fields[] = { "real", "integer", "double", "unsigned-integer", "pattern" };
    static const char *const kinds[] = { "general", "symmetric", "skew-symmetric" };
    mgd_stream *s = m->s;
    char word[WORD];
    size_t which;
    read_word(s, word);
    if (strcmp(word, "%%matrixmarket") != 0)
        return mgd__complain_line(s, "it does not begin as a Matrix Market file does, with %%%%MatrixMarket");
    read_word(s, word);
    if (strcmp(word, "matrix") != 0) return fail_word(s, word, "matrix");
    read_word(s, word);
    if (!is_one_of(word, shapes, 2, &which)) return fail_word(s, word, "array or coordinate");
    m->coordinate = which == 1;
    read_word(s, word);
    if (!strcmp(word, "complex")) return mgd__complain_line(s, "a complex matrix; read are real, integer and pattern");
    if (!is_one_of(word, fields, 5, &which)) return fail_word(s, word, "real, integer or pattern");
    m->pattern = which == 4;
    read_word(s, word);
    if (!strcmp(word, "hermitian"))
        return mgd__complain_line(s, "a hermitian matrix; read are general, symmetric and skew-symmetric");
    if (!is_one_of(word, kinds, 3, &which)) return fail_word(s, word, "general, symmetric or skew-symmetric");
    m->kind = (symmetry)which;
    mgd__skip(s, blanks);
    if (!mgd__at_line_end(s)) return mgd__complain_here(s, "more in the banner than its five words");
    if (m->pattern && (!m->coordinate || m->kind == SKEW))
        return mgd__complain_line(s, "a pattern matrix is coordinate, and general or symmetric");
    return true;
}

/* To the next line that says something; false at the end of the file. */
static bool next_line(mgd_stream *s) {
    do {
        mgd__next_line(s);
        mgd__stream_need(s);
        mgd__skip(s, blanks);
        mgd__stream_need(s);
    } while (s->at < s->end && (*s->at == '%' || mgd__at_line_end(s)));
    return s->at < s->end;
}

static bool read_number(mgd_stream *s, double *x) {
    char text[48];
    bool overflow;
    mgd__skip(s, blanks);
    mgd__stream_need(s);
    if (mgd__at_line_end(s)) return mgd__complain_here(s, "the line ends where a number should stand");
    char *const begin = s->at;
    if (mgd__stream_number(s, x, &overflow) && (mgd__at_line_end(s) || (*s->at && strchr(blanks, *s->at)))) return true;
    s->at = begin;
    return mgd__complain_here(s, overflow ? "%s is beyond the largest double" : "%s is no number",
                              mgd__found(s, ends, text));
}

/* A whole number from `least` to `most`. */
static bool read_whole(mgd_stream *s, int64_t least, int64_t most, const char *what, int64_t *n) {
    mgd__skip(s, blanks);
    mgd__stream_need(s);
    char text[48];
    char *const begin = s->at;
    bool any = false;
    for (*n = 0; *s->at >= '0' && *s->at <= '9'; s->at++, any = true)
        if (*n <= INT64_MAX / 100) *n = 10 * *n + (*s->at - '0');
    if (any && *n >= least && *n <= most && (mgd__at_line_end(s) || (*s->at && strchr(blanks, *s->at)))) return true;
    s->at = begin;
    if (mgd__at_line_end(s)) return mgd__complain_here(s, "the line ends where the %s should stand", what);
    return mgd__complain_here(s, "%s is no %s from %lld to %lld", mgd__found(s, ends, text), what, (long long)least,
                              (long long)most);
}

static bool line_is_done(mgd_stream *s) {
    char text[48];
    mgd__skip(s, blanks);
    mgd__stream_need(s);
    return mgd__at_line_end(s) ? true
                               : mgd__complain_here(s, "%s, where the line should end", mgd__found(s, ends, text));
}

static bool read_sizes(market *m) {
    mgd_stream *s = m->s;
    if (!next_line(s)) return mgd__complain_line(s, "the file ends where its sizes should stand");
    if (!read_whole(s, 1, INT32_MAX, "number of rows", &m->rows)) return false;
    if (!read_whole(s, 1, INT32_MAX, "number of columns", &m->cols)) return false;
    if (m->kind != GENERAL && m->rows != m->cols)
        return mgd__complain_line(s, "a %s matrix of %lldx%lld; it should be square",
                                  m->kind == SKEW ? "skew-symmetric" : "symmetric", (long long)m->rows,
                                  (long long)m->cols);
    m->entries = m->rows * m->cols;
    if (m->kind == SYMMETRIC) m->entries = m->rows * (m->rows + 1) / 2;
    if (m->kind == SKEW) m->entries = m->rows * (m->rows - 1) / 2;
    if (m->coordinate && !read_whole(s, 0, INT64_MAX / 100, "number of entries", &m->entries)) return false;
    return line_is_done(s) && mgd__check_size(s->why, m->rows, m->cols);
}

static bool fail_count(const market *m, int64_t done) {
    return mgd__complain_line(m->s, "the file ends after %lld of %lld entries", (long long)done, (long long)m->entries);
}

static void add(double *entry, double x) { *entry = *entry == 0 ? x : *entry + x; } /* -0 stays -0 */

static void put(market *m, int64_t i, int64_t j, double x) {
    add(&m->data[i * m->cols + j], x);
    if (m->kind != GENERAL && i != j) add(&m->data[j * m->cols + i], m->kind == SKEW ? -x : x);
}

static bool read_coordinates(market *m) {
    mgd_stream *s = m->s;
    for (int64_t k = 0; k < m->entries; k++) {
        int64_t i, j;
        double x = 1;
        if (!next_line(s)) return fail_count(m, k);
        if (!read_whole(s, 1, m->rows, "row", &i) || !read_whole(s, 1, m->cols, "column", &j)) return false;
        if (!m->pattern && !read_number(s, &x)) return false;
        if (!line_is_done(s)) return false;
        if (m->kind != GENERAL && i < j + (m->kind == SKEW))
            return mgd__complain_line(s, "entry (%lld, %lld); a %s file holds the entries below the diagonal%s",
                                      (long long)i, (long long)j, m->kind == SKEW ? "skew-symmetric" : "symmetric",
                                      m->kind == SKEW ? "" : " and on it");
        put(m, i - 1, j - 1, x);
    }
    return true;
}

static bool read_array(market *m) {
    int64_t done = 0;
    for (int64_t j = 0; j < m->cols; j++)
        for (int64_t i = m->kind == GENERAL ? 0 : m->kind == SKEW ? j + 1 : j; i < m->rows; i++, done++) {
            double x = 0;
            if (!next_line(m->s)) return fail_count(m, done);
            if (!read_number(m->s, &x) || !line_is_done(m->s)) return false;
            m->data[i * m->cols + j] = x;
            if (m->kind != GENERAL) m->data[j * m->cols + i] = m->kind == SKEW ? -x : x;
        }
    return true;
}

/* Each entry takes two bytes, or four with its place: what the sizes claim is held against the file's length. */
static bool check_length(const market *m) {
    const mgd_stream *s = m->s;
    const int64_t least = m->coordinate ? 4 : 2, left = s->total - mgd__stream_offset(s);
    if (s->total < 0 || m->entries <= (left + 1) / least) return true;
    return mgd__complain(s->why, "truncated: %lld entries cannot stand in the %lld bytes after the sizes",
                         (long long)m->entries, (long long)left);
}

bool mgd__mtx_read(mgd_stream *s, mgd_matrix_file *out) {
    market m = { .s = s };
    mgd__stream_need(s);
    if (!read_banner(&m) || !read_sizes(&m) || !check_length(&m)) return false;
    m.data = out->data = calloc((size_t)m.rows * (size_t)m.cols, sizeof *m.data);
    if (!m.data) return mgd__complain_memory(s->why, m.rows, m.cols);
    out->rows = m.rows;
    out->cols = m.cols;
    if (!(m.coordinate ? read_coordinates : read_array)(&m)) return false;
    return next_line(s) ? mgd__complain_line(s, "more follows the last entry") : true;
}

static void write_text(mgd_sink *s, const char *text) { mgd__sink_bytes(s, text, strlen(text)); }

/* +0 is what an entry is without being written; -0 is not. */
static bool is_written(const mgd_array *a, int64_t i, int64_t j) {
    const double x = mgd__entry(a, i, j), zero = 0;
    return memcmp(&x, &zero, sizeof x) != 0;
}

static void write_coordinates(mgd_sink *s, const mgd_array *a) {
    int64_t count = 0;
    for (int64_t i = 0; i < a->rows; i++)
        for (int64_t j = 0; j < a->cols; j++) count += is_written(a, i, j);
    mgd__sink_decimal(s, (double)a->rows, ' ');
    mgd__sink_decimal(s, (double)a->cols, ' ');
    mgd__sink_decimal(s, (double)count, '\n');
    for (int64_t j = 0; j < a->cols; j++)
        for (int64_t i = 0; i < a->rows; i++) {
            if (!is_written(a, i, j)) continue;
            mgd__sink_decimal(s, (double)(i + 1), ' ');
            mgd__sink_decimal(s, (double)(j + 1), ' ');
            mgd__sink_decimal(s, mgd__entry(a, i, j), '\n');
        }
}

static void write_array(mgd_sink *s, const mgd_array *a) {
    mgd__sink_decimal(s, (double)a->rows, ' ');
    mgd__sink_decimal(s, (double)a->cols, '\n');
    for (int64_t j = 0; j < a->cols; j++)
        for (int64_t i = 0; i < a->rows; i++) mgd__sink_decimal(s, mgd__entry(a, i, j), '\n');
}

void mgd__mtx_write(mgd_sink *s, const mgd_array *a, bool coordinate) {
    write_text(s, "%%MatrixMarket matrix ");
    write_text(s, coordinate ? "coordinate real general\n" : "array real general\n");
    (coordinate ? write_coordinates : write_array)(s, a);
}
