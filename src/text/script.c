/* SPDX-License-Identifier: MIT */
/* Statements: declarations, lets, expressions and derivatives. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static bool fail_here(mgd_reader *r, const char *what) {
    return mgd__source_error(&r->source, mgd__token(r)->at, "%s", what);
}

static bool is_word(const mgd_reader *r, const mgd_token *t, const char *word) {
    return t->kind == MGD_TOKEN_NAME && t->length == strlen(word) && !memcmp(mgd__token_text(r, t), word, t->length);
}

static const char *intern_name(mgd_reader *r, const mgd_token *t) {
    char name[65];
    if (t->length >= sizeof name) {
        mgd__source_error(&r->source, t->at, "a name has at most %d bytes", (int)sizeof name - 1);
        return NULL;
    }
    memcpy(name, mgd__token_text(r, t), t->length);
    name[t->length] = '\0';
    const char *text = mgd__intern_text(r->tape, name);
    if (!text) mgd__error_of_tape(r, t->at);
    return text;
}

/* ---- declarations ---- */

/* A size: a sum of products of names and whole numbers. */
static const mgd_size *size_atom(mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    if (t->kind == MGD_TOKEN_NAME) {
        const char *name = intern_name(r, t);
        if (mgd__function_named(name ? name : "", name ? t->length : 0) == NULL && name &&
            mgd__input_named(r->tape, name))
            return mgd__source_error(&r->source, t->at, "%s is a matrix, not a size", name), NULL;
        r->next++;
        return name ? mgd_size_named(r->tape, name) : NULL;
    }
    int64_t n = 0;
    for (uint32_t i = 0; t->kind == MGD_TOKEN_NUMBER && i < t->length && n <= INT32_MAX; i++) {
        char c = mgd__token_text(r, t)[i];
        n = c >= '0' && c <= '9' ? 10 * n + (c - '0') : INT64_MAX / 16;
    }
    if (n < 1 || n > INT32_MAX)
        return fail_here(r, "a size should stand here: a name, or a whole number from 1 on"), NULL;
    r->next++;
    return mgd_size_number(r->tape, n);
}

static const mgd_size *size_product(mgd_reader *r) {
    const mgd_size *s = size_atom(r);
    while (s && mgd__token_is(r, MGD_TOKEN_TIMES)) {
        r->next++;
        const mgd_size *by = size_atom(r);
        s = by ? mgd_size_times(s, by) : NULL;
    }
    return s;
}

static const mgd_size *read_size(mgd_reader *r) {
    const mgd_size *s = size_product(r);
    while (s && (mgd__token_is(r, MGD_TOKEN_PLUS) || mgd__token_is(r, MGD_TOKEN_MINUS))) {
        bool minus = mgd__token_is(r, MGD_TOKEN_MINUS);
        r->next++;
        const mgd_size *by = size_product(r);
        s = !by ? NULL : minus ? mgd_size_subtract(s, by) : mgd_size_add(s, by);
    }
    if (!s && mgd_failed(r->tape)) mgd__error_of_tape(r, mgd__token(r)->at);
    return s;
}

static const struct {
    const char *word;
    unsigned assumption;
} words[] = { { "symmetric", MGD_SYMMETRIC },
              { "posdef", MGD_POSITIVE_DEFINITE },
              { "diagonal", MGD_DIAGONAL },
              { "lower", MGD_LOWER_TRIANGULAR },
              { "upper", MGD_UPPER_TRIANGULAR },
              { "orthogonal", MGD_ORTHOGONAL },
              { "positive", MGD_POSITIVE },
              { "positive_definite", MGD_POSITIVE_DEFINITE },
              { "lower_triangular", MGD_LOWER_TRIANGULAR },
              { "upper_triangular", MGD_UPPER_TRIANGULAR } };

static unsigned assumption_named(const mgd_reader *r, const mgd_token *t) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_word(r, t, words[i].word)) return words[i].assumption;
    return 0;
}

static bool assumptions(mgd_reader *r, mgd_var *v) {
    unsigned all = 0;
    const mgd_token *first = mgd__token(r);
    while (mgd__token_is(r, MGD_TOKEN_NAME)) {
        const mgd_token *t = mgd__token(r);
        unsigned one = assumption_named(r, t);
        if (!one)
            return mgd__source_error(&r->source, t->at,
                                     "%.*s is no assumption: symmetric, posdef, diagonal, lower, upper, "
                                     "orthogonal and positive are",
                                     (int)t->length, mgd__token_text(r, t));
        all |= one;
        r->next++;
    }
    return !all || mgd_assume(v, all) || mgd__error_of_tape(r, first->at);
}

static mgd_var *declare(mgd_reader *r, const char *name, size_t at, const mgd_size *rows, const mgd_size *cols) {
    if (mgd__bound(r, name, strlen(name)) && !mgd__input_named(r->tape, name))
        return mgd__source_error(&r->source, at, "%s has a meaning already", name), NULL;
    mgd_var *v = mgd_input_sized(r->tape, name, rows, cols);
    if (!v) mgd__error_of_tape(r, at);
    return v;
}

static bool declaration(mgd_reader *r) {
    const mgd_token *name_token = mgd__token(r);
    const char *name = intern_name(r, name_token);
    if (!name) return false;
    r->next += 2;
    const mgd_size *rows = read_size(r), *cols = rows ? mgd_size_number(r->tape, 1) : NULL;
    if (rows && (mgd__token_is(r, MGD_TOKEN_CROSS) || is_word(r, mgd__token(r), "x"))) {
        r->next++;
        cols = read_size(r);
    }
    if (!rows || !cols) return false;
    mgd_var *v = declare(r, name, name_token->at, rows, cols);
    return v && assumptions(r, v);
}

/* ---- statements ---- */

bool mgd_name_var(mgd_reader *r, const char *name, mgd_var *v) {
    if (!r || !v || v->tape != r->tape || !mgd__is_name(name)) return false;
    const char *text = mgd__intern_text(r->tape, name);
    if (!text || !mgd__grow(&r->binding, &r->binding_room, r->bindings + 1, sizeof *r->binding)) return false;
    r->binding[r->bindings++] = (mgd_binding){ text, v };
    return true;
}

static bool let(mgd_reader *r) {
    const mgd_token *t = &r->token[r->next + 1];
    if (t->kind != MGD_TOKEN_NAME || t[1].kind != MGD_TOKEN_EQUALS)
        return fail_here(r, "a let is written: let name = expression");
    const char *name = intern_name(r, t);
    if (!name) return false;
    if (mgd__input_named(r->tape, name)) return mgd__source_error(&r->source, t->at, "%s is an input already", name);
    r->next += 3;
    mgd_var *v = mgd__read_expression(r);
    if (!v) return false;
    return mgd_name_var(r, name, v) || mgd__source_error(&r->source, t->at, "out of memory");
}

static bool has_wrt(const mgd_reader *r) {
    for (size_t i = r->next; i < r->tokens; i++)
        if (is_word(r, &r->token[i], "wrt")) return true;
    return false;
}

static mgd_statement_kind derivative_word(const mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    if (!has_wrt(r)) return MGD_EXPRESSION;
    if (is_word(r, t, "d")) return MGD_GRADIENT;
    if (is_word(r, t, "jacobian")) return MGD_JACOBIAN;
    return is_word(r, t, "hessian") ? MGD_HESSIAN : MGD_EXPRESSION;
}

static bool wrt(mgd_reader *r, mgd_statement *s) {
    if (!is_word(r, mgd__token(r), "wrt")) return fail_here(r, "wrt and a name should stand here");
    r->next++;
    const mgd_token *t = mgd__token(r);
    if (t->kind == MGD_TOKEN_NAME) s->wrt = mgd__bound(r, mgd__token_text(r, t), t->length);
    if (!s->wrt) return mgd__source_error(&r->source, t->at, "the name of what is differentiated by should stand here");
    r->next++;
    return true;
}

static bool keep_statement(mgd_reader *r, const mgd_statement *s) {
    if (!mgd__grow(&r->statement, &r->statement_room, r->statements + 1, sizeof *r->statement))
        return fail_here(r, "out of memory");
    r->statement[r->statements++] = *s;
    return true;
}

static bool expression_or_derivative(mgd_reader *r) {
    mgd_statement s = { .kind = derivative_word(r) };
    size_t column;
    mgd__place_in(&r->source, mgd__token(r)->at, &s.line, &column);
    r->next += s.kind != MGD_EXPRESSION;
    s.expression = mgd__read_expression(r);
    if (!s.expression || (s.kind != MGD_EXPRESSION && !wrt(r, &s))) return false;
    if (s.kind != MGD_EXPRESSION && mgd__token_is(r, MGD_TOKEN_SAME)) {
        r->next++;
        s.claim = mgd__read_expression(r);
        if (!s.claim) return false;
    }
    return keep_statement(r, &s);
}

static bool statement(mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    if (t->kind == MGD_TOKEN_END) return true;
    bool declares = t->kind == MGD_TOKEN_NAME && t[1].kind == MGD_TOKEN_COLON;
    bool lets = is_word(r, t, "let") && t[1].kind == MGD_TOKEN_NAME;
    if (!(declares ? declaration(r) : lets ? let(r) : expression_or_derivative(r))) return false;
    if (mgd__token_is(r, MGD_TOKEN_END)) return true;
    return fail_here(r, mgd__token_is(r, MGD_TOKEN_CLOSE)
                            ? "nothing is open that this closes"
                            : "an operator, or the end of the statement, should stand here");
}

/* ---- texts ---- */

/* The tokens up to the end of the statement, and two ENDs more, so that whoever looks ahead finds some. */
static bool read_tokens(mgd_reader *r) {
    mgd_token t;
    r->tokens = r->next = 0;
    do {
        if (!mgd__next_token(&r->lexer, &t)) return mgd__source_error(&r->source, t.at, "%s", r->lexer.wrong);
        if (!mgd__grow(&r->token, &r->token_room, r->tokens + 3, sizeof *r->token))
            return mgd__source_error(&r->source, t.at, "out of memory");
        r->token[r->tokens++] = t;
    } while (t.kind != MGD_TOKEN_END);
    r->token[r->tokens] = r->token[r->tokens + 1] = t;
    return true;
}

static bool read_all(mgd_reader *r) {
    do {
        if (!read_tokens(r) || !statement(r)) return false;
    } while (r->lexer.at < r->source.length);
    return true;
}

bool mgd_read(mgd_reader *r, const char *name, const char *text, const size_t *length) {
    if (!r || !text) return false;
    size_t mark = mgd_mark(r->tape), bindings = r->bindings, statements = r->statements;
    size_t n = length ? *length : strlen(text);
    r->source = (mgd_source){ .name = name ? name : "-", .text = text, .length = n };
    r->lexer = (mgd_lexer){ .text = text, .length = n, .before = MGD_TOKEN_END };
    bool fine = n <= MOST_BYTES ? !mgd_failed(r->tape) || mgd__source_error(&r->source, 0, "%s", mgd_message(r->tape))
                                : mgd__source_error(&r->source, 0, "the text has more than %d MB", MOST_BYTES >> 20);
    fine = fine && read_all(r);
    memcpy(r->message, r->source.message, sizeof r->message);
    if (fine) return true;
    r->bindings = bindings;
    r->statements = statements;
    mgd_rewind(r->tape, mark);
    return false;
}

mgd_reader *mgd_reader_new(mgd_tape *t) {
    mgd_reader *r = t ? calloc(1, sizeof *r) : NULL;
    if (r) r->tape = t;
    return r;
}

void mgd_reader_free(mgd_reader *r) {
    if (!r) return;
    mgd__arena_free(&r->functions);
    free(r->token);
    free(r->operand);
    free(r->pending);
    free(r->binding);
    free(r->statement);
    free(r);
}

const char *mgd_reader_message(const mgd_reader *r) { return r ? r->message : "no reader: out of memory"; }
size_t mgd_statements(const mgd_reader *r) { return r ? r->statements : 0; }

mgd_statement mgd_statement_at(const mgd_reader *r, size_t k) {
    return r && k < r->statements ? r->statement[k] : (mgd_statement){ 0 };
}

mgd_var *mgd_named(const mgd_reader *r, const char *name) {
    return r && name ? mgd__bound(r, name, strlen(name)) : NULL;
}

void mgd_on_unknown(mgd_reader *r, mgd_var *(*unknown)(void *user, const char *name), void *user) {
    if (!r) return;
    r->unknown = unknown;
    r->user = user;
}

mgd_var *mgd_parse(mgd_tape *t, const char *text) {
    mgd_reader *r = t && text && !mgd_failed(t) ? mgd_reader_new(t) : NULL;
    mgd_var *v = NULL;
    if (!r) return NULL;
    if (!mgd_read(r, "formula", text, NULL))
        mgd__refuse(t, "%s", mgd_reader_message(r));
    else if (r->statements == 1 && r->statement[0].kind == MGD_EXPRESSION)
        v = r->statement[0].expression;
    else
        mgd__refuse(t, "formula: one expression should stand here");
    mgd_reader_free(r);
    return v;
}
