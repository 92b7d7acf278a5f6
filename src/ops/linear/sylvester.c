/* SPDX-License-Identifier: MIT */
/* sylvester: the solution of a linear equation with a matrix on either side.
 *
 * value        X: A X + X B = C, or with A' for A, with B' for B
 * pullback     dA -= S X' with S = sylvester(A', B', dX);  dB -= X' S;  dC += S
 * pushforward  X. = sylvester(A, B, C. - A. X - X B.)
 * singular     an eigenvalue of A that is one of -B, within rounding, is an error that tells it
 * source       Bartels and Stewart 1972; the rules by Giles 2008's method
 */
#include "ops/ops.h"

#include <string.h>

/* The flag's bits. */
enum { A_TRANSPOSED = 1, B_TRANSPOSED = 2, BOTH = A_TRANSPOSED | B_TRANSPOSED };

static bool a_transposed(const mgd_parameters *p) { return p->flag.flag & A_TRANSPOSED; }
static bool b_transposed(const mgd_parameters *p) { return p->flag.flag & B_TRANSPOSED; }

static mgd_var *solve(mgd_var *a, mgd_var *b, mgd_var *c, int64_t flag) {
    return mgd__apply(&mgd__op_sylvester, mgd__flag(flag), 0, 0, 5,
                      (mgd_var *[]){ a, b, c, mgd__schur(a), mgd__schur(b) });
}

static bool shape(mgd_var *v) {
    const mgd_var *a = v->arg[0], *b = v->arg[1], *c = v->arg[2];
    if (a->rows != c->rows)
        return mgd__refuse(v->tape, "sylvester: %s is %s, %s is %s: the rows differ", mgd__label(a).text,
                           mgd__size_label(a).text, mgd__label(c).text, mgd__size_label(c).text);
    if (b->cols != c->cols)
        return mgd__refuse(v->tape, "sylvester: %s is %s, %s is %s: the columns differ", mgd__label(b).text,
                           mgd__size_label(b).text, mgd__label(c).text, mgd__size_label(c).text);
    v->rows = c->rows;
    v->cols = c->cols;
    return true;
}

/* The system of all entries, X(i,j) the unknown number i n + j. */
static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t m = out->rows, n = out->cols, width = m * n + 1;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(m * n * width) * sizeof *w);
    if (!w) return;
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element *row = w + (i * n + j) * width;
            for (int64_t k = 0; k < m * n; k++) row[k] = whole(S, 0);
            for (int64_t k = 0; k < m; k++) row[k * n + j] = a_transposed(&s->p) ? at(&in[0], k, i) : at(&in[0], i, k);
            for (int64_t k = 0; k < n; k++)
                row[i * n + k] = plus(S, row[i * n + k], b_transposed(&s->p) ? at(&in[1], j, k) : at(&in[1], k, j));
            row[m * n] = at(&in[2], i, j);
        }
    mgd__eliminate(S, m * n, 1, w);
    for (int64_t k = 0; k < m * n; k++) put(out, k / n, k % n, w[k * width + m * n]);
}

static bool complain(const mgd_step *s, const double *common) {
    const bool of_sum = s->node->arg[1]->op->precedence <= MGD_SUM;
    mgd_label a = mgd__label(s->node->arg[0]), b = mgd__label(s->node->arg[1]);
    const char *open = of_sum ? "(" : "", *close = of_sum ? ")" : "";
    if (common[1] == 0)
        return mgd__undefined(s->complaint, "sylvester: %s and -%s%s%s have the eigenvalue %g in common", a.text, open,
                              b.text, close, common[0]);
    return mgd__undefined(s->complaint, "sylvester: %s and -%s%s%s have the eigenvalues %g +- %gi in common", a.text,
                          open, b.text, close, common[0], common[1]);
}

/* With A = U T U' and B = V S V', U' X V solves the equation of T, S and U' C V. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t m = (size_t)out->rows, n = (size_t)out->cols;
    const double *u = in[3].data, *v = in[4].data;
    double *inner = s->scratch, *half = inner + m * n, common[2];
    mgd__dproduct(true, false, m, n, m, u, in[2].data, half);
    mgd__dproduct(false, false, m, n, n, half, v, inner);
    if (!mgd__dsylvester(a_transposed(&s->p), b_transposed(&s->p), m, n, u + m * m, v + n * n, inner, common))
        return complain(s, common);
    mgd__dproduct(false, false, m, n, m, u, inner, half);
    mgd__dproduct(false, true, m, n, n, half, v, out->data);
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return 2 * (size_t)in[2].rows * (size_t)in[2].cols * sizeof(double);
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *S = solve(c->arg[0], c->arg[1], t, c->p.flag.flag ^ BOTH);
    if (i == 2) return S;
    if (i == 0)
        return mgd_negate(a_transposed(&c->p) ? mgd_matmul(c, mgd_transpose(S)) : mgd_matmul(S, mgd_transpose(c)));
    return mgd_negate(b_transposed(&c->p) ? mgd_matmul(mgd_transpose(S), c) : mgd_matmul(mgd_transpose(c), S));
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    if (i == 0) t = mgd_negate(mgd_matmul(a_transposed(&c->p) ? mgd_transpose(t) : t, c));
    if (i == 1) t = mgd_negate(mgd_matmul(c, b_transposed(&c->p) ? mgd_transpose(t) : t));
    return solve(c->arg[0], c->arg[1], t, c->p.flag.flag);
}

static double flops(const mgd_var *v) {
    double m = v->rows, n = v->cols;
    return 5 * m * n * (m + n);
}

const mgd_operation mgd__op_sylvester = {
    .name = "sylvester",
    .operands = 3,
    .auxiliary = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "sylvester({1},{2},{3})|sylvester(<1',{2},{3})|sylvester({1},<2',{3})|sylvester(<1',<2',{3})",
    .precedence = MGD_ATOM,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** X with A X + X B = C: A is m x m, B n x n, C and X are m x n. There is one X where A and -B have no eigenvalue in
 * common. Equations with A and A', B and B' share their factorisations. */
mgd_var *mgd_sylvester(mgd_var *A, mgd_var *B, mgd_var *C) {
    int64_t flag = 0;
    if (mgd__is(A, &mgd__op_transpose)) A = A->arg[0], flag |= A_TRANSPOSED;
    if (mgd__is(B, &mgd__op_transpose)) B = B->arg[0], flag |= B_TRANSPOSED;
    return solve(A, B, C, flag);
}

/** X with A X + X A' = C (Lyapunov's equation), all n x n: symmetric where C is. It is sylvester(A, A', C). */
mgd_var *mgd_lyapunov(mgd_var *A, mgd_var *C) { return mgd_sylvester(A, mgd_transpose(A), C); }
