/* SPDX-License-Identifier: MIT */
/* lu_of_triangular: the factors that lu has, of a triangular matrix: itself. What stands outside the triangle is not
 * read. */
#include "ops/linear/lu.h"
#include "run/kernels/kernels.h"

#include <string.h>

static bool shape(mgd_var *v) {
    v->cols = v->arg[0]->cols;
    v->rows = v->cols + 2;
    return true;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    double *lu = out->data, *pivots = lu + n * n;
    memcpy(lu, in->data, n * n * sizeof *lu);
    pivots[n] = (double)mgd__dlu_of_triangular(s->p.flag.flag, n, lu, pivots);
    return true;
}

const mgd_operation mgd__op_lu_of_triangular = {
    .name = "lu_of_triangular",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "lu({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .kernel = kernel,
};

mgd_var *mgd__lu_of_triangular(mgd_var *a, bool upper) {
    return mgd__apply(&mgd__op_lu_of_triangular, mgd__flag(upper), 0, 0, 1, &a);
}
