/* SPDX-License-Identifier: MIT */
/* A text that is read, and messages that point into it. */
#ifndef MGD_SOURCE_H
#define MGD_SOURCE_H

#include "text/lexer.h"

#include <stdarg.h>

/* The first error: "name:line:column: what is wrong", the line, a caret. */
enum { MGD_SOURCE_MESSAGE = 1024 };
typedef struct {
    const char *name, *text;
    size_t length;
    size_t counted, newlines; /* before `counted` */
    char message[MGD_SOURCE_MESSAGE];
} mgd_source;

/* Keeps the first error; returns false. */
bool mgd__source_error(mgd_source *s, size_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A message of MGD_SOURCE_MESSAGE bytes: columns count letters. */
void mgd__tell_at(mgd_source *s, char *message, size_t at, const char *format, va_list arguments);

size_t mgd__line_of(mgd_source *s, size_t at); /* from 1; places that follow one another are found in one pass */

/* The bytes of the UTF-8 letter that begins there, 0 where none does. */
size_t mgd__letter(const char *s, size_t n);

#endif
