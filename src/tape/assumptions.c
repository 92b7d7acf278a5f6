/* SPDX-License-Identifier: MIT */
/* What inputs are declared to be: beside the nodes, which stay as they are. */
#include "tape/tape.h"

#include <stdlib.h>

enum { TRIANGULAR = MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR, KNOWN = (MGD_POSITIVE << 1) - 1 };

static const struct {
    unsigned assumption;
    const char *name;
} names[] = {
    { MGD_POSITIVE_DEFINITE, "positive definite" },
    { MGD_DIAGONAL, "diagonal" },
    { MGD_SYMMETRIC, "symmetric" },
    { MGD_LOWER_TRIANGULAR, "lower triangular" },
    { MGD_UPPER_TRIANGULAR, "upper triangular" },
    { MGD_ORTHOGONAL, "orthogonal" },
    { MGD_POSITIVE, "positive" },
};

const char *mgd__assumption_name(unsigned assumption) {
    size_t i = 0;
    while (!(names[i].assumption & assumption)) i++;
    return names[i].name;
}

unsigned mgd__closed(unsigned a) {
    if (a & MGD_POSITIVE_DEFINITE) a |= MGD_SYMMETRIC;
    bool diagonal = (a & TRIANGULAR) == TRIANGULAR || (a & TRIANGULAR && a & MGD_SYMMETRIC);
    if (diagonal || a & MGD_DIAGONAL) a |= MGD_DIAGONAL | MGD_SYMMETRIC | TRIANGULAR;
    return a;
}

static int compare(const void *a, const void *b) {
    const mgd_declaration *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static mgd_declaration *declaration_of(const mgd_var *x) {
    const mgd_tape *t = x->tape;
    mgd_declaration wanted = { x->id, 0 };
    return t->declarations ? bsearch(&wanted, t->declared, t->declarations, sizeof wanted, compare) : NULL;
}

unsigned mgd_assumptions(const mgd_var *x) {
    const mgd_declaration *d = x ? declaration_of(x) : NULL;
    return d ? d->assumptions : 0;
}

/* Only 1 and -1 are orthogonal and triangular, only I is orthogonal and positive definite, and no matrix with zeros
 * outside its pattern has positive entries: such sets are mistakes. */
static bool contradict(const mgd_var *x, unsigned all) {
    static const unsigned together[][2] = {
        { MGD_ORTHOGONAL, MGD_POSITIVE_DEFINITE }, { MGD_ORTHOGONAL, MGD_DIAGONAL },
        { MGD_ORTHOGONAL, MGD_LOWER_TRIANGULAR },  { MGD_ORTHOGONAL, MGD_UPPER_TRIANGULAR },
        { MGD_ORTHOGONAL, MGD_POSITIVE },          { MGD_POSITIVE, MGD_DIAGONAL },
        { MGD_POSITIVE, MGD_LOWER_TRIANGULAR },    { MGD_POSITIVE, MGD_UPPER_TRIANGULAR },
    };
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        if (all & together[i][0] && all & together[i][1])
            return !mgd__refuse(x->tape, "assume: %s cannot be %s and %s", mgd__label(x).text,
                                mgd__assumption_name(together[i][0]), mgd__assumption_name(together[i][1]));
    return false;
}

bool mgd__declare(mgd_var *x, unsigned assumptions) {
    mgd_tape *t = x->tape;
    mgd_declaration *d = declaration_of(x);
    unsigned all = mgd__closed(assumptions | (d ? d->assumptions : 0));
    if (assumptions & ~(unsigned)KNOWN)
        return mgd__refuse(t, "assume: %s: %#x is no assumption", mgd__label(x).text, assumptions & ~(unsigned)KNOWN);
    if (all & ~(unsigned)MGD_POSITIVE && x->rows != x->cols)
        return mgd__refuse(t, "assume: %s is %s, not square: it cannot be %s", mgd__label(x).text,
                           mgd__size_label(x).text, mgd__assumption_name(all & ~(unsigned)MGD_POSITIVE));
    if (contradict(x, all)) return false;
    if (d) d->assumptions = all;
    if (d || !all) return true;
    if (!mgd__grow(&t->declared, &t->declaration_room, t->declarations + 1, sizeof *t->declared))
        return mgd__out_of_memory(t);
    size_t place = t->declarations++;
    for (; place > 0 && t->declared[place - 1].id > x->id; place--) t->declared[place] = t->declared[place - 1];
    t->declared[place] = (mgd_declaration){ x->id, all };
    return true;
}

void mgd__redeclare(mgd_var *x, unsigned assumptions) {
    mgd_declaration *d = declaration_of(x);
    if (d) d->assumptions = assumptions;
}

void mgd__undeclare(mgd_tape *t, uint32_t first) {
    while (t->declarations && t->declared[t->declarations - 1].id >= first) t->declarations--;
}
