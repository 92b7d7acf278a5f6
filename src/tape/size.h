/* SPDX-License-Identifier: MIT */
/* Sizes: polynomials with rational coefficients over atoms, which are names and minima or maxima of two sizes. Each
 * stands once on its tape, in normal form, so that equal sizes are one. */
#ifndef MGD_SIZE_H
#define MGD_SIZE_H

#include "tape/node.h"
#include "tape/polynomial.h"

struct mgd_size {
    mgd_tape *tape;
    mgd_dim dim; /* what nodes hold */
    uint32_t hash;
    const char *text;
    int64_t value;   /* at the present bindings; 0 where a name is unbound or it is no size */
    int64_t before;  /* what it was when the latest binding began */
    int64_t divisor; /* the sum of the terms over this */
    int terms;
    mgd_term term[];
};

typedef struct {
    enum { MGD_ATOM_NAME, MGD_ATOM_MIN, MGD_ATOM_MAX } kind;
    const char *name;
    mgd_dim a, b;          /* of a minimum or maximum */
    int64_t value, before; /* of a name, as a size has them; 0 for unbound */
    const mgd_var *binder; /* the input that decided it; NULL for mgd_bind */
} mgd_atom;

typedef struct {
    mgd_size **size;
    size_t count, room;
    uint32_t *cell; /* open addressing by hash: an index + 1, or 0; at most half are taken */
    size_t cells;   /* a power of two, or 0 */
    mgd_atom *atom;
    size_t atoms, atom_room;
} mgd_sizes;

/* What operations compute sizes with. They return 0 after an error, and 0 for an operand of 0. */
mgd_dim mgd__dim_number(mgd_tape *t, int64_t n);
mgd_dim mgd__dim_add(mgd_tape *t, mgd_dim a, mgd_dim b);
mgd_dim mgd__dim_times(mgd_tape *t, mgd_dim a, mgd_dim b);
mgd_dim mgd__dim_min(mgd_tape *t, mgd_dim a, mgd_dim b);
mgd_dim mgd__dim_of(const mgd_tape *t, const mgd_size *s);          /* 0 where s is NULL or of another tape */
mgd_dim mgd__dim_on(mgd_tape *to, const mgd_tape *from, mgd_dim d); /* the same size, by name, on another tape */

int64_t mgd__dim_value(const mgd_tape *t, mgd_dim d); /* as mgd_size's value */
mgd_label mgd__dim_label(const mgd_tape *t, mgd_dim d);
const mgd_size *mgd__dim_size(mgd_tape *t, mgd_dim d);

/* Why d has no value, as an error of evaluation about `what`. Returns false. */
bool mgd__unbound(mgd_tape *t, mgd_dim d, const char *what);

/* Lets the input x be rows x cols: binds what names in its size that decides, and checks the rest. False, with the
 * evaluation's error and with nothing bound, where it does not fit; else one of the two follows: keeping it forgets the
 * values whose size is another now. */
bool mgd__try_binding(mgd_tape *t, const mgd_var *x, int64_t rows, int64_t cols);
void mgd__keep_binding(mgd_tape *t);
void mgd__drop_binding(mgd_tape *t);

/* The inputs from that id on are gone: the names that they bound are unbound. */
void mgd__unbind(mgd_tape *t, uint32_t first);

int64_t mgd__size_evaluate(const mgd_tape *t, const mgd_size *s);
/* May inputs and sizes be called that? Letters of any alphabet, digits behind the first, _: 1 to 64 bytes. */
bool mgd__is_name(const char *name);

void mgd__sizes_reset(mgd_sizes *s);
void mgd__sizes_free(mgd_sizes *s);

#endif
