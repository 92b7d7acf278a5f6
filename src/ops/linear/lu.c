/* SPDX-License-Identifier: MIT */
/* lu: the factors of a square matrix, for kernels only.
 *
 * value        the factors packed, then the pivots, then the number of the first pivot that is 0
 *
 * It has no meaning and no slope of its own: det, logdet, solve and inverse name it as an auxiliary operand, and since
 * equal nodes are one they share it.
 */
#include "ops/linear/lu.h"

#include <string.h>

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    if (a->rows != a->cols)
        return mgd__refuse(v->tape, "%s is %s, not square: it has no determinant, inverse or solution",
                           mgd__label(a).text, mgd__size_label(a).text);
    v->cols = a->cols;
    v->rows = mgd__dim_add(v->tape, v->cols, 2);
    return v->rows;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    size_t n = (size_t)in->rows;
    double *lu = out->data, *pivots = lu + n * n;
    memcpy(lu, in->data, n * n * sizeof *lu);
    pivots[n] = (double)mgd__dlu(n, lu, pivots);
    return true;
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 2 * n * n * n / 3;
}

const mgd_operation mgd__op_lu = {
    .name = "lu",
    .operands = 1,
    .notation = "lu({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .kernel = kernel,
    .flops = flops,
};

mgd_var *mgd__lu(mgd_var *a) { return mgd__record1(&mgd__op_lu, a); }

mgd_factors mgd__factors(const mgd_array *lu) {
    size_t n = (size_t)lu->cols;
    const double *data = lu->data;
    return (mgd_factors){ n, data, data + n * n, (size_t)data[n * n + n] };
}

bool mgd__is_regular(const mgd_step *s, mgd_factors f) {
    if (!f.zero_pivot) return true;
    return mgd__undefined(s->complaint, "%s: %s is singular: pivot %zu of %zu is 0", s->op->name,
                          mgd__label(s->node->arg[0]).text, f.zero_pivot, f.n);
}
