/* SPDX-License-Identifier: MIT */
/* What a gradient check is about: f as a function of x alone, the claim, and how exactly either is to be had. All is
 * evaluated beside the tape, whose data is only read. */
#ifndef MGD_SUBJECT_H
#define MGD_SUBJECT_H

#include "check/differences.h"
#include "run/seeded.h"

typedef struct {
    mgd_tape *tape;
    mgd_var *f, *x, *gradient;   /* the library's, or NULL */
    int64_t rows, cols, entries; /* of x */
    unsigned assumed;            /* what x is declared to be */
    const double *claim;
    double *at, *moved;  /* x, and x where f is evaluated */
    double largest;      /* of the entries of x, in magnitude */
    double *scale;       /* a natural step for each entry of x */
    double *magnitude;   /* of the terms that an entry of the gradient is the sum of */
    double value, terms; /* f, and the magnitude of what it is made of: the sum over all nodes and operands of
                          * |share .* operand|, which times the unit roundoff bounds what rounding does to f */
    mgd_seeded function;
    double *masks, *masks_at; /* the values of nodes that change only at kinks: where f was evaluated last, and at x */
    size_t mask_entries;
    mgd_seeded doubt; /* made when it is first needed */
    bool doubt_made;
    mgd_seeded forward; /* the pushforward of f along a direction; has no program where there is none */
} mgd_subject;

/* Records on f's tape, and leaves what it recorded there. False, with the error on the tape. To be freed in either
 * case, with all that was recorded still there. claim is the gradient to be checked. */
bool mgd__subject_make(mgd_subject *s, mgd_var *f, mgd_var *x, mgd_var *claim);
void mgd__subject_free(mgd_subject *s);

/* f where x is s->moved. */
mgd_sample_kind mgd__subject_sample(mgd_subject *s, double *value);

/* The magnitude of what the product of the gradient and a direction is made of, as `terms` is that of f: a bound on
 * what rounding does to it, times the unit roundoff. 0 where it cannot be had. */
double mgd__subject_terms_along(mgd_subject *s, double *direction);

#endif
