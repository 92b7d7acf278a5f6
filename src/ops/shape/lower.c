/* SPDX-License-Identifier: MIT */
/* lower: the lower triangle, with the diagonal times a constant.
 *
 * value        C(i,j) = A(i,j) below the diagonal, q A(i,i) on it, 0 above
 * pullback     dA += lower(dC)
 * pushforward  C. = lower(A.)
 */
#include "numbers/rational.h"
#include "ops/ops.h"
#include "ops/traits.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_element q = S->rational(S, s->p.rational.numerator, s->p.rational.denominator), zero = whole(S, 0);
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++)
            put(out, i, j, j > i ? zero : j == i ? times(S, q, at(in, i, i)) : at(in, i, j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const double q = mgd__nearest_double(s->p.rational.numerator, s->p.rational.denominator), *a = in->data;
    double *c = out->data;
    for (int64_t i = 0, n = out->cols; i < out->rows; i++)
        for (int64_t j = 0; j < n; j++) c[i * n + j] = j > i ? 0 : (j == i ? q : 1) * a[i * n + j];
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    return MGD_LOWER_TRIANGULAR | (of[0] & MGD_PATTERNS);
}

const mgd_operation mgd__op_lower = {
    .name = "lower",
    .operands = 1,
    .parameter = MGD_PARAMETER_RATIONAL,
    .notation = "lower({1},%q)",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = mgd__pushforward_linear,
    .pushforward = mgd__pushforward_linear,
    .traits = traits,
};

mgd_var *mgd__lower(mgd_var *a, int64_t numerator, int64_t denominator) {
    return mgd__apply(&mgd__op_lower, (mgd_parameters){ .rational = { numerator, denominator } }, 0, 0, 1, &a);
}

/** The lower triangle of A, its diagonal included; 0 above. */
mgd_var *mgd_tril(mgd_var *A) { return mgd__lower(A, 1, 1); }
