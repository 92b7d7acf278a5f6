/* SPDX-License-Identifier: MIT */
/* Meanings over the reals are what kernels compute, and over duals what finite differences say, on random expressions
 * of every operation; and what mgd__evaluate promises beside. */
#include "exact/evaluate.h"
#include "support/expression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- random expressions ---- */

static mgd_var *begin(generator *g, uint64_t seed, unsigned fit) {
    *g = (generator){ .t = mgd_tape_new(), .state = seed, .largest = 3, .fit = FIT_FOR_MEANINGS | fit };
    int depth = 1 + (int)choose(g, 6);
    mgd_var *y = random_expression(g, draw_size(g), draw_size(g), depth);
    ck_assert_msg(y, "expression %d: %s", (int)seed, mgd_message(g->t));
    return y;
}

/* ---- values ---- */

enum { MOST_INPUTS = 64, MOST_ENTRIES = 100 };

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
        mgd_var *vars[MOST_INPUTS + 1] = { begin(&g, seed, 0) };
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
        mgd_var *y = begin(&g, seed, FIT_FOR_DIFFERENCES), *f = mgd_sum(y), *vars[MOST_INPUTS + 1] = { f };
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
        mgd_var *f = mgd_sum(begin(&g, seed, 0)), *inputs[MOST_INPUTS];
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
