/* SPDX-License-Identifier: MIT */
/* Errors: one place raises them all. */
#include "tape/tape.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool raise_error(const mgd_complaint *whom, char *message, mgd_note where, const char *format,
                        va_list arguments) {
    vsnprintf(message, MGD_MESSAGE, format, arguments);
    size_t n = strlen(message);
    if (where.text[0]) snprintf(message + n, MGD_MESSAGE - n, ", %s", where.text);
    if (whom->handler) whom->handler(whom->user, message);
    return false;
}

bool mgd__refuse(mgd_tape *t, const char *format, ...) {
    if (t->failed) return false;
    t->failed = true;
    t->complaint.text[0] = 0; /* the message is the latest error */
    va_list arguments;
    va_start(arguments, format);
    raise_error(&t->complaint, t->message, mgd__note_of_now(t), format, arguments);
    va_end(arguments);
    return false;
}

bool mgd__undefined(mgd_complaint *c, const char *format, ...) {
    if (c->text[0]) return false;
    va_list arguments;
    va_start(arguments, format);
    raise_error(c, c->text, c->at ? mgd__note_of_place(c->at) : (mgd_note){ "" }, format, arguments);
    va_end(arguments);
    return false;
}

bool mgd__out_of_memory(mgd_tape *t) { return mgd__refuse(t, "out of memory"); }

const char *mgd_message(const mgd_tape *t) {
    if (!t) return "no tape: out of memory";
    return t->complaint.text[0] ? t->complaint.text : t->message;
}

bool mgd_failed(const mgd_tape *t) { return !t || t->failed; }

void mgd_clear(mgd_tape *t) {
    if (!t) return;
    t->failed = false;
    t->message[0] = t->complaint.text[0] = 0;
}

void mgd_on_error(mgd_tape *t, void (*handler)(void *user, const char *message), void *user) {
    if (!t) return;
    t->complaint.handler = handler;
    t->complaint.user = user;
}
