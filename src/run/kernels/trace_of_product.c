/* SPDX-License-Identifier: MIT */
/* trace_of_product: the trace of A B, without A B. */
#include "run/kernels/kernels.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    mgd_element total = whole(S, 0);
    for (int64_t i = 0; i < in[0].rows; i++)
        for (int64_t k = 0; k < in[0].cols; k++) total = plus(S, total, times(S, at(&in[0], i, k), at(&in[1], k, i)));
    put(out, 0, 0, total);
}

enum { TILE = 32 };

/* Tile by tile, so that neither matrix is read against the grain of the cache. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    size_t n = (size_t)in[0].rows, m = (size_t)in[0].cols;
    const double *a = in[0].data, *b = in[1].data;
    double total = 0, across[TILE * TILE];
    for (size_t i = 0; i < n; i += TILE)
        for (size_t k = 0; k < m; k += TILE) {
            size_t rows = n - i < TILE ? n - i : TILE, cols = m - k < TILE ? m - k : TILE;
            mgd__dtranspose(cols, rows, b + k * n + i, n, across, cols);
            for (size_t r = 0; r < rows; r++) total += mgd__ddot(cols, a + (i + r) * m + k, across + r * cols);
        }
    *(double *)out->data = total;
    return true;
}

static double flops(const mgd_var *v) { return 2.0 * v->arg[0]->rows * v->arg[0]->cols; }

const mgd_operation mgd__op_trace_of_product = {
    .name = "trace_of_product",
    .operands = 2,
    .notation = "trace(<1*<2)",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_scalar,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
};

mgd_var *mgd__trace_of_product(mgd_var *a, mgd_var *b) { return mgd__record2(&mgd__op_trace_of_product, a, b); }
