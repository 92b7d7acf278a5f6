/* SPDX-License-Identifier: MIT */
/* compare: 1 where a comparison holds, else 0, entry by entry.
 *
 * value        C = 1 where A < B, A <= B, A = B, A is not B: mgd_is_less, mgd_is_at_most, mgd_is_equal,
 *              mgd_is_not_equal; mgd_is_greater and mgd_is_at_least are the first two of B and A
 * pullback     none; none: the slopes are 0
 * pushforward  none
 * singular     beside NaN nothing holds but "is not"
 */
#include "ops/ops.h"

typedef enum { LESS, AT_MOST, EQUAL, NOT_EQUAL } comparison;

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    mgd_element gap = minus(S, x[1], x[0]);
    bool equal = S->is_zero(S, gap), less = S->is_zero(S, minus(S, S->sign(S, gap), whole(S, 1)));
    const bool holds[] = { [LESS] = less, [AT_MOST] = less || equal, [EQUAL] = equal, [NOT_EQUAL] = !equal };
    return whole(S, holds[s->p.flag.flag]);
}

MGD_BLOCK2(blocks, p == LESS ? a < b : p == AT_MOST ? a <= b : p == EQUAL ? a == b : a != b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    (void)t;
    return NULL;
}

const mgd_operation mgd__op_compare = {
    .name = "compare",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "is_less({1},{2})|is_at_most({1},{2})|is_equal({1},{2})|is_not_equal({1},{2})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/* name is the caller's, and so is the order of the operands: turned, they are compared the other way round. */
static mgd_var *compare(const char *name, comparison how, bool turned, mgd_var *a, mgd_var *b) {
    mgd_var *const both[] = { a, b };
    if (!mgd__all_live(name, 2, both)) return NULL;
    mgd_var *const spread[] = { mgd__spread(turned ? b : a, turned ? a : b),
                                mgd__spread(turned ? a : b, turned ? b : a) };
    return mgd__apply(&mgd__op_compare, mgd__flag(how), 0, 0, 2, spread);
}

/** 1 where A < B, else 0, entry by entry, of one size; a 1x1 beside a matrix is spread over it. It has no derivative;
 * mgd_where chooses by it. */
mgd_var *mgd_is_less(mgd_var *A, mgd_var *B) { return compare("is_less", LESS, false, A, B); }

/** 1 where A <= B, else 0. */
mgd_var *mgd_is_at_most(mgd_var *A, mgd_var *B) { return compare("is_at_most", AT_MOST, false, A, B); }

/** 1 where A > B, else 0. */
mgd_var *mgd_is_greater(mgd_var *A, mgd_var *B) { return compare("is_greater", LESS, true, A, B); }

/** 1 where A >= B, else 0. */
mgd_var *mgd_is_at_least(mgd_var *A, mgd_var *B) { return compare("is_at_least", AT_MOST, true, A, B); }

/** 1 where the entries of A and B are equal, else 0; mgd_equal says whether two expressions are. */
mgd_var *mgd_is_equal(mgd_var *A, mgd_var *B) { return compare("is_equal", EQUAL, false, A, B); }

/** 1 where the entries of A and B differ, else 0. */
mgd_var *mgd_is_not_equal(mgd_var *A, mgd_var *B) { return compare("is_not_equal", NOT_EQUAL, false, A, B); }
