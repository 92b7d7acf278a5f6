/* SPDX-License-Identifier: MIT */
/* logdet: the logarithm of the determinant's magnitude.
 *
 * value        s = log|det(A)|
 * pullback     dA += ds inv(A)'
 * pushforward  s. = sum(inv(A)' .* A.)
 * singular     a pivot of 0 is an error; either sign of the determinant will do
 * source       Giles 2008
 */
#include "ops/linear/lu.h"

#include <math.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    mgd_element d = mgd__determinant(S, in);
    put(out, 0, 0, S->log(S, times(S, d, S->sign(S, d))));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    mgd_factors f = mgd__factors(&in[1]);
    double total = 0;
    if (!mgd__is_regular(s, f)) return false;
    for (size_t i = 0; i < f.n; i++) total += log(fabs(f.lu[i * f.n + i]));
    *(double *)out->data = total;
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_scale(t, mgd_transpose(mgd_inverse(c->arg[i])));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_sum(mgd_hadamard(mgd_transpose(mgd_inverse(c->arg[i])), t));
}

const mgd_operation mgd__op_logdet = {
    .name = "logdet",
    .operands = 1,
    .auxiliary = 1,
    .notation = "logdet({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar_of_square,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** log|det(A)| of an n x n matrix, 1x1, without computing the determinant, which may overflow. */
mgd_var *mgd_logdet(mgd_var *A) { return mgd__record2(&mgd__op_logdet, A, mgd__lu(A)); }
