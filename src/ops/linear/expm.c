/* SPDX-License-Identifier: MIT */
/* expm: the exponential of a matrix.
 *
 * value        C = I + A + A A/2 + A A A/6 + ...
 * pullback     dA += L(A', dC), where L(A, E) is the upper right block of the expm of the blocks A, E and 0, A
 * pushforward  C. = L(A, A.)
 * singular     none; a value that overflows is an error
 * source       Higham 2008, Functions of Matrices, equation 3.16; kernel: Al-Mohy and Higham 2009
 */
#include "ops/ops.h"

#include <math.h>

/* ---- the meaning ----
 *
 * Where numbers have a size it is the exponential, by its series and squaring, to 80 digits. Over residues there is
 * none for matrices, and what stands for it is a function f drawn with the point: a polynomial, and the resolvents w
 * inv(z I - A) of two numbers z. The rules hold for every analytic function, so they are tested as they stand. What is
 * found equal holds, but for the test's doubt, for all such f, and so for the exponential: at matrices with no more
 * than TERMS eigenvalues in all, repeated ones counted, because a polynomial has the values and slopes there of any
 * function; and whatever the sizes where no more than two exponentials are multiplied, because by Cauchy's integral any
 * function is a sum of resolvents. What is true of the exponential alone, as expm(A) expm(-A) = I, is left undecided;
 * the calculation is marked, so that a difference is never taken as proof.
 */
enum { STEP = 6, TERMS = STEP * STEP, RESOLVENTS = 2 };
_Static_assert(MGD_EXPM_DEGREE == TERMS - 1 + 2 * RESOLVENTS, "the degree at 2 x 2, for the identity test");
static const uint64_t coefficient_key = 0x2000001;

static const mgd_numbers *base_of(const mgd_numbers *S) {
    while (S->over) S = S->over;
    return S;
}

static mgd_element *room(const mgd_numbers *S, int64_t entries) {
    return mgd__scratch(S->calculation, (size_t)entries * sizeof(mgd_element));
}

/* C = A B; what is 0 in all its parts, as half of a block triangle, costs nothing. */
static void multiply(const mgd_numbers *S, int64_t n, const mgd_element *a, const mgd_element *b, mgd_element *c) {
    for (int64_t k = 0; k < n * n; k++) c[k] = whole(S, 0);
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = 0; k < n; k++) {
            if (mgd__vanishes(S, a[i * n + k])) continue;
            for (int64_t j = 0; j < n; j++)
                if (!mgd__vanishes(S, b[k * n + j]))
                    c[i * n + j] = plus(S, c[i * n + j], times(S, a[i * n + k], b[k * n + j]));
        }
}

/* C = C + the terms from `first` on, of powers below STEP. */
static void add_terms(const mgd_numbers *S, int64_t n, const mgd_element *coefficient, mgd_element *const *power,
                      mgd_element *c) {
    for (int64_t i = 0; i < n; i++) c[i * n + i] = plus(S, c[i * n + i], coefficient[0]);
    for (int p = 1; p < STEP; p++)
        for (int64_t k = 0; k < n * n; k++) c[k] = plus(S, c[k], times(S, coefficient[p], power[p][k]));
}

/* The polynomial at A, by Paterson and Stockmeyer's scheme, in c. */
static void polynomial(const mgd_numbers *S, int64_t n, mgd_element *a, const mgd_element *coefficient,
                       mgd_element *c) {
    mgd_element *power[STEP + 1] = { NULL, a }, *product = room(S, n * n);
    for (int p = 2; p <= STEP; p++) {
        power[p] = room(S, n * n);
        if (!power[p]) return;
        multiply(S, n, power[p - 1], a, power[p]);
    }
    for (int64_t k = 0; k < n * n; k++) c[k] = whole(S, 0);
    for (int first = TERMS - STEP; product && first >= 0; first -= STEP) {
        multiply(S, n, c, power[STEP], product);
        memcpy(c, product, (size_t)(n * n) * sizeof *c);
        add_terms(S, n, coefficient + first, power, c);
    }
}

static double norm_of(const mgd_numbers *S, int64_t n, const mgd_element *a) {
    double most = 0;
    for (int64_t i = 0; i < n; i++) {
        double sum = 0;
        for (int64_t j = 0; j < n; j++) sum += S->magnitude(S, a[i * n + j]);
        most = fmax(most, sum);
    }
    return most;
}

static void true_exponential(const mgd_numbers *S, int64_t n, mgd_element *a, mgd_element *c) {
    const double near = 1.0 / 16; /* where 36 terms are as good as all */
    mgd_element coefficient[TERMS], *product = room(S, n * n);
    int halvings = 0;
    for (double norm = norm_of(S, n, a); norm > near && halvings < 64; norm /= 2, halvings++)
        for (int64_t k = 0; k < n * n; k++) a[k] = over(S, a[k], whole(S, 2));
    coefficient[0] = whole(S, 1);
    for (int p = 1; p < TERMS; p++) coefficient[p] = over(S, coefficient[p - 1], whole(S, p));
    polynomial(S, n, a, coefficient, c);
    for (; product && halvings > 0; halvings--) {
        multiply(S, n, c, c, product);
        memcpy(c, product, (size_t)(n * n) * sizeof *c);
    }
}

/* C = C + w inv(z I - A) */
static void add_resolvent(const mgd_numbers *S, int64_t n, const mgd_element *a, mgd_element z, mgd_element w,
                          mgd_element *c) {
    mgd_element *both = room(S, 2 * n * n);
    if (!both) return;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            both[i * 2 * n + j] = minus(S, i == j ? z : whole(S, 0), a[i * n + j]);
            both[i * 2 * n + n + j] = i == j ? w : whole(S, 0);
        }
    mgd__eliminate(S, n, n, both);
    for (int64_t k = 0; k < n * n; k++) c[k] = plus(S, c[k], both[k / n * 2 * n + n + k % n]);
}

static void any_function(const mgd_numbers *S, int64_t n, mgd_element *a, mgd_element *c) {
    mgd_element coefficient[TERMS + 2 * RESOLVENTS];
    S->calculation->irrational = true;
    for (int p = 0; p < TERMS + 2 * RESOLVENTS; p++) coefficient[p] = S->draw(S, coefficient_key + (uint64_t)p, false);
    polynomial(S, n, a, coefficient, c);
    for (int p = TERMS; p < TERMS + 2 * RESOLVENTS; p += 2)
        add_resolvent(S, n, a, coefficient[p], coefficient[p + 1], c);
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    int64_t n = in->rows;
    mgd_element *a = room(S, n * n), *c = room(S, n * n);
    (void)s;
    if (!a || !c) return;
    for (int64_t k = 0; k < n * n; k++) a[k] = c[k] = at(in, k / n, k % n);
    if (strcmp(base_of(S)->name, "residues"))
        true_exponential(S, n, a, c);
    else
        any_function(S, n, a, c);
    for (int64_t k = 0; k < n * n; k++) put(out, k / n, k % n, c[k]);
}

/* ---- the rest ---- */

/* A 1x1 has the exponential of numbers. */
static bool exponential(size_t n, const double *a, double *c, void *work) {
    if (n != 1) return mgd__dexpm(n, a, c, work);
    *c = exp(*a);
    return isfinite(*a) && isfinite(*c);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    size_t n = (size_t)in->rows;
    if (exponential(n, in->data, out->data, s->scratch)) return true;
    mgd_label a = mgd__label(s->node->arg[0]);
    if (isfinite(mgd__dlargest(n * n, in->data)))
        return mgd__undefined(s->complaint, "expm: the exponential of %s overflows", a.text);
    return mgd__undefined(s->complaint, "expm: %s has entries that are not finite", a.text);
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    (void)s;
    return mgd__dexpm_scratch((size_t)in->rows);
}

/* L(A, E) */
static mgd_var *frechet(mgd_var *a, mgd_var *e) {
    if (!a || !e) return NULL;
    mgd_tape *t = a->tape;
    mgd_dim n = a->rows, twice = mgd__dim_add(t, n, n);
    mgd_var *both = mgd_expm(mgd__place(t, 3, (mgd_var *[]){ a, e, a }, (mgd_dim[]){ 0, 0, 0, n, n, n }, twice, twice));
    mgd_parameters corner = mgd__size_list(t, (mgd_dim[]){ 0, n }, 2);
    return corner.sizes.list ? mgd__apply(&mgd__op_block, corner, n, n, 1, &both) : NULL;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) { return frechet(mgd_transpose(c->arg[i]), t); }

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) { return frechet(c->arg[i], t); }

static double flops(const mgd_var *v) {
    double n = v->arg[0]->rows;
    return 20 * n * n * n;
}

const mgd_operation mgd__op_expm = {
    .name = "expm",
    .operands = 1,
    .notation = "expm({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_square,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = pushforward,
};

/** The exponential of an n x n matrix (mgd_exp is that of its entries). An error where it overflows. */
mgd_var *mgd_expm(mgd_var *A) { return mgd__record1(&mgd__op_expm, A); }
