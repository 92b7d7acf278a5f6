/* SPDX-License-Identifier: MIT */
/* norm2: the root of the sum of squares: the length of a vector, the Frobenius norm of a matrix, of rows, of columns.
 *
 * value        c(i) = sqrt(sum of A(k)^2 over group i): all entries, a row or a column
 * pullback     dA += chain(repeat(dc), quotient_or_zero(A, repeat(c)))
 * pushforward  c. = the sums of chain(A., quotient_or_zero(A, repeat(c)))
 * singular     the slope at 0 is 0, the subgradient of least norm; scaled by powers of two where squares would overflow
 *              or vanish
 */
#include "ops/ops.h"

#include <math.h>

enum { OF_VECTOR = MGD_AXES };

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++) {
        mgd_element sum = whole(S, 0);
        for (int64_t k = 0; k < g.length; k++) {
            mgd_element x = mgd__member(in, &g, i, k);
            sum = plus(S, sum, times(S, x, x));
        }
        put(out, 0, i, S->power(S, sum, 1, 2));
    }
}

/* A state is a sum of squares and an exponent e, 0 but where that would leave this range: the squares are of the
 * entries over 2^e. What a sum in the range has lost to underflow is far below its last digit. */
static const double LEAST = 0x1p-800, MOST = 0x1p900;

static bool in_range(double sum) { return sum > LEAST && sum < MOST; }

static double sum_of_squares(size_t n, const double *x) {
    enum { LANES = 8 };
    double part[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) part[lane] += x[i + lane] * x[i + lane];
    for (size_t lane = 0; i < n; i++, lane++) part[lane] += x[i] * x[i];
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

static void start(size_t n, double *state) {
    for (size_t j = 0; j < 2 * n; j++) state[j] = 0;
}

static void block(mgd_isa isa, size_t n, const double *x, double *state) {
    (void)isa;
    state[0] = sum_of_squares(n, x);
    state[1] = 0;
    if (in_range(state[0])) return;
    const double most = mgd__dlargest(n, x);
    if (most == 0 || !isfinite(most)) {
        state[0] = most;
        return;
    }
    int exponent;
    frexp(most, &exponent);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const double scaled = ldexp(x[i], -exponent);
        sum += scaled * scaled;
    }
    state[0] = sum;
    state[1] = exponent;
}

/* a (2^e)^2 + b (2^f)^2 */
static void add_scaled(double *a, double *e, double b, double f) {
    if (b == 0) return;
    if (*a == 0) *e = f;
    const double most = *e > f ? *e : f;
    *a = (*e == most ? *a : ldexp(*a, 2 * (int)(*e - most))) + (f == most ? b : ldexp(b, 2 * (int)(f - most)));
    *e = most;
}

static void combine(size_t n, double *state, const double *other) {
    for (size_t j = 0; j < n; j++) add_scaled(&state[j], &state[n + j], other[j], other[n + j]);
}

MGD_BLOCK2(add_square, a + b * b);

/* A number other than 0 for each entry that needs care. */
MGD_BLOCK2(care, a != 0 || !(b == 0 || (b * b > (T)0x1p-800 && b * b < (T)0x1p900)) ? 1 : 0);

static void row(mgd_isa isa, size_t n, size_t apart, const double *x, double *state) {
    enum { PART = 256 };
    double *exponent = state + apart;
    for (size_t j = 0; j < n; j += PART) {
        double careful[PART], one[2];
        size_t m = n - j < PART ? n - j : PART;
        care.of[0][isa](0, m, (const void *[]){ exponent + j, x + j }, careful);
        if (mgd__dsum(m, careful) == 0) {
            add_square.of[0][isa](0, m, (const void *[]){ state + j, x + j }, state + j);
            continue;
        }
        for (size_t k = j; k < j + m; k++) {
            block(isa, 1, x + k, one);
            add_scaled(&state[k], &exponent[k], one[0], one[1]);
        }
    }
}

static void finish(size_t n, const double *state, double *result) {
    for (size_t j = 0; j < n; j++) {
        const double root = sqrt(state[j]);
        result[j] = state[n + j] != 0 ? ldexp(root, (int)state[n + j]) : root;
    }
}

static const mgd_reduction reduction = { 2, start, block, row, combine, finish };

static mgd_var *slope(mgd_var *c) { return mgd__quotient_or_zero(c->arg[0], mgd__repeat_over(c, c->arg[0])); }

const mgd_operation mgd__op_norm2 = {
    .name = "norm2",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "normF({1})|rownorm2({1})|colnorm2({1})|norm2({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .meaning = meaning,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = mgd__reduction_pullback,
    .pushforward = mgd__reduction_pushforward,
    .reduction = &reduction,
    .slope = slope,
};

/** The length of a vector, a column or a row, 1x1. A matrix is refused: mgd_normF is the root of its sum of squares,
 * mgd_spectral_norm its largest singular value. */
mgd_var *mgd_norm2(mgd_var *x) {
    if (!x || x->tape->failed) return NULL;
    if (mgd__is_vector(x)) return mgd__along(&mgd__op_norm2, OF_VECTOR, x);
    mgd__refuse(x->tape, "norm2: %s is %s, not a vector: of a matrix there are normF and spectral_norm",
                mgd__label(x).text, mgd__size_label(x).text);
    return NULL;
}

/** The Frobenius norm: the root of the sum of the squares of all entries, 1x1. */
mgd_var *mgd_normF(mgd_var *A) { return mgd__along(&mgd__op_norm2, MGD_ALL, A); }

/** The length of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_norms2(mgd_var *A) { return mgd__along(&mgd__op_norm2, MGD_ROWS, A); }

/** The length of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_norms2(mgd_var *A) { return mgd__along(&mgd__op_norm2, MGD_COLS, A); }
