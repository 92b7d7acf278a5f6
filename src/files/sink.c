/* SPDX-License-Identifier: MIT */
/* What is written, a buffer at a time. The stream remembers a failure, and the flush at the end reports it. */
#include "files/files.h"

#include <errno.h>
#include <string.h>

static void write_bytes(mgd_sink *s, const void *bytes, size_t count) {
    if (count == 0 || ferror(s->stream)) return;
    errno = 0;
    if (fwrite(bytes, 1, count, s->stream) < count && !s->error) s->error = errno;
}

static void empty(mgd_sink *s) {
    write_bytes(s, s->buffer, s->used);
    s->used = 0;
}

void mgd__sink_bytes(mgd_sink *s, const void *bytes, size_t count) {
    if (count > sizeof s->buffer - s->used) empty(s);
    if (count > sizeof s->buffer) {
        write_bytes(s, bytes, count);
        return;
    }
    memcpy(s->buffer + s->used, bytes, count);
    s->used += count;
}

void mgd__sink_decimal(mgd_sink *s, double x, char after) {
    if (sizeof s->buffer - s->used <= MGD_DECIMAL) empty(s);
    s->used += mgd__write_decimal(s->buffer + s->used, x);
    s->buffer[s->used++] = after;
}

bool mgd__sink_flush(mgd_sink *s) {
    empty(s);
    errno = 0;
    if (fflush(s->stream) == 0 && !ferror(s->stream)) return true;
    const int error = s->error ? s->error : errno;
    return mgd__complain(s->why, "writing failed: %s", error ? strerror(error) : "the stream is in error");
}

double mgd__entry(const mgd_array *a, int64_t i, int64_t j) {
    const int64_t at = i * a->row_stride + j * a->col_stride;
    return a->precision == MGD_FLOAT ? (double)((const float *)a->data)[at] : ((const double *)a->data)[at];
}
