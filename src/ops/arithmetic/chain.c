/* SPDX-License-Identifier: MIT */
/* chain: a cotangent or tangent times a slope: the product, but 0 wherever the first factor is 0.
 *
 * value        E = U .* S, and 0 where U is 0; a NaN in U stays
 * pullback     dU += chain(dE, S);  dS += chain(dE, U)
 * pushforward  E. = chain(U., S) + chain(S., U)
 * singular     0 times infinity and 0 times NaN are 0, for a 0 that comes first
 * source       the absolute-zero product of automatic differentiation; bilinear, so that second derivatives stay right
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *u = v->arg[0], *s = v->arg[1];
    if (mgd__is_zeros(u) || mgd__is_ones(s)) return u;
    return mgd__is_ones(u) ? s : NULL;
}

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return times(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, a == 0 ? a : a * b);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) { return mgd_chain(t, c->arg[1 - i]); }

const mgd_operation mgd__op_chain = {
    .name = "chain",
    .operands = 2,
    .notation = "<1.*>2",
    .precedence = MGD_PRODUCT,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** U .* S, but 0 where U is 0, whatever S is there: for the derivatives of operations of your own. */
mgd_var *mgd_chain(mgd_var *U, mgd_var *S) {
    return mgd__record2(&mgd__op_chain, mgd__spread(U, S), mgd__spread(S, U));
}
