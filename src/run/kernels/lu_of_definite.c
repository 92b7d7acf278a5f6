/* SPDX-License-Identifier: MIT */
/* lu_of_definite: the factors that lu has, of a positive definite matrix, by Cholesky: half the work. The symmetric
 * half is what is factorised. */
#include "ops/linear/lu.h"
#include "run/kernels/kernels.h"

#include <string.h>

enum { DECLARED, FOLLOWS, TILE = 32 };

static bool shape(mgd_var *v) {
    v->cols = v->arg[0]->cols;
    v->rows = v->cols + 2;
    return true;
}

/* The lower triangle of (A + A')/2, tile by tile, so that no row is read against the grain of the cache. */
static void take_half(size_t n, const double *a, double *half) {
    for (size_t row = 0; row < n; row += TILE)
        for (size_t column = 0; column <= row; column += TILE)
            for (size_t i = row; i < row + TILE && i < n; i++)
                for (size_t j = column; j < column + TILE && j <= i; j++)
                    half[i * n + j] = a[i * n + j] / 2 + a[j * n + i] / 2;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    const double *a = in->data;
    double *lu = out->data, *pivots = lu + n * n;
    take_half(n, a, lu);
    size_t pivot = mgd__dlu_of_definite(n, lu, pivots);
    pivots[n] = 0;
    if (pivot == 0) return true;
    if (s->p.flag.flag == DECLARED)
        return mgd__undefined(s->complaint, "%s is declared positive definite, but pivot %zu of %zu is not positive",
                              mgd__label(s->node->arg[0]).text, pivot, n);
    memcpy(lu, a, n * n * sizeof *lu);
    pivots[n] = (double)mgd__dlu(n, lu, pivots);
    return true;
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return n * n * n / 3;
}

const mgd_operation mgd__op_lu_of_definite = {
    .name = "lu_of_definite",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "lu({1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .kernel = kernel,
    .flops = flops,
};

mgd_var *mgd__lu_of_definite(mgd_var *a, bool declared) {
    return mgd__apply(&mgd__op_lu_of_definite, mgd__flag(declared ? DECLARED : FOLLOWS), 0, 0, 1, &a);
}
