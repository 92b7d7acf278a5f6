/* SPDX-License-Identifier: MIT */
/* One point of the identity test: both sides at random numbers, and how they differ there. */
#ifndef MGD_POINT_H
#define MGD_POINT_H

#include "exact/evaluate.h"

/* What is compared: a with b, or the derivative of a along a direction of x with b's product with it. */
typedef struct {
    mgd_tape *tape;
    mgd_var *a, *b;
    bool derivative;
    const mgd_var *x; /* NULL where a does not depend on it */
    char why[96];     /* the last point that was tried could not be decided */
} mgd_question;

typedef struct {
    mgd_calculation k;
    mgd_numbers S, D;
    mgd_matrix a, b; /* over D for a derivative */
} mgd_trial;

/* Evaluates both over a base system, with that seed. The systems in p point to each other, so it must not move. Every
 * trial is ended, whether it succeeded or not; one that failed leaves its reason in q->why. */
bool mgd__try_point(mgd_question *q, mgd_trial *p, mgd_numbers (*base)(mgd_calculation *), uint64_t seed);
void mgd__end_trial(mgd_question *q, mgd_trial *p);

/* The position of the first entry in which a and b differ, or 0 for a derivative; -1 where they are equal. */
int64_t mgd__first_difference(const mgd_question *q, const mgd_trial *p);

/* Do they differ at some point of the reals, by more than rounding can have brought about? */
bool mgd__differ_as_reals(mgd_question *q);

#endif
