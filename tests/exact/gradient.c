/* SPDX-License-Identifier: MIT */
/* Right gradients of every kind of expression are told from wrong ones. */
#include "exact/exact.h"

typedef struct {
    const char *name;
    mgd_var *(*f)(const world *w);
    char by;                              /* the input: 'A', 'X', 'a', 's' */
    mgd_var *(*gradient)(const world *w); /* by hand; NULL where backpropagation alone is asked */
} expression;

#define EXPRESSION(name, value, derivative)                                                                            \
    static mgd_var *f_##name(const world *w) { return value; }                                                         \
    static mgd_var *g_##name(const world *w) { return derivative; }

#define A w->A
#define B w->B
#define X w->X
#define Y w->Y
#define a w->a
#define b w->b
#define c w->c
#define s w->s

static mgd_var *outer(mgd_var *u, mgd_var *v) { return mul(u, T(v)); }
static mgd_var *two(const world *w) { return number(w, "2"); }
static mgd_var *one(const world *w) { return number(w, "1"); }
static mgd_var *half(const world *w) { return fraction(w, 1, 2); }
static mgd_var *power(const world *w, mgd_var *x, int64_t n, int64_t d) {
    (void)w;
    return mgd_power_rational(x, n, d);
}
static mgd_var *w_of(const world *w) { return mgd_sigmoid(mul(T(X), c)); }
static mgd_var *filled(const world *w) { return mgd_ones_sized(w->tape, w->m, w->n); }
static mgd_var *entries_of_x(const world *w) { return mgd_size_as_var(mgd_size_times(w->m, w->n)); }
static mgd_var *residual(const world *w) { return sub(mul(X, a), c); }
static mgd_var *lu_weights(const world *w) { return mgd_solve(T(A), b); }
static mgd_var *corner(const world *w, mgd_var *x) {
    const mgd_size *less = mgd_size_subtract(w->n, w->one);
    return mgd_block_sized(x, NULL, NULL, less, less);
}
static mgd_var *softmax(const world *w) { return T(mgd_softmax_rows(T(a))); }

EXPRESSION(seed, inner(w_of(w), w_of(w)), mgd_scale(two(w), outer(c, had(square(w_of(w)), sub(one(w), w_of(w))))))
EXPRESSION(sum, mgd_sum(X), filled(w))
EXPRESSION(trace, tr(mul(A, B)), T(B))
EXPRESSION(quadratic_form, mul3(T(a), A, a), mul(add(A, T(A)), a))
EXPRESSION(quadratic_form_by_matrix, mul3(T(a), A, b), outer(a, b))
EXPRESSION(least_squares, inner(residual(w), residual(w)), mgd_scale(two(w), mul(T(X), residual(w))))
EXPRESSION(least_squares_by_matrix, inner(residual(w), residual(w)), mgd_scale(two(w), outer(residual(w), a)))
EXPRESSION(frobenius, inner(X, X), mgd_scale(two(w), X))
EXPRESSION(cube, tr(mul(A, mul(A, A))), mgd_scale(number(w, "3"), T(mul(A, A))))
EXPRESSION(determinant, mgd_det(A), T(mgd_adjugate(A)))
EXPRESSION(determinant_by_inverse, mgd_det(A), mgd_scale(mgd_det(A), T(inv(A))))
EXPRESSION(logdet, mgd_logdet(A), T(inv(A)))
EXPRESSION(inverse, tr(mul(B, inv(A))), neg(T(mul3(inv(A), B, inv(A)))))
EXPRESSION(solve, mul(T(b), mgd_solve(A, a)), neg(outer(lu_weights(w), mgd_solve(A, a))))
EXPRESSION(solve_by_right_side, mul(T(b), mgd_solve(A, a)), lu_weights(w))
EXPRESSION(exponential, mgd_sum(exp_(X)), exp_(X))
EXPRESSION(logarithm, mgd_sum(log_(X)), div_(one(w), X))
EXPRESSION(square_root, mgd_sum(sqrt_(X)), div_(half(w), sqrt_(X)))
EXPRESSION(absolute_value, mgd_sum(abs_(X)), mgd_sign(X))
EXPRESSION(power, mgd_sum(power(w, X, -3, 1)), mgd_scale(number(w, "-3"), power(w, X, -4, 1)))
EXPRESSION(root_of_third_order, mgd_sum(power(w, X, 2, 3)), mgd_scale(fraction(w, 2, 3), power(w, X, -1, 3)))
EXPRESSION(quotient, mgd_sum(div_(Y, X)), neg(div_(Y, square(X))))
EXPRESSION(logsumexp, log_(mgd_sum(exp_(a))), softmax(w))
EXPRESSION(softmax_weighted, inner(softmax(w), b), had(softmax(w), sub(b, inner(softmax(w), b))))
EXPRESSION(softplus, mgd_sum(log_(add(one(w), exp_(a)))), mgd_sigmoid(a))
EXPRESSION(log_likelihood, log_(mgd_sigmoid(s)), mgd_sigmoid(neg(s)))
EXPRESSION(norm, sqrt_(inner(a, a)), div_(a, sqrt_(inner(a, a))))
EXPRESSION(scale, mgd_sum(mgd_scale(s, X)), mgd_sum(X))
EXPRESSION(diagonal, inner(mgd_diag_of(A), a), mgd_from_diag(a))
EXPRESSION(diagonal_matrix, tr(mul(mgd_from_diag(a), A)), mgd_diag_of(A))
EXPRESSION(where, mgd_sum(mgd_where(add(mgd_sign(Y), filled(w)), square(X), X)),
           mgd_where(add(mgd_sign(Y), filled(w)), mgd_scale(two(w), X), filled(w)))
EXPRESSION(stop, inner(mgd_stop(X), X), X)
EXPRESSION(row_sums, inner(mgd_row_sums(X), c), mul(c, mgd_ones_sized(w->tape, w->one, w->n)))
EXPRESSION(column_sums, inner(mgd_col_sums(X), T(a)), mul(mgd_ones_sized(w->tape, w->m, w->one), T(a)))
EXPRESSION(lower, inner(mgd_tril(A), B), mgd_tril(B))
EXPRESSION(block, inner(corner(w, A), corner(w, B)), mgd_gradient(inner(corner(w, A), mgd_stop(corner(w, B))), A))
EXPRESSION(cholesky, inner(mgd_cholesky(A), mgd_cholesky(A)), w->I) /* the trace of A */
EXPRESSION(logdet_by_cholesky, mgd_sum(log_(mgd_diag_of(mgd_cholesky(A)))), inv(add(A, T(A))))
EXPRESSION(independent, mgd_sum(exp_(Y)), mgd_zeros_sized(w->tape, w->m, w->n))
EXPRESSION(mean, div_(mgd_sum(X), entries_of_x(w)), div_(filled(w), entries_of_x(w)))
EXPRESSION(hessian, inner(mgd_gradient(mgd_sum(exp_(mul(A, a))), a), b), mul(T(A), had(exp_(mul(A, a)), mul(A, b))))
EXPRESSION(triangular_solve, mul(T(b), mgd_triangular_solve(A, a)), mgd_triangular_solve(T(A), b))

#undef A
#undef B
#undef X
#undef Y
#undef a
#undef b
#undef c
#undef s

#define ENTRY(name, by)                                                                                                \
    { #name, f_##name, by, g_##name }
static const expression expressions[] = { ENTRY(seed, 'X'),
                                          ENTRY(sum, 'X'),
                                          ENTRY(trace, 'A'),
                                          ENTRY(quadratic_form, 'a'),
                                          ENTRY(quadratic_form_by_matrix, 'A'),
                                          ENTRY(least_squares, 'a'),
                                          ENTRY(least_squares_by_matrix, 'X'),
                                          ENTRY(frobenius, 'X'),
                                          ENTRY(cube, 'A'),
                                          ENTRY(determinant, 'A'),
                                          ENTRY(determinant_by_inverse, 'A'),
                                          ENTRY(logdet, 'A'),
                                          ENTRY(inverse, 'A'),
                                          ENTRY(solve, 'A'),
                                          ENTRY(solve_by_right_side, 'a'),
                                          ENTRY(exponential, 'X'),
                                          ENTRY(logarithm, 'X'),
                                          ENTRY(square_root, 'X'),
                                          ENTRY(absolute_value, 'X'),
                                          ENTRY(power, 'X'),
                                          ENTRY(root_of_third_order, 'X'),
                                          ENTRY(quotient, 'X'),
                                          ENTRY(logsumexp, 'a'),
                                          ENTRY(softmax_weighted, 'a'),
                                          ENTRY(softplus, 'a'),
                                          ENTRY(log_likelihood, 's'),
                                          ENTRY(norm, 'a'),
                                          ENTRY(scale, 's'),
                                          ENTRY(diagonal, 'A'),
                                          ENTRY(diagonal_matrix, 'a'),
                                          ENTRY(where, 'X'),
                                          ENTRY(stop, 'X'),
                                          ENTRY(row_sums, 'X'),
                                          ENTRY(column_sums, 'X'),
                                          ENTRY(lower, 'A'),
                                          ENTRY(block, 'A'),
                                          ENTRY(cholesky, 'A'),
                                          ENTRY(logdet_by_cholesky, 'A'),
                                          ENTRY(independent, 'X'),
                                          ENTRY(mean, 'X'),
                                          ENTRY(hessian, 'a'),
                                          ENTRY(triangular_solve, 'a') };
enum { EXPRESSIONS = sizeof expressions / sizeof expressions[0] };

static mgd_var *input_of(const world *w, char name) {
    return name == 'A' ? w->A : name == 'X' ? w->X : name == 'a' ? w->a : w->s;
}

START_TEST(gradients_by_hand_and_by_backpropagation_are_right) {
    const expression *e = &expressions[_i];
    world w;
    begin(&w);
    mgd_var *f = e->f(&w), *x = input_of(&w, e->by), *g = e->gradient(&w);
    ck_assert_msg(f && g, "%s: %s", e->name, mgd_message(w.tape));
    assert_answer(&w, mgd_is_gradient(f, x, g), MGD_EQUAL, e->name);
    assert_answer(&w, mgd_is_gradient(f, x, mgd_gradient(f, x)), MGD_EQUAL, e->name);
    mgd_tape_free(w.tape);
}
END_TEST

/* Each claim is the right one, with a mistake. */
START_TEST(planted_mistakes_are_found) {
    const expression *e = &expressions[_i];
    world w;
    begin(&w);
    mgd_var *f = e->f(&w), *x = input_of(&w, e->by), *g = e->gradient(&w);
    mgd_var *nothing = mgd_zeros_sized(w.tape, mgd_rows_of(x), mgd_cols_of(x));
    mgd_var *less = mgd_scale(number(&w, "0.9999"), g);
    bool zero = mgd_equal(g, nothing).answer == MGD_EQUAL;
    bool symmetric = e->by == 'A' && mgd_equal(g, T(g)).answer == MGD_EQUAL;
    if (!zero) {
        assert_answer(&w, mgd_is_gradient(f, x, neg(g)), MGD_DIFFERENT, e->name);
        assert_answer(&w, mgd_is_gradient(f, x, mgd_scale(number(&w, "2"), g)), MGD_DIFFERENT, e->name);
        assert_answer(&w, mgd_is_gradient(f, x, less), MGD_DIFFERENT, e->name);
        assert_answer(&w, mgd_is_gradient(f, x, nothing), MGD_DIFFERENT, e->name);
    }
    if (e->by == 'A' && !symmetric) assert_answer(&w, mgd_is_gradient(f, x, T(g)), MGD_DIFFERENT, e->name);
    assert_answer(&w, mgd_is_gradient(f, x, add(g, x)), MGD_DIFFERENT, e->name);
    assert_answer(&w, mgd_is_gradient(f, x, add(g, number(&w, "1"))), MGD_DIFFERENT, e->name);
    mgd_tape_free(w.tape);
}
END_TEST

/* ---- mistakes of their own ---- */

START_TEST(a_dropped_term_is_found) {
    world w;
    begin(&w);
    mgd_var *A = w.A, *a = w.a, *f = mul3(T(a), A, a);
    assert_answer(&w, mgd_is_gradient(f, a, mul(A, a)), MGD_DIFFERENT, "one term of two");
    mgd_var *twice = mgd_scale(number(&w, "2"), mul(A, a)), *transposed = mgd_scale(number(&w, "2"), mul(T(A), a));
    assert_answer(&w, mgd_is_gradient(f, a, twice), MGD_DIFFERENT, "A taken as symmetric");
    assert_answer(&w, mgd_is_gradient(f, a, transposed), MGD_DIFFERENT, "A' taken as A");
    mgd_tape_free(w.tape);
}
END_TEST

/* Of 4x4 sigmoids all are positive at one point in 65536. */
START_TEST(a_transposed_gradient_is_found_where_good_points_are_rare) {
    world w;
    begin(&w);
    mgd_var *f = mgd_sum(log_(mgd_sigmoid(mul(w.A, w.B)))), *g = mgd_gradient(f, w.A);
    mgd_verdict right = mgd_is_gradient(f, w.A, g), wrong = mgd_is_gradient(f, w.A, T(g));
    assert_answer(&w, right, MGD_EQUAL, "the gradient");
    assert_answer(&w, wrong, MGD_DIFFERENT, "its transpose");
    ck_assert_int_ge(right.points, 6);
    mgd_tape_free(w.tape);
}
END_TEST

/* ---- by what is not an input ---- */

START_TEST(gradients_by_intermediate_vars_hold_the_rest_fixed) {
    world w;
    begin(&w);
    mgd_var *u = mul(w.X, w.a), *f = add(inner(u, u), mgd_sum(exp_(w.a))), *g = mgd_scale(number(&w, "2"), u);
    assert_answer(&w, mgd_is_gradient(f, u, g), MGD_EQUAL, "2 u");
    assert_answer(&w, mgd_is_gradient(f, u, mgd_gradient(f, u)), MGD_EQUAL, "backpropagation");
    assert_answer(&w, mgd_is_gradient(f, u, u), MGD_DIFFERENT, "u");
    mgd_var *otherwise = mgd_scale(number(&w, "2"), T(mul(T(w.a), T(w.X))));
    assert_answer(&w, mgd_is_gradient(f, u, otherwise), MGD_EQUAL, "u said otherwise");
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(gradients_by_what_is_made_of_constants_are_found) {
    world w;
    begin(&w);
    static const double entries[] = { 1, 2, 0.5, -3, 0, 0.25 };
    mgd_var *K = mgd_constant(w.tape, mgd_rows(entries, 3, 2)), *x = mgd_input(w.tape, "x", 2, 1), *u = mul(K, x);
    mgd_var *f = inner(u, u), *g = mgd_scale(number(&w, "2"), u);
    assert_answer(&w, mgd_is_gradient(f, u, g), MGD_EQUAL, "by K x");
    assert_answer(&w, mgd_is_gradient(f, u, u), MGD_DIFFERENT, "by K x, half");
    assert_answer(&w, mgd_is_gradient(f, K, mgd_scale(number(&w, "2"), mul(u, T(x)))), MGD_EQUAL, "by the constant");
    assert_answer(&w, mgd_is_gradient(f, x, mgd_scale(number(&w, "2"), mul(T(K), u))), MGD_EQUAL, "by x");
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(f_itself_and_what_is_above_it_are_variables_too) {
    world w;
    begin(&w);
    mgd_var *f = mgd_sum(exp_(w.X)), *one = number(&w, "1"), *zero = number(&w, "0");
    assert_answer(&w, mgd_is_gradient(f, f, one), MGD_EQUAL, "by f");
    assert_answer(&w, mgd_is_gradient(f, f, f), MGD_DIFFERENT, "by f, f");
    assert_answer(&w, mgd_is_gradient(f, exp_(f), zero), MGD_EQUAL, "by exp(f)");
    assert_answer(&w, mgd_is_gradient(f, exp_(f), one), MGD_DIFFERENT, "by exp(f), 1");
    assert_answer(&w, mgd_is_gradient(one, w.s, zero), MGD_EQUAL, "of a constant");
    assert_answer(&w, mgd_is_gradient(w.s, w.s, one), MGD_EQUAL, "of an input");
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(an_input_may_have_any_name) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *x = mgd_input(t, "the_variable", 2, 2), *u = mul(x, x), *f = tr(u);
    mgd_verdict v = mgd_is_gradient(f, u, mgd_eye(t, 2));
    ck_assert_msg(v.answer == MGD_EQUAL, "%s", v.reason);
    mgd_tape_free(t);
}
END_TEST

START_TEST(determinants_that_stand_still_but_move_are_not_misjudged) { /* det(a a' + A - stop(A)) */
    world w;
    begin(&w);
    mgd_var *f = mgd_det(add(mul(w.a, T(w.a)), sub(w.A, mgd_stop(w.A))));
    ck_assert_int_ne(mgd_is_gradient(f, w.A, mgd_gradient(f, w.A)).answer, MGD_DIFFERENT);
    mgd_tape_free(w.tape);
}
END_TEST

const char *const test_suite_name = "gradient";
void test_suite_add(TCase *all) {
    tcase_add_loop_test(all, gradients_by_hand_and_by_backpropagation_are_right, 0, EXPRESSIONS);
    tcase_add_loop_test(all, planted_mistakes_are_found, 0, EXPRESSIONS);
    tcase_add_test(all, a_dropped_term_is_found);
    tcase_add_test(all, a_transposed_gradient_is_found_where_good_points_are_rare);
    tcase_add_test(all, gradients_by_intermediate_vars_hold_the_rest_fixed);
    tcase_add_test(all, gradients_by_what_is_made_of_constants_are_found);
    tcase_add_test(all, f_itself_and_what_is_above_it_are_variables_too);
    tcase_add_test(all, an_input_may_have_any_name);
    tcase_add_test(all, determinants_that_stand_still_but_move_are_not_misjudged);
}
