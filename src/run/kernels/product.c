/* SPDX-License-Identifier: MIT */
/* product: op(A) op(B), with op the transpose or nothing. What matmul becomes when transposes are absorbed. */
#include "ops/traits.h"
#include "run/kernels/kernels.h"

static mgd_dim rows_of(const mgd_var *v, bool transposed) { return transposed ? v->cols : v->rows; }
static mgd_dim cols_of(const mgd_var *v, bool transposed) { return transposed ? v->rows : v->cols; }

static bool shape(mgd_var *v) {
    v->rows = rows_of(v->arg[0], v->p.flag.flag & MGD_A_TRANSPOSED);
    v->cols = cols_of(v->arg[1], v->p.flag.flag & MGD_B_TRANSPOSED);
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    bool ta = s->p.flag.flag & MGD_A_TRANSPOSED, tb = s->p.flag.flag & MGD_B_TRANSPOSED;
    int64_t inner = ta ? in[0].rows : in[0].cols;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            mgd_element c = whole(S, 0);
            for (int64_t k = 0; k < inner; k++)
                c = plus(S, c,
                         times(S, ta ? at(&in[0], k, i) : at(&in[0], i, k), tb ? at(&in[1], j, k) : at(&in[1], k, j)));
            put(out, i, j, c);
        }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    bool ta = s->p.flag.flag & MGD_A_TRANSPOSED, tb = s->p.flag.flag & MGD_B_TRANSPOSED;
    size_t inner = (size_t)(ta ? in[0].rows : in[0].cols);
    mgd__dproduct(ta, tb, (size_t)out->rows, (size_t)out->cols, inner, in[0].data, in[1].data, out->data);
    return true;
}

static double flops(const mgd_var *v) {
    double inner = v->p.flag.flag & MGD_A_TRANSPOSED ? v->arg[0]->rows : v->arg[0]->cols;
    return 2 * inner * v->rows * v->cols;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    bool ta = v->p.flag.flag & MGD_A_TRANSPOSED, tb = v->p.flag.flag & MGD_B_TRANSPOSED;
    const unsigned turned[] = { ta ? mgd__traits_transposed(of[0]) : of[0],
                                tb ? mgd__traits_transposed(of[1]) : of[1] };
    return mgd__traits_of_product(v->arg[0] == v->arg[1] && ta != tb, turned);
}

const mgd_operation mgd__op_product = {
    .name = "product",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "<1*>2|>1'*>2|<1*>2'|>1'*>2'",
    .precedence = MGD_PRODUCT,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .traits = traits,
};

mgd_var *mgd__product(mgd_var *a, mgd_var *b, int64_t flags) {
    return mgd__apply(&mgd__op_product, mgd__flag(flags), 0, 0, 2, (mgd_var *[]){ a, b });
}
