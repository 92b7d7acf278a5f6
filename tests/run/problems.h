/* SPDX-License-Identifier: MIT */
/* Problems of the kind that people meet, each with its gradient and its Hessian-vector product. */
#ifndef MGD_TEST_PROBLEMS_H
#define MGD_TEST_PROBLEMS_H

#include "../tape/expect.h"

typedef struct {
    const char *name;
    mgd_tape *t;
    mgd_var *x, *f, *gradient, *product;
} problem;

static inline mgd_var *squares(mgd_var *a) { return mgd_sum(mgd_hadamard(a, a)); }

static inline mgd_var *with_x(problem *p, int64_t rows, int64_t cols) {
    return p->x = mgd_input(p->t, "w", rows, cols);
}

static inline mgd_var *least_squares(problem *p) {
    mgd_var *X = mgd_input(p->t, "X", 200, 30), *y = mgd_input(p->t, "y", 200, 1);
    return squares(mgd_subtract(mgd_matmul(X, with_x(p, 30, 1)), y));
}

static inline mgd_var *ridge(problem *p) {
    mgd_var *f = least_squares(p);
    return mgd_add(f, mgd_scale(mgd_number(p->t, 0.1), squares(p->x)));
}

/* The mean of log(1 + exp(-y .* (X w))) */
static inline mgd_var *logistic_regression(problem *p) {
    mgd_var *X = mgd_input(p->t, "X", 200, 30), *y = mgd_input(p->t, "y", 200, 1);
    mgd_var *margin = mgd_hadamard(y, mgd_matmul(X, with_x(p, 30, 1)));
    return mgd_negate(mgd_sum(mgd_log(mgd_sigmoid(margin))));
}

static inline mgd_var *softmax_cross_entropy(problem *p) {
    mgd_var *X = mgd_input(p->t, "X", 200, 30), *Y = mgd_input(p->t, "Y", 200, 10);
    return mgd_negate(mgd_sum(mgd_hadamard(Y, mgd_log(mgd_softmax_rows(mgd_matmul(X, with_x(p, 30, 10)))))));
}

/* log det S + trace(inv(S) C), by a solve */
static inline mgd_var *gaussian_by_solve(problem *p) {
    mgd_var *C = mgd_input(p->t, "C", 40, 40), *S = with_x(p, 40, 40);
    return mgd_add(mgd_logdet(S), mgd_trace(mgd_solve(S, C)));
}

/* The same of observations: log det S + sum of b' inv(S) b, by Cholesky's factor */
static inline mgd_var *gaussian_by_cholesky(problem *p) {
    mgd_var *B = mgd_input(p->t, "B", 40, 60), *L = mgd_cholesky(with_x(p, 40, 40));
    mgd_var *z = mgd_triangular_solve(L, B), *logs = mgd_sum(mgd_log(mgd_diag_of(L)));
    return mgd_add(mgd_scale(mgd_number(p->t, 120), logs), squares(z));
}

static inline mgd_var *matrix_factorisation(problem *p) {
    mgd_var *R = mgd_input(p->t, "R", 80, 60), *V = mgd_input(p->t, "V", 60, 8);
    mgd_var *U = with_x(p, 80, 8);
    return mgd_add(squares(mgd_subtract(R, mgd_matmul(U, mgd_transpose(V)))),
                   mgd_scale(mgd_number(p->t, 0.1), squares(U)));
}

static inline mgd_var *two_layers(problem *p) {
    mgd_var *X = mgd_input(p->t, "X", 200, 30), *V = mgd_input(p->t, "V", 20, 10), *Y = mgd_input(p->t, "Y", 200, 10);
    mgd_var *b = mgd_input(p->t, "b", 1, 20), *ones = mgd_ones(p->t, 200, 1);
    mgd_var *hidden = mgd_sigmoid(mgd_add(mgd_matmul(X, with_x(p, 30, 20)), mgd_matmul(ones, b)));
    return mgd_negate(mgd_sum(mgd_hadamard(Y, mgd_log(mgd_softmax_rows(mgd_matmul(hidden, V))))));
}

static inline mgd_var *the_seed(problem *p) {
    mgd_var *a = mgd_input(p->t, "a", 100, 1);
    return squares(mgd_sigmoid(mgd_matmul(mgd_transpose(with_x(p, 100, 100)), a)));
}

static const struct {
    const char *name;
    mgd_var *(*make)(problem *p);
} problems[] = {
    { "least squares", least_squares },
    { "ridge", ridge },
    { "logistic regression", logistic_regression },
    { "softmax cross-entropy", softmax_cross_entropy },
    { "Gaussian, by a solve", gaussian_by_solve },
    { "Gaussian, by Cholesky", gaussian_by_cholesky },
    { "matrix factorisation", matrix_factorisation },
    { "two layers", two_layers },
    { "the seed", the_seed },
};

enum { PROBLEMS = sizeof problems / sizeof *problems };

static inline problem begin_problem(size_t k) {
    problem p = { .name = problems[k].name, .t = mgd_tape_new() };
    p.f = problems[k].make(&p);
    p.gradient = mgd_gradient(p.f, p.x);
    p.product = mgd_hessian_vector(p.f, p.x, mgd_input_sized(p.t, "direction", mgd_rows_of(p.x), mgd_cols_of(p.x)));
    ck_assert_msg(p.product, "%s: %s", p.name, mgd_message(p.t));
    return p;
}

#endif
