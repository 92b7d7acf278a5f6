/* SPDX-License-Identifier: MIT */
/* What a name stands for: a let, an input, a size, a function. */
#include "text/reader.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 };

static bool is(const char *known, const char *name, size_t n) {
    return known && strlen(known) == n && memcmp(known, name, n) == 0;
}

const mgd_size *mgd__size_called(const mgd_reader *r, const char *name, size_t n) {
    const mgd_sizes *s = &r->tape->sizes;
    for (size_t i = 0; i < s->atoms; i++)
        if (s->atom[i].kind == MGD_ATOM_NAME && is(s->atom[i].name, name, n))
            return mgd_size_named(r->tape, s->atom[i].name);
    return NULL;
}

mgd_var *mgd__bound(const mgd_reader *r, const char *name, size_t n) {
    char text[LONGEST + 1];
    for (size_t i = r->bindings; i-- > 0;)
        if (is(r->binding[i].name, name, n)) return r->binding[i].v;
    if (n > LONGEST) return NULL;
    memcpy(text, name, n);
    text[n] = '\0';
    const char *interned = mgd__intern_text(r->tape, text);
    mgd_var *v = interned ? mgd__input_named(r->tape, interned) : NULL;
    if (!v) v = mgd_size_as_var(mgd__size_called(r, name, n));
    return !v && is("pi", name, n) ? mgd_pi(r->tape) : v;
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
    for (size_t i = 0; i < mgd__manual_count(); i++) {
        const mgd_operation *op = mgd__manual_at(i)->op;
        bool plain = op->parameter == MGD_PARAMETER_NONE || op->parameter == MGD_PARAMETER_FLAG;
        const char *s = plain && !op->auxiliary && op->results < 2 ? op->notation : NULL;
        for (int64_t flag = 0; s; flag++) {
            int k = operands_in(s, name, n);
            *f = (mgd_function_name){ .name = op->name, .least = k, .most = k, .op = op, .flag = flag };
            if (k && k == op->operands) return true;
            s = strchr(s, '|');
            s += s != NULL;
        }
    }
    return false;
}

/* Insertions, deletions, exchanges and swaps of neighbours; both are short. */
int mgd__letters_apart(const char *a, size_t a_length, const char *b, size_t b_length) {
    int row[3][LONGEST + 1];
    if (a_length > LONGEST || b_length > LONGEST) return LONGEST;
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
    const char *alias = nearest(mgd__aliases, mgd__alias_count, name, n, &least);
    const char *function = nearest(mgd__functions, mgd__function_count, name, n, &least);
    return function ? function : alias;
}
