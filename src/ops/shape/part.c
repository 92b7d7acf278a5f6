/* SPDX-License-Identifier: MIT */
/* part: one result of an operation that has several.
 *
 * value        the k-th result
 * pullback     collected: the operation's own rule is asked once, with all of them
 * pushforward  the operation's own
 */
#include "ops/ops.h"
#include "ops/traits.h"

#include <string.h>

static bool shape(mgd_var *v) {
    const mgd_var *c = v->arg[0];
    return c->op->part(c, (int)v->p.flag.flag, &v->rows, &v->cols);
}

/* Where the k-th result begins: they lie one after another. */
static int64_t offset_of(const mgd_step *s) {
    int64_t offset = 0;
    const mgd_var *c = s->node->arg[0];
    for (int k = 0; k < s->p.flag.flag; k++) {
        mgd_dim rows, cols;
        c->op->part(c, k, &rows, &cols);
        offset += mgd__dim_value(c->tape, rows) * mgd__dim_value(c->tape, cols);
    }
    return offset;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)S;
    memcpy(out->data, in->data + (size_t)offset_of(s) * in->size, (size_t)(out->rows * out->cols) * out->size);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    memcpy(out->data, (const double *)in->data + offset_of(s), (size_t)(out->rows * out->cols) * sizeof(double));
    return true;
}

/* Eigenvectors, and where they are square singular vectors and the Q of qr, are orthonormal. */
static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)of;
    const mgd_operation *op = v->arg[0]->op;
    int64_t k = v->p.flag.flag;
    if (op == &mgd__op_qr) return k == 0 ? MGD_ORTHOGONAL : MGD_UPPER_TRIANGULAR;
    return (op == &mgd__op_eigen && k == 1) || (op == &mgd__op_svd && k != 1) ? MGD_ORTHOGONAL : 0;
}

const mgd_operation mgd__op_part = {
    .name = "part",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .traits = traits,
};

mgd_var *mgd__part(mgd_var *c, int k) { return mgd__apply(&mgd__op_part, mgd__flag(k), 0, 0, 1, &c); }
