/* SPDX-License-Identifier: MIT */
/* block: consecutive rows and columns of a matrix.
 *
 * value        C(i,j) = A(row + i, col + j)
 * pullback     dA += place(dC): zeros, with dC in that place; the blocks of one matrix become one node
 * pushforward  C. = the same block of A.
 */
#include "ops/ops.h"

/* Does what is known of the sizes allow the block? What is not is checked when the sizes are bound. */
static bool fits(mgd_dim first, mgd_dim length, mgd_dim whole_length) {
    return first < 0 || length < 0 || whole_length < 0 || (int64_t)first + length <= whole_length;
}

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0];
    const mgd_dim row = v->p.sizes.list[0], col = v->p.sizes.list[1];
    if (fits(row, v->rows, a->rows) && fits(col, v->cols, a->cols)) return true;
    return mgd__refuse(v->tape, "block: %s from row %s, column %s (from 0) of %s, which is %s", mgd__size_label(v).text,
                       mgd__dim_label(v->tape, row).text, mgd__dim_label(v->tape, col).text, mgd__label(a).text,
                       mgd__size_label(a).text);
}

static mgd_var *reduce(const mgd_var *v) {
    const mgd_dim *corner = v->p.sizes.list;
    return mgd__same_size(v, v->arg[0]) && !corner[0] && !corner[1] ? v->arg[0] : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t row = s->sizes[0], col = s->sizes[1];
    if (row + out->rows > in->rows || col + out->cols > in->cols) {
        mgd__fail(S, MGD_BAD_POINT, "a block is outside its matrix");
        for (int64_t i = 0; i < out->rows; i++)
            for (int64_t j = 0; j < out->cols; j++) put(out, i, j, whole(S, 0));
        return;
    }
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) put(out, i, j, at(in, row + i, col + j));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    int64_t row = s->sizes[0], col = s->sizes[1];
    if (row + out->rows > in->rows || col + out->cols > in->cols)
        return mgd__undefined(s->complaint,
                              "%s: %lldx%lld from row %lld, column %lld (from 0) of a matrix that is %lldx%lld",
                              mgd__label(s->node).text, (long long)out->rows, (long long)out->cols, (long long)row,
                              (long long)col, (long long)in->rows, (long long)in->cols);
    mgd__dcopy((size_t)out->rows, (size_t)out->cols, (const double *)in->data + row * in->cols + col, in->cols, 1,
               out->data, (size_t)out->cols);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    return mgd__place(c->tape, 1, &t, c->p.sizes.list, c->arg[i]->rows, c->arg[i]->cols);
}

const mgd_operation mgd__op_block = {
    .name = "block",
    .operands = 1,
    .parameter = MGD_PARAMETER_SIZES,
    .notation = "block({1},%z,%r,%c)",
    .precedence = MGD_ATOM,
    .shape = shape,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

mgd_var *mgd__block(mgd_var *a, mgd_dim row, mgd_dim col, mgd_dim rows, mgd_dim cols) {
    if (!a) return NULL;
    mgd_parameters p = mgd__size_list(a->tape, (mgd_dim[]){ row, col }, 2);
    return p.sizes.list ? mgd__apply(&mgd__op_block, p, rows, cols, 1, &a) : NULL;
}

/** The rows x cols block of A whose first entry is A(row, col), counted from 0. */
mgd_var *mgd_block(mgd_var *A, int64_t row, int64_t col, int64_t rows, int64_t cols) {
    if (!A || A->tape->failed) return NULL;
    if (row >= 0 && col >= 0 && rows > 0 && cols > 0 && row <= INT32_MAX && col <= INT32_MAX && rows <= INT32_MAX &&
        cols <= INT32_MAX)
        return mgd__block(A, (mgd_dim)row, (mgd_dim)col, (mgd_dim)rows, (mgd_dim)cols);
    mgd__refuse(A->tape, "block: %lldx%lld from row %lld, column %lld of %s: sizes count from 1, places from 0",
                (long long)rows, (long long)cols, (long long)row, (long long)col, mgd__label(A).text);
    return NULL;
}

/** The same with sizes in names; a row or col of NULL is 0. */
mgd_var *mgd_block_sized(mgd_var *A, const mgd_size *row, const mgd_size *col, const mgd_size *rows,
                         const mgd_size *cols) {
    if (!A || A->tape->failed) return NULL;
    const mgd_size *const all[] = { row, col, rows, cols };
    mgd_dim d[4];
    for (int i = 0; i < 4; i++) {
        d[i] = mgd__dim_of(A->tape, all[i]);
        if (d[i] || (i < 2 && !all[i])) continue;
        mgd__refuse(A->tape, "block: size %d is NULL or of another tape", i + 1);
        return NULL;
    }
    return mgd__block(A, d[0], d[1], d[2], d[3]);
}
