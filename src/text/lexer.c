/* SPDX-License-Identifier: MIT */
#include "text/source.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* Signs of several bytes. */
static const struct {
    const char *sign;
    mgd_token_kind kind;
} signs[] = {
    { ".*", MGD_TOKEN_DOT_TIMES }, { "./", MGD_TOKEN_DOT_OVER }, { ".^", MGD_TOKEN_DOT_POWER },
    { ".'", MGD_TOKEN_TRANSPOSE }, { "==", MGD_TOKEN_SAME },     { "+", MGD_TOKEN_PLUS },
    { "-", MGD_TOKEN_MINUS },      { "*", MGD_TOKEN_TIMES },     { "/", MGD_TOKEN_OVER },
    { "\\", MGD_TOKEN_LEFT_OVER }, { "^", MGD_TOKEN_POWER },     { "'", MGD_TOKEN_TRANSPOSE },
    { "(", MGD_TOKEN_OPEN },       { ")", MGD_TOKEN_CLOSE },     { ",", MGD_TOKEN_COMMA },
    { ":", MGD_TOKEN_COLON },      { "=", MGD_TOKEN_EQUALS },    { "<", MGD_TOKEN_LESS },
    { ">", MGD_TOKEN_GREATER },    { ";", MGD_TOKEN_END },       { "[", MGD_TOKEN_OPEN_LIST },
    { "]", MGD_TOKEN_CLOSE_LIST }, { "·", MGD_TOKEN_TIMES },     { "⋅", MGD_TOKEN_TIMES },
    { "∘", MGD_TOKEN_DOT_TIMES },  { "⊙", MGD_TOKEN_DOT_TIMES }, { "⊘", MGD_TOKEN_DOT_OVER },
    { "ᵀ", MGD_TOKEN_TRANSPOSE },  { "⊤", MGD_TOKEN_TRANSPOSE }, { "−", MGD_TOKEN_MINUS },
    { "×", MGD_TOKEN_CROSS },      { "⟨", MGD_TOKEN_LESS },      { "⟩", MGD_TOKEN_GREATER },
    { "’", MGD_TOKEN_TRANSPOSE },
};

/* The sign that begins there, the longest first; NULL for none. */
static const char *sign_at(const mgd_lexer *l, mgd_token_kind *kind) {
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].sign[0] != l->text[l->at]) continue;
        size_t n = strlen(signs[i].sign);
        if (l->at + n > l->length || memcmp(l->text + l->at, signs[i].sign, n) != 0) continue;
        *kind = signs[i].kind;
        return signs[i].sign;
    }
    return NULL;
}

static char peek(const mgd_lexer *l, size_t ahead) { return l->at + ahead < l->length ? l->text[l->at + ahead] : '\0'; }

static bool starts_with(const mgd_lexer *l, const char *s) {
    size_t n = strlen(s);
    return l->length - l->at >= n && !memcmp(l->text + l->at, s, n);
}

/* Blanks, comments, and newlines inside parentheses; also what word processors write for a blank, and the mark that
 * some editors put in front of a file. */
static void skip_blanks(mgd_lexer *l) {
    if (l->at == 0 && starts_with(l, "\xef\xbb\xbf")) l->at = 3;
    for (; l->at < l->length; l->at++) {
        char c = l->text[l->at];
        if (c == '#') {
            while (l->at + 1 < l->length && l->text[l->at + 1] != '\n') l->at++;
            continue;
        }
        if (starts_with(l, "\xc2\xa0")) {
            l->at++;
            continue;
        }
        bool blank = c == ' ' || c == '\t' || c == '\r' || (c == '\n' && l->parentheses > 0);
        if (!blank) return;
    }
}

/* Where a UTF-8 sequence at `at` is a letter beyond ASCII, its length, else 0. Signs that mean something here, and
 * blanks and quotation marks, are none. */
static size_t letter_beyond_ascii(const mgd_lexer *l, size_t at) {
    unsigned char first = (unsigned char)l->text[at];
    size_t n = mgd__letter(l->text + at, l->length - at);
    if (n < 2) return 0;
    mgd_lexer there = *l;
    mgd_token_kind kind;
    there.at = at;
    if (sign_at(&there, &kind)) return 0;
    bool punctuation = (first == 0xc2 && !strchr("\xaa\xb5\xba", l->text[at + 1])) ||
                       (first == 0xe2 && (unsigned char)l->text[at + 1] < 0x82);
    return punctuation ? 0 : n;
}

static bool name(mgd_lexer *l, mgd_token *t) {
    size_t at = l->at;
    while (at < l->length) {
        if (is_letter(l->text[at]) || (at > l->at && is_digit(l->text[at]))) {
            at++;
            continue;
        }
        size_t n = letter_beyond_ascii(l, at);
        if (!n) break;
        at += n;
    }
    if (at == l->at) return false;
    t->kind = MGD_TOKEN_NAME;
    t->length = (uint32_t)(at - l->at);
    l->at = at;
    return true;
}

/* Digits, with a point that no operator follows: 2.*x is 2 .* x. */
static bool number(mgd_lexer *l, mgd_token *t) {
    size_t from = l->at;
    if (!is_digit(peek(l, 0)) && !(peek(l, 0) == '.' && is_digit(peek(l, 1)))) return false;
    while (is_digit(peek(l, 0))) l->at++;
    if (peek(l, 0) == '.' && (peek(l, 1) == '\0' || !strchr("*/^'", peek(l, 1)))) {
        l->at++;
        while (is_digit(peek(l, 0))) l->at++;
    }
    bool e = peek(l, 0) == 'e' || peek(l, 0) == 'E';
    size_t sign = peek(l, 1) == '-' || peek(l, 1) == '+';
    if (e && is_digit(peek(l, 1 + sign))) {
        l->at += 1 + sign;
        while (is_digit(peek(l, 0))) l->at++;
    }
    t->kind = MGD_TOKEN_NUMBER;
    t->length = (uint32_t)(l->at - from);
    return true;
}

/* 'fro', where an argument begins: there no transpose can stand. */
static bool quoted(mgd_lexer *l, mgd_token *t) {
    if (l->before != MGD_TOKEN_COMMA || peek(l, 0) != '\'') return false;
    size_t n = 1;
    while (is_letter(peek(l, n)) || is_digit(peek(l, n))) n++;
    if (peek(l, n) != '\'') return false;
    t->kind = MGD_TOKEN_QUOTED;
    t->length = (uint32_t)(n + 1);
    l->at += n + 1;
    return true;
}

static bool sign(mgd_lexer *l, mgd_token *t) {
    const char *s = sign_at(l, &t->kind);
    if (!s) return false;
    t->length = (uint32_t)strlen(s);
    l->at += t->length;
    bool closes = t->kind == MGD_TOKEN_CLOSE || t->kind == MGD_TOKEN_GREATER;
    l->parentheses += t->kind == MGD_TOKEN_OPEN || t->kind == MGD_TOKEN_LESS;
    if (closes && l->parentheses > 0) l->parentheses--;
    if (t->kind == MGD_TOKEN_END) l->parentheses = 0;
    return true;
}

static bool read_token(mgd_lexer *l, mgd_token *t) {
    skip_blanks(l);
    *t = (mgd_token){ .kind = MGD_TOKEN_END, .at = (uint32_t)l->at };
    if (l->at >= l->length) return true;
    if (l->text[l->at] == '\n') {
        l->at++;
        t->length = 1;
        return true;
    }
    if (peek(l, 0) == '.' && peek(l, 1) == '(') { /* exp.(x) */
        l->at++;
        t->at++;
    }
    if (number(l, t) || name(l, t) || quoted(l, t) || sign(l, t)) return true;
    l->wrong = l->text[l->at] == '\0'                             ? "a zero byte is no text"
               : !mgd__letter(l->text + l->at, l->length - l->at) ? "this byte is not UTF-8"
               : l->text[l->at] == '"'                            ? "there are no strings"
                                                                  : "this character means nothing here";
    return false;
}

bool mgd__next_token(mgd_lexer *l, mgd_token *t) {
    bool fine = read_token(l, t);
    l->before = t->kind;
    return fine;
}
