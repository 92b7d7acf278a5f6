/* SPDX-License-Identifier: MIT */
/* The gradient of f = w'w, w = sigmoid(v), v = X'a by X, three ways that must agree:
 *
 *     1. backpropagation over the tape, by the library
 *     2. the closed form 2 a (w.*w - w.*w.*w)'
 *     3. the diagonal form A D: A has n columns, each a copy of a, and D = diag(d) with
 *        d_r = 2 sigmoid(v_r) e^-v_r/(1 + e^-v_r)^2
 *
 * Ways 2 and 3 are plain loops over these formulas and call nothing of the library. They carry a running error bound,
 * and a difference beyond the bound is a failure: there is no tolerance. Differences of f confirm all three. */
#include "support/bounded.h"
#include "support/csv.h"
#include "support/romberg.h"
#include "support/table.h"
#include <matgrad.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AGREES = 0, DIFFERS = 1, UNUSABLE = 2 }; /* the exit status */

static const char usage[] = "usage: seed                     X is 3x2, the numbers are built in\n"
                            "       seed X.csv a.csv         X is m x n; a is m x 1 or 1 x m\n"
                            "       seed --random m n seed   entries uniform in (-1, 1)\n"
                            "       seed --help\n";

/* ---- the data ---- */

typedef struct {
    int64_t m, n;
    double *X, *a; /* m x n, row by row, and m */
} data;

static double *allocate(int64_t rows, int64_t cols, size_t size) {
    void *memory = rows <= (int64_t)(SIZE_MAX / 16) / cols / (int64_t)size ? calloc((size_t)(rows * cols), size) : NULL;
    if (memory) return memory;
    fprintf(stderr, "seed: not enough memory for %lld x %lld numbers\n", (long long)rows, (long long)cols);
    exit(UNUSABLE);
}

static data allocate_data(int64_t m, int64_t n) {
    return (data){ m, n, allocate(m, n, sizeof(double)), allocate(m, 1, sizeof(double)) };
}

static data built_in(void) {
    static const double X[] = { 0.5, -1.25, 2, 0.75, -1, 0.3 }, a[] = { 1.2, -0.4, 0.9 };
    const data d = allocate_data(3, 2);
    memcpy(d.X, X, sizeof X);
    memcpy(d.a, a, sizeof a);
    return d;
}

/* Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014. */
static double uniform(uint64_t *state) {
    uint64_t x = (*state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (double)((x ^ (x >> 31)) >> 11) * 0x1p-52 - 1;
}

static data random_data(int64_t m, int64_t n, uint64_t seed) {
    const data d = allocate_data(m, n);
    for (int64_t k = 0; k < m * n; k++) d.X[k] = uniform(&seed);
    for (int64_t i = 0; i < m; i++) d.a[i] = uniform(&seed);
    return d;
}

static csv_matrix read_or_exit(const char *path) {
    csv_matrix M;
    char why[CSV_WHY];
    if (csv_read(path, &M, why)) return M;
    fprintf(stderr, "seed: %s\n", why);
    exit(UNUSABLE);
}

static data data_from_files(const char *X_path, const char *a_path) {
    const csv_matrix X = read_or_exit(X_path), a = read_or_exit(a_path);
    const bool is_column = a.cols == 1 && a.rows == X.rows, is_row = a.rows == 1 && a.cols == X.rows;
    const long long m = X.rows, n = X.cols, rows = a.rows, cols = a.cols;
    if (!is_column && !is_row) {
        fprintf(stderr,
                "seed: %s: line %lld, column %lld: a ends here and is %lldx%lld, "
                "expected %lldx1 or 1x%lld since %s is %lldx%lld\n",
                a_path, (long long)a.last_line, cols, rows, cols, m, m, X_path, m, n);
        exit(UNUSABLE);
    }
    printf("X is %s, %lldx%lld; a is %s, %lldx%lld%s\n\n", X_path, m, n, a_path, rows, cols,
           is_column ? "" : ", a row that is read as a column");
    return (data){ X.rows, X.cols, X.data, a.data };
}

/* ---- way 1: the library ---- */

typedef struct {
    mgd_tape *tape;
    mgd_var *X, *a, *v, *f, *G;
} recording;

/* One recording for all sizes: X gives m and n their numbers when it is set. */
static recording record(void) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *X = mgd_input_sized(t, "X", m, n);
    mgd_var *a = mgd_input_sized(t, "a", m, mgd_size_number(t, 1));
    mgd_var *v = mgd_matmul(mgd_transpose(X), a);
    mgd_var *w = mgd_sigmoid(v);
    mgd_var *f = mgd_sum(mgd_hadamard(w, w));
    return (recording){ t, X, a, v, f, mgd_gradient(f, X) };
}

static void exit_with_message(recording r) {
    fprintf(stderr, "seed: %s\n", r.tape ? mgd_message(r.tape) : "not enough memory");
    exit(UNUSABLE);
}

static const double *value_or_exit(recording r, mgd_var *v) {
    const double *value = mgd_value(v);
    if (!value) exit_with_message(r);
    return value;
}

static void print_recording(recording r) {
    char formula[120];
    mgd_describe(r.f, formula, sizeof formula);
    printf("f = w'w with w = sigmoid(v), v = X'a, recorded as %s\n\n", formula);
    mgd_sweep *s = mgd_backward(r.f, NULL);
    if (!s || !print_tape(r.f) || !print_sweep(s, r.f)) exit_with_message(r);
    mgd_sweep_free(s);
}

/* ---- ways 2 and 3: plain loops ---- */

/* What belongs to a column of X. */
typedef struct {
    double v, magnitude;      /* X'a, and |X|'|a| */
    bounded closed, diagonal; /* what the formula multiplies a by, and how far its roundings carry, for this v */
} column;

static bounded sigmoid(bounded v) {
    const bounded one = bounded_exactly(1);
    const bounded e = bounded_exp(v.value < 0 ? v : bounded_minus(bounded_exactly(0), v));
    return bounded_over(v.value < 0 ? e : one, bounded_plus(one, e));
}

/* 2 (w.*w - w.*w.*w) */
static bounded closed_form(double v) {
    const bounded two = bounded_exactly(2), w = sigmoid(bounded_exactly(v)), ww = bounded_times(w, w);
    return bounded_times(two, bounded_minus(ww, bounded_times(ww, w)));
}

/* 2 sigmoid(v) e^-v/(1 + e^-v)^2. The factor behind the sigmoid is even in v: written with e^-|v| it cannot overflow,
 * as it would with e^-v below v = -709. */
static bounded diagonal_form(double v) {
    const bounded two = bounded_exactly(2), w = sigmoid(bounded_exactly(v));
    const bounded e = bounded_exp(bounded_exactly(-fabs(v))), r = bounded_plus(bounded_exactly(1), e);
    return bounded_over(bounded_times(bounded_times(two, w), e), bounded_times(r, r));
}

static column *columns_of(data d) {
    column *c = allocate(d.n, 1, sizeof *c);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) {
            c[r].v += d.X[i * d.n + r] * d.a[i];
            c[r].magnitude += fabs(d.X[i * d.n + r] * d.a[i]);
        }
    for (int64_t r = 0; r < d.n; r++) {
        c[r].closed = closed_form(c[r].v);
        c[r].diagonal = diagonal_form(c[r].v);
    }
    return c;
}

/* 2 a (w.*w - w.*w.*w)' */
static double *closed_gradient(data d, const column *c) {
    double *G = allocate(d.m, d.n, sizeof *G);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) G[i * d.n + r] = d.a[i] * c[r].closed.value;
    return G;
}

/* A D. Of the sum over k of A_ik D_kr only k = r is not 0. */
static double *diagonal_gradient(data d, const column *c) {
    double *G = allocate(d.m, d.n, sizeof *G);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) G[i * d.n + r] = d.a[i] * c[r].diagonal.value;
    return G;
}

/* ---- how far rounding can take the ways apart ---- */

/* How far a sum of so many products may be from the true one, in whatever order it is added: Higham 2002, section 3.1.
 * The last digits of the factor are for the rounding of the magnitude itself and for second powers of the roundoff. */
static double doubt_of_sum(double magnitude, int64_t terms) {
    return (double)terms * (magnitude * 0x1.00001p-53 + 0x1p-1074);
}

static bool overflows(const column *c) { return !isfinite(c->magnitude); }

enum { BACKPROPAGATION, CLOSED_FORM, DIAGONAL_FORM, WAYS };

static const char *const names[WAYS] = { "backpropagation", "closed form", "diagonal form" };

/* The library multiplies 2w by the slope e/(1 + e)^2: the roundings of the diagonal form. */
static double own_error(const column *c, int way) {
    return way == CLOSED_FORM ? c->closed.error : c->diagonal.error;
}

/* The two v of different programs differ by up to twice the doubt, and the logarithm of h(v) = 2 sigmoid^2 sigmoid' has
 * the slope 2 - 3 sigmoid, between -1 and 2; h itself lies between 0 and 8/27. */
static double spread(const column *c, double error, int64_t m) {
    const double most = fabs(c->diagonal.value) + c->diagonal.error + error;
    return fmin(most * expm1(4 * doubt_of_sum(c->magnitude, m)), 0.3);
}

/* On the distance of what two ways multiply a by. The plain loops share their v. */
static double column_bound(const column *c, int x, int y, int64_t m) {
    const double own = own_error(c, x) + own_error(c, y);
    return x == BACKPROPAGATION || y == BACKPROPAGATION ? own + spread(c, own, m) : own;
}

static double entry_bound(double a, double of_column, double x, double y) {
    return (fabs(a) * of_column + bounded_rounding(x) + bounded_rounding(y)) * (1 + 0x1p-48);
}

typedef struct {
    double largest, ulps, of_bound; /* each the largest over the entries */
    int64_t beyond, row, col;       /* entries beyond their bound, and where of_bound was found */
} difference;

static void compare_entry(difference *D, double x, double y, double bound, int64_t row, int64_t col) {
    const double apart = fabs(x - y);
    if (apart <= 0) return;
    D->largest = fmax(D->largest, apart);
    D->ulps = fmax(D->ulps, bounded_ulps(x, y));
    if (!(apart <= bound)) D->beyond++;
    if (apart / bound <= D->of_bound) return;
    D->of_bound = apart / bound;
    D->row = row;
    D->col = col;
}

static difference compare(data d, const column *c, const double *const *G, int x, int y) {
    difference D = { 0 };
    double *of_column = allocate(d.n, 1, sizeof *of_column);
    for (int64_t r = 0; r < d.n; r++) of_column[r] = column_bound(&c[r], x, y, d.m);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) {
            if (overflows(&c[r])) continue;
            const double p = G[x][i * d.n + r], q = G[y][i * d.n + r];
            compare_entry(&D, p, q, entry_bound(d.a[i], of_column[r], p, q), i, r);
        }
    free(of_column);
    return D;
}
