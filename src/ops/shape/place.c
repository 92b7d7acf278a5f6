/* SPDX-License-Identifier: MIT */
/* place: zeros, to which blocks are added, each in its place: what the pullbacks of blocks sum up to.
 *
 * value        C = 0;  C(row_k + i, col_k + j) += B_k(i,j) for each k
 * pullback     dB_k += block(dC, row_k, col_k)
 * pushforward  C. = place(B_k.) for each k
 */
#include "ops/ops.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool inside(const mgd_step *s, int64_t k, int64_t rows, int64_t cols, int64_t all_rows, int64_t all_cols) {
    return s->sizes[2 * k] + rows <= all_rows && s->sizes[2 * k + 1] + cols <= all_cols;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, whole(S, 0));
    for (int64_t k = 0; k < s->p.sizes.length / 2; k++) {
        int64_t row = s->sizes[2 * k], col = s->sizes[2 * k + 1];
        if (!inside(s, k, in[k].rows, in[k].cols, out->rows, out->cols)) {
            mgd__fail(S, MGD_BAD_POINT, "a block is outside its matrix");
            return;
        }
        for (int64_t i = 0; i < in[k].rows; i++)
            for (int64_t j = 0; j < in[k].cols; j++)
                put(out, row + i, col + j, plus(S, at(out, row + i, col + j), at(&in[k], i, j)));
    }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t width = (size_t)out->cols;
    double *c = out->data;
    memset(c, 0, (size_t)out->rows * width * sizeof *c);
    for (int64_t k = 0; k < s->p.sizes.length / 2; k++) {
        if (!inside(s, k, in[k].rows, in[k].cols, out->rows, out->cols))
            return mgd__undefined(s->complaint, "%s: block %lld is outside its matrix", mgd__label(s->node).text,
                                  (long long)k);
        const double *b = in[k].data;
        double *corner = c + (size_t)s->sizes[2 * k] * width + (size_t)s->sizes[2 * k + 1];
        for (int64_t i = 0; i < in[k].rows; i++)
            mgd__daxpy((size_t)in[k].cols, 1, b + i * in[k].cols, corner + (size_t)i * width);
    }
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_parameters p = mgd__size_list(c->tape, c->p.sizes.list + 2 * i, 2);
    return p.sizes.list ? mgd__apply(&mgd__op_block, p, c->arg[i]->rows, c->arg[i]->cols, 1, &t) : NULL;
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return mgd__place(c->tape, 1, &t, c->p.sizes.list + 2 * i, c->rows, c->cols);
}

static mgd_var *merge(mgd_tape *t, size_t n, mgd_var *const *terms) {
    size_t blocks = 0;
    for (size_t k = 0; k < n; k++) blocks += terms[k]->count;
    assert(blocks > 0); /* there are terms, and each places a block */
    mgd_var **block = malloc(blocks * sizeof *block);
    mgd_dim *corner = malloc(2 * blocks * sizeof *corner);
    mgd_var *sum = NULL;
    size_t done = 0;
    for (size_t k = 0; block && corner && k < n; k++) {
        memcpy(block + done, terms[k]->arg, terms[k]->count * sizeof *block);
        memcpy(corner + 2 * done, terms[k]->p.sizes.list, 2 * terms[k]->count * sizeof *corner);
        done += terms[k]->count;
    }
    if (block && corner)
        sum = mgd__place(t, blocks, block, corner, terms[0]->rows, terms[0]->cols);
    else
        mgd__out_of_memory(t);
    free(block);
    free(corner);
    return sum;
}

const mgd_operation mgd__op_place = {
    .name = "place",
    .operands = MGD_ANY_NUMBER,
    .parameter = MGD_PARAMETER_SIZES,
    .merge = merge,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

mgd_var *mgd__place(mgd_tape *t, size_t n, mgd_var *const *blocks, const mgd_dim *corners, mgd_dim rows, mgd_dim cols) {
    mgd_parameters p = mgd__size_list(t, corners, 2 * n);
    return p.sizes.list ? mgd__record(t, &mgd__op_place, p, rows, cols, n, blocks) : NULL;
}
