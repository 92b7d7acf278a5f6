/* SPDX-License-Identifier: MIT */
/* over_gaps: a matrix over the gaps between eigenvalues, or between squared singular values.
 *
 * value        C(i,j) = M(i,j)/(l(j) - l(i)), or M(i,j)/(l(j)^2 - l(i)^2);  C(i,i) = 0
 * pullback     dM += over_gaps(dC, l);  dl += row_sums(H) - col_sums(H)' with H = over_gaps(dC .* C, l), for squares
 *              times 2 l
 * pushforward  C. = over_gaps(M., l) + over_gaps(C .* (u ones' - ones u'), l) with u = l., for squares 2 l .* l.
 * singular     0 over a gap of 0 is 0; anything else over it is an error that names the pair
 */
#include "ops/ops.h"

#include <float.h>
#include <math.h>

static bool of_squares(const mgd_parameters *p) { return p->flag.flag; }

static bool shape(mgd_var *v) {
    if (!mgd__shape_square(v)) return false;
    const mgd_var *l = v->arg[1];
    return (l->rows == v->rows && l->cols == 1) ||
           mgd__refuse(v->tape, "over_gaps: %s is %s, not a column of %s", mgd__label(l).text, mgd__size_label(l).text,
                       mgd__dim_label(v->tape, v->rows).text);
}

static mgd_element gap(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *l, int64_t i, int64_t j) {
    mgd_element difference = minus(S, at(l, j, 0), at(l, i, 0));
    return of_squares(&s->p) ? times(S, difference, plus(S, at(l, j, 0), at(l, i, 0))) : difference;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            bool zero = i == j || mgd__vanishes(S, at(&in[0], i, j));
            put(out, i, j, zero ? whole(S, 0) : over(S, at(&in[0], i, j), gap(S, s, &in[1], i, j)));
        }
}

static double largest(const double *m, size_t n) {
    double most = 0;
    for (size_t k = 0; k < n; k++) most = fmax(most, fabs(m[k]));
    return most;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)out->rows;
    const double *m = in[0].data, *l = in[1].data;
    double *c = out->data, noise = largest(m, n * n) * (double)n * DBL_EPSILON;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double g = (l[j] - l[i]) * (of_squares(&s->p) ? l[j] + l[i] : 1), x = m[i * n + j];
            if (i != j && g == 0 && fabs(x) > noise)
                return mgd__undefined(s->complaint, "%s %zu and %zu are equal, %g: their vectors have no derivative",
                                      of_squares(&s->p) ? "singular values" : "eigenvalues", i + 1, j + 1, l[i]);
            c[i * n + j] = i == j || g == 0 ? 0 : x / g;
        }
    return true;
}

static mgd_var *twice(mgd_var *a, mgd_var *b) { return mgd_scale(mgd__whole(a, 2), mgd_hadamard(a, b)); }

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    bool squares = of_squares(&c->p);
    mgd_var *l = c->arg[1];
    if (i == 0) return mgd__over_gaps(t, l, squares);
    mgd_var *h = mgd__over_gaps(mgd_hadamard(t, c), l, squares);
    mgd_var *share = mgd_subtract(mgd_row_sums(h), mgd_transpose(mgd_col_sums(h)));
    return squares ? twice(l, share) : share;
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    bool squares = of_squares(&c->p);
    mgd_var *l = c->arg[1];
    if (i == 0) return mgd__over_gaps(t, l, squares);
    mgd_var *u = mgd__repeat(squares ? twice(l, t) : t, c->rows, c->cols);
    return mgd__over_gaps(mgd_hadamard(c, mgd_subtract(u, mgd_transpose(u))), l, squares);
}

const mgd_operation mgd__op_over_gaps = {
    .name = "over_gaps",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

mgd_var *mgd__over_gaps(mgd_var *m, mgd_var *l, bool squares) {
    return mgd__apply(&mgd__op_over_gaps, mgd__flag(squares), 0, 0, 2, (mgd_var *[]){ m, l });
}
