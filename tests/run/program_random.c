/* SPDX-License-Identifier: MIT */
/* Programs compute what mgd_value computes: random expressions, their gradients and Hessian-vector products, compiled
 * with every pass, without each, and without all. The bound is relative to the largest intermediate value. */
#include "support/expression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL = 7 };

static mgd_var *root(generator *g) {
    static const int64_t large[][2] = { { 70, 3 },   { 3, 700 },  { 130, 130 }, { 1, 2500 }, { 2500, 1 },
                                        { 2, 1500 }, { 1500, 2 }, { 1, 700 },   { 65, 64 } };
    if (choose(g, 8)) return random_expression(g, draw_size(g), draw_size(g), 1 + (int)choose(g, 7));
    const int64_t *s = large[choose(g, sizeof large / sizeof *large)];
    return random_expression(g, s[0], s[1], 1 + (int)choose(g, 4));
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
        ck_assert_msg(x, "expression %d: %s", (int)p->seed, mgd_message(g->t));
        p->scale = fmax(p->scale, largest(x, entries(v)));
        if (is_one_matrix(v)) below[count++] = v;
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
                             random_constant(g, 2, 2),
                             mgd_rational(g->t, 2, 3),
                             mgd_transpose(any) };
    for (int64_t k = choose(g, 5); k > 0; k--) add_output(p, odd[choose(g, sizeof odd / sizeof *odd)]);
}

static void add_derivatives(generator *g, problem *p, mgd_var *y) {
    if (!p->inputs || choose(g, 3) == 0) return;
    mgd_var *x = p->input[choose(g, (int64_t)p->inputs)], *f = mgd_sum(choose(g, 2) ? y : mgd_hadamard(tame(y), y));
    add_output(p, mgd_gradient(f, x));
    if (g->fit & FIT_TWICE && entries(x) <= 49) {
        mgd_var *d = random_constant(g, mgd_size_value(mgd_rows_of(x)), mgd_size_value(mgd_cols_of(x)));
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
    generator g = { .t = mgd_tape_new(), .state = seed * 2 + twice, .largest = SMALL, .fit = twice ? FIT_TWICE : 0 };
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

enum { EACH = 250 / TEST_SLOWNESS };

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
        generator g = { .t = mgd_tape_new(), .state = s };
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
