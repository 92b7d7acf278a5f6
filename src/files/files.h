/* SPDX-License-Identifier: MIT */
/* Inside files/: what one format's reader and writer need of the rest. Plain arrays only; no tape is known here. */
#ifndef MGD_FILES_H
#define MGD_FILES_H

#include "matgrad/files.h"

/* ---- failures ---- */

typedef struct {
    const char *name; /* the file's, for the reader of the message */
    char *text;
    size_t size;
} mgd_why;

void mgd__tell(const mgd_why *why, const char *place,
               const char *sentence); /* "NAME", the place, ": " and the sentence */

/* The same without a place; always false. */
bool mgd__complain(const mgd_why *why, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool mgd__complain_memory(const mgd_why *why, int64_t rows, int64_t cols);

/* ---- what is read (stream.c) ----
 * A window over a stream: between `at` and `end`, with a 0 behind. Texts are walked in it; arrays of bytes go past it.
 */
enum { MGD_LOOKAHEAD = 4096 }; /* no number is longer */

typedef struct {
    FILE *stream;
    const mgd_why *why;
    char *buffer, *at, *end;
    size_t room;
    int error;      /* errno of the read that failed, or 0 */
    bool ended;     /* nothing comes after `end` */
    int64_t before; /* bytes that came before the buffer */
    int64_t total;  /* the stream's length in bytes from where it stood; -1 where only reading tells, as for a pipe */
    int64_t line;   /* of a text; from 1 */
    int64_t line_start; /* the byte at which it begins */
} mgd_stream;

bool mgd__stream_open(mgd_stream *s, FILE *stream, const mgd_why *why);
void mgd__stream_close(mgd_stream *s);
void mgd__stream_fill(mgd_stream *s);
bool mgd__stream_line(mgd_stream *s); /* the whole line, to its end, into the window; false without memory */
int64_t mgd__stream_offset(const mgd_stream *s);
size_t mgd__stream_read(mgd_stream *s, void *bytes, size_t count); /* how many there were */

/* At least MGD_LOOKAHEAD bytes stand at s->at, or all that are left. */
static inline void mgd__stream_need(mgd_stream *s) {
    if (s->end - s->at < MGD_LOOKAHEAD && !s->ended) mgd__stream_fill(s);
}

static inline bool mgd__at_line_end(const mgd_stream *s) {
    return *s->at == '\n' || *s->at == '\r' || (s->at == s->end && s->ended);
}

void mgd__next_line(mgd_stream *s);                /* from anywhere in a line to the start of the next */
void mgd__skip(mgd_stream *s, const char *blanks); /* over these characters */
bool mgd__complain_line(const mgd_stream *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool mgd__complain_here(const mgd_stream *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *mgd__found(const mgd_stream *s, const char *ends, char text[48]); /* what stands here, in quotes */

/* Reads the number here. False, with nothing said and s->at unmoved, where there is none; *overflow says that there is
 * one beyond the doubles. */
bool mgd__stream_number(mgd_stream *s, double *x, bool *overflow);

/* ---- numbers as text (decimal.c); a locale whose decimals have a point is the caller's business ---- */

enum { MGD_DECIMAL = 32 };

const char *mgd__read_decimal(const char *at, double *x);    /* where it ends; NULL where there is none */
size_t mgd__write_decimal(char text[MGD_DECIMAL], double x); /* its length; no 0 behind */

/* ---- what is read grows here (grow.c) ---- */

typedef struct {
    double *data;
    size_t count, room;
} mgd_numbers;

bool mgd__numbers_grow(mgd_numbers *n); /* false without memory */

/* 1 to 2147483647 rows and cols whose product fits the memory of the machine; else it complains. */
bool mgd__check_size(const mgd_why *why, int64_t rows, int64_t cols);

/* ---- what is written (sink.c) ---- */

typedef struct {
    FILE *stream;
    const mgd_why *why;
    int error; /* errno of the first write that failed, or 0 */
    size_t used;
    char buffer[1 << 16];
} mgd_sink;

void mgd__sink_bytes(mgd_sink *s, const void *bytes, size_t count);
void mgd__sink_decimal(mgd_sink *s, double x, char after); /* x, and what separates it from the next */
bool mgd__sink_flush(mgd_sink *s);                         /* false, and complains, where something was not written */

double mgd__entry(const mgd_array *a, int64_t i, int64_t j);

/* ---- formats ---- */

typedef enum { MGD_CSV, MGD_TSV, MGD_NPY, MGD_MTX, MGD_MAT, MGD_FORMATS } mgd_file_format;

typedef struct {
    mgd_file_format kind;
    const char *detail; /* what stands behind ":", or NULL */
} mgd_chosen_format;

bool mgd__csv_read(mgd_stream *s, mgd_matrix_file *out);
bool mgd__npy_read(mgd_stream *s, mgd_matrix_file *out);
bool mgd__mtx_read(mgd_stream *s, mgd_matrix_file *out);
bool mgd__mat_read(const char *path, const char *variable, mgd_matrix_file *out, const mgd_why *why);

void mgd__csv_write(mgd_sink *s, const mgd_array *a, char separator);
void mgd__npy_write(mgd_sink *s, const mgd_array *a);
void mgd__mtx_write(mgd_sink *s, const mgd_array *a, bool coordinate);
bool mgd__mat_write(const char *path, const char *variable, const mgd_array *a, const mgd_why *why);

/* By name, else by the end of the path, else, where there is a source, by what it begins with. */
bool mgd__format_find(const char *named, const char *path, const mgd_stream *s, const mgd_why *why,
                      mgd_chosen_format *found);

#endif
