/* SPDX-License-Identifier: MIT */
/* A text that is read, and messages that point into it. */
#ifndef MGD_SOURCE_H
#define MGD_SOURCE_H

#include "text/lexer.h"

/* The first error: "name:line:column: what is wrong", the line, a caret. */
enum { MGD_SOURCE_MESSAGE = 1024 };
typedef struct {
    const char *name, *text;
    size_t length;
    char message[MGD_SOURCE_MESSAGE];
} mgd_source;

/* Keeps the first error; returns false. */
bool mgd__source_error(mgd_source *s, size_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));

void mgd__place_in(const mgd_source *s, size_t at, size_t *line, size_t *column); /* from 1; columns in letters */

#endif
