/* SPDX-License-Identifier: MIT */
/* where: entries of one matrix or of another, as a mask says.
 *
 * value        C(i,j) = A(i,j) where M(i,j) is not 0, else B(i,j)
 * pullback     none; dA += where(M, dC, 0); dB += where(M, 0, dC)
 * pushforward  C. = where(M, A., 0) + where(M, 0, B.)
 * singular     the entry that was not taken gets exactly 0, whatever its value or slope is
 */
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) { return v->arg[1] == v->arg[2] ? v->arg[1] : NULL; }

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    (void)s;
    return S->is_zero(S, x[0]) ? x[2] : x[1];
}

MGD_BLOCK3(blocks, a != 0 ? b : c);

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *zero = mgd__zeros_like(c);
    if (i == 0) return NULL;
    return i == 1 ? mgd_where(c->arg[0], t, zero) : mgd_where(c->arg[0], zero, t);
}

const mgd_operation mgd__op_where = {
    .name = "where",
    .operands = 3,
    .notation = "where({1},{2},{3})",
    .precedence = MGD_ATOM,
    .reduce = reduce,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** A where the mask is not 0, else B, all of one size; a 1x1 A or B is spread over the mask. The mask has no
 * derivative. */
mgd_var *mgd_where(mgd_var *mask, mgd_var *A, mgd_var *B) {
    return mgd__record3(&mgd__op_where, mask, mgd__spread(A, mask), mgd__spread(B, mask));
}
