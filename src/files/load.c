/* SPDX-License-Identifier: MIT */
/* Reading a matrix: the format is found, and its reader is called in the C locale. */
#define _POSIX_C_SOURCE 200809L
#include "files/files.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void mgd_matrix_file_free(mgd_matrix_file *m) {
    if (!m) return;
    free(m->data);
    free(m->header);
    *m = (mgd_matrix_file){ 0 };
}

static bool read_as(mgd_chosen_format f, mgd_stream *s, mgd_matrix_file *out) {
    switch (f.kind) {
    case MGD_NPY:
        return mgd__npy_read(s, out);
    case MGD_MTX:
        return mgd__mtx_read(s, out);
    case MGD_MAT:
        return mgd__complain(s->why, "a MAT-file is read by its name, not from a stream");
    default:
        return mgd__csv_read(s, out);
    }
}

/* path is NULL for a stream, and then the content decides. */
static bool read_stream(FILE *stream, const char *path, const char *named, mgd_matrix_file *out, const mgd_why *why) {
    mgd_stream s;
    if (!mgd__stream_open(&s, stream, why)) return false;
    mgd_chosen_format f;
    bool read;
    if (s.at == s.end && !ferror(stream))
        read = mgd__complain(why, "empty");
    else if (!mgd__format_find(named, path, &s, why, &f))
        read = false;
    else if (f.kind == MGD_MAT && path && s.total < 0)
        read = mgd__complain(why, "a MAT-file is read from an ordinary file only");
    else if (f.kind == MGD_MAT && path)
        read = mgd__mat_read(path, f.detail, out, why);
    else
        read = read_as(f, &s, out);
    if (ferror(stream))
        read = mgd__complain(why, "reading failed: %s", s.error ? strerror(s.error) : "the stream is in error");
    mgd__stream_close(&s);
    return read;
}

/* Numbers have a point, whatever the program has set. */
static bool read_in_locale(FILE *stream, const char *path, const char *named, mgd_matrix_file *out,
                           const mgd_why *why) {
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain) return mgd__complain(why, "out of memory");
    const locale_t before = uselocale(plain);
    const bool read = read_stream(stream, path, named, out, why);
    uselocale(before);
    freelocale(plain);
    if (!read) mgd_matrix_file_free(out);
    return read;
}

bool mgd_load_stream(FILE *stream, const char *name, const char *format, mgd_matrix_file *out, char *why,
                     size_t why_size) {
    const mgd_why reason = { name ? name : "stream", why, why ? why_size : 0 };
    if (!out) return mgd__complain(&reason, "nowhere to put the matrix: out is NULL");
    *out = (mgd_matrix_file){ 0 };
    if (!stream) return mgd__complain(&reason, "no stream: NULL");
    return read_in_locale(stream, NULL, format, out, &reason);
}

static FILE *open_to_read(const char *path, const mgd_why *why) {
    FILE *const stream = fopen(path, "rb");
    struct stat about;
    if (!stream) {
        mgd__complain(why, "%s", errno == ENOENT ? "no such file" : strerror(errno));
        return NULL;
    }
    if (fstat(fileno(stream), &about) != 0 || !S_ISDIR(about.st_mode)) return stream;
    mgd__complain(why, "a directory, where a file should be");
    fclose(stream);
    return NULL;
}

bool mgd_load(const char *path, const char *format, mgd_matrix_file *out, char *why, size_t why_size) {
    if (path && !strcmp(path, "-")) return mgd_load_stream(stdin, "standard input", format, out, why, why_size);
    const mgd_why reason = { path ? path : "load", why, why ? why_size : 0 };
    if (!out) return mgd__complain(&reason, "nowhere to put the matrix: out is NULL");
    *out = (mgd_matrix_file){ 0 };
    if (!path) return mgd__complain(&reason, "no file: NULL");
    FILE *const stream = open_to_read(path, &reason);
    if (!stream) return false;
    const bool read = read_in_locale(stream, path, format, out, &reason);
    fclose(stream);
    return read;
}
