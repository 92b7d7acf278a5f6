/* SPDX-License-Identifier: MIT */
/* Writing a matrix: into a temporary file beside the one that is meant, which it replaces when it is whole. */
#define _XOPEN_SOURCE 700
#include "files/files.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool check_array(const mgd_array *a, const mgd_why *why) {
    if (!a->data) return mgd__complain(why, "no matrix to write: its data is NULL");
    return mgd__check_size(why, a->rows, a->cols);
}

static bool write_as(mgd_format f, FILE *stream, const mgd_array *a, const mgd_why *why) {
    mgd_sink *const s = malloc(sizeof *s);
    if (!s) return mgd__complain(why, "out of memory");
    s->stream = stream;
    s->why = why;
    s->error = 0;
    s->used = 0;
    switch (f.kind) {
    case MGD_NPY:
        mgd__npy_write(s, a);
        break;
    case MGD_MTX:
        mgd__mtx_write(s, a, f.detail != NULL);
        break;
    case MGD_TSV:
        mgd__csv_write(s, a, '\t');
        break;
    default:
        mgd__csv_write(s, a, ',');
        break;
    }
    const bool written = mgd__sink_flush(s);
    free(s);
    return written;
}

/* Numbers have a point, whatever the program has set. */
static bool write_in_locale(mgd_format f, FILE *stream, const mgd_array *a, const mgd_why *why) {
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain) return mgd__complain(why, "out of memory");
    const locale_t before = uselocale(plain);
    const bool written = write_as(f, stream, a, why);
    uselocale(before);
    freelocale(plain);
    return written;
}

bool mgd_save_stream(FILE *stream, const char *name, const char *format, mgd_array matrix, char *why, size_t why_size) {
    const mgd_why reason = { name ? name : "stream", why, why ? why_size : 0 };
    mgd_format f;
    if (!check_array(&matrix, &reason) || !mgd__format_find(format, NULL, NULL, &reason, &f)) return false;
    if (!stream) return mgd__complain(&reason, "no stream: NULL");
    if (f.kind == MGD_MAT) return mgd__complain(&reason, "a MAT-file is written by its name, not to a stream");
    return write_in_locale(f, stream, &matrix, &reason);
}

/* Closes in any case: a full disk may show only here. */
static bool write_and_close(mgd_format f, FILE *stream, const mgd_array *a, const mgd_why *why) {
    const bool written = write_in_locale(f, stream, a, why);
    errno = 0;
    if (fclose(stream) == 0 || !written) return written;
    return mgd__complain(why, "writing failed: %s", errno ? strerror(errno) : "it could not be closed");
}

static bool write_directly(mgd_format f, const char *path, const mgd_array *a, const mgd_why *why) {
    FILE *const stream = fopen(path, "wb");
    return stream ? write_and_close(f, stream, a, why) : mgd__complain(why, "%s", strerror(errno));
}

/* A new file beside `path`, whose name is put into `beside`, open to write, with an ordinary file's permissions. */
static int open_beside(const char *path, char *beside, size_t size) {
    const char *const slash = strrchr(path, '/');
    const int folder = slash ? (int)(slash - path + 1) : 0;
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        snprintf(beside, size, "%.*s.matgrad-%ld-%u", folder, path, (long)getpid(), attempt);
        const int file = open(beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

static bool write_beside(mgd_format f, int file, const char *beside, const mgd_array *a, const mgd_why *why) {
    if (f.kind == MGD_MAT) {
        close(file);
        return mgd__mat_write(beside, f.detail, a, why);
    }
    FILE *const stream = fdopen(file, "wb");
    if (stream) return write_and_close(f, stream, a, why);
    close(file);
    return mgd__complain(why, "%s", strerror(errno));
}

static bool replace(mgd_format f, const char *path, const struct stat *old, const mgd_array *a, const mgd_why *why) {
    const size_t size = strlen(path) + 64;
    char *const beside = malloc(size);
    if (!beside) return mgd__complain(why, "out of memory");
    const int file = open_beside(path, beside, size);
    bool written;
    if (file < 0)
        written = mgd__complain(why, "no file can be made in its folder: %s", strerror(errno));
    else {
        if (old) fchmod(file, old->st_mode & 0777);
        written = write_beside(f, file, beside, a, why);
        if (written && rename(beside, path) != 0) written = mgd__complain(why, "%s", strerror(errno));
        if (!written) unlink(beside);
    }
    free(beside);
    return written;
}

static bool save(mgd_format f, const char *path, const mgd_array *a, const mgd_why *why) {
    struct stat about;
    if (stat(path, &about) != 0)
        return errno == ENOENT ? replace(f, path, NULL, a, why) : mgd__complain(why, "%s", strerror(errno));
    if (S_ISDIR(about.st_mode)) return mgd__complain(why, "a directory, where a file should be");
    if (!S_ISREG(about.st_mode)) {
        if (f.kind == MGD_MAT) return mgd__complain(why, "a MAT-file is written to an ordinary file only");
        return write_directly(f, path, a, why);
    }
    if (access(path, W_OK) != 0) return mgd__complain(why, "%s", strerror(errno));
    char *const real = realpath(path, NULL); /* a link stays one */
    const bool saved = replace(f, real ? real : path, &about, a, why);
    free(real);
    return saved;
}

bool mgd_save(const char *path, const char *format, mgd_array matrix, char *why, size_t why_size) {
    if (path && !strcmp(path, "-")) return mgd_save_stream(stdout, "standard output", format, matrix, why, why_size);
    const mgd_why reason = { path ? path : "save", why, why ? why_size : 0 };
    mgd_format f;
    if (!path) return mgd__complain(&reason, "no file: NULL");
    if (!check_array(&matrix, &reason) || !mgd__format_find(format, path, NULL, &reason, &f)) return false;
    return save(f, path, &matrix, &reason);
}
