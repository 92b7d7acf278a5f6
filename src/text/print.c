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

const char *mgd__in_pairs(const char *const pairs[][2], size_t count, const char *word, size_t n) {
    for (size_t i = 0; i < count; i++)
        if (strlen(pairs[i][0]) == n && !memcmp(pairs[i][0], word, n)) return pairs[i][1];
    return NULL;
}

/* A template that is half written. */
typedef struct {
    const char *at;
    const mgd_var *v;
    int precedence;
    bool parentheses;
    size_t operand; /* the next one, where there is no template */
    bool positive;  /* the sign in front of it was written: of a sum it made a difference */
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

/* The node whose operands are written: one of several results is written by the operation that has them. */
static const mgd_var *written_as(const mgd_var *v) { return mgd__is(v, &mgd__op_part) ? v->arg[0] : v; }

static const char *variant(const char *s, int64_t k) {
    for (; s && k > 0 && strchr(s, '|'); k--) s = strchr(s, '|') + 1;
    return s;
}

/* A 1x1 that is repeated over a matrix, which may be 1 or 0. */
static bool is_spread(const mgd_var *v) {
    if (mgd__is(v, &mgd__op_ones) || mgd__is(v, &mgd__op_zeros)) return !mgd__is_scalar(v);
    return mgd__is(v, &mgd__op_repeat) && mgd__is_scalar(v->arg[0]);
}

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

/* A 1x1, or a product or quotient with one: formats need no sign of entry by entry there. */
static bool is_as_of_scalars(const printing *x, const mgd_var *v) {
    if (mgd__is_scalar(v)) return true;
    for (size_t i = 0; v->op->entry && v->count == 2 && i < 2; i++) {
        bool plain = is_spread(v->arg[i]) && !name_of(x, v->arg[i]) && is_spread_by_others(x, v, i);
        if (plain && (i == 1 || !mgd__is(v, &mgd__op_divide))) return true;
    }
    return false;
}

/* The format's own for that operation, or for it between scalars. */
static const mgd_notation *own_notation(const printing *x, const mgd_var *v) {
    char of_numbers[48];
    snprintf(of_numbers, sizeof of_numbers, "%.40s:1", v->op->name);
    const mgd_notation *n = is_as_of_scalars(x, v) ? notation_named(x->style, of_numbers) : NULL;
    return n ? n : notation_named(x->style, v->op->name);
}

/* A negative whole number. */
static bool is_negative(const mgd_var *v) {
    if (v->count) return false;
    if (v->op->parameter == MGD_PARAMETER_RATIONAL) return v->p.rational.numerator < 0;
    return v->op->parameter == MGD_PARAMETER_TEXT && v->p.text.text[0] == '-';
}

/* Does its formula begin with a minus that may be taken away from there? */
static bool has_sign(const printing *x, const mgd_var *v) {
    if (name_of(x, v)) return false;
    if (mgd__is(v, &mgd__op_negate)) return true;
    if (mgd__is(v, &mgd__op_scale)) return !name_of(x, v->arg[0]) && is_negative(v->arg[0]);
    return is_negative(v) && mgd__is_scalar(v);
}

/* A sum whose second operand has a sign is a difference, and the other way. */
static bool turns_sign(const printing *x, const mgd_var *v) {
    if (!mgd__is(v, &mgd__op_add) && !mgd__is(v, &mgd__op_subtract)) return false;
    const mgd_var *w = v->arg[1];
    bool plain = !name_of(x, w) && is_spread(w) && w->count && is_spread_by_others(x, v, 1);
    return !name_of(x, w) && has_sign(x, plain ? w->arg[0] : w);
}

static frame frame_of(const printing *x, const mgd_var *v) {
    const mgd_var *w = written_as(v);
    const mgd_notation *own = own_notation(x, w);
    frame f = { .at = own ? own->notation : w->op->notation,
                .v = w,
                .precedence = own ? own->precedence : (int)w->op->precedence };
    f.at = variant(f.at, v->op->parameter == MGD_PARAMETER_FLAG ? v->p.flag.flag : 0);
    if (is_spread(w) && w->count) f.at = x->style->spread;
    if (mgd__is(w, &mgd__op_size) && !strpbrk(mgd_parameter_size(w, 0), "+-*/")) f.at = "%z";
    bool fraction = w->op->parameter == MGD_PARAMETER_RATIONAL && w->p.rational.denominator != 1;
    if (fraction && !w->count) f.precedence = x->style->fraction;
    if (is_negative(w)) f.precedence = MGD_SUM;
    return f;
}

/* ---- parameters ---- */

enum { DEEPEST_SIZE = 50 };

static void write_size_within(mgd_buffer *b, const mgd_tape *t, mgd_dim d, int depth);

static void write_atom(mgd_buffer *b, const mgd_tape *t, const mgd_atom *a, int depth) {
    if (a->kind == MGD_ATOM_NAME || depth == DEEPEST_SIZE) {
        mgd__writes(b, a->name);
        return;
    }
    mgd__writes(b, a->kind == MGD_ATOM_MIN ? "min(" : "max(");
    write_size_within(b, t, a->b, depth + 1);
    mgd__writes(b, ", ");
    write_size_within(b, t, a->a, depth + 1);
    mgd__writes(b, ")");
}

static void write_term(mgd_buffer *b, const mgd_tape *t, const mgd_term *x, bool first, int depth) {
    char digits[24];
    int64_t k = x->coefficient;
    if (!first) mgd__writes(b, k < 0 ? " - " : " + ");
    if (first && k < 0) mgd__writes(b, "-");
    snprintf(digits, sizeof digits, "%" PRIu64, k < 0 ? 0 - (uint64_t)k : (uint64_t)k);
    bool one = !strcmp(digits, "1") && x->atom[0];
    if (!one) mgd__writes(b, digits);
    for (int i = 0; i < MGD_SIZE_DEGREE && x->atom[i]; i++) {
        if (i || !one) mgd__writes(b, "*");
        write_atom(b, t, &t->sizes.atom[x->atom[i] - 1], depth);
    }
}

/* The label of a size is cut where it is long: a formula is not. */
static void write_size_within(mgd_buffer *b, const mgd_tape *t, mgd_dim d, int depth) {
    char number[32];
    if (d >= 0) {
        snprintf(number, sizeof number, "%" PRId64, (int64_t)d);
        mgd__writes(b, number);
        return;
    }
    const mgd_size *s = t->sizes.size[-d - 1];
    int first = 0;
    while (first + 1 < s->terms && s->term[first].coefficient < 0) first++; /* n - m, not -m + n */
    if (s->term[first].coefficient < 0) first = 0;
    if (s->divisor != 1 && s->terms > 1) mgd__writes(b, "(");
    write_term(b, t, &s->term[first], true, depth);
    for (int i = 0; i < s->terms; i++)
        if (i != first) write_term(b, t, &s->term[i], false, depth);
    if (s->divisor == 1) return;
    snprintf(number, sizeof number, "%s/%" PRId64, s->terms > 1 ? ")" : "", s->divisor);
    mgd__writes(b, number);
}

static void write_size(printing *x, const mgd_tape *t, mgd_dim d) { write_size_within(x->b, t, d, 0); }

/* `in_formula`: beside other signs of one operation, as an exponent. */
static void write_rational(printing *x, int64_t n, int64_t d, bool positive, bool in_formula) {
    char numerator[24], denominator[24];
    snprintf(numerator, sizeof numerator, "%" PRId64, n);
    if (positive && n < 0) memmove(numerator, numerator + 1, strlen(numerator));
    snprintf(denominator, sizeof denominator, "%" PRId64, d);
    if (d != 1 && in_formula && x->style->fraction < MGD_ATOM) mgd__writes(x->b, x->style->layout->open);
    x->style->write_number(x->b, numerator, d == 1 ? NULL : denominator);
    if (d != 1 && in_formula && x->style->fraction < MGD_ATOM) mgd__writes(x->b, x->style->layout->close);
}

static void write_parameter(printing *x, const mgd_var *v, char which, bool positive) {
    if (which == 'q') write_rational(x, v->p.rational.numerator, v->p.rational.denominator, positive, v->count > 0);
    if (which == 'r') write_size(x, v->tape, v->rows);
    if (which == 'c') write_size(x, v->tape, v->cols);
    if (which == 't' && mgd_name(v))
        x->style->write_name(x->b, v->p.text.text);
    else if (which == 't')
        x->style->write_number(x->b, v->p.text.text + (positive && v->p.text.text[0] == '-'), NULL);
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
    if (f.parentheses) mgd__writes(x->b, x->style->layout->open);
    x->stack[x->depth++] = f;
}

/* `positive`: without the sign that it has. */
static void write_operand(printing *x, const mgd_var *of, size_t i, int tightest, bool positive) {
    const mgd_var *v = of->arg[i];
    const char *name = name_of(x, v);
    if (!name && is_spread(v) && is_spread_by_others(x, of, i)) {
        if (!v->count) {
            x->style->write_number(x->b, mgd__is(v, &mgd__op_ones) ? "1" : "0", NULL);
            return;
        }
        v = v->arg[0];
        name = name_of(x, v);
    }
    if (name) {
        x->style->write_name(x->b, name);
        return;
    }
    if (positive && mgd__is(v, &mgd__op_negate)) {
        write_operand(x, v, 0, tightest, false);
        return;
    }
    frame f = frame_of(x, v);
    f.positive = positive;
    if (!v->count && (positive || tightest == MGD_PRODUCT) && is_negative(v) && f.precedence == MGD_SUM)
        f.precedence = MGD_PRODUCT; /* -2*x is (-2)*x */
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
        if (f->parentheses) mgd__writes(x->b, x->style->layout->close);
        x->depth--;
        return;
    }
    size_t word = word_length(s);
    if (is_hole(s)) {
        const mgd_var *v = f->v;
        size_t i = (size_t)(s[1] - '1');
        int tightest = *s == '{' ? 0 : f->precedence + (*s == '>');
        f->at += *s == '{' ? 3 : 2;
        bool positive = i == 0 ? f->positive && mgd__is(v, &mgd__op_scale) : i == 1 && turns_sign(x, v);
        if (i < v->count) write_operand(x, v, i, tightest, positive);
    } else if (*s == '%' && s[1]) {
        f->at += 2;
        write_parameter(x, f->v, s[1], f->positive);
    } else if (word && !own_notation(x, f->v)) {
        f->at += word;
        x->style->write_function(x->b, s, word);
    } else if (own_notation(x, f->v)) { /* the format's own signs */
        f->at++;
        mgd__write(x->b, s, 1);
    } else {
        size_t n = *s == '.' && s[1] && strchr("*/^'", s[1]) ? 2 : 1;
        f->at += n;
        if (n == 1 && strchr("+-", *s) && f->v->count == 2 && turns_sign(x, f->v)) s = *s == '+' ? "-" : "+";
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

static const char *name_in_list(const mgd_var *v) {
    static const char *const factors[] = {
        [MGD_ALL] = "other_factors", [MGD_ROWS] = "other_factors_of_rows", [MGD_COLS] = "other_factors_of_cols"
    };
    return mgd__is(v, &mgd__op_other_factors) ? factors[mgd__axis_of(v->op, &v->p)] : v->op->name;
}

/* What has no template is written as a function of its operands, of which this writes the next. */
static void write_in_list(printing *x) {
    frame *f = &x->stack[x->depth - 1];
    const mgd_var *v = f->v;
    bool places = mgd__is(v, &mgd__op_place);
    if (f->operand == 0) {
        x->style->write_function(x->b, name_in_list(v), strlen(name_in_list(v)));
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
    write_operand(x, v, f->operand++, 0, false);
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
    push(&x, frame_of(&x, v));
    write_all(&x);
    free(x.stack);
}
