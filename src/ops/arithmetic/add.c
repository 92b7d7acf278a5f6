/* SPDX-License-Identifier: MIT */
/* add: the sum, entry by entry.
 *
 * value        C = A + B
 * pullback     dA += dC;  dB += dC
 * pushforward  C. = A. + B.
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return plus(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, a + b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    return t;
}

/* A + A' is symmetric, too. */
static unsigned traits(const mgd_var *v, const unsigned *of) {
    mgd_var *a = v->arg[0], *b = v->arg[1];
    bool mirrored =
        (mgd__is(a, &mgd__op_transpose) && a->arg[0] == b) || (mgd__is(b, &mgd__op_transpose) && b->arg[0] == a);
    return mgd__traits_of_sum(of) | (mirrored ? MGD_SYMMETRIC : 0);
}

const mgd_operation mgd__op_add = {
    .name = "add",
    .operands = 2,
    .commutes = true,
    .notation = "<1+>2",
    .precedence = MGD_SUM,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** A + B, of one size; a 1x1 beside a matrix is added to every entry. */
mgd_var *mgd_add(mgd_var *A, mgd_var *B) { return mgd__record2(&mgd__op_add, mgd__spread(A, B), mgd__spread(B, A)); }
