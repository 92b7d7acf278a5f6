/* SPDX-License-Identifier: MIT */
/* kronecker_adjoint: a matrix in blocks, contracted with one factor of a Kronecker product, so that the other remains.
 *
 * value        R(i,j) = sum over k, l of K(p i + k, q j + l) F(k,l) for a right factor F of p x q; R(k,l) = sum over i,
 * j of K(p i + k, q j + l) F(i,j) for a left one and R of p x q pullback     dK += kronecker(dR, F), or kronecker(F,
 * dR);  dF += kronecker_adjoint(K, dR), with dR as the other factor pushforward  R. = kronecker_adjoint(K., F) +
 * kronecker_adjoint(K, F.)
 */
#include "ops/ops.h"

#include <string.h>

enum { RIGHT, LEFT }; /* which factor F is */

static bool shape(mgd_var *v) {
    const mgd_var *k = v->arg[0], *f = v->arg[1];
    mgd_dim rows = mgd__dim_times(v->tape, f->rows, v->rows), cols = mgd__dim_times(v->tape, f->cols, v->cols);
    return (rows == k->rows && cols == k->cols) ||
           mgd__refuse(v->tape, "kronecker_adjoint: %s is %s, not the product of %s, which is %s, and of %s",
                       mgd__label(k).text, mgd__size_label(k).text, mgd__label(f).text, mgd__size_label(f).text,
                       mgd__size_label(v).text);
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    const mgd_matrix *f = &in[1];
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            mgd_element r = whole(S, 0);
            for (int64_t k = 0; k < f->rows; k++)
                for (int64_t l = 0; l < f->cols; l++) {
                    mgd_element of_k = s->p.flag.flag == RIGHT ? at(&in[0], f->rows * i + k, f->cols * j + l)
                                                               : at(&in[0], out->rows * k + i, out->cols * l + j);
                    r = plus(S, r, times(S, of_k, at(f, k, l)));
                }
            put(out, i, j, r);
        }
}

enum { SHORT = 16 }; /* where a call costs more than the loop */

static double inner(int64_t n, const double *x, const double *y) {
    if (n > SHORT) return mgd__ddot((size_t)n, x, y);
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

static void add_scaled(int64_t n, double alpha, const double *restrict x, double *restrict y) {
    for (int64_t i = 0; i < n; i++) y[i] += alpha * x[i];
}

/* Along K's rows, as they are stored: a row of p q-blocks meets a row of F, or adds to a row of R. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    bool right = s->p.flag.flag == RIGHT;
    int64_t p = right ? in[1].rows : out->rows, q = right ? in[1].cols : out->cols, n = in[0].cols / q;
    const double *k = in[0].data, *f = in[1].data;
    double *r = out->data;
    memset(r, 0, (size_t)out->rows * (size_t)out->cols * sizeof *r);
    for (int64_t i = 0; i < in[0].rows / p; i++)
        for (int64_t row = 0; row < p; row++)
            for (int64_t j = 0; j < n; j++, k += q) {
                if (right)
                    r[i * n + j] += inner(q, k, f + row * q);
                else
                    add_scaled(q, f[i * n + j], k, r + row * q);
            }
    return true;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *k = c->arg[0], *f = c->arg[1];
    bool right = c->p.flag.flag == RIGHT;
    if (i == 1) return mgd__kronecker_adjoint(k, t, right, f->rows, f->cols);
    return right ? mgd_kronecker(t, f) : mgd_kronecker(f, t);
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *k = i == 0 ? t : c->arg[0], *f = i == 1 ? t : c->arg[1];
    return mgd__kronecker_adjoint(k, f, c->p.flag.flag == LEFT, c->rows, c->cols);
}

static double flops(const mgd_var *v) { return 2.0 * v->arg[0]->rows * v->arg[0]->cols; }

const mgd_operation mgd__op_kronecker_adjoint = {
    .name = "kronecker_adjoint",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "kron_adjoint({1},{2})|kron_adjoint({2},{1})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .pullback = pullback,
    .pushforward = pushforward,
};

mgd_var *mgd__kronecker_adjoint(mgd_var *k, mgd_var *factor, bool left, mgd_dim rows, mgd_dim cols) {
    return mgd__apply(&mgd__op_kronecker_adjoint, mgd__flag(left ? LEFT : RIGHT), rows, cols, 2,
                      (mgd_var *[]){ k, factor });
}
