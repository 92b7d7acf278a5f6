/* SPDX-License-Identifier: MIT */
/* Short formulas for messages, from the operations' templates, a few operations deep. */
#include "tape/tape.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 5, MOST_SIZES = 6 };

typedef struct {
    char *text;
    size_t size, length; /* the length goes on counting where the text is full */
} output;

static void write_text(output *o, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++, o->length++)
        if (o->length + 1 < o->size) o->text[o->length] = s[i];
}

static void write_string(output *o, const char *s) { write_text(o, s, strlen(s)); }

static void write_rational(output *o, mgd_parameters p) {
    char digits[48];
    if (p.rational.denominator == 1)
        snprintf(digits, sizeof digits, "%" PRId64, p.rational.numerator);
    else
        snprintf(digits, sizeof digits, "(%" PRId64 "/%" PRId64 ")", p.rational.numerator, p.rational.denominator);
    write_string(o, digits);
}

static void write_sizes(output *o, const mgd_var *v) {
    for (size_t i = 0; i < mgd_parameter_sizes(v); i++) {
        if (i) write_string(o, ",");
        if (i == MOST_SIZES) {
            write_string(o, "...");
            break;
        }
        write_string(o, v->p.sizes.list[i] ? mgd__dim_label(v->tape, v->p.sizes.list[i]).text : "0");
    }
}

static void write_parameter(output *o, const mgd_var *v, char which) {
    switch (which) {
    case 'q':
        write_rational(o, v->p);
        break;
    case 't':
        write_string(o, v->p.text.text);
        break;
    case 'z':
        write_sizes(o, v);
        break;
    case 'r':
        write_string(o, mgd__dim_label(v->tape, v->rows).text);
        break;
    case 'c':
        write_string(o, mgd__dim_label(v->tape, v->cols).text);
        break;
    }
}

static void write_var(output *o, const mgd_var *v, int depth, int tightest);

static void write_operand(output *o, const mgd_var *v, const char *hole, int depth) {
    size_t i = (size_t)(hole[1] - '1');
    int tightest = hole[0] == '{' ? 0 : (int)v->op->precedence + (hole[0] == '>');
    if (i < v->count) write_var(o, v->arg[i], depth + 1, tightest);
}

static void write_list(output *o, const mgd_var *v, int depth) {
    write_string(o, v->op->name);
    write_string(o, "(");
    for (size_t i = 0; i < mgd__formula_operands(v); i++) {
        if (i) write_string(o, ",");
        if (i == 3) {
            write_string(o, "...");
            break;
        }
        write_var(o, v->arg[i], depth + 1, 0);
    }
    write_string(o, ")");
}

/* A template has variants for the values of a flag. One of several results is written by the template of the operation
 * that has them. */
static const char *template_of(const mgd_var *v) {
    bool one_of_several = !v->op->notation && v->count == 1 && v->arg[0]->op->results > 1;
    const char *s = one_of_several ? v->arg[0]->op->notation : v->op->notation;
    int64_t variant = v->op->parameter == MGD_PARAMETER_FLAG ? v->p.flag.flag : 0;
    for (; s && variant > 0 && strchr(s, '|'); variant--) s = strchr(s, '|') + 1;
    return s;
}

static void write_template(output *o, const mgd_var *v, int depth) {
    const char *s = template_of(v);
    if (!v->op->notation) v = v->arg[0];
    for (; *s && *s != '|'; s++) {
        if (*s == '%' && s[1]) {
            write_parameter(o, v, *++s);
        } else if ((*s == '<' || *s == '>' || *s == '{') && s[1] >= '1' && s[1] <= '9') {
            write_operand(o, v, s, depth);
            s += *s == '{' ? 2 : 1;
        } else {
            write_text(o, s, 1);
        }
    }
}

/* A negative number is written as the negation that it looks like; a fraction has parentheses of its own. */
static int precedence_of(const mgd_var *v) {
    bool negative = v->op->parameter == MGD_PARAMETER_TEXT && v->p.text.text[0] == '-';
    if (v->op->parameter == MGD_PARAMETER_RATIONAL)
        negative = v->p.rational.numerator < 0 && v->p.rational.denominator == 1;
    return negative && !v->count ? MGD_SUM : (int)v->op->precedence;
}

/* The depth is bounded, so this is the one place that may call itself. */
static void write_var(output *o, const mgd_var *v, int depth, int tightest) {
    if (depth > DEEPEST && v->count) {
        write_string(o, "...");
        return;
    }
    bool parentheses = v->op->notation && precedence_of(v) < tightest;
    if (parentheses) write_string(o, "(");
    if (template_of(v))
        write_template(o, v, depth);
    else
        write_list(o, v, depth);
    if (parentheses) write_string(o, ")");
}

/* Ends a full text in dots, in front of which no letter of several bytes is cut. */
static void end_in_dots(char *text, size_t size) {
    size_t dots = size < 4 ? size - 1 : 3, end = size - 1 - dots;
    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80) end--;
    memset(text + end, '.', dots);
    text[end + dots] = 0;
}

size_t mgd_describe(const mgd_var *v, char *text, size_t size) {
    output o = { text, text ? size : 0, 0 };
    if (v) write_var(&o, v, 0, 0);
    if (o.length < o.size)
        text[o.length] = 0;
    else if (o.size)
        end_in_dots(text, size);
    return o.length;
}

mgd_label mgd__label(const mgd_var *v) {
    mgd_label l = { "" };
    mgd_describe(v, l.text, sizeof l.text);
    return l;
}

mgd_label mgd__size_label(const mgd_var *v) {
    mgd_label l;
    snprintf(l.text, sizeof l.text, "%.35sx%.35s", mgd__dim_label(v->tape, v->rows).text,
             mgd__dim_label(v->tape, v->cols).text);
    return l;
}
