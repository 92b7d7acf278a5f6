/* SPDX-License-Identifier: MIT */
/* What is read otherwise than some would mean it. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

void mgd__warn(mgd_reader *r, mgd_warning_kind kind, size_t at, const char *format, ...) {
    if (r->warned & kind) return;
    char *message = malloc(MGD_SOURCE_MESSAGE);
    if (!message || !mgd__grow(&r->warning, &r->warning_room, r->warnings + 1, sizeof *r->warning)) {
        free(message);
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    mgd__tell_at(&r->source, message, at, format, arguments);
    va_end(arguments);
    r->warning[r->warnings++] = message;
    r->warned |= kind;
}

void mgd__forget_warnings(mgd_reader *r) {
    while (r->warnings > 0) free(r->warning[--r->warnings]);
    r->warned = 0;
}

size_t mgd_warnings(const mgd_reader *r) { return r ? r->warnings : 0; }
const char *mgd_warning_at(const mgd_reader *r, size_t k) { return r && k < r->warnings ? r->warning[k] : NULL; }
