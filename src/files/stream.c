/* SPDX-License-Identifier: MIT */
/* A stream seen through a window that moves on, so that no second copy of a large file is made. */
#define _POSIX_C_SOURCE 200809L
#include "files/files.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WINDOW = 1 << 18, LONGEST_LINE = 1 << 26 };

static int64_t length_of(FILE *stream) {
    struct stat about;
    if (fstat(fileno(stream), &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) return -1;
    const off_t here = ftello(stream);
    return here < 0 || here > about.st_size ? -1 : (int64_t)(about.st_size - here);
}

bool mgd__stream_open(mgd_stream *s, FILE *stream, const mgd_why *why) {
    *s = (mgd_stream){ .stream = stream, .why = why, .line = 1, .total = length_of(stream), .room = WINDOW };
    s->buffer = s->at = s->end = malloc(s->room + 1);
    if (!s->buffer) return mgd__complain(why, "out of memory");
    *s->end = 0;
    mgd__stream_fill(s);
    return true;
}

void mgd__stream_close(mgd_stream *s) {
    free(s->buffer);
    s->buffer = NULL;
}

static size_t read_bytes(mgd_stream *s, char *bytes, size_t count) {
    errno = 0;
    const size_t got = fread(bytes, 1, count, s->stream);
    if (got == count) return got;
    s->ended = true;
    if (ferror(s->stream)) s->error = errno;
    return got;
}

void mgd__stream_fill(mgd_stream *s) {
    const size_t kept = (size_t)(s->end - s->at);
    s->before += s->at - s->buffer;
    memmove(s->buffer, s->at, kept);
    const size_t got = read_bytes(s, s->buffer + kept, s->room - kept);
    s->at = s->buffer;
    s->end = s->buffer + kept + got;
    *s->end = 0;
}

bool mgd__stream_line(mgd_stream *s) {
    while (!s->ended && !memchr(s->at, '\n', (size_t)(s->end - s->at))) {
        if (s->at == s->buffer && s->end == s->buffer + s->room) {
            if (s->room >= LONGEST_LINE)
                return mgd__complain_line(s, "a line of more than %d characters", LONGEST_LINE);
            char *larger = realloc(s->buffer, 2 * s->room + 1);
            if (!larger) return mgd__complain(s->why, "out of memory");
            s->end = larger + s->room;
            s->buffer = s->at = larger;
            s->room *= 2;
        }
        mgd__stream_fill(s);
    }
    return true;
}

int64_t mgd__stream_offset(const mgd_stream *s) { return s->before + (s->at - s->buffer); }

size_t mgd__stream_read(mgd_stream *s, void *bytes, size_t count) {
    const size_t here = (size_t)(s->end - s->at), first = here < count ? here : count;
    memcpy(bytes, s->at, first);
    s->at += first;
    if (first == count || s->ended) return first;
    const size_t more = read_bytes(s, (char *)bytes + first, count - first);
    s->before += (int64_t)more;
    return first + more;
}

void mgd__next_line(mgd_stream *s) {
    for (;;) {
        mgd__stream_need(s);
        while (s->at < s->end && *s->at != '\n' && *s->at != '\r') s->at++;
        if (s->at < s->end || s->ended) break;
    }
    mgd__stream_need(s);
    if (s->at[0] == '\r' && s->at[1] == '\n') s->at++;
    if (s->at < s->end) s->at++;
    s->line++;
    s->line_start = mgd__stream_offset(s);
}

void mgd__skip(mgd_stream *s, const char *blanks) {
    for (;;) {
        while (*s->at && strchr(blanks, *s->at)) s->at++;
        if (s->at < s->end || s->ended) return;
        mgd__stream_fill(s);
    }
}

static bool fail_at(const mgd_stream *s, bool column, const char *format, va_list arguments) {
    char sentence[MGD_WHY], place[64];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    snprintf(place, sizeof place, column ? ":%lld:%lld" : ":%lld", (long long)s->line,
             (long long)(mgd__stream_offset(s) - s->line_start + 1));
    mgd__tell(s->why, place, sentence);
    return false;
}

bool mgd__complain_line(const mgd_stream *s, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail_at(s, false, format, arguments);
    va_end(arguments);
    return false;
}

bool mgd__complain_here(const mgd_stream *s, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail_at(s, true, format, arguments);
    va_end(arguments);
    return false;
}

const char *mgd__found(const mgd_stream *s, const char *ends, char text[48]) {
    size_t length = 0, n = 0;
    while (s->at + length < s->end && length < 60 && !strchr(ends, s->at[length] ? s->at[length] : 1)) length++;
    text[n++] = '\'';
    for (size_t i = 0; i < length && n < 40; i++) {
        const unsigned char c = (unsigned char)s->at[i];
        if (c >= ' ' && c <= '~')
            text[n++] = (char)c;
        else
            n += (size_t)snprintf(text + n, 5, "\\x%02x", c);
    }
    snprintf(text + n, 48 - n, n >= 40 ? "..." : "'");
    return text;
}

bool mgd__stream_number(mgd_stream *s, double *x, bool *overflow) {
    *overflow = false;
    mgd__stream_need(s);
    const char *const after = mgd__read_decimal(s->at, x);
    if (!after) return false;
    if (after == s->end && !s->ended) return false; /* longer than any number may be */
    *overflow = isinf(*x) && (after[-1] == '.' || (after[-1] >= '0' && after[-1] <= '9')); /* not the word "inf" */
    if (*overflow) return false;
    s->at += after - s->at;
    return true;
}
