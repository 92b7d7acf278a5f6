/* SPDX-License-Identifier: MIT */
/* asinh: the inverse hyperbolic sine, entry by entry.
 *
 * value        C = log(A + sqrt(A.^2 + 1))
 * pullback     dA += chain(dC, 1 ./ hypot(A, 1))
 * pushforward  C. = chain(A., 1 ./ hypot(A, 1))
 */
#include "ops/ops.h"

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    mgd_element root = S->power(S, plus(S, times(S, x[0], x[0]), whole(S, 1)), 1, 2);
    return S->log(S, plus(S, x[0], root));
}

/* (t - 1/t)/2, so that A^2 + 1 is a square. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    if (!mgd__domain_positive(S, key, s, in, out)) return false;
    for (int64_t i = 0; i < in->rows; i++)
        for (int64_t j = 0; j < in->cols; j++) {
            mgd_element t = at(in, i, j);
            put(in, i, j, over(S, minus(S, t, over(S, whole(S, 1), t)), whole(S, 2)));
        }
    return true;
}

MGD_BLOCK1(blocks, mgd__asinh(a));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    mgd_var *one = mgd__whole(c, 1);
    return mgd_chain(t, mgd_divide(one, mgd_hypot(c->arg[0], one)));
}

const mgd_operation mgd__op_asinh = {
    .name = "asinh",
    .operands = 1,
    .notation = "asinh({1})",
    .precedence = MGD_ATOM,
    .entry = entry,
    .blocks = &blocks,
    .domain = domain,
    .times_slope = times_slope,
};

/** The number whose hyperbolic sine is A, entry by entry. */
mgd_var *mgd_asinh(mgd_var *A) { return mgd__record1(&mgd__op_asinh, A); }
