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

static void write_line(mgd_buffer *b, const mgd_style *style, const mgd_names *names, const mgd_var *v,
                       const char *name, size_t width) {
    mgd_buffer formula = { NULL, 0, 0, false };
    mgd__print_formula(&formula, style, names, v);
    size_t from = b->length;
    while (from > 0 && b->text[from - 1] != '\n') from--;
    if (name) {
        mgd__writes(b, style->definition);
        style->write_name(b, name);
        mgd__writes(b, style->of);
    }
    if (formula.failed || !formula.text) {
        b->failed = true;
    } else {
        size_t head = letters(b->text ? b->text + from : "", b->length - from);
        if (width && style->breaks && head + letters(formula.text, formula.length) > width)
            write_broken(b, formula.text, head, width);
        else
            mgd__write(b, formula.text, formula.length);
    }
    mgd__writes(b, style->end);
    free(formula.text);
}

static void write_document(mgd_buffer *b, const mgd_style *style, mgd_names *all, size_t n, mgd_var *const *v,
                           const char *const *names, size_t width) {
    mgd_tape *t = v[0]->tape;
    bool lets = n > 1;
    for (size_t i = 0; i < all->below.count; i++) lets |= all->name[i] != NULL;
    if (lets) mgd__writes(b, style->begin);
    for (size_t i = 0; i < all->below.count; i++)
        if (all->name[i]) write_line(b, style, all, mgd__node(t, all->below.ids[i]), all->name[i], width);
    for (size_t k = 0; k < n; k++) {
        int64_t place = mgd__position(t, &all->below, v[k]);
        const char *name = names ? names[k] : NULL;
        if (all->name[place]) { /* it has a name already */
            if (name) mgd__writes(b, style->definition), style->write_name(b, name), mgd__writes(b, style->of);
            style->write_name(b, all->name[place]);
            mgd__writes(b, style->end);
        } else {
            write_line(b, style, all, v[k], name, width);
        }
    }
    if (lets) mgd__writes(b, style->finish);
}

char *mgd_print(size_t n, mgd_var *const *v, const char *const *names, mgd_format format, size_t width) {
    mgd_buffer b = { NULL, 0, 0, false };
    for (size_t k = 0; k < n; k++)
        if (!v || !v[k] || v[k]->tape != v[0]->tape || v[k]->op->results > 1) return NULL;
    if (!n) return NULL;
    if (format == MGD_DOT) {
        mgd__print_graph(&b, n, v, names);
    } else {
        mgd_names all;
        bool fine = mgd__name_repeated(v[0]->tape, n, v, &all);
        if (fine) write_document(&b, style_of(format), &all, n, v, names, width);
        b.failed |= !fine;
        free(all.below.ids);
        free(all.name);
    }
    if (!b.failed && b.text) return b.text;
    free(b.text);
    return NULL;
}
