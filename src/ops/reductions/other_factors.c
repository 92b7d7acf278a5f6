/* SPDX-License-Identifier: MIT */
/* other_factors: for each entry the product of the other entries of its group, and that function's derivatives: what
 * the rules of prod are made of.
 *
 * value        C(j) = prod(A(k) for k other than j); with U the sum over i other than j of U(i) times the product of
 *              the rest, and so on: the derivative of order r in the directions U, V, ...
 * pullback     dA += other_factors(A, U, ..., dC);  dU += other_factors(A, dC, ...) with dC in U's place
 * pushforward  C. = other_factors(A, U, ..., A.) + other_factors(A, U., ...)
 * singular     prefix times suffix products: right where factors are 0
 *
 * All of it is symmetric in the directions and in the cotangent: each term has for every entry of the group either A's
 * or that of one of them, and one entry of each. So both directions of every derivative are the operation itself.
 */
#include "ops/ops.h"
#include "ops/reductions/wide.h"

#include <stdlib.h>

enum { MOST_DIRECTIONS = 12 };

/* Both below multiply polynomials in r symbols whose squares are 0: of each entry a + sum of u[s] times symbol s. The
 * coefficient of the symbols in a set, by its bits, is p[set]; what is wanted is that of all. */

static void multiply_meaning(const mgd_numbers *S, const mgd_matrix *in, size_t r, const mgd_groups *g, int64_t i,
                             int64_t k, mgd_element *p) {
    for (size_t set = (size_t)1 << r; set-- > 0;) {
        p[set] = times(S, p[set], mgd__member(&in[0], g, i, k));
        for (size_t s = 0; s < r; s++)
            if (set >> s & 1)
                p[set] = plus(S, p[set], times(S, p[set & ~((size_t)1 << s)], mgd__member(&in[s + 1], g, i, k)));
    }
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    size_t r = s->node->count - 1, sets = (size_t)1 << r;
    mgd_element *p = mgd__scratch(S->calculation, sets * sizeof *p);
    for (int64_t i = 0; p && i < g.groups; i++)
        for (int64_t j = 0; j < g.length; j++) {
            for (size_t set = 0; set < sets; set++) p[set] = whole(S, set == 0);
            for (int64_t k = 0; k < g.length; k++)
                if (k != j) multiply_meaning(S, in, r, &g, i, k, p);
            put(out, 0, i * g.first + j * g.step, p[sets - 1]);
        }
}

/* p times the entry at that place. */
static void multiply(const mgd_array *in, size_t r, size_t place, mgd_wide *p) {
    const mgd_wide a = mgd__wide(((const double *)in[0].data)[place], 0);
    for (size_t set = (size_t)1 << r; set-- > 0;) {
        p[set] = mgd__wide_times(p[set], a);
        for (size_t s = 0; s < r; s++) {
            if (!(set >> s & 1)) continue;
            const mgd_wide u = mgd__wide(((const double *)in[s + 1].data)[place], 0);
            p[set] = mgd__wide_plus(p[set], mgd__wide_times(p[set & ~((size_t)1 << s)], u));
        }
    }
}

static void set_to_one(size_t sets, mgd_wide *p) {
    for (size_t set = 0; set < sets; set++) p[set] = (mgd_wide){ set == 0, 0 };
}

/* The coefficient of all symbols in p q. */
static double last_of_product(size_t sets, const mgd_wide *p, const mgd_wide *q) {
    mgd_wide sum = { 0, 0 };
    for (size_t set = 0; set < sets; set++) sum = mgd__wide_plus(sum, mgd__wide_times(p[set], q[sets - 1 - set]));
    return mgd__wide_value(sum);
}

/* The group's entries are `step` apart; after[k] is the product of those behind the k-th. */
static void of_group(const mgd_array *in, size_t r, size_t first, size_t n, size_t step, double *c, mgd_wide *before,
                     mgd_wide *after) {
    size_t sets = (size_t)1 << r;
    set_to_one(sets, before);
    set_to_one(sets, after + (n - 1) * sets);
    for (size_t k = n - 1; k > 0; k--) {
        for (size_t set = 0; set < sets; set++) after[(k - 1) * sets + set] = after[k * sets + set];
        multiply(in, r, first + k * step, after + (k - 1) * sets);
    }
    for (size_t k = 0; k < n; k++) {
        c[first + k * step] = last_of_product(sets, before, after + k * sets);
        multiply(in, r, first + k * step, before);
    }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t r = s->node->count - 1, rows = (size_t)in->rows, cols = (size_t)in->cols;
    mgd_wide *before = s->scratch, *after = before + ((size_t)1 << r);
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    if (axis == MGD_ALL) of_group(in, r, 0, rows * cols, 1, out->data, before, after);
    for (size_t i = 0; axis == MGD_ROWS && i < rows; i++) of_group(in, r, i * cols, cols, 1, out->data, before, after);
    for (size_t j = 0; axis == MGD_COLS && j < cols; j++) of_group(in, r, j, rows, cols, out->data, before, after);
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    size_t rows = (size_t)in->rows, cols = (size_t)in->cols, r = s->node->count - 1;
    mgd_axis axis = mgd__axis_of(s->op, &s->p);
    size_t n = axis == MGD_ALL ? rows * cols : axis == MGD_ROWS ? cols : rows;
    return (n + 1) * ((size_t)1 << r) * sizeof(mgd_wide);
}

/* A group of one entry: the product of no factors, of which there is no derivative. */
static mgd_var *reduce(const mgd_var *v) {
    const mgd_var *a = v->arg[0];
    mgd_axis axis = mgd__axis_of(v->op, &v->p);
    bool single = (axis == MGD_ROWS || a->rows == 1) && (axis == MGD_COLS || a->cols == 1);
    if (!single) return NULL;
    return v->count == 1 ? mgd__ones_like(v) : mgd__zeros_like(v);
}

static double flops(const mgd_var *v) {
    double r = v->count - 1;
    return 3 * (1 + r) * ldexp(1, (int)v->count - 1) * v->rows * v->cols;
}

static mgd_var *in_place_of(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *arg[MOST_DIRECTIONS + 3];
    size_t n = c->count;
    for (size_t k = 0; k < n; k++) arg[k] = c->arg[k];
    arg[i ? i : n++] = t;
    return mgd__other_factors(mgd__axis_of(c->op, &c->p), n, arg);
}

const mgd_operation mgd__op_other_factors = {
    .name = "other_factors",
    .operands = MGD_ANY_NUMBER,
    .parameter = MGD_PARAMETER_FLAG,
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .flops = flops,
    .pullback = in_place_of,
    .pushforward = in_place_of,
};

static int by_id(const void *a, const void *b) {
    const mgd_var *x = *(mgd_var *const *)a, *y = *(mgd_var *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

/* The directions are put in order, since they may be exchanged: equal derivatives become one node. */
mgd_var *mgd__other_factors(mgd_axis axis, size_t n, mgd_var *const *a) {
    mgd_var *arg[MOST_DIRECTIONS + 2];
    for (size_t k = 0; k < n; k++)
        if (!a[k]) return NULL;
    if (n > MOST_DIRECTIONS + 1) {
        mgd__refuse(a[0]->tape, "prod: the derivative of order %zu in %s: it has derivatives up to order %d", n,
                    mgd__label(a[0]).text, MOST_DIRECTIONS + 1);
        return NULL;
    }
    for (size_t k = 0; k < n; k++) arg[k] = a[k];
    qsort(arg + 1, n - 1, sizeof *arg, by_id);
    return mgd__apply(&mgd__op_other_factors, mgd__flag(axis), 0, 0, n, arg);
}
