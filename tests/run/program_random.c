/* SPDX-License-Identifier: MIT */
/* Programs compute what mgd_value computes: random expressions, their gradients and Hessian-vector products, compiled
 * with every pass, without each, and without all. The bound is relative to the largest intermediate value. */
#include "../tape/expect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    mgd_tape *t;
    uint64_t state;
    uint64_t seed;
    bool twice; /* only what can be differentiated twice without loss */
} generator;

static int64_t choose(generator *g, int64_t n) { return (int64_t)(test_random(&g->state) % (uint64_t)n); }

enum { SMALL = 7 };
static int64_t size(generator *g) { return 1 + choose(g, SMALL); }

static mgd_var *one(generator *g) { return mgd_rational(g->t, 1, 1); }

/* In [-1/2, 1/2], so that nothing overflows and every sum with 3I is regular, after division by the size. */
static mgd_var *tame(generator *g, mgd_var *x) { return mgd_divide(x, mgd_add(one(g), mgd_hadamard(x, x))); }
static mgd_var *positive(generator *g, mgd_var *x) { return mgd_add(one(g), mgd_hadamard(x, x)); }

static mgd_var *regular(generator *g, mgd_var *x, int64_t n) {
    mgd_var *small = mgd_scale(mgd_rational(g->t, 1, n), tame(g, x));
    return mgd_add(small, mgd_scale(mgd_rational(g->t, 2, 1), mgd_eye(g->t, n)));
}

/* m x n with singular values, and for a square matrix eigenvalues, that stand apart. */
static mgd_var *spread(generator *g, mgd_var *x, int64_t m, int64_t n) {
    double d[SMALL * SMALL] = { 0 };
    for (int64_t i = 0; i < m && i < n; i++) d[i * n + i] = (double)(3 * (i + 1));
    return mgd_add(mgd_scale(mgd_rational(g->t, 1, 2 * (m + n)), tame(g, x)), mgd_constant(g->t, mgd_rows(d, m, n)));
}

static mgd_var *input(generator *g, int64_t rows, int64_t cols) {
    char name[40];
    snprintf(name, sizeof name, "%c%d_%d", (char)('A' + choose(g, 2)), (int)rows, (int)cols);
    for (size_t i = 0; i < mgd_count(g->t); i++) {
        const char *known = mgd_name(mgd_at(g->t, i));
        if (known && !strcmp(known, name)) return mgd_at(g->t, i);
    }
    return mgd_input(g->t, name, rows, cols);
}

static mgd_var *constant(generator *g, int64_t rows, int64_t cols) {
    double *x = malloc((size_t)(rows * cols) * sizeof *x);
    for (int64_t i = 0; i < rows * cols; i++) x[i] = choose(g, 5) ? test_uniform(&g->state) : 0;
    mgd_var *v = mgd_constant(g->t, mgd_rows(x, rows, cols));
    free(x);
    return v;
}

static mgd_var *leaf(generator *g, int64_t rows, int64_t cols) {
    switch (choose(g, 14)) {
    case 0:
        return mgd_ones(g->t, rows, cols);
    case 1:
        return mgd_zeros(g->t, rows, cols);
    case 2:
        return constant(g, rows, cols);
    case 3:
        return mgd_scale(mgd_rational(g->t, 1 + choose(g, 9), -3), mgd_ones(g->t, rows, cols));
    case 4:
        return mgd_scale(mgd_literal(g->t, "0.12345678901234567890123"), mgd_ones(g->t, rows, cols));
    case 5:
        return rows == cols ? mgd_eye(g->t, rows) : input(g, rows, cols);
    default:
        return input(g, rows, cols);
    }
}

static mgd_var *matrix(generator *g, int64_t rows, int64_t cols, int depth);

/* Not several matrices in one node, whose parts are what a user has. */
static bool is_matrix(const mgd_var *v) {
    const char *name = mgd_operation_name(mgd_operation_of(v));
    return strcmp(name, "lu") && strcmp(name, "eigen") && strcmp(name, "svd");
}

/* A var of that size that is there already, so that much is shared. */
static mgd_var *known(generator *g, int64_t rows, int64_t cols) {
    for (int tries = 0; tries < 12 && mgd_count(g->t); tries++) {
        mgd_var *v = mgd_at(g->t, (size_t)choose(g, (int64_t)mgd_count(g->t)));
        if (is_matrix(v) && mgd_size_value(mgd_rows_of(v)) == rows && mgd_size_value(mgd_cols_of(v)) == cols) return v;
    }
    return leaf(g, rows, cols);
}

static mgd_var *scalar(generator *g, int depth) {
    int64_t n = size(g), m = size(g);
    switch (choose(g, 10)) {
    case 0:
        return mgd_sum(matrix(g, m, n, depth));
    case 1:
        return mgd_trace(matrix(g, n, n, depth));
    case 2:
        return mgd_det(regular(g, matrix(g, n, n, depth), n));
    case 3:
        return mgd_logdet(regular(g, matrix(g, n, n, depth), n));
    case 4:
        return mgd_trace(mgd_matmul(matrix(g, m, n, depth), matrix(g, n, m, depth)));
    case 5:
        return mgd_sum(mgd_hadamard(matrix(g, m, n, depth), matrix(g, m, n, depth)));
    case 6:
        return mgd_matmul(matrix(g, 1, n, depth), matrix(g, n, 1, depth));
    case 7: {
        mgd_var *a = regular(g, matrix(g, n, n, depth), n), *b = matrix(g, n, 1, depth);
        return mgd_add(mgd_logdet(a), mgd_matmul(mgd_transpose(b), mgd_solve(a, b)));
    }
    case 8: {
        mgd_var *x = tame(g, matrix(g, 1, 1, depth)), *y = tame(g, matrix(g, 1, 1, depth));
        return mgd_sigmoid(mgd_subtract(mgd_hadamard(x, y), mgd_exp(mgd_add(x, y))));
    }
    default:
        return mgd_block(matrix(g, m, n, depth), choose(g, m), choose(g, n), 1, 1);
    }
}

static mgd_var *square_matrix(generator *g, int64_t n, int depth) {
    mgd_var *x = matrix(g, n, n, depth);
    switch (choose(g, 7)) {
    case 0:
        return mgd_from_diag(matrix(g, n, 1, depth));
    case 1:
        return mgd_lower(x);
    case 2:
        return mgd_inverse(regular(g, x, n));
    case 3:
        return mgd_matmul(mgd_inverse(regular(g, x, n)), matrix(g, n, n, depth));
    case 4:
        return mgd_matmul(matrix(g, n, n, depth), mgd_transpose(mgd_inverse(regular(g, x, n))));
    case 5:
        return n <= 3 ? mgd_adjugate(regular(g, x, n)) : mgd_transpose(x);
    default: {
        mgd_var *a = tame(g, x);
        return mgd_cholesky(mgd_add(mgd_matmul(a, mgd_transpose(a)), mgd_eye(g->t, n)));
    }
    }
}

static mgd_var *column(generator *g, int64_t rows, int depth) {
    int64_t n = size(g);
    switch (choose(g, 7)) {
    case 0:
        return mgd_diag_of(matrix(g, rows, rows, depth));
    case 1:
        return mgd_row_sums(matrix(g, rows, n, depth));
    case 2:
        return mgd_matmul(matrix(g, rows, n, depth), mgd_ones(g->t, n, 1));
    case 3:
        return mgd_transpose(mgd_matmul(mgd_ones(g->t, 1, n), matrix(g, n, rows, depth)));
    case 4:
        if (!g->twice) return mgd_eigenvalues(spread(g, matrix(g, rows, rows, depth), rows, rows));
        return mgd_transpose(matrix(g, 1, rows, depth));
    case 5:
        if (n < rows) n = rows;
        if (!g->twice) return mgd_singular_values(spread(g, matrix(g, rows, n, depth), rows, n));
        return mgd_transpose(matrix(g, 1, rows, depth));
    default:
        return mgd_diag_of(mgd_matmul(matrix(g, rows, n, depth), mgd_transpose(matrix(g, rows, n, depth))));
    }
}

static mgd_var *row(generator *g, int64_t cols, int depth) {
    int64_t n = size(g);
    switch (choose(g, 3)) {
    case 0:
        return mgd_transpose(column(g, cols, depth));
    case 1:
        return mgd_col_sums(matrix(g, n, cols, depth));
    default:
        return mgd_matmul(mgd_ones(g->t, 1, n), matrix(g, n, cols, depth));
    }
}

static mgd_var *entrywise(generator *g, int64_t rows, int64_t cols, int depth) {
    mgd_var *x = matrix(g, rows, cols, depth);
    switch (choose(g, g->twice ? 10 : 13)) {
    case 0:
        return mgd_negate(x);
    case 1:
        return mgd_exp(tame(g, x));
    case 2:
        return mgd_log(positive(g, x));
    case 3:
        return mgd_sqrt(positive(g, x));
    case 4:
        return mgd_sigmoid(x);
    case 5:
        return mgd_power_rational(tame(g, x), 2 + choose(g, 3), 1);
    case 6:
        return mgd_power_rational(positive(g, x), choose(g, 9) - 4, 1 + choose(g, 3));
    case 7:
        return mgd_softmax_rows(tame(g, x));
    case 8:
        return mgd_add(tame(g, x), mgd_rational(g->t, 1 + choose(g, 3), 2));
    case 9:
        return mgd_scale(scalar(g, depth), tame(g, x));
    case 10:
        return mgd_stop(x);
    case 11:
        return mgd_abs(x);
    default:
        return mgd_sign(constant(g, rows, cols));
    }
}

static mgd_var *two_operands(generator *g, int64_t rows, int64_t cols, int depth) {
    mgd_var *x = matrix(g, rows, cols, depth), *y = matrix(g, rows, cols, depth);
    switch (choose(g, 9)) {
    case 0:
        return mgd_add(x, y);
    case 1:
        return mgd_subtract(x, y);
    case 2:
        return mgd_hadamard(x, y);
    case 3:
        return mgd_chain(x, y);
    case 4:
        return mgd_divide(x, positive(g, y));
    case 5:
        return mgd_scale(scalar(g, depth), tame(g, x));
    case 6:
        return mgd_add(tame(g, x), matrix(g, 1, 1, depth));
    case 7:
        return mgd_divide(matrix(g, 1, 1, depth), positive(g, y));
    default:
        return mgd_where(leaf(g, rows, cols), choose(g, 3) ? x : scalar(g, depth), y);
    }
}

/* Rows and columns repeated by products with ones, and what scales rows and columns. */
static mgd_var *repeated(generator *g, int64_t rows, int64_t cols, int depth) {
    mgd_var *x = tame(g, matrix(g, rows, cols, depth));
    mgd_var *r = matrix(g, 1, cols, depth), *c = matrix(g, rows, 1, depth);
    mgd_var *rr = mgd_matmul(mgd_ones(g->t, rows, 1), r), *cc = mgd_matmul(c, mgd_ones(g->t, 1, cols));
    switch (choose(g, 6)) {
    case 0:
        return rr;
    case 1:
        return cc;
    case 2:
        return mgd_hadamard(x, rr);
    case 3:
        return mgd_subtract(cc, mgd_hadamard(x, rr));
    case 4:
        return cols <= 130 ? mgd_matmul(x, mgd_from_diag(mgd_transpose(r))) : mgd_matmul(c, r);
    default:
        return rows <= 130 ? mgd_matmul(mgd_from_diag(c), x) : mgd_matmul(c, r);
    }
}

static mgd_var *product(generator *g, int64_t rows, int64_t cols, int depth) {
    int64_t n = size(g);
    mgd_var *a = matrix(g, rows, n, depth), *at = matrix(g, n, rows, depth);
    mgd_var *b = matrix(g, n, cols, depth), *bt = matrix(g, cols, n, depth);
    switch (choose(g, 6)) {
    case 0:
        return mgd_matmul(a, b);
    case 1:
        return mgd_matmul(mgd_transpose(at), b);
    case 2:
        return mgd_matmul(a, mgd_transpose(bt));
    case 3:
        return mgd_matmul(mgd_transpose(at), mgd_transpose(bt));
    case 4:
        return mgd_transpose(mgd_matmul(bt, choose(g, 2) ? mgd_transpose(a) : at));
    default: {
        int64_t k = size(g);
        mgd_var *c = matrix(g, n, k, depth), *d = matrix(g, k, cols, depth);
        return choose(g, 2) ? mgd_matmul(mgd_matmul(a, c), d) : mgd_matmul(a, mgd_matmul(c, d));
    }
    }
}

static mgd_var *of_matrices(generator *g, int64_t rows, int64_t cols, int depth) {
    int64_t down = choose(g, 2), right = choose(g, 2);
    switch (choose(g, 7)) {
    case 0:
        return mgd_transpose(matrix(g, cols, rows, depth));
    case 1: {
        if (rows > SMALL) return product(g, rows, cols, depth);
        mgd_var *a = regular(g, matrix(g, rows, rows, depth), rows);
        return mgd_solve(choose(g, 2) ? a : mgd_transpose(a), matrix(g, rows, cols, depth));
    }
    case 2: {
        if (rows > SMALL) return product(g, rows, cols, depth);
        mgd_var *l = regular(g, matrix(g, rows, rows, depth), rows);
        return mgd_triangular_solve(choose(g, 2) ? l : mgd_transpose(l), matrix(g, rows, cols, depth));
    }
    case 3:
        return mgd_block(matrix(g, rows + down + 1, cols + right, depth), down, right, rows, cols);
    case 4:
        return repeated(g, rows, cols, depth);
    default:
        return product(g, rows, cols, depth);
    }
}

static mgd_var *matrix(generator *g, int64_t rows, int64_t cols, int depth) {
    if (depth <= 0) return choose(g, 4) ? leaf(g, rows, cols) : known(g, rows, cols);
    depth--;
    switch (choose(g, 8)) {
    case 0:
    case 1:
        if (rows == 1 && cols == 1) return scalar(g, depth);
        if (cols == 1 && rows <= SMALL) return column(g, rows, depth);
        if (rows == 1 && cols <= SMALL) return row(g, cols, depth);
        if (rows == cols && rows <= SMALL) return square_matrix(g, rows, depth);
        return two_operands(g, rows, cols, depth);
    case 2:
    case 3:
        return entrywise(g, rows, cols, depth);
    case 4:
    case 5:
        return two_operands(g, rows, cols, depth);
    case 6:
        return known(g, rows, cols);
    default:
        return of_matrices(g, rows, cols, depth);
    }
}

static mgd_var *root(generator *g) {
    static const int64_t large[][2] = { { 70, 3 },   { 3, 700 },  { 130, 130 }, { 1, 2500 }, { 2500, 1 },
                                        { 2, 1500 }, { 1500, 2 }, { 1, 700 },   { 65, 64 } };
    if (choose(g, 8)) return matrix(g, size(g), size(g), 1 + (int)choose(g, 6));
    const int64_t *s = large[choose(g, sizeof large / sizeof *large)];
    return matrix(g, s[0], s[1], 1 + (int)choose(g, 4));
}

/* ---- values ---- */

enum { MOST = 64, OUTPUTS = 9 };

typedef struct {
    size_t inputs, outputs;
    mgd_var *input[MOST], *output[OUTPUTS];
    double *data[MOST], *value[OUTPUTS];
    double scale;
    uint64_t seed;
} problem;

static size_t entries(const mgd_var *v) {
    return (size_t)(mgd_size_value(mgd_rows_of(v)) * mgd_size_value(mgd_cols_of(v)));
}

static double largest(const double *x, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    return most;
}

static double *copy(const double *x, size_t n) {
    double *y = malloc(n * sizeof *y);
    memcpy(y, x, n * sizeof *y);
    return y;
}

static void set_inputs(generator *g, problem *p) {
    for (size_t i = 0; i < mgd_count(g->t); i++) {
        mgd_var *v = mgd_at(g->t, i);
        if (!mgd_name(v)) continue;
        size_t n = entries(v);
        double *x = malloc(n * sizeof *x);
        for (size_t e = 0; e < n; e++) x[e] = 2 * test_uniform(&g->state);
        ck_assert(p->inputs < MOST - 2 &&
                  mgd_set(v, x, mgd_size_value(mgd_rows_of(v)), mgd_size_value(mgd_cols_of(v))));
        p->data[p->inputs] = x;
        p->input[p->inputs++] = v;
    }
}

/* The nodes below the outputs, as the formulas have them: their largest entry, and one of them. */
static mgd_var *look_below(generator *g, problem *p) {
    size_t n = mgd_count(g->t), count = 0;
    mgd_var **below = malloc(n * sizeof *below);
    bool *seen = calloc(n, sizeof *seen);
    for (size_t i = n; i-- > 0;) {
        mgd_var *v = mgd_at(g->t, i);
        for (size_t k = 0; k < p->outputs; k++) seen[i] |= p->output[k] == v;
        if (!seen[i]) continue;
        const double *x = mgd_value(v);
        ck_assert_msg(x, "expression %d: %s", (int)g->seed, mgd_message(g->t));
        p->scale = fmax(p->scale, largest(x, entries(v)));
        if (is_matrix(v)) below[count++] = v;
        for (size_t k = 0; k < mgd_operands(v); k++) seen[mgd_index(mgd_operand(v, k))] = true;
    }
    mgd_var *any = below[choose(g, (int64_t)count)];
    free(below);
    free(seen);
    return any;
}

static void add_output(problem *p, mgd_var *v) {
    if (v && p->outputs < OUTPUTS) p->output[p->outputs++] = v;
}

static void add_odd_outputs(generator *g, problem *p) {
    mgd_var *y = p->output[0], *any = look_below(g, p);
    mgd_var *x = p->inputs ? p->input[choose(g, (int64_t)p->inputs)] : y;
    int64_t rows = mgd_size_value(mgd_rows_of(y)), cols = mgd_size_value(mgd_cols_of(y)), row = choose(g, rows),
            col = choose(g, cols);
    mgd_var *const odd[] = { any,
                             x,
                             y,
                             mgd_transpose(y),
                             mgd_transpose(x),
                             mgd_ones(g->t, 2, 3),
                             mgd_eye(g->t, 2),
                             mgd_block(y, row, col, 1, cols - col),
                             constant(g, 2, 2),
                             mgd_rational(g->t, 2, 3),
                             mgd_transpose(any) };
    for (int64_t k = choose(g, 5); k > 0; k--) add_output(p, odd[choose(g, sizeof odd / sizeof *odd)]);
}

static void add_derivatives(generator *g, problem *p, mgd_var *y) {
    if (!p->inputs || choose(g, 3) == 0) return;
    mgd_var *x = p->input[choose(g, (int64_t)p->inputs)], *f = mgd_sum(choose(g, 2) ? y : mgd_hadamard(tame(g, y), y));
    add_output(p, mgd_gradient(f, x));
    if (g->twice && entries(x) <= 49) {
        mgd_var *d = constant(g, mgd_size_value(mgd_rows_of(x)), mgd_size_value(mgd_cols_of(x)));
        add_output(p, mgd_hessian_vector(f, x, d));
    }
}

static void compare(const problem *p, unsigned options, size_t k, const double *got) {
    size_t n = entries(p->output[k]);
    for (size_t i = 0; i < n; i++) {
        double wanted = p->value[k][i];
        if (fabs(got[i] - wanted) <= 1e-11 * p->scale) continue; /* Check writes a file for each assertion that holds */
        ck_abort_msg("expression %d, options %x, output %d (%s), entry %d: %.17g, not %.17g (scale %g)", (int)p->seed,
                     options, (int)k, mgd_operation_name(mgd_operation_of(p->output[k])), (int)i, got[i], wanted,
                     p->scale);
    }
}

static void run(mgd_tape *t, const problem *p, unsigned options) {
    mgd_array in[MOST], out[OUTPUTS];
    mgd_program *program = mgd_compile(t, p->inputs, p->input, p->outputs, p->output, options);
    ck_assert_msg(program, "expression %d, options %x: %s", (int)p->seed, options, mgd_message(t));
    mgd_workspace *ws = mgd_workspace_new(program);
    ck_assert(ws);
    for (size_t k = 0; k < p->inputs; k++)
        in[k] =
            mgd_rows(p->data[k], mgd_size_value(mgd_rows_of(p->input[k])), mgd_size_value(mgd_cols_of(p->input[k])));
    for (size_t k = 0; k < p->outputs; k++)
        out[k] = mgd_rows(malloc(entries(p->output[k]) * sizeof(double)), mgd_size_value(mgd_rows_of(p->output[k])),
                          mgd_size_value(mgd_cols_of(p->output[k])));
    for (int again = 0; again < 2; again++) {
        for (size_t k = 0; k < p->outputs; k++) memset(out[k].data, 0xff, entries(p->output[k]) * sizeof(double));
        ck_assert_msg(mgd_run(program, ws, in, out), "expression %d, options %x: %s", (int)p->seed, options,
                      mgd_workspace_message(ws));
        for (size_t k = 0; k < p->outputs; k++) compare(p, options, k, out[k].data);
    }
    if (!(options & MGD_WITHOUT_SHARING))
        ck_assert_uint_ge(mgd_program_workspace_bytes(program), mgd_program_live_bytes(program));
    for (size_t k = 0; k < p->outputs; k++) free(out[k].data);
    mgd_workspace_free(ws);
    mgd_program_free(program);
}

/* An intermediate var as an input, with the value that it has. */
static void cut(generator *g, problem *p) {
    mgd_var *v = choose(g, 2) ? look_below(g, p) : NULL;
    if (!v || mgd_name(v)) return;
    p->data[p->inputs] = copy(mgd_value(v), entries(v));
    p->input[p->inputs++] = v;
}

static void check(uint64_t seed, bool twice) {
    generator g = { .t = mgd_tape_new(), .state = seed * 2 + twice, .seed = seed, .twice = twice };
    problem p = { .seed = seed };
    mgd_var *y = root(&g);
    ck_assert_msg(y, "expression %d: %s", (int)seed, mgd_message(g.t));
    add_output(&p, y);
    set_inputs(&g, &p);
    add_derivatives(&g, &p, y);
    add_odd_outputs(&g, &p);
    ck_assert_msg(!mgd_failed(g.t), "expression %d: %s", (int)seed, mgd_message(g.t));
    p.scale = 1e-3;
    look_below(&g, &p);
    if (p.scale < 1e100) {
        cut(&g, &p);
        for (size_t k = 0; k < p.outputs; k++) p.value[k] = copy(mgd_value(p.output[k]), entries(p.output[k]));
        run(g.t, &p, 0);
        for (unsigned bit = 1; bit & MGD_WITHOUT_PASSES; bit <<= 1) run(g.t, &p, bit);
        run(g.t, &p, MGD_WITHOUT_PASSES);
        run(g.t, &p, MGD_CHECK_FINITE);
    }
    for (size_t k = 0; k < p.inputs; k++) free(p.data[k]);
    for (size_t k = 0; k < p.outputs; k++) free(p.value[k]);
    mgd_tape_free(g.t);
}

enum { EACH = 250 };

START_TEST(programs_and_their_first_derivatives_equal_values) {
    for (uint64_t seed = (uint64_t)_i * EACH; seed < (uint64_t)(_i + 1) * EACH; seed++) check(seed, false);
}
END_TEST

START_TEST(programs_and_their_second_derivatives_equal_values) {
    for (uint64_t seed = (uint64_t)_i * EACH; seed < (uint64_t)(_i + 1) * EACH; seed++) check(seed, true);
}
END_TEST

/* ---- sizes in names ---- */

static const int64_t shapes[][3] = { { 2, 3, 4 }, { 1, 3, 2 }, { 3, 1, 2 },  { 3, 2, 1 },
                                     { 1, 1, 4 }, { 1, 1, 1 }, { 80, 1, 90 } };

/* What was recorded as matrices may be rows, columns and numbers when it is compiled. */
START_TEST(sizes_in_names_may_turn_out_to_be_one) {
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        generator g = { .t = mgd_tape_new(), .state = s, .seed = s };
        mgd_tape *t = g.t;
        problem p = { .seed = s, .scale = 1e-3 };
        const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *k = mgd_size_named(t, "k"),
                       *one = mgd_size_number(t, 1);
        mgd_var *A = mgd_input_sized(t, "A", m, n), *B = mgd_input_sized(t, "B", n, k),
                *C = mgd_input_sized(t, "C", m, k);
        mgd_var *c = mgd_input_sized(t, "c", m, one), *r = mgd_input_sized(t, "r", one, n),
                *ones = mgd_ones_sized(t, m, one);
        mgd_var *X = mgd_add(mgd_hadamard(A, mgd_matmul(ones, r)), mgd_matmul(mgd_from_diag(c), A));
        mgd_var *Y = mgd_add(mgd_matmul(X, B), mgd_scale(mgd_sum(r), C));
        mgd_var *S = mgd_add(mgd_matmul(mgd_transpose(A), A), mgd_eye_sized(t, n));
        mgd_var *f = mgd_add(mgd_sum(mgd_softmax_rows(mgd_sigmoid(Y))), mgd_trace(mgd_matmul(mgd_transpose(Y), C)));
        f = mgd_add(f, mgd_add(mgd_logdet(S), mgd_sum(mgd_matmul(mgd_matmul(mgd_inverse(S), B), mgd_transpose(Y)))));
        ck_assert(mgd_bind(t, "m", shapes[s][0]) && mgd_bind(t, "n", shapes[s][1]) && mgd_bind(t, "k", shapes[s][2]));
        set_inputs(&g, &p);
        mgd_var *const wanted[] = { f,
                                    mgd_gradient(f, A),
                                    mgd_hessian_vector(f, A, X),
                                    mgd_gradient(f, r),
                                    Y,
                                    mgd_transpose(X),
                                    mgd_diag_of(S),
                                    mgd_col_sums(Y) };
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) add_output(&p, wanted[i]);
        ck_assert_msg(!mgd_failed(t), "%s", mgd_message(t));
        look_below(&g, &p);
        for (size_t i = 0; i < p.outputs; i++) p.value[i] = copy(mgd_value(p.output[i]), entries(p.output[i]));
        run(t, &p, 0);
        for (unsigned bit = 1; bit & MGD_WITHOUT_PASSES; bit <<= 1) run(t, &p, bit);
        run(t, &p, MGD_WITHOUT_PASSES);
        for (size_t i = 0; i < p.inputs; i++) free(p.data[i]);
        for (size_t i = 0; i < p.outputs; i++) free(p.value[i]);
        mgd_tape_free(t);
    }
}
END_TEST

const char *const test_suite_name = "programs of random expressions";
void test_suite_add(TCase *all) {
    tcase_add_test(all, sizes_in_names_may_turn_out_to_be_one);
    tcase_add_loop_test(all, programs_and_their_first_derivatives_equal_values, 0, 12);
    tcase_add_loop_test(all, programs_and_their_second_derivatives_equal_values, 0, 8);
}
