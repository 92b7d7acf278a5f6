/* SPDX-License-Identifier: MIT */
/* det: the determinant.
 *
 * value        s = det(A)
 * pullback     dA += ds adjugate(A)'
 * pushforward  s. = sum(adjugate(A)' .* A.)
 * singular     exact there too: the adjugate exists where the inverse does not; a 1x1 zero has gradient 1
 * source       Jacobi's formula
 */
#include "ops/linear/lu.h"

#include <math.h>

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v->arg[0]) ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    put(out, 0, 0, mgd__determinant(S, in));
}

/* The product of the pivots, with its exponent apart: it overflows only where the determinant does. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd_factors f = mgd__factors(&in[1]);
    double mantissa = mgd__dlu_sign(f.n, f.lu, f.pivots);
    long exponent = 0;
    for (size_t i = 0; i < f.n && mantissa != 0; i++) {
        int of_pivot, of_product;
        mantissa = frexp(mantissa * frexp(fabs(f.lu[i * f.n + i]), &of_pivot), &of_product);
        exponent += of_pivot + of_product;
    }
    *(double *)out->data = scalbln(mantissa, exponent);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_scale(t, mgd_transpose(mgd_adjugate(c->arg[i])));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return mgd_sum(mgd_hadamard(mgd_transpose(mgd_adjugate(c->arg[i])), t));
}

const mgd_operation mgd__op_det = {
    .name = "det",
    .operands = 1,
    .auxiliary = 1,
    .notation = "det({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar_of_square,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** The determinant of an n x n matrix, 1x1. */
mgd_var *mgd_det(mgd_var *A) { return mgd__record2(&mgd__op_det, A, mgd__lu(A)); }
