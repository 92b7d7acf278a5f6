/* SPDX-License-Identifier: MIT */
#include "text/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WIDEST = 100 }; /* bytes of the line that are shown */

static bool continues_a_letter(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

static size_t start_of_line(const mgd_source *s, size_t at) {
    while (at > 0 && s->text[at - 1] != '\n') at--;
    return at;
}

void mgd__place_in(const mgd_source *s, size_t at, size_t *line, size_t *column) {
    *line = *column = 1;
    for (size_t i = 0; i < at && i < s->length; i++) *line += s->text[i] == '\n';
    for (size_t i = start_of_line(s, at); i < at; i++) *column += !continues_a_letter(s->text[i]);
}

/* The line around `at`, at most WIDEST bytes of it, and a caret below. What cannot be printed becomes a blank. */
static void show_line(const mgd_source *s, size_t at, char *out, size_t room) {
    size_t from = start_of_line(s, at), to = at, used = 0;
    if (at - from > WIDEST / 2) from = at - WIDEST / 2;
    while (from < at && continues_a_letter(s->text[from])) from++;
    while (to < s->length && s->text[to] != '\n' && to - from < WIDEST) to++;
    while (to > at && to < s->length && continues_a_letter(s->text[to])) to--;
    if (room < 2 * WIDEST + 16) return;
    used += (size_t)snprintf(out, room, "\n  ");
    for (size_t i = from; i < to; i++)
        out[used++] = (unsigned char)s->text[i] < ' ' || s->text[i] == 127 ? ' ' : s->text[i];
    memcpy(out + used, "\n  ", 3);
    used += 3;
    for (size_t i = from; i < at; i++)
        if (!continues_a_letter(s->text[i])) out[used++] = ' ';
    out[used++] = '^';
    out[used] = '\0';
}

bool mgd__source_error(mgd_source *s, size_t at, const char *format, ...) {
    if (s->message[0]) return false;
    size_t line, column;
    if (at > s->length) at = s->length;
    mgd__place_in(s, at, &line, &column);
    size_t room = sizeof s->message - 2 * WIDEST - 32;
    int used = snprintf(s->message, room, "%.200s:%zu:%zu: ", s->name, line, column);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(s->message + used, room - (size_t)used, format, arguments);
    va_end(arguments);
    size_t n = strlen(s->message);
    show_line(s, at, s->message + n, sizeof s->message - n);
    return false;
}
