/* SPDX-License-Identifier: MIT */
/* hadamard: the product, entry by entry.
 *
 * value        C = A .* B
 * pullback     dA += chain(dC, B);  dB += chain(dC, A)
 * pushforward  C. = chain(A., B) + chain(B., A)
 * singular     a cotangent of 0 gives 0, whatever the other operand is
 */
#include "ops/ops.h"
#include "ops/traits.h"

static mgd_var *reduce(const mgd_var *v) {
    if (mgd__is_ones(v->arg[0])) return v->arg[1];
    return mgd__is_ones(v->arg[1]) ? v->arg[0] : NULL;
}

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return times(S, x[0], x[1]);
}

MGD_BLOCK2(blocks, (a) * (b));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) { return mgd_chain(t, c->arg[1 - i]); }

/* Schur's theorem: of definite matrices it is definite. Zeros stay zeros. */
static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    unsigned both = MGD_SYMMETRIC | MGD_POSITIVE | MGD_POSITIVE_DEFINITE | MGD_SEMIDEFINITE;
    return (of[0] & of[1] & both) | ((of[0] | of[1]) & MGD_PATTERNS);
}

const mgd_operation mgd__op_hadamard = {
    .name = "hadamard",
    .operands = 2,
    .commutes = true,
    .notation = "<1.*>2",
    .precedence = MGD_PRODUCT,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
    .traits = traits,
};

/** The Hadamard product A .* B, of one size; a 1x1 beside a matrix scales it. */
mgd_var *mgd_hadamard(mgd_var *A, mgd_var *B) {
    if (A && B && mgd__is_scalar(A) != mgd__is_scalar(B)) return mgd__is_scalar(A) ? mgd_scale(A, B) : mgd_scale(B, A);
    return mgd__record2(&mgd__op_hadamard, A, B);
}
