/* SPDX-License-Identifier: MIT */
#include "ops/traits.h"

#include <stdlib.h>

enum { MOST_OPERANDS = 16 };

/* With what follows: of a definite matrix, of a 1x1, of one that is not square. */
static unsigned settled(const mgd_var *v, unsigned a) {
    if (mgd__is_scalar(v)) {
        if (a & (MGD_POSITIVE | MGD_POSITIVE_DEFINITE)) a |= MGD_POSITIVE | MGD_POSITIVE_DEFINITE;
        a |= MGD_DIAGONAL;
    }
    if (v->rows != v->cols) return a & MGD_POSITIVE;
    if (a & MGD_POSITIVE_DEFINITE) a |= MGD_SEMIDEFINITE;
    if (a & MGD_SEMIDEFINITE) a |= MGD_SYMMETRIC;
    return mgd__closed(a);
}

static unsigned known_of(const mgd_traits *t, const mgd_var *v) {
    unsigned of[MOST_OPERANDS];
    size_t operands = mgd__formula_operands(v);
    unsigned (*traits)(const mgd_var *, const unsigned *) = v->op->traits;
    if (!traits || operands > MOST_OPERANDS) return settled(v, mgd_assumptions(v));
    for (size_t k = 0; k < operands; k++) of[k] = t->of[v->arg[k]->id];
    return settled(v, traits(v, of));
}

unsigned mgd__traits_of(mgd_traits *t, const mgd_var *v) {
    if (!mgd__grow(&t->of, &t->room, (size_t)v->id + 1, sizeof *t->of)) return 0;
    for (; t->count <= v->id; t->count++) t->of[t->count] = known_of(t, mgd__node(v->tape, (uint32_t)t->count));
    return t->of[v->id];
}

/* A definite matrix and a semidefinite one are a definite one. */
unsigned mgd__traits_of_sum(const unsigned *of) {
    unsigned both = of[0] & of[1], definite = MGD_POSITIVE_DEFINITE;
    bool semidefinite = both & MGD_SEMIDEFINITE, one_definite = (of[0] | of[1]) & definite;
    return (both & (MGD_LINEAR_TRAITS | MGD_POSITIVE | MGD_SEMIDEFINITE)) |
           (semidefinite && one_definite ? definite : 0);
}

/* A A' is semidefinite. Products of definite matrices are not even symmetric, unless they are diagonal. */
unsigned mgd__traits_of_product(bool adjoint, const unsigned *of) {
    unsigned both = of[0] & of[1], kept = both & (MGD_PATTERNS | MGD_ORTHOGONAL | MGD_POSITIVE);
    if (both & MGD_DIAGONAL) kept |= both & (MGD_POSITIVE_DEFINITE | MGD_SEMIDEFINITE);
    return kept | (adjoint ? MGD_SEMIDEFINITE : 0);
}

unsigned mgd__traits_transposed(unsigned a) {
    unsigned lower = a & MGD_LOWER_TRIANGULAR, upper = a & MGD_UPPER_TRIANGULAR;
    a &= ~(unsigned)(MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR);
    return a | (lower ? MGD_UPPER_TRIANGULAR : 0) | (upper ? MGD_LOWER_TRIANGULAR : 0);
}
