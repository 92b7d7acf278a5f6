/* SPDX-License-Identifier: MIT */
/* matmul: the matrix product.
 *
 * value        C = A B
 * pullback     dA += dC B';  dB += A' dC
 * pushforward  C. = A. B + A B.
 * source       Giles 2008
 */
#include "ops/ops.h"
#include "ops/traits.h"

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0], *b = v->arg[1];
    if (a->cols != b->rows)
        return mgd__refuse(v->tape, "matmul: %s is %s, %s is %s: inner sizes %s and %s differ", mgd__label(a).text,
                           mgd__size_label(a).text, mgd__label(b).text, mgd__size_label(b).text,
                           mgd__dim_label(v->tape, a->cols).text, mgd__dim_label(v->tape, b->rows).text);
    v->rows = a->rows;
    v->cols = b->cols;
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            mgd_element c = whole(S, 0);
            for (int64_t k = 0; k < in[0].cols; k++) c = plus(S, c, times(S, at(&in[0], i, k), at(&in[1], k, j)));
            put(out, i, j, c);
        }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    mgd__dproduct(false, false, (size_t)out->rows, (size_t)out->cols, (size_t)in[0].cols, in[0].data, in[1].data,
                  out->data);
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *a = c->arg[0], *b = c->arg[1];
    return i == 0 ? mgd_matmul(t, mgd_transpose(b)) : mgd_matmul(mgd_transpose(a), t);
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    return i == 0 ? mgd_matmul(t, c->arg[1]) : mgd_matmul(c->arg[0], t);
}

static double flops(const mgd_var *v) { return 2.0 * v->rows * v->cols * v->arg[0]->cols; }

static unsigned traits(const mgd_var *v, const unsigned *of) {
    mgd_var *a = v->arg[0], *b = v->arg[1];
    bool adjoint =
        (mgd__is(a, &mgd__op_transpose) && a->arg[0] == b) || (mgd__is(b, &mgd__op_transpose) && b->arg[0] == a);
    return mgd__traits_of_product(adjoint, of);
}

const mgd_operation mgd__op_matmul = {
    .name = "matmul",
    .operands = 2,
    .notation = "<1*>2",
    .precedence = MGD_PRODUCT,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
    .traits = traits,
};

/** The matrix product A B: A is m x k, B is k x n, the result m x n. A 1x1 beside a matrix scales it. */
mgd_var *mgd_matmul(mgd_var *A, mgd_var *B) {
    if (A && mgd__is_scalar(B)) return mgd_scale(B, A);
    if (B && mgd__is_scalar(A)) return mgd_scale(A, B);
    return mgd__record2(&mgd__op_matmul, A, B);
}
