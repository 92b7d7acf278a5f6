/* SPDX-License-Identifier: MIT */
/* Statements: declarations, lets, expressions and derivatives. */
#include "matgrad/derive.h"
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
    const char *text = mgd__interned(r, mgd__token_text(r, t), t->length);
    if (text) return text;
    if (mgd_failed(r->tape)) return mgd__error_of_tape(r, t->at), NULL;
    mgd__source_error(&r->source, t->at, "a name has at most %d bytes: %s", MGD_LONGEST_NAME,
                      mgd__shown(mgd__token_text(r, t), t->length).text);
    return NULL;
}

/* ---- declarations ---- */

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

/* What was assumed before is kept, to be restored where the text is refused. */
static bool assume(mgd_reader *r, mgd_var *v, unsigned all) {
    if (!mgd__grow(&r->assumed, &r->assumed_room, r->assumed_count + 1, sizeof *r->assumed))
        return mgd__out_of_memory(r->tape);
    r->assumed[r->assumed_count++] = (mgd_assumed){ v, mgd_assumptions(v) };
    return mgd_assume(v, all);
}

static bool assumptions(mgd_reader *r, mgd_var *v) {
    unsigned all = 0;
    const mgd_token *first = mgd__token(r);
    while (mgd__token_is(r, MGD_TOKEN_NAME)) {
        const mgd_token *t = mgd__token(r);
        unsigned one = assumption_named(r, t);
        if (!one)
            return mgd__source_error(&r->source, t->at,
                                     "%s is no assumption: symmetric, posdef, diagonal, lower, upper, orthogonal and "
                                     "positive are",
                                     mgd__shown(mgd__token_text(r, t), t->length).text);
        all |= one;
        r->next++;
    }
    return !all || assume(r, v, all) || mgd__error_of_tape(r, first->at);
}

/* Is the name free for an input, or one already? */
static bool may_be_input(mgd_reader *r, const char *name, size_t at) {
    if (mgd__let_named(r, name)) return mgd__source_error(&r->source, at, "%s is named by a let already", name);
    if (mgd__input_named(r->tape, name)) return true;
    if (mgd__size_called(r, name)) return mgd__source_error(&r->source, at, "%s is a size already", name);
    return strcmp(name, "pi") != 0 || mgd__source_error(&r->source, at, "pi is a number already");
}

/* 2x3 is read as 2, x3: here it is 2 x 3. */
static void split_cross(mgd_reader *r) {
    mgd_token *t = &r->token[r->next], *before = t - 1;
    if (t->kind != MGD_TOKEN_NAME || t->length < 2 || *mgd__token_text(r, t) != 'x') return;
    if (before->kind != MGD_TOKEN_NUMBER || before->at + before->length != t->at) return;
    for (uint32_t i = 1; i < t->length; i++)
        if (!strchr("0123456789", mgd__token_text(r, t)[i])) return;
    *t = (mgd_token){ MGD_TOKEN_NUMBER, t->at + 1, t->length - 1 };
    *before = (mgd_token){ MGD_TOKEN_CROSS, t->at - 1, 1 };
    r->next--;
}

/* mxn, written as messages write it, is one name, and hardly what was meant. */
static bool is_glued(mgd_reader *r, const mgd_token *t) {
    if (t->kind != MGD_TOKEN_NAME || t->length != 3 || mgd__token_text(r, t)[1] != 'x') return false;
    const char *name = intern_name(r, t);
    return name && !mgd__size_called(r, name);
}

static bool declaration(mgd_reader *r) {
    const mgd_token *name_token = mgd__token(r);
    const char *name = intern_name(r, name_token);
    if (!name) return false;
    r->next += 2;
    if (is_glued(r, mgd__token(r))) {
        const char *s = mgd__token_text(r, mgd__token(r));
        return mgd__source_error(&r->source, mgd__token(r)->at, "%.3s is one name: did you mean %c x %c?", s, s[0],
                                 s[2]);
    }
    const mgd_size *rows = mgd__read_size(r), *cols = NULL;
    if (!rows) return false;
    split_cross(r);
    if (mgd__token_is(r, MGD_TOKEN_CROSS) || is_word(r, mgd__token(r), "x")) {
        r->next++;
        cols = mgd__read_size(r);
    } else {
        cols = mgd_size_number(r->tape, 1);
    }
    if (!cols || !may_be_input(r, name, name_token->at)) return false;
    mgd_var *v = mgd__input_named(r->tape, name);
    if (v && (mgd_rows_of(v) != rows || mgd_cols_of(v) != cols))
        return mgd__source_error(&r->source, name_token->at, "%s is %s already", name, mgd__size_label(v).text);
    if (!v) v = mgd_input_sized(r->tape, name, rows, cols);
    if (!v) return mgd__error_of_tape(r, name_token->at);
    return assumptions(r, v);
}

/* ---- statements ---- */

bool mgd_name_var(mgd_reader *r, const char *name, mgd_var *v) {
    if (!r || !v || v->tape != r->tape || !mgd__is_name(name)) return false;
    const char *text = mgd__intern_text(r->tape, name);
    return text && mgd__bind_name(r, text, v);
}

static bool let(mgd_reader *r) {
    const mgd_token *t = &r->token[r->next + 1];
    if (t->kind != MGD_TOKEN_NAME || t[1].kind != MGD_TOKEN_EQUALS)
        return fail_here(r, "a let is written: let name = expression");
    const char *name = intern_name(r, t);
    if (!name) return false;
    if (mgd__input_named(r->tape, name)) return mgd__source_error(&r->source, t->at, "%s is an input already", name);
    if (mgd__size_called(r, name)) return mgd__source_error(&r->source, t->at, "%s is a size already", name);
    if (!strcmp(name, "pi")) return mgd__source_error(&r->source, t->at, "pi is a number already");
    r->next += 3;
    mgd_var *v = mgd__read_expression(r);
    if (!v) return false;
    return mgd__bind_name(r, name, v) || mgd__error_of_tape(r, t->at);
}

static bool ends_an_operand(mgd_token_kind kind) {
    return kind == MGD_TOKEN_NAME || kind == MGD_TOKEN_NUMBER || kind == MGD_TOKEN_CLOSE ||
           kind == MGD_TOKEN_TRANSPOSE || kind == MGD_TOKEN_GREATER;
}

/* wrt is a word between two names that no operator joins. */
static bool has_wrt(const mgd_reader *r) {
    for (size_t i = r->next + 1; i < r->tokens; i++)
        if (is_word(r, &r->token[i], "wrt") && ends_an_operand(r->token[i - 1].kind) &&
            r->token[i + 1].kind == MGD_TOKEN_NAME)
            return true;
    return false;
}

static mgd_statement_kind derivative_word(const mgd_reader *r) {
    static const struct {
        const char *word;
        mgd_statement_kind kind;
    } derivatives[] = { { "d", MGD_GRADIENT }, { "jacobian", MGD_JACOBIAN }, { "hessian", MGD_HESSIAN } };
    for (size_t i = 0; i < sizeof derivatives / sizeof derivatives[0]; i++)
        if (is_word(r, mgd__token(r), derivatives[i].word)) return has_wrt(r) ? derivatives[i].kind : MGD_EXPRESSION;
    return MGD_EXPRESSION;
}

/* By a symmetric matrix books differ. */
static void watch_convention(mgd_reader *r, const mgd_var *x, size_t at) {
    if (mgd_assumptions(x) & MGD_SYMMETRIC)
        mgd__warn(
            r, MGD_WARN_SYMMETRIC, at,
            "%s is symmetric: its gradient is the symmetric one, (G + G')/2; where books count each entry off the "
            "diagonal once they have twice that there",
            mgd_name(x) ? mgd_name(x) : "this");
}

static bool wrt(mgd_reader *r, mgd_statement *s) {
    if (!is_word(r, mgd__token(r), "wrt")) return fail_here(r, "wrt and a name should stand here");
    r->next++;
    const mgd_token *t = mgd__token(r);
    if (t->kind == MGD_TOKEN_NAME) s->wrt = mgd__bound(r, mgd__token_text(r, t), t->length);
    if (!s->wrt && mgd_failed(r->tape)) return mgd__error_of_tape(r, t->at);
    if (!s->wrt && t->kind == MGD_TOKEN_NAME) return mgd__unknown_name(r, t);
    if (!s->wrt) return mgd__source_error(&r->source, t->at, "the name of what is differentiated by should stand here");
    if (mgd_is_seen_through(s->wrt))
        return mgd__source_error(
            &r->source, t->at,
            "%.*s stands for %s, which formulas look through: differentiate by what it is made of, or "
            "declare %.*s in the place of the let",
            (int)t->length, mgd__token_text(r, t), mgd__label(s->wrt).text, (int)t->length, mgd__token_text(r, t));
    if (s->kind == MGD_GRADIENT) watch_convention(r, s->wrt, t->at);
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
    s.line = mgd__line_of(&r->source, mgd__token(r)->at);
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

/* Behind a complete statement. */
static const char *what_is_missing(const mgd_reader *r) {
    switch (mgd__token(r)->kind) {
    case MGD_TOKEN_CLOSE:
    case MGD_TOKEN_GREATER:
        return "nothing is open that this closes";
    case MGD_TOKEN_EQUALS:
        return "what gets a name begins with let: let y = 2*x";
    case MGD_TOKEN_SAME:
        return "== stands behind a derivative alone: d f wrt x == claim";
    case MGD_TOKEN_NAME:
    case MGD_TOKEN_NUMBER:
    case MGD_TOKEN_OPEN:
        return "an operator should stand here: a product is written with *";
    default:
        return "an operator, or the end of the statement, should stand here";
    }
}

static bool statement(mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    if (t->kind == MGD_TOKEN_END) return true;
    bool declares = t->kind == MGD_TOKEN_NAME && t[1].kind == MGD_TOKEN_COLON;
    bool lets = is_word(r, t, "let") && t[1].kind == MGD_TOKEN_NAME;
    if (!(declares ? declaration(r) : lets ? let(r) : expression_or_derivative(r))) return false;
    return mgd__token_is(r, MGD_TOKEN_END) || fail_here(r, what_is_missing(r));
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

typedef struct {
    size_t mark, bindings, statements;
} state;

/* Nothing of a refused text remains. */
static void undo(mgd_reader *r, state before) {
    if (!r->source.message[0]) mgd__error_of_tape(r, mgd__token(r)->at);
    mgd_clear(r->tape);
    while (r->assumed_count > 0) {
        const mgd_assumed *a = &r->assumed[--r->assumed_count];
        if (mgd_index(a->input) < before.mark) mgd__redeclare(a->input, a->assumptions);
    }
    mgd__unbind_names(r, before.bindings);
    mgd__forget_sizes(r);
    r->statements = before.statements;
    mgd_rewind(r->tape, before.mark);
}

static void begin(mgd_reader *r, const char *name, const char *text, size_t length) {
    static const mgd_token nothing = { .kind = MGD_TOKEN_END };
    r->source = (mgd_source){ .name = name ? name : "-", .text = text, .length = length };
    r->lexer = (mgd_lexer){ .text = text, .length = length, .before = MGD_TOKEN_END };
    r->assumed_count = r->tokens = r->next = 0;
    r->again = false;
    r->read_again = 0;
    r->text++;
    if (mgd__grow(&r->token, &r->token_room, 1, sizeof *r->token)) r->token[0] = nothing;
    mgd__forget_warnings(r);
}

/* From the beginning of the text. */
static void restart(mgd_reader *r) {
    r->source.message[0] = '\0';
    r->read_again += r->source.length;
    r->lexer = (mgd_lexer){ .text = r->source.text, .length = r->source.length, .before = MGD_TOKEN_END };
    r->tokens = r->next = 0;
    r->again = false;
    mgd__forget_warnings(r);
}

static bool refused_at_once(mgd_reader *r) {
    if (mgd_failed(r->tape))
        mgd__source_error(&r->source, 0, "%s", mgd_message(r->tape));
    else if (!r->token || !mgd__see_sizes(r))
        mgd__source_error(&r->source, 0, "out of memory"), mgd_clear(r->tape);
    else if (r->source.length > MOST_BYTES)
        mgd__source_error(&r->source, 0, "the text has more than %d MB", MOST_BYTES >> 20);
    return r->source.message[0] != '\0';
}

bool mgd_read(mgd_reader *r, const char *name, const char *text, const size_t *length) {
    if (!r || !text) return false;
    state before = { mgd_mark(r->tape), r->bindings, r->statements };
    begin(r, name, text, length ? *length : strlen(text));
    bool refused = refused_at_once(r);
    while (!refused && (!read_all(r) || mgd_failed(r->tape))) {
        bool again = r->again;
        undo(r, before);
        refused = !again;
        if (again) restart(r);
    }
    if (refused) mgd__forget_guesses(r);
    memcpy(r->message, r->source.message, sizeof r->message);
    return !refused;
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
    free(r->meaning);
    free(r->guess);
    free(r->assumed);
    mgd__forget_warnings(r);
    free(r->warning);
    free(r);
}

const char *mgd_reader_message(const mgd_reader *r) { return r ? r->message : "no reader: out of memory"; }
size_t mgd_statements(const mgd_reader *r) { return r ? r->statements : 0; }

mgd_statement mgd_statement_at(const mgd_reader *r, size_t k) {
    return r && k < r->statements ? r->statement[k] : (mgd_statement){ 0 };
}

mgd_var *mgd_named(const mgd_reader *r, const char *name) {
    const char *interned = r && name ? mgd__interned(r, name, strlen(name)) : NULL;
    mgd_var *v = interned ? mgd__let_named(r, interned) : NULL;
    return v || !interned ? v : mgd__input_named(r->tape, interned);
}

void mgd_on_unknown(mgd_reader *r, mgd_var *(*unknown)(void *user, const char *name), void *user) {
    if (!r) return;
    r->unknown = unknown;
    r->user = user;
}

mgd_var *mgd_parse(mgd_tape *t, const char *text) {
    if (!text || mgd_failed(t)) return NULL;
    mgd_reader *r = mgd_reader_new(t);
    mgd_var *v = NULL;
    if (!r) return mgd__out_of_memory(t), NULL;
    if (!mgd_read(r, "formula", text, NULL))
        mgd__refuse(t, "%s", mgd_reader_message(r));
    else if (r->statements == 1 && r->statement[0].kind == MGD_EXPRESSION)
        v = r->statement[0].expression;
    else
        mgd__refuse(t, "formula: one expression should stand here");
    mgd_reader_free(r);
    return v;
}
