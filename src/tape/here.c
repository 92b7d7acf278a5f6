/* SPDX-License-Identifier: MIT */
/* Places: where in the caller's program the nodes were recorded. What a sweep records belongs to the node whose rule it
 * follows, and is where that one is. */
#include "tape/tape.h"

#include <stdio.h>
#include <string.h>

/* Interned, so without padding. */
typedef struct {
    const char *file;
    int32_t line;
    int32_t derivative; /* of what was recorded there */
} source;

static const source *interned(mgd_tape *t, const char *file, int line, bool derivative) {
    source s = { .line = line, .derivative = derivative };
    const source *last = mgd__spans_last(&t->places);
    if (last && last->line == s.line && last->derivative == s.derivative && !strcmp(last->file, file)) return last;
    s.file = last && !strcmp(last->file, file) ? last->file : mgd__intern_text(t, file);
    return s.file ? mgd__intern(t, &s, sizeof s) : NULL;
}

/* Rather no place than a wrong one. */
static void set(mgd_tape *t, const char *file, int line, bool derivative) {
    const source *s = file && *file ? interned(t, file, line, derivative) : NULL;
    if (!mgd__spans_set(&t->places, t->count, s)) mgd__out_of_memory(t);
}

void mgd_here(mgd_tape *t, const char *file, int line) {
    if (t && !mgd__spans_last(&t->rules)) set(t, file, line, false); /* in a sweep the nodes' places count */
}

void mgd__record_for(mgd_tape *t, const mgd_var *v) {
    if (!t->places.count) return;
    if (!mgd__spans_set(&t->rules, t->count, v)) mgd__out_of_memory(t);
}

void mgd__record_at_place_of(mgd_tape *to, const mgd_var *v) {
    if (!to->places.count && !v->tape->places.count) return;
    mgd_place p = mgd_place_of(v);
    set(to, p.file, p.line, p.derivative);
}

mgd_place mgd_place_of(const mgd_var *v) {
    mgd_place p = { .file = NULL };
    if (!v) return p;
    const mgd_tape *t = v->tape;
    p.rule_of = mgd__spans_at(&t->rules, v->id);
    const mgd_var *root = v;
    for (const mgd_var *next = p.rule_of; next; next = mgd__spans_at(&t->rules, next->id)) root = next;
    const source *s = mgd__spans_at(&t->places, root->id);
    p.derivative = p.rule_of || (s && s->derivative);
    if (s) p.file = s->file;
    if (s) p.line = s->line;
    return p;
}

/* The end of a long name says more than its beginning. */
enum { LONGEST_FILE = 60 };

static void append(mgd_note *n, const char *before, const mgd_place *p) {
    size_t used = strlen(n->text), length = strlen(p->file);
    const char *tail = length > LONGEST_FILE ? p->file + length - LONGEST_FILE + 3 : p->file;
    snprintf(n->text + used, sizeof n->text - used, "%s%s%s:%d", before, tail == p->file ? "" : "...", tail, p->line);
}

mgd_note mgd__note_of_place(const mgd_var *v) {
    mgd_note n = { "" };
    mgd_place p = mgd_place_of(v);
    if (p.rule_of) snprintf(n.text, sizeof n.text, "recorded by the derivative of %s", mgd__label(p.rule_of).text);
    if (p.file)
        append(&n, p.rule_of ? " at " : p.derivative ? "recorded by a derivative of what is at " : "recorded at ", &p);
    return n;
}

mgd_note mgd__note_of_now(const mgd_tape *t) {
    mgd_note n = { "" };
    const mgd_var *v = mgd__spans_last(&t->rules);
    const source *s = mgd__spans_last(&t->places);
    mgd_place p = v ? mgd_place_of(v) : (mgd_place){ .file = s ? s->file : NULL, .line = s ? s->line : 0 };
    if (v) snprintf(n.text, sizeof n.text, "in the derivative of %s", mgd__label(v).text);
    if (p.file) append(&n, v ? " at " : "at ", &p);
    return n;
}
