/* SPDX-License-Identifier: MIT */
/* Formulas from a tape: what the formats have in common. */
#ifndef MGD_PRINT_H
#define MGD_PRINT_H

#include "matgrad/text.h"
#include "ops/ops.h"

typedef struct {
    char *text;
    size_t length, room;
    bool failed; /* without memory; what is written then is lost */
} mgd_buffer;

void mgd__write(mgd_buffer *b, const char *s, size_t n);
void mgd__writes(mgd_buffer *b, const char *s);

/* The second of the pair whose first is the word of n bytes; NULL where there is none. */
const char *mgd__in_pairs(const char *const pairs[][2], size_t count, const char *word, size_t n);

/* How a format writes one operation: a template in the form of the descriptor's notation, and how tightly it binds. */
typedef struct {
    const char *name; /* the operation's */
    const char *notation;
    int precedence;
} mgd_notation;

/* What stands around formulas. */
typedef struct {
    const char *open, *close;           /* parentheses */
    const char *line, *definition, *of; /* "", "let ", " = " */
    const char *unnamed;                /* in front of a formula that is not defined as anything */
    const char *end;                    /* of a line */
    const char *begin, *finish;         /* around several lines */
    const char *begin_one, *finish_one; /* around one formula without a name */
    bool breaks;                        /* may lines end inside parentheses? */
} mgd_layout;

typedef struct {
    const mgd_notation *notation; /* those that differ from the descriptors', in the order of their names */
    size_t notations;
    const mgd_layout *layout;
    int fraction;       /* how tightly a number with a denominator binds */
    const char *spread; /* the template of a 1x1 that is repeated over a matrix */
    void (*write_name)(mgd_buffer *b, const char *name);
    void (*write_number)(mgd_buffer *b, const char *numerator, const char *denominator); /* the second NULL for none */
    void (*write_function)(mgd_buffer *b, const char *notation, size_t n); /* "sigmoid", before the parenthesis */
    void (*write_sign)(mgd_buffer *b, const char *sign, size_t n); /* what a descriptor's notation has beside holes */
} mgd_style;

extern const mgd_style mgd__style_text, mgd__style_unicode, mgd__style_latex, mgd__style_mathml;

/* Which nodes have names of their own: t1, t2, ..., for what repeats. */
typedef struct {
    mgd_reached below;
    const char **name; /* by position, NULL for none */
} mgd_names;

void mgd__print_formula(mgd_buffer *b, const mgd_style *style, const mgd_names *names, const mgd_var *v);
/* `given` has names, or NULL, that are taken: those of the formulas themselves. */
bool mgd__name_repeated(mgd_tape *t, size_t n, mgd_var *const *v, const char *const *given, mgd_names *names);

void mgd__print_graph(mgd_buffer *b, size_t n, mgd_var *const *v, const char *const *names);

#endif
