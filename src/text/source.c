/* SPDX-License-Identifier: MIT */
#include "text/source.h"

#include <stdio.h>
#include <string.h>

enum { WIDEST = 100 }; /* bytes of the line that are shown */

static bool continues_a_letter(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

size_t mgd__letter(const char *s, size_t n) {
    const unsigned char *c = (const unsigned char *)s;
    size_t bytes = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : c[0] < 0xf5 ? 4 : 0;
    if (!bytes || bytes > n) return 0;
    for (size_t i = 1; i < bytes; i++)
        if (!continues_a_letter(s[i])) return 0;
    bool longer_than_needed = (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xf0 && c[1] < 0x90);
    bool surrogate = c[0] == 0xed && c[1] >= 0xa0, beyond = c[0] == 0xf4 && c[1] >= 0x90;
    return longer_than_needed || surrogate || beyond ? 0 : bytes;
}

size_t mgd__line_of(mgd_source *s, size_t at) {
    if (at < s->counted) s->counted = s->newlines = 0;
    const char *from = s->text + s->counted, *end = s->text + (at < s->length ? at : s->length), *newline;
    for (; from < end && (newline = memchr(from, '\n', (size_t)(end - from))); from = newline + 1) s->newlines++;
    s->counted = (size_t)(end - s->text);
    return s->newlines + 1;
}

static size_t start_of_line(const mgd_source *s, size_t at) {
    while (at > 0 && s->text[at - 1] != '\n') at--;
    return at;
}

/* Letters from `from` to `to`; a byte that belongs to none counts as one. */
static size_t letters_between(const mgd_source *s, size_t from, size_t to) {
    size_t count = 0;
    while (from < to) {
        size_t n = mgd__letter(s->text + from, s->length - from);
        from += n ? n : 1;
        count++;
    }
    return count;
}

/* Copies the letters from `from` to `to`. What cannot be printed becomes a blank, what is no letter a question mark. */
static size_t copy_letters(const mgd_source *s, size_t from, size_t to, char *out) {
    size_t used = 0;
    while (from < to) {
        size_t n = mgd__letter(s->text + from, to - from);
        bool control = n == 1 && ((unsigned char)s->text[from] < ' ' || s->text[from] == 127);
        if (n > 1 || (n && !control))
            memcpy(out + used, s->text + from, n);
        else
            out[used] = control ? ' ' : '?';
        used += n ? n : 1;
        from += n ? n : 1;
    }
    return used;
}

/* A place between letters, at or before `at`. */
static size_t between_letters(const mgd_source *s, size_t at) {
    for (size_t back = 0; back < 4 && back < at && at < s->length; back++)
        if (mgd__letter(s->text + at - back, s->length - (at - back)) > back) return at - back;
    return at;
}

/* The line around `at`, at most WIDEST bytes of it with "..." where it is cut, and a caret below. */
static void show_line(const mgd_source *s, size_t at, char *out, size_t room) {
    size_t start = start_of_line(s, at), from = start, to = at;
    if (room < 2 * WIDEST + 32) return;
    if (at - from > WIDEST / 2) from = between_letters(s, at - WIDEST / 2);
    while (to < s->length && s->text[to] != '\n' && to - from < WIDEST) to++;
    bool cut = to < s->length && s->text[to] != '\n';
    if (cut) to = between_letters(s, to);
    size_t used = (size_t)snprintf(out, room, "\n  %s", from > start ? "..." : "");
    used += copy_letters(s, from, to, out + used);
    used += (size_t)snprintf(out + used, room - used, "%s\n  %s", cut ? "..." : "", from > start ? "   " : "");
    size_t blanks = letters_between(s, from, at);
    memset(out + used, ' ', blanks);
    memcpy(out + used + blanks, "^", 2);
}

void mgd__tell_at(mgd_source *s, char *message, size_t at, const char *format, va_list arguments) {
    if (at > s->length) at = s->length;
    size_t room = MGD_SOURCE_MESSAGE - 2 * WIDEST - 48, column = letters_between(s, start_of_line(s, at), at) + 1;
    int used = snprintf(message, room, "%.200s:%zu:%zu: ", s->name, mgd__line_of(s, at), column);
    vsnprintf(message + used, room - (size_t)used, format, arguments);
    size_t n = strlen(message);
    show_line(s, at, message + n, MGD_SOURCE_MESSAGE - n);
}

bool mgd__source_error(mgd_source *s, size_t at, const char *format, ...) {
    if (s->message[0]) return false;
    va_list arguments;
    va_start(arguments, format);
    mgd__tell_at(s, s->message, at, format, arguments);
    va_end(arguments);
    return false;
}
