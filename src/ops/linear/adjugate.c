/* SPDX-License-Identifier: MIT */
/* adjugate: the transposed matrix of cofactors.
 *
 * value        C = det(A) inv(A), and its limit where A is singular
 * pullback     dA += sum(dC .* K) C' - C' dC K' with K = inv(A)
 * pushforward  C. = trace(C A.) K - C A. K with K = inv(A)
 * singular     the value is exact there; its own derivative is an error
 * source       Faddeev and LeVerrier; at a singular A = U diag(s) V' the value is
 *              det(U) det(V) V diag(product of the other s) U' (Giles 2008 for the regular case)
 */
#include "ops/linear/lu.h"

#include <float.h>
#include <math.h>
#include <string.h>

static mgd_var *reduce(const mgd_var *v) { return mgd__is_scalar(v->arg[0]) ? mgd__whole(v, 1) : NULL; }

/* M = A M + c I */
static void next_term(const mgd_numbers *S, const mgd_matrix *a, mgd_element c, mgd_element *m, mgd_element *work) {
    int64_t n = a->rows;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element x = i == j ? c : whole(S, 0);
            for (int64_t k = 0; k < n; k++) x = plus(S, x, times(S, at(a, i, k), m[k * n + j]));
            work[i * n + j] = x;
        }
    memcpy(m, work, (size_t)(n * n) * sizeof *m);
}

/* Faddeev and LeVerrier's recurrence for the characteristic polynomial, which divides by 1 to n only: it holds for
 * singular matrices too. */
static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    int64_t n = in->rows;
    mgd_element *m = mgd__scratch(S->calculation, (size_t)(2 * n * n) * sizeof *m), c = whole(S, 1);
    if (!m) return;
    for (int64_t k = 0; k < n * n; k++) m[k] = whole(S, 0);
    for (int64_t k = 1; k <= n; k++) {
        next_term(S, in, c, m, m + n * n);
        mgd_element trace = whole(S, 0);
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = 0; j < n; j++) trace = plus(S, trace, times(S, at(in, i, j), m[j * n + i]));
        c = over(S, trace, whole(S, -k));
    }
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) put(out, i, j, n % 2 ? m[i * n + j] : minus(S, whole(S, 0), m[i * n + j]));
}

static bool well_conditioned(mgd_factors f) {
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < f.n; i++) {
        double u = fabs(f.lu[i * f.n + i]);
        least = fmin(least, u);
        most = fmax(most, u);
    }
    return least > most * sqrt(DBL_EPSILON);
}

/* Of A over 2^exponent, from A's factors. */
static double determinant(mgd_factors f, int exponent) {
    double d = mgd__dlu_sign(f.n, f.lu, f.pivots);
    for (size_t i = 0; i < f.n; i++) d *= ldexp(fabs(f.lu[i * f.n + i]), -exponent);
    return d;
}

static void by_inverse(mgd_factors f, int exponent, double *c) {
    double d = determinant(f, exponent);
    for (size_t i = 0; i < f.n; i++)
        for (size_t j = 0; j < f.n; j++) c[i * f.n + j] = i == j ? d : 0;
    mgd__dlu_solve(false, f.n, f.n, f.lu, f.pivots, c, f.n);
}

/* Of an orthogonal matrix, which is overwritten. */
static int sign_of_determinant(size_t n, double *q, double *pivots) {
    mgd__dlu(n, q, pivots);
    return mgd__dlu_sign(n, q, pivots);
}

/* V diag(product of the other s) U', with the signs of the two determinants. */
static bool by_singular_values(size_t n, const double *a, int exponent, double *c, double *work) {
    double *u = work, *v = u + n * n, *s = v + n * n, *others = s + n, *rest = others + n;
    if (!mgd__dsvd(n, n, a, u, s, v, rest)) return false;
    for (size_t i = 0; i < n; i++) {
        others[i] = 1;
        for (size_t j = 0; j < n; j++) others[i] *= j == i ? 1 : ldexp(s[j], -exponent);
    }
    double *copy = rest, *pivots = rest + n * n;
    memcpy(copy, u, n * n * sizeof *u);
    int sign = sign_of_determinant(n, copy, pivots);
    memcpy(copy, v, n * n * sizeof *v);
    sign *= sign_of_determinant(n, copy, pivots);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) v[i * n + j] *= sign * others[j];
    mgd__dgemm(false, true, n, n, n, 1, v, n, u, n, 0, c, n);
    return true;
}

static void scale_by_power_of_two(size_t n, double *c, long exponent) {
    for (size_t k = 0; k < n * n; k++) c[k] = scalbln(c[k], exponent);
}

/* The determinant is formed of A over a power of two near its largest entry: it overflows only where the result does.
 */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    mgd_factors f = mgd__factors(&in[1]);
    int exponent = 0;
    double most = mgd__dlargest(f.n * f.n, in->data);
    if (isfinite(most)) frexp(most, &exponent);
    if (!f.zero_pivot && well_conditioned(f)) {
        by_inverse(f, exponent, out->data);
        scale_by_power_of_two(f.n, out->data, (long)exponent * (long)f.n);
        return true;
    }
    if (!by_singular_values(f.n, in->data, exponent, out->data, s->scratch))
        return mgd__undefined(s->complaint, "%s: %s is singular or close to it, and has entries that are not finite",
                              s->op->name, mgd__label(s->node->arg[0]).text);
    scale_by_power_of_two(f.n, out->data, (long)exponent * (long)(f.n - 1));
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    size_t n = (size_t)in->rows, svd = mgd__dsvd_scratch(n, n), own = (n * n + n) * sizeof(double);
    return (2 * n * n + 2 * n) * sizeof(double) + (svd > own ? svd : own);
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *K = mgd_inverse(c->arg[i]), *ct = mgd_transpose(c);
    mgd_var *through = mgd_matmul(mgd_matmul(ct, t), mgd_transpose(K));
    return mgd_subtract(mgd_scale(mgd_sum(mgd_hadamard(t, K)), ct), through);
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *K = mgd_inverse(c->arg[i]), *ct = mgd_matmul(c, t);
    return mgd_subtract(mgd_scale(mgd_trace(ct), K), mgd_matmul(ct, K));
}

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 2 * n * n * n;
}

const mgd_operation mgd__op_adjugate = {
    .name = "adjugate",
    .operands = 1,
    .auxiliary = 1,
    .notation = "adjugate({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_square,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** The adjugate of an n x n matrix, det(A) inv(A) where A is regular; singular matrices have one too. */
mgd_var *mgd_adjugate(mgd_var *A) { return mgd__record2(&mgd__op_adjugate, A, mgd__lu(A)); }
