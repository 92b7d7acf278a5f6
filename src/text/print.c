/* SPDX-License-Identifier: MIT */
/* Writes a formula from the operations' templates, with a stack of its own: the depth of an expression does not matter.
 */
#include "text/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mgd__write(mgd_buffer *b, const char *s, size_t n) {
    if (!b->failed && !mgd__grow(&b->text, &b->room, b->length + n + 1, 1)) b->failed = true;
    if (b->failed) return;
    memcpy(b->text + b->length, s, n);
    b->length += n;
    b->text[b->length] = '\0';
}

void mgd__writes(mgd_buffer *b, const char *s) { mgd__write(b, s, strlen(s)); }

/* A template that is half written. */
typedef struct {
    const char *at;
    const mgd_var *v;
    int precedence;
    bool parentheses;
    size_t operand; /* the next one, where there is no template */
} frame;

typedef struct {
    mgd_buffer *b;
    const mgd_style *style;
    const mgd_names *names;
    frame *stack;
    size_t depth, room;
} printing;

/* ---- templates ---- */

static int compare_notations(const void *name, const void *n) { return strcmp(name, ((const mgd_notation *)n)->name); }

static const mgd_notation *notation_named(const mgd_style *style, const char *name) {
    if (!style->notations) return NULL;
    return bsearch(name, style->notation, style->notations, sizeof *style->notation, compare_notations);
}

/* The format's own for that operation, or for its 1x1 results. */
static const mgd_notation *own_notation(const mgd_style *style, const mgd_var *v) {
    char of_numbers[48];
    snprintf(of_numbers, sizeof of_numbers, "%.40s:1", v->op->name);
    const mgd_notation *n = mgd__is_scalar(v) ? notation_named(style, of_numbers) : NULL;
    return n ? n : notation_named(style, v->op->name);
}

/* The node whose operands are written: one of several results is written by the operation that has them. */
static const mgd_var *written_as(const mgd_var *v) { return mgd__is(v, &mgd__op_part) ? v->arg[0] : v; }

static const char *variant(const char *s, int64_t k) {
    for (; s && k > 0 && strchr(s, '|'); k--) s = strchr(s, '|') + 1;
    return s;
}

/* A 1x1 that is repeated over a matrix. */
static bool is_spread(const mgd_var *v) { return mgd__is(v, &mgd__op_repeat) && mgd__is_scalar(v->arg[0]); }

static const char *name_of(const printing *x, const mgd_var *v) {
    int64_t place = x->names ? mgd__position(v->tape, &x->names->below, v) : -1;
    return place >= 0 ? x->names->name[place] : NULL;
}

/* Is it plain from another operand over which size operand i is spread? Of several that are spread, the first says it.
 */
static bool is_spread_by_others(const printing *x, const mgd_var *v, size_t i) {
    if (!v->op->entry) return false;
    for (size_t k = 0; k < v->count; k++) {
        bool says = !mgd__is_scalar(v->arg[k]) && (!is_spread(v->arg[k]) || name_of(x, v->arg[k]) || k < i);
        if (k != i && says) return true;
    }
    return false;
}

static frame frame_of(const mgd_style *style, const mgd_var *v) {
    const mgd_var *w = written_as(v);
    const mgd_notation *own = own_notation(style, w);
    frame f = { .at = own ? own->notation : w->op->notation,
                .v = w,
                .precedence = own ? own->precedence : (int)w->op->precedence };
    f.at = variant(f.at, v->op->parameter == MGD_PARAMETER_FLAG ? v->p.flag.flag : 0);
    if (is_spread(w)) f.at = style->spread;
    if (mgd__is(w, &mgd__op_size) && !strpbrk(mgd_parameter_size(w, 0), "+-*/")) f.at = "%z";
    bool negative = w->op->parameter == MGD_PARAMETER_TEXT && w->p.text.text[0] == '-';
    if (w->op->parameter == MGD_PARAMETER_RATIONAL)
        negative = w->p.rational.numerator < 0 && w->p.rational.denominator == 1;
    if (negative && !w->count) f.precedence = MGD_SUM;
    return f;
}

/* ---- parameters ---- */

static void write_size(printing *x, const mgd_tape *t, mgd_dim d) {
    mgd__writes(x->b, d ? mgd__dim_label(t, d).text : "0");
}

static void write_rational(printing *x, int64_t n, int64_t d) {
    char numerator[24], denominator[24];
    snprintf(numerator, sizeof numerator, "%" PRId64, n);
    snprintf(denominator, sizeof denominator, "%" PRId64, d);
    x->style->write_number(x->b, numerator, d == 1 ? NULL : denominator);
}

static void write_parameter(printing *x, const mgd_var *v, char which) {
    if (which == 'q') write_rational(x, v->p.rational.numerator, v->p.rational.denominator);
    if (which == 'r') write_size(x, v->tape, v->rows);
    if (which == 'c') write_size(x, v->tape, v->cols);
    if (which == 't' && mgd_name(v))
        x->style->write_name(x->b, v->p.text.text);
    else if (which == 't')
        x->style->write_number(x->b, v->p.text.text, NULL);
    for (int64_t i = 0; which == 'z' && i < v->p.sizes.length; i++) {
        if (i) x->style->write_sign(x->b, ",", 1);
        write_size(x, v->tape, v->p.sizes.list[i]);
    }
}

/* ---- writing ---- */

static void push(printing *x, frame f) {
    if (!mgd__grow(&x->stack, &x->room, x->depth + 1, sizeof *x->stack)) {
        x->b->failed = true;
        return;
    }
    if (f.parentheses) mgd__writes(x->b, x->style->open);
    x->stack[x->depth++] = f;
}

static void write_operand(printing *x, const mgd_var *of, size_t i, int tightest) {
    const mgd_var *v = of->arg[i];
    const char *name = name_of(x, v);
    if (!name && is_spread(v) && is_spread_by_others(x, of, i)) {
        v = v->arg[0];
        name = name_of(x, v);
    }
    if (name) {
        x->style->write_name(x->b, name);
        return;
    }
    frame f = frame_of(x->style, v);
    f.parentheses = f.at && f.precedence < tightest;
    push(x, f);
}

static size_t word_length(const char *s) {
    size_t n = 0;
    while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || s[n] == '_' ||
           (n && s[n] >= '0' && s[n] <= '9'))
        n++;
    return n;
}

static bool is_hole(const char *s) { return (*s == '<' || *s == '>' || *s == '{') && s[1] >= '1' && s[1] <= '9'; }

/* The next piece of the topmost template. */
static void write_piece(printing *x) {
    frame *f = &x->stack[x->depth - 1];
    const char *s = f->at;
    if (!*s || *s == '|') {
        if (f->parentheses) mgd__writes(x->b, x->style->close);
        x->depth--;
        return;
    }
    size_t word = word_length(s);
    if (is_hole(s)) {
        const mgd_var *v = f->v;
        size_t i = (size_t)(s[1] - '1');
        int tightest = *s == '{' ? 0 : f->precedence + (*s == '>');
        f->at += *s == '{' ? 3 : 2;
        if (i < v->count) write_operand(x, v, i, tightest);
    } else if (*s == '%' && s[1]) {
        f->at += 2;
        write_parameter(x, f->v, s[1]);
    } else if (word && !own_notation(x->style, f->v)) {
        f->at += word;
        x->style->write_function(x->b, s, word);
    } else if (own_notation(x->style, f->v)) { /* the format's own signs */
        f->at++;
        mgd__write(x->b, s, 1);
    } else {
        size_t n = *s == '.' && s[1] && strchr("*/^'", s[1]) ? 2 : 1;
        f->at += n;
        x->style->write_sign(x->b, s, n);
    }
}

/* place(rows, cols, B, row, col, ...) */
static void write_corner(printing *x, const mgd_var *v, size_t k) {
    for (size_t i = 2 * k; i < 2 * k + 2; i++) {
        x->style->write_sign(x->b, ",", 1);
        write_size(x, v->tape, v->p.sizes.list[i]);
    }
}

/* What has no template is written as a function of its operands, of which this writes the next. */
static void write_in_list(printing *x) {
    frame *f = &x->stack[x->depth - 1];
    const mgd_var *v = f->v;
    bool places = mgd__is(v, &mgd__op_place);
    if (f->operand == 0) {
        x->style->write_function(x->b, v->op->name, strlen(v->op->name));
        x->style->write_sign(x->b, "(", 1);
        if (places) {
            write_size(x, v->tape, v->rows);
            x->style->write_sign(x->b, ",", 1);
            write_size(x, v->tape, v->cols);
        }
    } else if (places) {
        write_corner(x, v, f->operand - 1);
    }
    if (f->operand == mgd__formula_operands(v)) {
        x->style->write_sign(x->b, ")", 1);
        x->depth--;
        return;
    }
    if (f->operand || places) x->style->write_sign(x->b, ",", 1);
    write_operand(x, v, f->operand++, 0);
}

static void write_all(printing *x) {
    while (x->depth && !x->b->failed) {
        if (x->stack[x->depth - 1].at)
            write_piece(x);
        else
            write_in_list(x);
    }
}

void mgd__print_formula(mgd_buffer *b, const mgd_style *style, const mgd_names *names, const mgd_var *v) {
    printing x = { .b = b, .style = style, .names = names };
    push(&x, frame_of(style, v));
    write_all(&x);
    free(x.stack);
}
