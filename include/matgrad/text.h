/* SPDX-License-Identifier: MIT */
/* Formulas as text: from the language to a tape and back.
 *
 *     mgd_reader *r = mgd_reader_new(t);
 *     if (!mgd_read(r, "seed", "X: m x n; a: m; d sum(sigmoid(X'*a).^2) wrt X", NULL))
 *         fprintf(stderr, "%s\n", mgd_reader_message(r));
 *     mgd_statement s = mgd_statement_at(r, 0);
 *     mgd_var *G = mgd_gradient(s.expression, s.wrt);
 *     mgd_reader_free(r);
 *
 * The language is MATLAB's spelling with mathematics' meaning: docs/language.md. Nothing is computed while reading:
 * sizes are checked as they are recorded, and an error points into the text.
 */
#ifndef MATGRAD_TEXT_H
#define MATGRAD_TEXT_H

#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mgd_reader mgd_reader;

/* A reader for a tape, with names that stay from one text to the next; NULL without memory. Free it before the tape. */
mgd_reader *mgd_reader_new(mgd_tape *t) MGD_CHECK_RESULT;
void mgd_reader_free(mgd_reader *r);

typedef enum { MGD_EXPRESSION, MGD_GRADIENT, MGD_JACOBIAN, MGD_HESSIAN } mgd_statement_kind;

/* A statement that is neither a declaration nor a let: an expression, or the derivative of one, perhaps claimed. */
typedef struct {
    mgd_statement_kind kind;
    mgd_var *expression;
    mgd_var *wrt;   /* NULL for an expression */
    mgd_var *claim; /* what stands behind ==, or NULL */
    size_t line;    /* from 1 */
} mgd_statement;

/* Reads a text and records it. `name` is what messages call it, a file's name; length NULL takes the text up to its
 * zero byte. False after an error, and then nothing of the text remains: no var, no name, no statement. */
bool mgd_read(mgd_reader *r, const char *name, const char *text, const size_t *length);

/* "name:line:column: what is wrong", the line, and a caret below the place; "" where there is no error. */
const char *mgd_reader_message(const mgd_reader *r);

/* What in the latest text is read otherwise than some would mean it, each kind at its first place, in the form of
 * errors: X^2 for a matrix, which is X*X; * and .* in one product; the gradient by a symmetric matrix, of which there
 * are two conventions. */
size_t mgd_warnings(const mgd_reader *r);
const char *mgd_warning_at(const mgd_reader *r, size_t k); /* NULL beyond the end; valid until the next text */

/* All statements that were read so far, over all texts. */
size_t mgd_statements(const mgd_reader *r);
mgd_statement mgd_statement_at(const mgd_reader *r, size_t k);

/* The var of that name: what a let named, or an input of the tape; NULL where there is none. */
mgd_var *mgd_named(const mgd_reader *r, const char *name);

/* Names v, as a let would; an earlier let of that name is forgotten. False where it is no name or of another tape. */
bool mgd_name_var(mgd_reader *r, const char *name, mgd_var *v);

/* Asked for a name that nothing has: returns the var that it shall stand for, or NULL to have it refused. */
void mgd_on_unknown(mgd_reader *r, mgd_var *(*unknown)(void *user, const char *name), void *user);

/* Shall names that nothing has, and for which on_unknown has no var, be inputs by the common convention? Names that
 * begin with a to g are scalars, with h to z columns, with A to Z matrices, others scalars; their sizes follow from
 * where they stand, and sizes that are declared stay. False at first. */
void mgd_guess_undeclared(mgd_reader *r, bool guess);

/* How many letters must be added, left out, exchanged or swapped with a neighbour to make b of a, up to 3, or 4 and
 * more: for suggestions like the reader's own. */
int mgd_letters_apart(const char *a, const char *b);

/* ---- printing ---- */

typedef enum {
    MGD_TEXT,    /* the language itself, in ASCII where names are: it reads back */
    MGD_UNICODE, /* the same with mathematics' signs; it reads back too */
    MGD_LATEX,   /* a formula, or lines of an aligned environment */
    MGD_MATHML,  /* a math element */
    MGD_DOT      /* the graph, for graphviz */
} mgd_format;

/* n vars of one tape as formulas, with a let for each part that repeats: t1, t2, ... Names may be NULL, or have a name
 * for each var ("G = ..."), or NULL for none. Lines are broken at `width` letters where that can be, 0 for never. The
 * text is the caller's to free; NULL without memory, or where a var is NULL or of another tape than the first. Nothing
 * is recorded. */
char *mgd_print(size_t n, mgd_var *const *v, const char *const *names, mgd_format format, size_t width);

/* One expression, whose names are inputs and sizes of the tape. NULL after an error, which is the tape's. */
mgd_var *mgd_parse(mgd_tape *t, const char *text);

#ifdef __cplusplus
}
#endif

#endif
