/* SPDX-License-Identifier: MIT */
/* What a number or a name stands for where it is read, and what is said of those that stand for nothing. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES_OF_A_NUMBER = 4000 };

/* ---- numbers ---- */

static mgd_var *number(mgd_reader *r, const mgd_token *t) {
    char *digits = t->length <= MOST_BYTES_OF_A_NUMBER ? malloc(t->length + 1u) : NULL;
    if (t->length > MOST_BYTES_OF_A_NUMBER)
        return mgd__refuse(r->tape, "a number has at most %d letters", MOST_BYTES_OF_A_NUMBER), NULL;
    if (!digits) return mgd__out_of_memory(r->tape), NULL;
    memcpy(digits, mgd__token_text(r, t), t->length);
    digits[t->length] = '\0';
    mgd_var *v = mgd_literal(r->tape, digits);
    free(digits);
    return v;
}

/* Is a corner read, the whole argument being a number? */
static bool corner_wanted(const mgd_reader *r) {
    const mgd_pending *p = r->pendings ? &r->pending[r->pendings - 1] : NULL;
    return p && p->function && p->function->corners;
}

/* A whole number in the place of a size. */
static bool size_number(mgd_reader *r, const mgd_token *t, mgd_operand_read *x) {
    int64_t n = 0;
    for (uint32_t i = 0; i < t->length; i++) {
        char c = mgd__token_text(r, t)[i];
        n = c < '0' || c > '9' || n > INT32_MAX ? (int64_t)INT32_MAX + 1 : 10 * n + (c - '0');
    }
    if (n > INT32_MAX) return mgd__source_error(&r->source, t->at, "sizes are whole numbers from 1 to %d", INT32_MAX);
    x->zero = n == 0 && corner_wanted(r);
    if (x->zero) return true;
    if (n == 0) return mgd__source_error(&r->source, t->at, "a size is 1 or more");
    x->size = mgd_size_number(r->tape, n);
    return x->size || mgd__error_of_tape(r, t->at);
}

bool mgd__read_number(mgd_reader *r, const mgd_token *t, mgd_operand_read *x) {
    *x = (mgd_operand_read){ .at = t->at };
    if (r->sizes) return size_number(r, t, x);
    x->v = number(r, t);
    return x->v || mgd__error_of_tape(r, t->at);
}

/* ---- names ---- */

bool mgd__unknown_function(mgd_reader *r, const mgd_token *t) {
    const char *s = mgd__token_text(r, t), *like = mgd__function_like(s, t->length);
    mgd_shown name = mgd__shown(s, t->length);
    if (mgd__bound(r, s, t->length))
        return mgd__source_error(&r->source, t->at, "%s is no function: a product is written with *", name.text);
    return like ? mgd__source_error(&r->source, t->at, "there is no function %s: did you mean %s?", name.text, like)
                : mgd__source_error(&r->source, t->at, "there is no function %s", name.text);
}

static const char *name_like(const mgd_reader *r, const char *s, size_t n) {
    const char *best = NULL;
    int least = 2;
    if (n < 3 || (unsigned char)s[0] >= 0x80) return NULL; /* of short names every other is near */
    for (size_t i = 0; i < r->bindings + mgd_count(r->tape); i++) {
        const char *name = i < r->bindings ? r->binding[i].name : mgd_name(mgd_at(r->tape, i - r->bindings));
        int apart = name ? mgd__letters_apart(s, n, name, strlen(name)) : least;
        if (apart < least) best = name, least = apart;
    }
    return best;
}

bool mgd__unknown_name(mgd_reader *r, const mgd_token *t) {
    const char *s = mgd__token_text(r, t), *like = name_like(r, s, t->length);
    mgd_shown name = mgd__shown(s, t->length);
    if (mgd__function_named(s, t->length))
        return mgd__source_error(&r->source, t->at, "%s is a function: its argument stands in parentheses", name.text);
    return like ? mgd__source_error(&r->source, t->at, "nothing is called %s: did you mean %s?", name.text, like)
                : mgd__source_error(&r->source, t->at, "nothing is called %s: declare it, as in %s: m x n;", name.text,
                                    name.text);
}

static mgd_var *ask_for(mgd_reader *r, const mgd_token *t) {
    char name[MGD_LONGEST_NAME + 1];
    if (t->length >= sizeof name || mgd_failed(r->tape)) return NULL;
    memcpy(name, mgd__token_text(r, t), t->length);
    name[t->length] = '\0';
    mgd_var *v = r->unknown ? r->unknown(r->user, name) : NULL;
    if (!v && r->guessing && !mgd_failed(r->tape) && !mgd__function_named(name, t->length))
        return mgd__guessed(r, name);
    if (!v || v->tape == r->tape) return v;
    mgd__source_error(&r->source, t->at, "what stands for %s is of another tape", name);
    return NULL;
}

static bool size_name(mgd_reader *r, const mgd_token *t, mgd_operand_read *x) {
    const char *s = mgd__token_text(r, t), *name = mgd__interned(r, s, t->length);
    mgd_shown shown = mgd__shown(s, t->length);
    if (mgd_failed(r->tape)) return mgd__error_of_tape(r, t->at);
    if (!name)
        return mgd__source_error(&r->source, t->at, "a name has at most %d bytes: %s", MGD_LONGEST_NAME, shown.text);
    x->size = mgd__size_called(r, name);
    if (!x->size && r->declares) {
        if (mgd__input_named(r->tape, name) || mgd__let_named(r, name))
            return mgd__source_error(&r->source, t->at, "%s is a matrix, not a size", name);
        if (!strcmp(name, "pi")) return mgd__source_error(&r->source, t->at, "pi is a number, not a size");
        x->size = mgd__declare_size(r, name);
    }
    if (x->size || mgd_failed(r->tape)) return x->size || mgd__error_of_tape(r, t->at);
    return mgd__source_error(&r->source, t->at, "no size is called %s", name);
}

bool mgd__read_name(mgd_reader *r, const mgd_token *t, mgd_operand_read *x) {
    *x = (mgd_operand_read){ .at = t->at };
    if (r->sizes) return size_name(r, t, x);
    x->v = mgd__bound(r, mgd__token_text(r, t), t->length);
    if (!x->v) x->v = ask_for(r, t);
    if (x->v) return true;
    return mgd_failed(r->tape) ? mgd__error_of_tape(r, t->at) : mgd__unknown_name(r, t);
}
