/* SPDX-License-Identifier: MIT */
/* Names that nothing declares, by the common convention: a to g are scalars, h to z columns, A to Z matrices.
 *
 * Their sizes are unknown at first, each with a name of its own. Where an operation refuses its operands and a size of
 * that kind would let it pass, the two sizes are taken for one, and the text is read again: each time there is one
 * unknown size less.
 */
#include "text/reader.h"

#include <stdio.h>
#include <string.h>

enum { MOST_READ_AGAIN = 256 << 20 }; /* bytes: unknown sizes of a large text are not found out one by one for hours */

static mgd_guess *guess_of(const mgd_reader *r, const mgd_size *s) {
    for (size_t i = 0; i < r->guesses; i++)
        if (r->guess[i].size == s) return &r->guess[i];
    return NULL;
}

static const mgd_size *resolved(const mgd_reader *r, const mgd_size *s) {
    const mgd_guess *g = guess_of(r, s);
    while (g && g->is) {
        s = g->is;
        g = guess_of(r, s);
    }
    return s;
}

/* "m_X", unknown until something asks for it. */
static const mgd_size *unknown_size(mgd_reader *r, char which, const char *name) {
    char text[2 * MGD_LONGEST_NAME];
    snprintf(text, sizeof text, "%c_%s", which, name);
    const char *interned = mgd__interned(r, text, strlen(text));
    if (!interned || mgd__input_named(r->tape, interned) || mgd__let_named(r, interned)) return NULL;
    const mgd_size *s = mgd__declare_size(r, interned);
    mgd_guess *known = s ? guess_of(r, s) : NULL;
    if (known) known->born = r->text;
    if (known || !s) return s ? resolved(r, s) : NULL;
    if (!mgd__grow(&r->guess, &r->guess_room, r->guesses + 1, sizeof *r->guess))
        return mgd__out_of_memory(r->tape), NULL;
    r->guess[r->guesses++] = (mgd_guess){ .size = s, .born = r->text };
    return s;
}

mgd_var *mgd__guessed(mgd_reader *r, const char *name) {
    const mgd_size *one = mgd_size_number(r->tape, 1), *rows = one, *cols = one;
    bool column = name[0] >= 'h' && name[0] <= 'z', matrix = name[0] >= 'A' && name[0] <= 'Z';
    if (matrix) rows = unknown_size(r, 'm', name);
    if (column || matrix) *(matrix ? &cols : &rows) = unknown_size(r, 'n', name);
    return rows && cols ? mgd_input_sized(r->tape, name, rows, cols) : NULL;
}

static bool is_plain(const mgd_size *s) {
    return s->dim > 0 || (s->divisor == 1 && s->terms == 1 && s->term[0].coefficient == 1 && !s->term[0].atom[1]);
}

/* Takes the two for one, where that can be. */
static bool unify(mgd_reader *r, mgd_dim a, mgd_dim b) {
    if (a == b || (a > 0 && b > 0)) return false;
    const mgd_size *x = a < 0 ? r->tape->sizes.size[-a - 1] : NULL, *y = b < 0 ? r->tape->sizes.size[-b - 1] : NULL;
    mgd_guess *g = x ? guess_of(r, x) : NULL, *h = y ? guess_of(r, y) : NULL;
    if (!x) x = mgd_size_number(r->tape, a);
    if (!y) y = mgd_size_number(r->tape, b);
    if (!x || !y || (g && g->is) || (h && h->is)) return false;
    bool first = g && g->born == r->text && is_plain(y), second = h && h->born == r->text && is_plain(x);
    if (!first && !second) return false;
    mgd_guess *taken = second ? h : g; /* the name on the left stays */
    taken->is = second ? x : y;
    taken->text = r->text;
    return true;
}

bool mgd__guess_sizes(mgd_reader *r, mgd_token_kind kind, const mgd_var *a, const mgd_var *b) {
    if (!r->guessing || !a || r->read_again > MOST_READ_AGAIN) return false;
    bool failed = r->tape->failed, any = false;
    r->tape->failed = false; /* the error stands where nothing comes of this */
    if (!b || kind == MGD_TOKEN_POWER) {
        any = unify(r, a->rows, a->cols);
    } else if (kind == MGD_TOKEN_TIMES) {
        any = unify(r, a->cols, b->rows);
    } else if (kind == MGD_TOKEN_OVER || kind == MGD_TOKEN_LEFT_OVER) {
        const mgd_var *matrix = kind == MGD_TOKEN_OVER ? b : a;
        any = unify(r, matrix->rows, matrix->cols) ||
              (kind == MGD_TOKEN_OVER ? unify(r, a->cols, b->cols) : unify(r, a->rows, b->rows));
    } else {
        any = unify(r, a->rows, b->rows) || unify(r, a->cols, b->cols);
    }
    r->tape->failed = failed;
    r->again |= any;
    return any;
}

void mgd__forget_guesses(mgd_reader *r) {
    for (size_t i = 0; i < r->guesses; i++)
        if (r->guess[i].text == r->text) r->guess[i].is = NULL;
}

void mgd_guess_undeclared(mgd_reader *r, bool guess) {
    if (r) r->guessing = guess;
}
