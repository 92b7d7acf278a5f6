/* SPDX-License-Identifier: MIT */
/* repeat: a 1x1, a column or a row repeated over a matrix. Where entrywise operations are fused it is never formed. */
#include "run/kernels/kernels.h"

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    return (a->rows == 1 || a->rows == v->rows) && (a->cols == 1 || a->cols == v->cols);
}

static mgd_var *reduce(const mgd_var *v) { return mgd__same_size(v, v->arg[0]) ? v->arg[0] : NULL; }

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, at(in, in->rows == 1 ? 0 : i, in->cols == 1 ? 0 : j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd__dcopy((size_t)out->rows, (size_t)out->cols, in->data, in->rows == 1 ? 0 : in->cols, in->cols == 1 ? 0 : 1,
               out->data, (size_t)out->cols);
    return true;
}

const mgd_operation mgd__op_repeat = {
    .name = "repeat", .operands = 1, .shape = shape, .reduce = reduce, .meaning = meaning, .kernel = kernel
};

mgd_var *mgd__repeat(mgd_var *a, mgd_dim rows, mgd_dim cols) {
    return mgd__apply(&mgd__op_repeat, MGD_NO_PARAMETERS, rows, cols, 1, &a);
}
