/* SPDX-License-Identifier: MIT */
/* scale: a matrix times a 1x1.
 *
 * value        C = s A
 * pullback     ds += sum(chain(dC, A));  dA += s dC
 * pushforward  C. = s. A + s A.
 */
#include "ops/ops.h"
#include "ops/traits.h"

static bool shape(mgd_var *v) {
    if (!mgd__is_scalar(v->arg[0]))
        return mgd__refuse(v->tape, "scale: %s is %s, not 1x1", mgd__label(v->arg[0]).text,
                           mgd__size_label(v->arg[0]).text);
    v->rows = v->arg[1]->rows;
    v->cols = v->arg[1]->cols;
    return true;
}

static mgd_var *reduce(const mgd_var *v) {
    if (mgd__is_ones(v->arg[0])) return v->arg[1];
    return mgd__is_scalar(v->arg[1]) ? mgd_hadamard(v->arg[0], v->arg[1]) : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, times(S, at(&in[0], 0, 0), at(&in[1], i, j)));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    const double factor = *(const double *)in[0].data, *a = in[1].data;
    double *c = out->data;
    for (size_t i = 0, n = (size_t)out->rows * (size_t)out->cols; i < n; i++) c[i] = factor * a[i];
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return i == 0 ? mgd_sum(mgd_chain(t, c->arg[1])) : mgd_scale(c->arg[0], t);
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return i == 0 ? mgd_scale(t, c->arg[1]) : mgd_scale(c->arg[0], t);
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)v;
    unsigned of_positive = MGD_POSITIVE | MGD_POSITIVE_DEFINITE | MGD_SEMIDEFINITE;
    return of[1] & (MGD_LINEAR_TRAITS | (of[0] & MGD_POSITIVE ? of_positive : 0));
}

const mgd_operation mgd__op_scale = {
    .name = "scale",
    .operands = 2,
    .notation = "<1*<2",
    .precedence = MGD_PRODUCT,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
    .traits = traits,
};

/** s A with s 1x1. */
mgd_var *mgd_scale(mgd_var *s, mgd_var *A) { return mgd__record2(&mgd__op_scale, s, A); }
