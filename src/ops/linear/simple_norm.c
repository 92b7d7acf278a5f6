/* SPDX-License-Identifier: MIT */
/* simple_norm: a spectral norm whose singular vectors have a derivative.
 *
 * value        s, where the largest singular value is simple
 * pullback     dA += ds
 * pushforward  s. = A.
 * singular     an error that names the pair where the two largest are equal, but for rounding
 *
 * It guards what the derivatives of the vectors are computed of: the auxiliary operand is the node that has them.
 */
#include "ops/ops.h"

#include <float.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    put(out, 0, 0, at(in, 0, 0));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const double *of_node = in[1].data, norm = of_node[0], second = of_node[in[1].rows - 1];
    const double rounding = (double)(in[1].rows + 4) * DBL_EPSILON;
    const mgd_var *a = s->node->arg[1]->arg[0];
    *(double *)out->data = *(const double *)in[0].data;
    if (norm == 0)
        return mgd__undefined(s->complaint, "spectral_norm: %s is 0: there is no second derivative",
                              mgd__label(a).text);
    if (norm - second > rounding * norm) return true;
    return mgd__undefined(s->complaint,
                          "spectral_norm: singular values 1 and 2 of %s are equal, %g: there is no second "
                          "derivative",
                          mgd__label(a).text, norm);
}

static mgd_var *unchanged(mgd_var *c, size_t i, mgd_var *t) {
    (void)c;
    (void)i;
    return t;
}

const mgd_operation mgd__op_simple_norm = {
    .name = "simple_norm",
    .operands = 1,
    .auxiliary = 1,
    .notation = "{1}",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = unchanged,
    .pushforward = unchanged,
};

mgd_var *mgd__simple_norm(mgd_var *s, mgd_var *whole) { return mgd__record2(&mgd__op_simple_norm, s, whole); }
