/* SPDX-License-Identifier: MIT */
/* Several formulas as one text: the lets first, long lines broken. */
#include "text/print.h"

#include <stdlib.h>
#include <string.h>

static const mgd_style *style_of(mgd_format format) {
    static const mgd_style *const styles[] = { &mgd__style_text, &mgd__style_unicode, &mgd__style_latex,
                                               &mgd__style_mathml };
    return styles[format];
}

static bool continues_a_letter(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

static size_t letters(const char *s, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += !continues_a_letter(s[i]);
    return count;
}

/* A line may end before " + " and " - ", and behind ", ". */
static bool may_break(const char *s) {
    return !strncmp(s, " + ", 3) || !strncmp(s, " - ", 3) || (s[0] == ' ' && s[-1] == ',');
}

/* The formula in lines, in parentheses, inside which a newline is a blank. */
static void write_broken(mgd_buffer *b, const char *s, size_t from, size_t width) {
    size_t n = strlen(s), start = 0, last = 0, column = from;
    mgd__writes(b, "(");
    for (size_t i = 1; i < n; i++) {
        if (may_break(s + i)) last = i;
        column += !continues_a_letter(s[i]);
        if (column + 2 <= width || !last) continue;
        mgd__write(b, s + start, last - start);
        mgd__writes(b, "\n   ");
        start = last;
        column = 3 + letters(s + start, i - start);
        last = 0;
    }
    mgd__writes(b, s + start);
    mgd__writes(b, ")");
}

static void write_head(mgd_buffer *b, const mgd_style *style, const char *name) {
    mgd__writes(b, style->layout->line);
    if (name) {
        mgd__writes(b, style->layout->definition);
        style->write_name(b, name);
    }
    mgd__writes(b, name ? style->layout->of : style->layout->unnamed);
}

/* Letters since the last newline. */
static size_t column_of(const mgd_buffer *b) {
    size_t from = b->length;
    while (from > 0 && b->text[from - 1] != '\n') from--;
    return letters(b->text ? b->text + from : "", b->length - from);
}

static void write_body(mgd_buffer *b, const mgd_style *style, const mgd_names *names, const mgd_var *v, size_t width) {
    mgd_buffer formula = { NULL, 0, 0, false };
    size_t column = column_of(b);
    mgd__print_formula(&formula, style, names, v);
    if (formula.failed || !formula.text)
        b->failed = true;
    else if (width && style->layout->breaks && column + letters(formula.text, formula.length) > width)
        write_broken(b, formula.text, column, width);
    else
        mgd__write(b, formula.text, formula.length);
    free(formula.text);
}

static bool has_lets(const mgd_names *all) {
    for (size_t i = 0; i < all->below.count; i++)
        if (all->name[i]) return true;
    return false;
}

static void write_result(mgd_buffer *b, const mgd_style *style, const mgd_names *all, const mgd_var *v, size_t width) {
    const char *known = all->name[mgd__position(v->tape, &all->below, v)];
    if (known)
        style->write_name(b, known);
    else
        write_body(b, style, all, v, width);
}

static void write_document(mgd_buffer *b, const mgd_style *style, const mgd_names *all, size_t n, mgd_var *const *v,
                           const char *const *names, size_t width) {
    mgd_tape *t = v[0]->tape;
    if (n == 1 && !(names && names[0]) && !has_lets(all)) {
        mgd__writes(b, style->layout->begin_one);
        write_body(b, style, all, v[0], width);
        mgd__writes(b, style->layout->finish_one);
        return;
    }
    mgd__writes(b, style->layout->begin);
    for (size_t i = 0; i < all->below.count; i++) {
        if (!all->name[i]) continue;
        write_head(b, style, all->name[i]);
        write_body(b, style, all, mgd__node(t, all->below.ids[i]), width);
        mgd__writes(b, style->layout->end);
    }
    for (size_t k = 0; k < n; k++) {
        write_head(b, style, names ? names[k] : NULL);
        write_result(b, style, all, v[k], width);
        mgd__writes(b, style->layout->end);
    }
    mgd__writes(b, style->layout->finish);
}

char *mgd_print(size_t n, mgd_var *const *v, const char *const *names, mgd_format format, size_t width) {
    mgd_buffer b = { NULL, 0, 0, false };
    for (size_t k = 0; k < n; k++)
        if (!v || !v[k] || v[k]->tape != v[0]->tape || v[k]->op->results > 1) return NULL;
    if (!n) return NULL;
    bool had_failed = mgd_failed(v[0]->tape);
    if (format == MGD_DOT) {
        mgd__print_graph(&b, n, v, names);
    } else {
        mgd_names all;
        bool fine = mgd__name_repeated(v[0]->tape, n, v, names, &all);
        if (fine) write_document(&b, style_of(format), &all, n, v, names, width);
        b.failed |= !fine;
        free(all.below.ids);
        free(all.name);
    }
    if (!had_failed && mgd_failed(v[0]->tape)) mgd_clear(v[0]->tape); /* NULL says that there is no memory */
    if (!b.failed && b.text) return b.text;
    free(b.text);
    return NULL;
}
