/* SPDX-License-Identifier: MIT */
/* The claim about f's gradient along a line through x, against differences. */
#ifndef MGD_RAY_H
#define MGD_RAY_H

#include "check/subject.h"

#include <math.h>

/* One entry of x moves, by its scale, or those in a range, each in a direction of its own. A declared input
 * (mgd_assume) stays what it is: the direction is projected, as that of mgd_pushforward is. */
typedef struct {
    mgd_subject *s;
    int64_t first, last;
    uint64_t draw; /* which random direction; 0 for one entry */
} mgd_ray;

/* By how much entry i moves; and the range of those that do. */
double mgd__ray_direction(const mgd_ray *r, int64_t i);
int64_t mgd__ray_first(const mgd_ray *r);
int64_t mgd__ray_last(const mgd_ray *r);

/* The claim along it, and what rounding may do to it: to the terms of the gradient, and to their sum. */
typedef struct {
    double value, doubt;
} mgd_product;
mgd_product mgd__claim_along(const mgd_ray *r);

typedef struct {
    bool holds;
    bool kink;     /* at x, or near */
    bool corner;   /* seen by the differences alone */
    bool no_value; /* f has none around x */
    mgd_product got;
    mgd_differences d;
    double strain; /* how much of the error that is allowed was used up: above 1 it fails, but at a kink */
} mgd_judgement;

mgd_judgement mgd__judge(const mgd_ray *r);
bool mgd__seems_to_hold(const mgd_ray *r); /* the same, cheaper, and not as sure */

static inline bool mgd__is_known(mgd_estimate e) { return e.error < INFINITY; }

#endif
