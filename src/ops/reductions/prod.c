/* SPDX-License-Identifier: MIT */
/* prod: the product of all entries, of each row or of each column.
 *
 * value        c(i) = the product of A's entries in group i: all, a row or a column
 * pullback     dA += chain(repeat(dc), other_factors(A))
 * pushforward  c. = the sums of chain(A., other_factors(A))
 * singular     right where factors are 0: nothing is divided by; overflows only where the product itself does
 */
#include "ops/ops.h"
#include "ops/reductions/wide.h"

#include <string.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    mgd_groups g = mgd__groups_of(s, in);
    for (int64_t i = 0; i < g.groups; i++) {
        mgd_element product = whole(S, 1);
        for (int64_t k = 0; k < g.length; k++) product = times(S, product, mgd__member(in, &g, i, k));
        put(out, 0, i, product);
    }
}

/* A state is a wide number: x and, as a double, its exponent. */

static mgd_wide state_of(size_t n, size_t j, const double *state) {
    return (mgd_wide){ state[j], (int64_t)state[n + j] };
}

static void set_state(size_t n, size_t j, double *state, mgd_wide p) {
    state[j] = p.x;
    state[n + j] = (double)p.e;
}

static void start(size_t n, double *state) {
    for (size_t j = 0; j < n; j++) set_state(n, j, state, (mgd_wide){ 1, 0 });
}

/* A number other than 0 where a product of sixteen such entries might leave the range of a double. */
MGD_BLOCK1(care, a == 0 || (mgd__abs(a) > (T)0x1p-60 && mgd__abs(a) < (T)0x1p60) ? 0 : 1);
MGD_BLOCK2(product, (a) * (b));

/* Products of sixteen entries each, and those that are left over; returns how many. */
static size_t products_of_sixteen(mgd_isa isa, size_t n, const double *x, double *part) {
    size_t products = n / 16, used = products * 16, left = n - used;
    const double *from = x;
    for (size_t half = used / 2; half >= products && half > 0; half /= 2, from = part)
        product.of[0][isa](0, half, (const void *[]){ from, from + half }, part);
    memcpy(part + products, x + used, left * sizeof *part);
    return products + left;
}

static void block(mgd_isa isa, size_t n, const double *x, double *state) {
    enum { LANES = 4 }; /* so that one product need not wait for the other */
    mgd_wide p[LANES] = { { 1, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 } };
    double part[MGD_REDUCTION_BLOCK];
    care.of[0][isa](0, n, (const void *[]){ x }, part);
    if (mgd__dsum(n, part) == 0) {
        n = products_of_sixteen(isa, n, x, part);
        x = part;
    }
    for (size_t i = 0; i < n; i++) p[i % LANES] = mgd__wide_times(p[i % LANES], mgd__wide(x[i], 0));
    set_state(1, 0, state, mgd__wide_times(mgd__wide_times(p[0], p[1]), mgd__wide_times(p[2], p[3])));
}

static void row(mgd_isa isa, size_t n, size_t apart, const double *x, double *state) {
    (void)isa;
    for (size_t j = 0; j < n; j++)
        set_state(apart, j, state, mgd__wide_times(state_of(apart, j, state), mgd__wide(x[j], 0)));
}

static void combine(size_t n, double *state, const double *other) {
    for (size_t j = 0; j < n; j++)
        set_state(n, j, state, mgd__wide_times(state_of(n, j, state), state_of(n, j, other)));
}

static void finish(size_t n, const double *state, double *result) {
    for (size_t j = 0; j < n; j++) result[j] = mgd__wide_value(state_of(n, j, state));
}

static const mgd_reduction reduction = { 2, start, block, row, combine, finish };

static mgd_var *slope(mgd_var *c) {
    return mgd__other_factors(mgd__axis_of(c->op, &c->p), 1, (mgd_var *[]){ c->arg[0] });
}

const mgd_operation mgd__op_prod = {
    .name = "prod",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "prod({1})|rowprod({1})|colprod({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_reduced,
    .reduce = mgd__reduce_single,
    .meaning = meaning,
    .kernel = mgd__reduction_kernel,
    .scratch = mgd__reduction_scratch,
    .pullback = mgd__reduction_pullback,
    .pushforward = mgd__reduction_pushforward,
    .reduction = &reduction,
    .slope = slope,
};

/** The product of all entries, 1x1. */
mgd_var *mgd_prod(mgd_var *A) { return mgd__along(&mgd__op_prod, MGD_ALL, A); }

/** The product of each row of an m x n matrix, m x 1. */
mgd_var *mgd_row_prods(mgd_var *A) { return mgd__along(&mgd__op_prod, MGD_ROWS, A); }

/** The product of each column of an m x n matrix, 1 x n. */
mgd_var *mgd_col_prods(mgd_var *A) { return mgd__along(&mgd__op_prod, MGD_COLS, A); }
