/* SPDX-License-Identifier: MIT */
/* What the two searches for a value that is not finite share: values that are known, and words for them. */
#ifndef MGD_ORIGIN_H
#define MGD_ORIGIN_H

#include "matgrad/diagnose.h"
#include "ops/ops.h"

typedef struct {
    const double *data; /* NULL where it was not computed */
    int64_t rows, cols;
} mgd_known;

mgd_known mgd__known_value(const mgd_var *v);
int64_t mgd__first_entry(const mgd_var *v); /* that is not finite, or -1 */

/* One of several results is made of the operands of the operation that has them. */
static inline const mgd_var *mgd__maker_of(const mgd_var *v) { return mgd__is(v, &mgd__op_part) ? v->arg[0] : v; }

/* A number or a pattern of numbers, which its own formula tells. */
static inline bool mgd__is_plain_number(const mgd_var *v) { return !v->count && v->op->kernel; }

/* Is an entry made of the operands' entries in the same place? */
static inline bool mgd__is_by_entries(const mgd_var *v) { return v->op->entry || mgd__is(v, &mgd__op_scale); }

static inline bool mgd__came_before(const mgd_var *v, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (v->arg[k] == v->arg[i]) return true;
    return false;
}

/* A row, a column, or with -1 for either all of them. */
typedef struct {
    int64_t row, col;
} mgd_extent;

void mgd__say(mgd_origin *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mgd__say_number(mgd_origin *o, double x);
void mgd__say_entry(mgd_origin *o, const mgd_var *v, int64_t k);    /* "X(2,3)", "(X*Y)(2,3)"; of a 1x1 "x" */
void mgd__say_equation(mgd_origin *o, const mgd_var *v, int64_t k); /* "X(2,3) = 0" */
void mgd__say_largest(mgd_origin *o, const mgd_var *v, mgd_extent p);
void mgd__say_operands(mgd_origin *o, const mgd_var *v, int64_t k); /* what entry k of v is made of */
void mgd__say_place(mgd_origin *o, const mgd_var *v);
void mgd__explain(mgd_origin *o, const mgd_var *v, int64_t k); /* all of that */
void mgd__point_to(mgd_origin *o, const mgd_var *v, int64_t k);

/* Of v, whose value is known; and of an evaluation that failed. */
mgd_origin mgd__find_origin(mgd_var *v);
mgd_origin mgd__not_evaluated(const mgd_tape *t);

#endif
