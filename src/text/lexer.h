/* SPDX-License-Identifier: MIT */
/* A text as a list of tokens. */
#ifndef MGD_LEXER_H
#define MGD_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    MGD_TOKEN_END, /* of a statement: a semicolon, a newline outside parentheses, the end of the text */
    MGD_TOKEN_NUMBER,
    MGD_TOKEN_NAME,
    MGD_TOKEN_QUOTED, /* 'fro', where an argument begins */
    MGD_TOKEN_PLUS,
    MGD_TOKEN_MINUS,
    MGD_TOKEN_TIMES,
    MGD_TOKEN_OVER,
    MGD_TOKEN_LEFT_OVER, /* \ */
    MGD_TOKEN_DOT_TIMES,
    MGD_TOKEN_DOT_OVER,
    MGD_TOKEN_POWER,
    MGD_TOKEN_DOT_POWER,
    MGD_TOKEN_TRANSPOSE,
    MGD_TOKEN_OPEN,
    MGD_TOKEN_CLOSE,
    MGD_TOKEN_OPEN_LIST, /* [ and ], around indices */
    MGD_TOKEN_CLOSE_LIST,
    MGD_TOKEN_COMMA,
    MGD_TOKEN_COLON,
    MGD_TOKEN_EQUALS, /* = */
    MGD_TOKEN_SAME,   /* == */
    MGD_TOKEN_LESS,
    MGD_TOKEN_GREATER,
    MGD_TOKEN_CROSS /* the sign that stands for x between two sizes */
} mgd_token_kind;

typedef struct {
    mgd_token_kind kind;
    uint32_t at, length; /* in bytes */
} mgd_token;

typedef struct {
    const char *text;
    size_t length, at;
    int parentheses; /* a newline inside them is a blank */
    mgd_token_kind before;
    const char *wrong; /* why the last call returned false */
} mgd_lexer;

/* The next token; at the end of the text MGD_TOKEN_END of length 0, again and again. False, with the place in t->at,
 * for a character that begins none. */
bool mgd__next_token(mgd_lexer *l, mgd_token *t);

#endif
