/* SPDX-License-Identifier: MIT */
/* over_gaps: a matrix over the gaps between eigenvalues, or between squared singular values.
 *
 * value        C(i,j) = M(i,j)/(l(j) - l(i)), or M(i,j)/(l(j)^2 - l(i)^2);  C(i,i) = 0
 * pullback     dM += over_gaps(dC, l);  dl += row_sums(H) - col_sums(H)' with H = over_gaps(dC .* C, l), for squares
 *              times 2 l
 * pushforward  C. = over_gaps(M., l) + over_gaps(C .* (u ones' - ones u'), l) with u = l., for squares 2 l .* l.
 * singular     a gap that rounding alone may have made counts as 0, and so does what is divided by it where it may be
 *              the rounding of what it was computed of; 0 over 0 is 0, and anything else an error that names the pair.
 *              Between two singular values that are 0 it is an error, too, where what M was computed of, or the adjoint
 *              of either, is not 0
 *
 * What M was computed of is an auxiliary operand: where M is the skew part of a matrix its entries may be nothing but
 * rounding, which only the size of the whole matrix tells; and where it is a matrix times singular values, its entries
 * are 0 between two that are 0, whether a derivative exists or not.
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

/* The two are equal, but for rounding. */
static bool refuse(const mgd_step *s, const double *l, size_t i, size_t j, const char *why) {
    const char *what = of_squares(&s->p) ? "singular values" : "eigenvalues";
    return mgd__undefined(s->complaint, "%s %zu and %zu are equal, %g: %s", what, i + 1, j + 1, l[i], why);
}

/* What the kernel compares. Eigenvalues and singular values are computed to a few units of rounding of the largest. */
typedef struct {
    double gap, entry, slope; /* the largest that rounding may have made */
    size_t n;
    bool squares;
    const double *l, *m, *whole, *dl;
} scales;

static scales measure(const mgd_step *s, const mgd_array *in) {
    const size_t n = (size_t)in[0].rows;
    const double rounding = (double)(n + 4) * DBL_EPSILON;
    scales f = { .n = n, .squares = of_squares(&s->p), .m = in[0].data };
    f.l = in[1].data;
    f.whole = in[2].data;
    f.dl = in[3].data;
    f.gap = rounding * mgd__dlargest(n, f.l);
    f.entry = 4 * rounding * fmax(mgd__dlargest(n * n, f.m), mgd__dlargest(n * n, f.whole));
    f.slope = 4 * rounding * mgd__dlargest(n, f.dl);
    return f;
}

/* Of equal values: is the quotient known to be 0? Else why not. */
static const char *what_is_wrong(const scales *f, size_t i, size_t j) {
    const bool vectors_matter = fabs(f->whole[i * f->n + j]) > f->entry || fabs(f->whole[j * f->n + i]) > f->entry;
    const bool none = f->squares && fmax(fabs(f->l[i]), fabs(f->l[j])) <= f->gap;
    if (fabs(f->m[i * f->n + j]) > f->entry || (none && vectors_matter)) return "their vectors have no derivative";
    if ((vectors_matter || none) && fmax(fabs(f->dl[i]), fabs(f->dl[j])) > f->slope)
        return "what depends on them and on their vectors has no derivative that could be told";
    return NULL;
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const scales f = measure(s, in);
    double *c = out->data;
    for (size_t i = 0; i < f.n; i++)
        for (size_t j = 0; j < f.n; j++) {
            const double difference = f.l[j] - f.l[i];
            const bool equal = fabs(difference) <= f.gap;
            const char *wrong = equal && i != j ? what_is_wrong(&f, i, j) : NULL;
            if (wrong) return refuse(s, f.l, i, j, wrong);
            c[i * f.n + j] = equal ? 0 : f.m[i * f.n + j] / (difference * (of_squares(&s->p) ? f.l[j] + f.l[i] : 1));
        }
    return true;
}

static mgd_var *twice(mgd_var *a, mgd_var *b) { return mgd_scale(mgd__whole(a, 2), mgd_hadamard(a, b)); }

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    bool squares = of_squares(&c->p);
    mgd_var *l = c->arg[1];
    if (i == 0) return mgd__over_gaps(t, l, squares, NULL, NULL);
    mgd_var *h = mgd__over_gaps(mgd_hadamard(t, c), l, squares, NULL, NULL);
    mgd_var *share = mgd_subtract(mgd_row_sums(h), mgd_transpose(mgd_col_sums(h)));
    return squares ? twice(l, share) : share;
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    bool squares = of_squares(&c->p);
    mgd_var *l = c->arg[1];
    if (i == 0) return mgd__over_gaps(t, l, squares, NULL, NULL);
    mgd_var *u = mgd__repeat(squares ? twice(l, t) : t, c->rows, c->cols);
    return mgd__over_gaps(mgd_hadamard(c, mgd_subtract(u, mgd_transpose(u))), l, squares, NULL, NULL);
}

const mgd_operation mgd__op_over_gaps = {
    .name = "over_gaps",
    .operands = 2,
    .auxiliary = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .pullback = pullback,
    .pushforward = pushforward,
};

mgd_var *mgd__over_gaps(mgd_var *m, mgd_var *l, bool squares, mgd_var *computed_of, mgd_var *dl) {
    return mgd__apply(&mgd__op_over_gaps, mgd__flag(squares), 0, 0, 4,
                      (mgd_var *[]){ m, l, computed_of ? computed_of : m, dl ? dl : mgd__zeros_like(l) });
}
