/* SPDX-License-Identifier: MIT */
/* negate: the opposite, entry by entry.
 *
 * value        C = -A
 * pullback     dA -= dC
 * pushforward  C. = -A.
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_var *reduce(const mgd_var *v) { return mgd__is(v->arg[0], v->op) ? v->arg[0]->arg[0] : NULL; }

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return minus(S, whole(S, 0), x[0]);
}

MGD_BLOCK1(blocks, -a);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    return mgd_negate(t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return of[0] & (MGD_LINEAR_TRAITS | MGD_ORTHOGONAL);
}

const mgd_operation mgd__op_negate = {
    .name = "negate",
    .operands = 1,
    .notation = "->1",
    .precedence = MGD_SUM,
    .reduce = reduce,
    .seen_through = true,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** -A */
mgd_var *mgd_negate(mgd_var *A) { return mgd__record1(&mgd__op_negate, A); }
