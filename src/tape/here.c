/* SPDX-License-Identifier: MIT */
/* Places: where in the caller's program the nodes were recorded. What a sweep records belongs to the node whose rule it
 * follows, and is where that one is. */
#include "tape/tape.h"

#include <stdio.h>
#include <string.h>

/* Interned, so without padding. */
typedef struct {
    const char *file; /* NULL for none */
    int32_t line;
    int16_t derivative; /* of what was recorded there */
    int16_t copied;     /* with what was recorded elsewhere; until the copy is complete */
} source;

static const source *last_of(const mgd_tape *t) { return mgd__spans_last(&t->places); }
static bool is_copied(const mgd_tape *t) { return last_of(t) && last_of(t)->copied; }

static const source *interned(mgd_tape *t, source s) {
    const source *last = last_of(t);
    bool same_file = last && last->file && s.file && !strcmp(last->file, s.file);
    if (same_file && last->line == s.line && last->derivative == s.derivative && last->copied == s.copied) return last;
    if (s.file) s.file = same_file ? last->file : mgd__intern_text(t, s.file);
    return s.file || s.copied ? mgd__intern(t, &s, sizeof s) : NULL;
}

void mgd_here(mgd_tape *t, const char *file, int line) {
    if (!t || mgd__spans_last(&t->rules)) return; /* in a sweep the nodes' places count */
    const source s = { .file = file, .line = line };
    const source *here = file && *file ? interned(t, s) : NULL; /* without memory rather no place than a wrong one */
    if (!mgd__spans_set(&t->places, t->count, here)) mgd__out_of_memory(t);
}

void mgd__record_for(mgd_tape *t, const mgd_var *v) {
    if (!t->places.count) return;
    if (!mgd__spans_set(&t->rules, t->count, v)) mgd__out_of_memory(t);
}

/* The caller's own place stays below those that are copied, for a rewinding to come back to. */
void mgd__record_at_place_of(mgd_tape *to, const mgd_var *v) {
    if (!to->places.count && !v->tape->places.count) return;
    mgd_place p = mgd_place_of(v);
    const source *s =
        interned(to, (source){ .file = p.file, .line = p.line, .derivative = p.derivative, .copied = true });
    bool fine =
        s && (is_copied(to) ? mgd__spans_set(&to->places, to->count, s) : mgd__spans_push(&to->places, to->count, s));
    if (!fine) mgd__out_of_memory(to);
}

void mgd__record_at_place(mgd_tape *t, const void *place) {
    while (is_copied(t) && t->places.span[t->places.count - 1].first == t->count) t->places.count--;
    if (!mgd__spans_set(&t->places, t->count, place)) mgd__out_of_memory(t);
}

/* A place that was set when the tape was as long as the mark stays. */
void mgd__rewind_places(mgd_tape *t) {
    mgd__spans_cut(&t->places, t->count + 1);
    const void *own = NULL;
    for (size_t k = t->places.count; k-- > 0;) {
        const source *s = t->places.span[k].what;
        own = s;
        if (!s || !s->copied) break;
        own = NULL;
    }
    if (is_copied(t)) mgd__record_at_place(t, own);
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
    if (s && s->file) p.line = s->line;
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
