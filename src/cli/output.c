/* SPDX-License-Identifier: MIT */
/* What is written is written when it is whole: to standard output, or to a file that is there only then. */
#define _XOPEN_SOURCE 700
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool cli_output_begin(cli_output *o) {
    *o = (cli_output){ 0 };
    o->stream = open_memstream(&o->text, &o->length);
    return o->stream || cli_out_of_memory();
}

void cli_output_drop(cli_output *o) {
    if (o->stream) fclose(o->stream);
    free(o->text);
    *o = (cli_output){ 0 };
}

static bool fail(const char *path, const char *doing, int error) {
    cli_error("%s: %s: %s", path, doing, strerror(error));
    return false;
}

static bool write_all(int fd, const char *text, size_t n) {
    while (n) {
        ssize_t written = write(fd, text, n);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text += written;
        n -= (size_t)written;
    }
    return true;
}

static bool to_descriptor(int fd, const char *path, const cli_output *o) {
    return write_all(fd, o->text, o->length) || fail(path, "cannot be written", errno);
}

/* A device or a pipe has no other file to be replaced by. */
static bool in_place(const char *path, const cli_output *o) {
    FILE *f = fopen(path, "w");
    if (!f) return fail(path, "cannot be opened for writing", errno);
    bool fine = to_descriptor(fileno(f), path, o);
    if (fclose(f) && fine) return fail(path, "cannot be written", errno);
    return fine;
}

/* With the rights that a new file gets, or those that the old one had. */
static mode_t rights_for(const struct stat *old) {
    mode_t mask = umask(0);
    umask(mask);
    return old ? old->st_mode & 07777 : 0666 & ~mask;
}

static bool beside(const char *path, const struct stat *old, const cli_output *o) {
    size_t n = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(n);
    if (!temporary) return cli_out_of_memory();
    snprintf(temporary, n, "%s.XXXXXX", path);
    int fd = mkstemp(temporary), error = errno;
    if (fd < 0) {
        free(temporary);
        return fail(path, "cannot be opened for writing", error);
    }
    bool fine = to_descriptor(fd, path, o);
    if (fine && fchmod(fd, rights_for(old))) fine = fail(path, "cannot be written", errno);
    if (close(fd) && fine) fine = fail(path, "cannot be written", errno);
    if (fine && rename(temporary, path)) fine = fail(path, "cannot be written", errno);
    if (!fine) unlink(temporary);
    free(temporary);
    return fine;
}

/* A link is followed: what it points to is replaced, not the link. */
static bool to_file(const char *path, const cli_output *o) {
    struct stat there;
    if (stat(path, &there)) return beside(path, NULL, o);
    if (S_ISDIR(there.st_mode)) return fail(path, "cannot be written", EISDIR);
    if (!S_ISREG(there.st_mode)) return in_place(path, o);
    char *target = realpath(path, NULL);
    bool fine = beside(target ? target : path, &there, o);
    free(target);
    return fine;
}

bool cli_output_finish(cli_output *o, const char *path) {
    bool whole = !ferror(o->stream);
    whole = !fclose(o->stream) && whole;
    o->stream = NULL;
    bool fine = whole || cli_out_of_memory();
    if (fine && path && strcmp(path, "-") != 0)
        fine = to_file(path, o);
    else if (fine) {
        fflush(stdout);
        fine = to_descriptor(STDOUT_FILENO, "standard output", o);
    }
    cli_output_drop(o);
    return fine;
}
