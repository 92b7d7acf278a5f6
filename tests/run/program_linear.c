/* SPDX-License-Identifier: MIT */
/* Linear algebra in programs: values, gradients and Hessian-vector products, with passes and without, are those of
 * mgd_value, at sizes that are wide, tall, square and 1. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"

#include <math.h>

typedef struct {
    mgd_tape *t;
    mgd_var *A, *B, *S; /* m x n, n x n, m x m; B and S near the identity */
} world;

static mgd_var *squares(mgd_var *x) { return mgd_sum(mgd_hadamard(x, x)); }

/* Q and R have rotations in them that cancel in squares. */
static mgd_var *weighted(const world *w, mgd_var *x, const char *name) {
    return mgd_sum(mgd_hadamard(mgd_input_sized(w->t, name, mgd_rows_of(x), mgd_cols_of(x)), x));
}

static mgd_var *qr(const world *w) {
    return mgd_add(weighted(w, mgd_qr_q(w->A), "W"), weighted(w, mgd_qr_r(w->A), "V"));
}
static mgd_var *pinv(const world *w) { return weighted(w, mgd_pinv(w->A), "W"); }
static mgd_var *expm(const world *w) {
    return squares(mgd_matmul(w->A, mgd_expm(mgd_matmul(mgd_transpose(w->A), w->A))));
}
static mgd_var *sylvester(const world *w) { return squares(mgd_sylvester(w->S, mgd_transpose(w->B), w->A)); }
static mgd_var *lyapunov(const world *w) {
    return weighted(w, mgd_lyapunov(w->B, mgd_matmul(mgd_transpose(w->A), w->A)), "W");
}
static mgd_var *spectral_norm(const world *w) { return mgd_spectral_norm(w->A); }
static mgd_var *upper(const world *w) {
    mgd_var *x = mgd_triangular_solve_upper(w->S, w->A), *y = mgd_triangular_solve_upper(mgd_transpose(w->S), w->A);
    return squares(mgd_add(x, y));
}
static mgd_var *right(const world *w) { return squares(mgd_solve_right(w->A, w->B)); }
static mgd_var *powers(const world *w) {
    mgd_var *p = mgd_add(mgd_matrix_power(w->B, 5), mgd_matrix_power(w->B, -2));
    return squares(mgd_matmul(w->A, p));
}
static mgd_var *signed_logdet(const world *w) {
    return mgd_hadamard(mgd_det_sign(w->B), mgd_add(mgd_logdet(w->B), squares(w->A)));
}

static mgd_var *(*const cases[])(const world *) = { qr,    pinv,  expm,   sylvester,    lyapunov, spectral_norm,
                                                    upper, right, powers, signed_logdet };
static const char *const names[] = { "qr",    "pinv",  "expm",   "sylvester",    "lyapunov", "spectral_norm",
                                     "upper", "right", "powers", "signed_logdet" };
static const int64_t sizes[][2] = { { 2, 3 }, { 3, 2 }, { 3, 3 }, { 1, 1 }, { 1, 4 }, { 4, 1 }, { 12, 9 } };

enum { INPUTS = 16 };

static void set_inputs(const world *w, uint64_t *state, mgd_array *in, double **data, size_t *inputs) {
    *inputs = 0;
    for (size_t i = 0; i < mgd_count(w->t); i++) {
        mgd_var *x = mgd_at(w->t, i);
        if (!mgd_name(x)) continue;
        int64_t rows = mgd_size_value(mgd_rows_of(x)), cols = mgd_size_value(mgd_cols_of(x));
        double *d = data[*inputs] = malloc((size_t)(rows * cols) * sizeof *d);
        for (int64_t k = 0; k < rows * cols; k++)
            d[k] = test_uniform(state) * 0.5 + (x != w->A && k / cols == k % cols);
        ck_assert_msg(mgd_set(x, d, rows, cols), "%s", mgd_message(w->t));
        in[(*inputs)++] = mgd_rows(d, rows, cols);
    }
}

static void check_program(const char *name, mgd_var *v, const mgd_array *in, unsigned options) {
    int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
    double *got = malloc((size_t)(rows * cols) * sizeof *got), scale = 1e-3;
    mgd_program *p = compiled(v, options);
    mgd_workspace *ws = mgd_workspace_new(p);
    mgd_array out = mgd_rows(got, rows, cols);
    ck_assert_msg(mgd_run(p, ws, in, &out), "%s: %s", name, mgd_workspace_message(ws));
    const double *wanted = mgd_value(v);
    ck_assert_msg(wanted, "%s: %s", name, mgd_message(mgd_tape_of(v)));
    for (int64_t k = 0; k < rows * cols; k++) scale = fmax(scale, fabs(wanted[k]));
    for (int64_t k = 0; k < rows * cols; k++)
        ck_assert_msg(fabs(got[k] - wanted[k]) <= 1e-9 * scale, "%s at %dx%d: %g, not %g", name, (int)rows, (int)cols,
                      got[k], wanted[k]);
    mgd_workspace_free(ws);
    mgd_program_free(p);
    free(got);
}

static void check(size_t k, const int64_t *size) {
    world w = { .t = mgd_tape_new() };
    const mgd_size *m = mgd_size_named(w.t, "m"), *n = mgd_size_named(w.t, "n");
    w.A = mgd_input_sized(w.t, "A", m, n);
    w.B = mgd_input_sized(w.t, "B", n, n);
    w.S = mgd_input_sized(w.t, "S", m, m);
    mgd_var *f = cases[k](&w), *v = mgd_input_sized(w.t, "direction", m, n);
    mgd_var *all[] = { f, mgd_gradient(f, w.A), mgd_hessian_vector(f, w.A, v), mgd_gradient(f, w.B),
                       mgd_gradient(f, w.S) };
    ck_assert_msg(!mgd_failed(w.t), "%s: %s", names[k], mgd_message(w.t));
    ck_assert(mgd_bind(w.t, "m", size[0]) && mgd_bind(w.t, "n", size[1]));
    uint64_t state = k * 10 + (uint64_t)size[0];
    mgd_array in[INPUTS];
    double *data[INPUTS];
    size_t inputs;
    set_inputs(&w, &state, in, data, &inputs);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        check_program(names[k], all[i], in, 0);
        check_program(names[k], all[i], in, MGD_WITHOUT_PASSES);
    }
    for (size_t i = 0; i < inputs; i++) free(data[i]);
    mgd_tape_free(w.t);
}

START_TEST(programs_equal_values) {
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) check((size_t)_i, sizes[s]);
}
END_TEST

const char *const test_suite_name = "programs of linear algebra";

void test_suite_add(TCase *all) { tcase_add_loop_test(all, programs_equal_values, 0, sizeof cases / sizeof *cases); }
