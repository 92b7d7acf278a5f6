/* SPDX-License-Identifier: MIT */
/* Meanings over the reals are what kernels compute, and over duals what finite differences say, on random expressions
 * of every operation; and what mgd__evaluate promises beside. */
#include "exact/evaluate.h"
#include "matgrad.h"
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- random expressions ---- */

typedef struct {
    mgd_tape *t;
    uint64_t state;
    bool smooth; /* only what finite differences see as duals do */
} generator;

static int64_t choose(generator *g, int64_t n) { return (int64_t)(test_random(&g->state) % (uint64_t)n); }
static int64_t size(generator *g) { return 1 + choose(g, 3); }

static mgd_var *one(generator *g) { return mgd_rational(g->t, 1, 1); }

/* In [-1/2, 1/2], so that nothing overflows and every sum with I is regular. */
static mgd_var *tame(generator *g, mgd_var *x) { return mgd_divide(x, mgd_add(one(g), mgd_hadamard(x, x))); }
static mgd_var *positive(generator *g, mgd_var *x) { return mgd_add(one(g), mgd_hadamard(x, x)); }
static mgd_var *regular(generator *g, mgd_var *x, int64_t n) {
    return mgd_add(tame(g, x), mgd_scale(mgd_rational(g->t, 3, 1), mgd_eye(g->t, n)));
}

static mgd_var *input(generator *g, int64_t rows, int64_t cols) {
    char name[] = { (char)('A' + choose(g, 2)), (char)('0' + rows), 'x', (char)('0' + cols), 0 };
    name[2] = '_';
    for (size_t i = 0; i < mgd_count(g->t); i++) {
        const char *known = mgd_name(mgd_at(g->t, i));
        if (known && !strcmp(known, name)) return mgd_at(g->t, i);
    }
    return mgd_input(g->t, name, rows, cols);
}

static mgd_var *leaf(generator *g, int64_t rows, int64_t cols) {
    static const double data[] = { 0.5, -1.25, 3, 0, 0.1, -2, 1e-3, 1, 7 };
    switch (choose(g, 12)) {
    case 0:
        return mgd_ones(g->t, rows, cols);
    case 1:
        return mgd_zeros(g->t, rows, cols);
    case 2:
        return mgd_constant(g->t, mgd_rows(data, rows, cols));
    case 3:
        return mgd_scale(mgd_rational(g->t, 1 + choose(g, 9), -3), mgd_ones(g->t, rows, cols));
    case 4:
        return mgd_scale(mgd_literal(g->t, "0.12345678901234567890123"), mgd_ones(g->t, rows, cols));
    default:
        return rows == cols && choose(g, 6) == 0 ? mgd_eye(g->t, rows) : input(g, rows, cols);
    }
}

static mgd_var *random_matrix(generator *g, int64_t rows, int64_t cols, int depth);

static mgd_var *scalar(generator *g, int depth) {
    int64_t n = size(g), m = size(g);
    switch (choose(g, 5)) {
    case 0:
        return mgd_sum(random_matrix(g, m, n, depth));
    case 1:
        return mgd_trace(random_matrix(g, n, n, depth));
    case 2:
        return mgd_det(tame(g, random_matrix(g, n, n, depth)));
    case 3:
        return mgd_logdet(regular(g, random_matrix(g, n, n, depth), n));
    default:
        return mgd_sum(mgd_adjugate(tame(g, random_matrix(g, n, n, depth))));
    }
}

static mgd_var *square_matrix(generator *g, int64_t n, int depth) {
    mgd_var *x = random_matrix(g, n, n, depth);
    switch (choose(g, 5)) {
    case 0:
        return mgd_from_diag(random_matrix(g, n, 1, depth));
    case 1:
        return mgd_lower(x);
    case 2:
        return mgd_inverse(regular(g, x, n));
    case 3:
        return mgd_adjugate(tame(g, x));
    default:
        return mgd_cholesky(mgd_add(mgd_matmul(tame(g, x), mgd_transpose(tame(g, x))), mgd_eye(g->t, n)));
    }
}

static mgd_var *column_or_row(generator *g, int64_t rows, int64_t cols, int depth) {
    int64_t n = size(g);
    if (cols == 1 && choose(g, 2)) return mgd_diag_of(random_matrix(g, rows, rows, depth));
    if (cols == 1) return mgd_row_sums(random_matrix(g, rows, n, depth));
    return mgd_col_sums(random_matrix(g, n, cols, depth));
}

static mgd_var *entrywise(generator *g, int64_t rows, int64_t cols, int depth) {
    mgd_var *x = random_matrix(g, rows, cols, depth);
    int64_t which = choose(g, g->smooth ? 9 : 12);
    switch (which) {
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
        return mgd__slope_of_sigmoid(x);
    case 6:
        return mgd_power_rational(tame(g, x), 2 + choose(g, 3), 1);
    case 7:
        return mgd_power_rational(positive(g, x), choose(g, 9) - 4, 1 + choose(g, 3));
    case 8:
        return mgd_softmax_rows(tame(g, x));
    case 9:
        return mgd_stop(x);
    case 10:
        return mgd_abs(x);
    default:
        return mgd_sign(mgd_add(x, mgd_rational(g->t, 7, 9))); /* not of what is 0 but for its rounding */
    }
}

static mgd_var *two_operands(generator *g, int64_t rows, int64_t cols, int depth) {
    mgd_var *x = random_matrix(g, rows, cols, depth), *y = random_matrix(g, rows, cols, depth);
    switch (choose(g, g->smooth ? 6 : 7)) {
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
    default:
        return mgd_where(leaf(g, rows, cols), x, y);
    }
}

static mgd_var *of_matrices(generator *g, int64_t rows, int64_t cols, int depth) {
    int64_t n = size(g), down = choose(g, 2), right = choose(g, 2);
    switch (choose(g, 6)) {
    case 0:
        return mgd_transpose(random_matrix(g, cols, rows, depth));
    case 1: {
        mgd_var *a = regular(g, random_matrix(g, rows, rows, depth), rows);
        return mgd_solve(a, random_matrix(g, rows, cols, depth));
    }
    case 2: {
        mgd_var *l = regular(g, random_matrix(g, rows, rows, depth), rows);
        return mgd_triangular_solve(choose(g, 2) ? l : mgd_transpose(l), random_matrix(g, rows, cols, depth));
    }
    case 3:
        return mgd_block(random_matrix(g, rows + down + 1, cols + right, depth), down, right, rows, cols);
    default:
        return mgd_matmul(random_matrix(g, rows, n, depth), random_matrix(g, n, cols, depth));
    }
}

static mgd_var *random_matrix(generator *g, int64_t rows, int64_t cols, int depth) {
    if (rows > 3 || cols > 3 || depth <= 0) return rows > 3 || cols > 3 ? input(g, rows, cols) : leaf(g, rows, cols);
    depth--;
    switch (choose(g, 6)) {
    case 0:
        return rows == cols ? square_matrix(g, rows, depth) : two_operands(g, rows, cols, depth);
    case 1:
        return rows == 1 && cols == 1 ? scalar(g, depth) : entrywise(g, rows, cols, depth);
    case 2:
        return rows == 1 || cols == 1 ? column_or_row(g, rows, cols, depth) : entrywise(g, rows, cols, depth);
    case 3:
        return entrywise(g, rows, cols, depth);
    case 4:
        return two_operands(g, rows, cols, depth);
    default:
        return of_matrices(g, rows, cols, depth);
    }
}

static mgd_var *begin(generator *g, uint64_t seed, bool smooth) {
    *g = (generator){ .t = mgd_tape_new(), .state = seed, .smooth = smooth };
    int depth = 1 + (int)choose(g, 6);
    mgd_var *y = random_matrix(g, size(g), size(g), depth);
    ck_assert_msg(y, "expression %d: %s", (int)seed, mgd_message(g->t));
    return y;
}

/* ---- values ---- */

enum { MOST_INPUTS = 64, MOST_ENTRIES = 20 };

static size_t inputs_of(mgd_tape *t, mgd_var **inputs) {
    size_t n = 0;
    for (size_t i = 0; i < mgd_count(t); i++)
        if (mgd_name(mgd_at(t, i))) inputs[n++] = mgd_at(t, i);
    ck_assert(n <= MOST_INPUTS);
    return n;
}

static double *entries(const mgd_matrix *m) { return (double *)(void *)m->data; }

static double largest(const double *x, int64_t n) {
    double most = 0;
    for (int64_t i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    return most;
}

/* The inputs get the numbers that were drawn for them. */
static void set_inputs(size_t n, mgd_var *const *inputs, const mgd_matrix *x) {
    for (size_t i = 0; i < n; i++) ck_assert(mgd_set(inputs[i], entries(&x[i]), x[i].rows, x[i].cols));
}

START_TEST(kernels_compute_what_meanings_define) {
    enum { FIRST = 250 };
    for (uint64_t seed = (uint64_t)_i * FIRST; seed < (uint64_t)(_i + 1) * FIRST; seed++) {
        generator g;
        mgd_var *vars[MOST_INPUTS + 1] = { begin(&g, seed, false) };
        size_t n = 1 + inputs_of(g.t, vars + 1);
        mgd_calculation k = { .seed = seed };
        mgd_numbers R = mgd__reals(&k);
        mgd_matrix x[MOST_INPUTS + 1];
        bool fine = mgd__evaluate(&(mgd_point){ .S = &R }, n, vars, x);
        ck_assert_msg(fine, "expression %d: %s", (int)seed, k.why);
        set_inputs(n - 1, vars + 1, x + 1);
        const double *y = mgd_value(vars[0]), *z = entries(&x[0]);
        ck_assert_msg(y, "expression %d: %s", (int)seed, mgd_message(g.t));
        double scale = fmax(largest(z, x[0].rows * x[0].cols), 1e-3);
        for (int64_t i = 0; i < x[0].rows * x[0].cols; i++)
            ck_assert_msg(fabs(y[i] - z[i]) <= 1e-9 * scale, "expression %d: kernel %.17g, meaning %.17g", (int)seed,
                          y[i], z[i]);
        for (size_t i = 0; i < n; i++) free(x[i].data);
        mgd__calculation_end(&k);
        mgd_tape_free(g.t);
    }
}
END_TEST

/* ---- derivatives ---- */

typedef struct {
    const mgd_var *x;
    double direction[MOST_ENTRIES];
} motion;

static void move(void *user, const mgd_numbers *D, const mgd_var *v, mgd_matrix *value) {
    const motion *m = user;
    for (int64_t i = 0; v == m->x && i < value->rows * value->cols; i++) {
        char *entry = value->data + (size_t)i * value->size;
        memcpy(entry, mgd__dual(D, mgd__dual_value(D, entry), mgd__real(D->over, m->direction[i])), value->size);
    }
}

/* f at x + h direction */
static double moved_value(mgd_var *f, mgd_var *x, const mgd_matrix *at_x, const motion *m, double h) {
    double moved[MOST_ENTRIES];
    for (int64_t i = 0; i < at_x->rows * at_x->cols; i++)
        moved[i] = *(const double *)(const void *)(at_x->data + (size_t)i * at_x->size) + h * m->direction[i];
    ck_assert(mgd_set(x, moved, at_x->rows, at_x->cols));
    const double *y = mgd_value(f);
    ck_assert(y);
    return *y;
}

START_TEST(duals_are_the_limit_of_differences) {
    enum { FIRST = 250 };
    const double h = 1e-5;
    for (uint64_t seed = (uint64_t)_i * FIRST; seed < (uint64_t)(_i + 1) * FIRST; seed++) {
        generator g;
        mgd_var *y = begin(&g, seed, true), *f = mgd_sum(y), *vars[MOST_INPUTS + 1] = { f };
        size_t n = 1 + inputs_of(g.t, vars + 1);
        if (n > 1) {
            motion m = { .x = vars[1 + choose(&g, (int64_t)n - 1)] };
            for (int i = 0; i < MOST_ENTRIES; i++) m.direction[i] = test_uniform(&g.state);
            mgd_calculation k = { .seed = seed };
            mgd_numbers R = mgd__reals(&k), D = mgd__duals(&R);
            mgd_matrix x[MOST_INPUTS + 1];
            ck_assert(mgd__evaluate(&(mgd_point){ .S = &D, .move = move, .user = &m }, n, vars, x));
            size_t moving = 0;
            for (size_t i = 1; i < n; i++) { /* a dual is two doubles, its value first */
                if (vars[i] == m.x) moving = i;
                double values[MOST_ENTRIES];
                for (int64_t e = 0; e < x[i].rows * x[i].cols; e++) values[e] = entries(&x[i])[2 * e];
                ck_assert(mgd_set(vars[i], values, x[i].rows, x[i].cols));
            }
            double slope = entries(&x[0])[1];
            double up = moved_value(f, vars[moving], &x[moving], &m, h);
            double down = moved_value(f, vars[moving], &x[moving], &m, -h);
            double difference = (up - down) / (2 * h), scale = fmax(1, fmax(fabs(slope), fabs(up)));
            ck_assert_msg(fabs(difference - slope) <= 1e-5 * scale, "expression %d: difference %.10g, dual %.10g",
                          (int)seed, difference, slope);
            for (size_t i = 0; i < n; i++) free(x[i].data);
            mgd__calculation_end(&k);
        }
        mgd_tape_free(g.t);
    }
}
END_TEST

/* ---- the library's gradients, judged ---- */

START_TEST(gradients_of_random_expressions_are_never_refuted) {
    enum { FIRST = 60 };
    int equal = 0;
    for (uint64_t seed = (uint64_t)_i * FIRST; seed < (uint64_t)(_i + 1) * FIRST; seed++) {
        generator g;
        mgd_var *f = mgd_sum(begin(&g, seed, false)), *inputs[MOST_INPUTS];
        if (inputs_of(g.t, inputs)) {
            mgd_verdict v = mgd_is_gradient(f, inputs[0], mgd_gradient(f, inputs[0]));
            ck_assert_msg(v.answer != MGD_DIFFERENT, "expression %d: %s", (int)seed, v.reason);
            equal += v.answer == MGD_EQUAL;
        }
        mgd_tape_free(g.t);
    }
    ck_assert_int_ge(equal, FIRST / 3);
}
END_TEST

/* ---- what it promises ---- */

START_TEST(inputs_are_drawn_from_their_names_and_the_seed_alone) {
    mgd_tape *t = mgd_tape_new(), *u = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 2, 3), *first = mgd_input(u, "first", 3, 3), *again = mgd_input(u, "x", 2, 3);
    mgd_calculation k = { .seed = 4 }, l = { .seed = 4 };
    mgd_numbers S = mgd__residues(&k), D = mgd__duals(&S), R = mgd__residues(&l);
    mgd_var *more = mgd_matmul(again, first);
    mgd_matrix a[1], b[2];
    ck_assert(mgd__evaluate(&(mgd_point){ .S = &D }, 1, &x, a));
    ck_assert(mgd__evaluate(&(mgd_point){ .S = &R }, 2, (mgd_var *[]){ more, again }, b));
    for (int64_t i = 0; i < 2; i++)
        for (int64_t j = 0; j < 3; j++) {
            mgd_element e = mgd__dual_value(&D, at(a, i, j));
            ck_assert(mgd__vanishes(&S, minus(&S, e, at(&b[1], i, j))));
            ck_assert(mgd__vanishes(&S, minus(&S, e, S.draw(&S, mgd__draw_key(x) + (uint64_t)(i * 3 + j), false))));
        }
    free(a[0].data);
    free(b[0].data);
    free(b[1].data);
    mgd__calculation_end(&k);
    mgd__calculation_end(&l);
    mgd_tape_free(t);
    mgd_tape_free(u);
}
END_TEST

START_TEST(a_var_may_be_asked_for_twice_and_beside_what_it_is_made_of) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 2, 2), *y = mgd_exp(x);
    mgd_calculation k = { .seed = 4 };
    mgd_numbers R = mgd__reals(&k);
    mgd_matrix v[4];
    ck_assert(mgd__evaluate(&(mgd_point){ .S = &R }, 4, (mgd_var *[]){ y, x, y, x }, v));
    for (int i = 0; i < 4; i++) {
        ck_assert(v[i].rows == 2 && v[i].cols == 2);
        ck_assert_double_eq_tol(entries(&v[0])[i], exp(entries(&v[1])[i]), 1e-15);
        ck_assert(entries(&v[0])[i] == entries(&v[2])[i] && entries(&v[1])[i] == entries(&v[3])[i]);
    }
    for (int i = 0; i < 4; i++) free(v[i].data);
    mgd__calculation_end(&k);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_failure_leaves_nothing_to_free_and_says_why) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "x", 2, 2), *bad = mgd_inverse(mgd_subtract(x, mgd_stop(x)));
    mgd_var *unbound = mgd_exp(mgd_input_sized(t, "y", mgd_size_named(t, "m"), mgd_size_named(t, "n")));
    mgd_var *large = mgd_exp(mgd_input(t, "z", 4097, 1));
    mgd_calculation k = { .seed = 4 };
    mgd_numbers S = mgd__residues(&k);
    mgd_var *const tried[] = { bad, unbound, large };
    static const char *const why[] = { "a matrix is singular", "a size is unbound",
                                       "the sizes are too large for exact arithmetic: name them" };
    for (int i = 0; i < 3; i++) {
        mgd_matrix v[2];
        ck_assert(!mgd__evaluate(&(mgd_point){ .S = &S }, 2, (mgd_var *[]){ x, tried[i] }, v));
        ck_assert(!v[0].data && !v[1].data);
        ck_assert_str_eq(k.why, why[i]);
        k.state = MGD_FINE;
    }
    mgd__calculation_end(&k);
    mgd_tape_free(t);
}
END_TEST

const char *const test_suite_name = "evaluate";
void test_suite_add(TCase *all) {
    tcase_add_loop_test(all, kernels_compute_what_meanings_define, 0, 12);
    tcase_add_loop_test(all, duals_are_the_limit_of_differences, 0, 8);
    tcase_add_loop_test(all, gradients_of_random_expressions_are_never_refuted, 0, 4);
    tcase_add_test(all, inputs_are_drawn_from_their_names_and_the_seed_alone);
    tcase_add_test(all, a_var_may_be_asked_for_twice_and_beside_what_it_is_made_of);
    tcase_add_test(all, a_failure_leaves_nothing_to_free_and_says_why);
}
