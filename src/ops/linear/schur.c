/* SPDX-License-Identifier: MIT */
/* schur: A = U T U' with U orthogonal and T triangular but for blocks of two, for kernels only.
 *
 * value        U, below it T
 *
 * It has no meaning and no slope of its own: sylvester has it as an auxiliary operand, of either matrix, and so one
 * serves the values, the derivatives and equations with the transposed matrix.
 */
#include "ops/ops.h"

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    if (a->rows != a->cols)
        return mgd__refuse(v->tape, "sylvester: %s is %s, not square", mgd__label(a).text, mgd__size_label(a).text);
    v->cols = a->cols;
    v->rows = mgd__dim_add(v->tape, v->cols, v->cols);
    return v->rows;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    double *u = out->data;
    return mgd__dschur(n, in->data, u, u + n * n, s->scratch) ||
           mgd__undefined(s->complaint,
                          "sylvester: %s has no Schur form that could be computed: are its entries finite?",
                          mgd__label(s->node->arg[0]).text);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return mgd__dschur_scratch((size_t)in->rows);
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 25 * n * n * n;
}

const mgd_operation mgd__op_schur = {
    .name = "schur",
    .operands = 1,
    .notation = "schur({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
};

mgd_var *mgd__schur(mgd_var *a) { return mgd__record1(&mgd__op_schur, a); }
