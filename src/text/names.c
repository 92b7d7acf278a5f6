/* SPDX-License-Identifier: MIT */
/* What a name stands for: a let, an input, a size, a function. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = MGD_LONGEST_NAME };

mgd_shown mgd__shown(const char *name, size_t n) {
    mgd_shown s;
    size_t shown = n <= LONGEST ? n : LONGEST - 4;
    while (n > LONGEST && shown > 0 && ((unsigned char)name[shown] & 0xc0) == 0x80) shown--;
    memcpy(s.text, name, shown);
    memcpy(s.text + shown, n > LONGEST ? "..." : "\0\0\0", 4);
    return s;
}

const char *mgd__interned(const mgd_reader *r, const char *name, size_t n) {
    char text[LONGEST + 1];
    if (n > LONGEST) return NULL;
    memcpy(text, name, n);
    text[n] = '\0';
    return mgd__intern_text(r->tape, text);
}

/* ---- meanings ---- */

static size_t cell_of(const mgd_meaning *m, size_t room, const char *name) {
    size_t i = (size_t)mgd__mix((uint64_t)(uintptr_t)name) & (room - 1);
    while (m[i].name && m[i].name != name) i = (i + 1) & (room - 1);
    return i;
}

static bool make_room(mgd_reader *r) {
    if (2 * (r->meanings + 1) <= r->meaning_room) return true;
    size_t room = r->meaning_room ? 2 * r->meaning_room : 64;
    mgd_meaning *m = calloc(room, sizeof *m);
    if (!m) return mgd__out_of_memory(r->tape);
    for (size_t i = 0; i < r->meaning_room; i++)
        if (r->meaning[i].name) m[cell_of(m, room, r->meaning[i].name)] = r->meaning[i];
    free(r->meaning);
    r->meaning = m;
    r->meaning_room = room;
    return true;
}

static mgd_meaning *known_meaning(const mgd_reader *r, const char *name) {
    if (!r->meaning_room) return NULL;
    mgd_meaning *m = &r->meaning[cell_of(r->meaning, r->meaning_room, name)];
    return m->name ? m : NULL;
}

static mgd_meaning *meaning_of(mgd_reader *r, const char *name) {
    if (!make_room(r)) return NULL;
    mgd_meaning *m = &r->meaning[cell_of(r->meaning, r->meaning_room, name)];
    r->meanings += !m->name;
    m->name = name;
    return m;
}

mgd_var *mgd__let_named(const mgd_reader *r, const char *name) {
    const mgd_meaning *m = known_meaning(r, name);
    return m && m->binding ? r->binding[m->binding - 1].v : NULL;
}

bool mgd__bind_name(mgd_reader *r, const char *name, mgd_var *v) {
    mgd_meaning *m = meaning_of(r, name);
    if (!m) return false;
    if (!mgd__grow(&r->binding, &r->binding_room, r->bindings + 1, sizeof *r->binding))
        return mgd__out_of_memory(r->tape);
    r->binding[r->bindings++] = (mgd_binding){ name, v, m->binding };
    m->binding = r->bindings;
    return true;
}

void mgd__unbind_names(mgd_reader *r, size_t bindings) {
    while (r->bindings > bindings) {
        const mgd_binding *b = &r->binding[--r->bindings];
        known_meaning(r, b->name)->binding = b->earlier;
    }
}

/* ---- sizes ---- */

/* The tape's sizes since the last time. */
bool mgd__see_sizes(mgd_reader *r) {
    const mgd_sizes *s = &r->tape->sizes;
    for (; r->atoms_seen < s->atoms; r->atoms_seen++) {
        if (s->atom[r->atoms_seen].kind != MGD_ATOM_NAME) continue;
        mgd_meaning *m = meaning_of(r, s->atom[r->atoms_seen].name);
        if (!m) return false;
        m->atom = r->atoms_seen + 1;
        m->since = r->text;
    }
    return true;
}

const mgd_size *mgd__size_called(mgd_reader *r, const char *name) {
    mgd_meaning *m = mgd__see_sizes(r) ? known_meaning(r, name) : NULL;
    if (!m || !m->atom || m->hidden) return NULL;
    if (!m->size) m->size = mgd_size_named(r->tape, name);
    return m->size;
}

const mgd_size *mgd__declare_size(mgd_reader *r, const char *name) {
    const mgd_size *s = mgd_size_named(r->tape, name);
    mgd_meaning *m = s && mgd__see_sizes(r) ? known_meaning(r, name) : NULL;
    if (!m) return NULL;
    if (m->hidden) m->since = r->text;
    m->hidden = false;
    return s;
}

void mgd__forget_sizes(mgd_reader *r) {
    if (!mgd__see_sizes(r)) return;
    for (size_t i = 0; i < r->meaning_room; i++)
        if (r->meaning[i].atom && r->meaning[i].since == r->text) r->meaning[i].hidden = true;
}

mgd_var *mgd__bound(mgd_reader *r, const char *name, size_t n) {
    const char *interned = mgd__interned(r, name, n);
    mgd_var *v = interned ? mgd__let_named(r, interned) : NULL;
    if (!v && interned) v = mgd__input_named(r->tape, interned);
    if (!v && interned) v = mgd_size_as_var(mgd__size_called(r, interned));
    return !v && n == 2 && !memcmp(name, "pi", 2) ? mgd_pi(r->tape) : v;
}

/* ---- functions ---- */

static int compare_names(const void *name, const void *f) { return strcmp(name, ((const mgd_function_name *)f)->name); }

static const mgd_function_name *look_up(const mgd_function_name *f, size_t count, const char *name) {
    return bsearch(name, f, count, sizeof *f, compare_names);
}

const mgd_function_name *mgd__function_named(const char *name, size_t n) {
    char text[LONGEST + 1];
    if (n > LONGEST) return NULL;
    memcpy(text, name, n);
    text[n] = '\0';
    const mgd_function_name *f = look_up(mgd__aliases, mgd__alias_count, text);
    return f ? f : look_up(mgd__functions, mgd__function_count, text);
}

/* Does this variant of a notation read "name({1},{2})", with the operands in order? Their number, or 0. */
static int operands_in(const char *variant, const char *name, size_t n) {
    if (strncmp(variant, name, n) != 0 || variant[n] != '(') return 0;
    const char *s = variant + n + 1;
    for (int k = 1; s[0] == '{' && s[1] == '0' + k && s[2] == '}'; k++, s += 4) {
        if (s[3] == ')' && (s[4] == '\0' || s[4] == '|')) return k;
        if (s[3] != ',') return 0;
    }
    return 0;
}

bool mgd__function_by_notation(const char *name, size_t n, mgd_function_name *f) {
    for (size_t i = 0; i < mgd__listed_count(); i++) {
        const mgd_operation *op = mgd__listed_at(i)->op;
        bool plain = op->parameter == MGD_PARAMETER_NONE || op->parameter == MGD_PARAMETER_FLAG;
        bool means = op->meaning || op->equations || op->entry || op->reduction; /* a factorisation means nothing */
        const char *s = plain && means && !op->auxiliary ? op->notation : NULL;
        for (int64_t flag = 0; s; flag++) {
            int k = operands_in(s, name, n);
            *f = (mgd_function_name){ .name = op->name, .least = k, .most = k, .op = op, .flag = flag };
            if (k && k == op->operands) return true;
            s = strchr(s, '|');
            if (s) s++;
        }
    }
    return false;
}

/* Insertions, deletions, exchanges and swaps of neighbours; both are short. */
int mgd__letters_apart(const char *a, size_t a_length, const char *b, size_t b_length) {
    int row[3][LONGEST + 1];
    if (a_length > LONGEST || b_length > LONGEST) return LONGEST;
    if (a_length > b_length + 3 || b_length > a_length + 3) return 4; /* at least */
    for (size_t j = 0; j <= b_length; j++) row[0][j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int best = before[j - 1] + (a[i - 1] != b[j - 1]);
            if (before[j] + 1 < best) best = before[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && earlier[j - 2] + 1 < best) best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a_length % 3][b_length];
}

int mgd_letters_apart(const char *a, const char *b) {
    return a && b ? mgd__letters_apart(a, strlen(a), b, strlen(b)) : LONGEST;
}

static const char *nearest(const mgd_function_name *f, size_t count, const char *name, size_t n, int *least) {
    const char *best = NULL;
    for (size_t i = 0; i < count; i++) {
        int apart = mgd__letters_apart(name, n, f[i].name, strlen(f[i].name));
        if (apart < *least) best = f[i].name, *least = apart;
    }
    return best;
}

const char *mgd__function_like(const char *name, size_t n) {
    int least = n < 4 ? 2 : 3;
    if (n < 2 || (unsigned char)name[0] >= 0x80) return NULL;
    const char *alias = nearest(mgd__aliases, mgd__alias_count, name, n, &least);
    const char *function = nearest(mgd__functions, mgd__function_count, name, n, &least);
    return function ? function : alias;
}
