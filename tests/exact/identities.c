/* SPDX-License-Identifier: MIT */
/* Identities of matrix calculus, and their near misses. */
#include "exact/exact.h"

#define A w->A
#define B w->B
#define C w->C
#define X w->X
#define Y w->Y
#define Z w->Z
#define a w->a
#define b w->b
#define c w->c
#define s w->s
#define t w->t
#define I w->I

static mgd_var *outer(mgd_var *u, mgd_var *v) { return mul(u, T(v)); }
static mgd_var *dot(mgd_var *u, mgd_var *v) { return mul(T(u), v); }
static mgd_var *softmax_column(mgd_var *u) { return div_(exp_(u), mgd_sum(exp_(u))); }
static mgd_var *gram(mgd_var *x) { return mul(x, T(x)); }
static mgd_var *one(const world *w) { return number(w, "1"); }
static mgd_var *two(const world *w) { return number(w, "2"); }
static mgd_var *row_ones(const world *w) { return mgd_ones_sized(w->tape, w->one, w->n); }
static mgd_var *filled(const world *w) { return mgd_ones_sized(w->tape, w->m, w->n); }
static mgd_var *power(const world *w, mgd_var *x, int64_t n, int64_t d) {
    (void)w;
    return mgd_power_rational(x, n, d);
}
static mgd_var *leading(mgd_var *x) { /* the first n - 1 rows and columns */
    mgd_tape *tape = mgd_tape_of(x);
    const mgd_size *less = mgd_size_subtract(mgd_rows_of(x), mgd_size_number(tape, 1));
    return mgd_block_sized(x, NULL, NULL, less, less);
}

/* ---- true ---- */

IDENTITY(inverse_of_a_product, inv(mul(A, B)), mul(inv(B), inv(A)))
IDENTITY(transpose_of_a_product, T(mul(X, Z)), mul(T(Z), T(X)))
IDENTITY(det_of_a_product, mgd_det(mul(A, B)), had(mgd_det(A), mgd_det(B)))
IDENTITY(det_of_an_inverse, mgd_det(inv(A)), div_(one(w), mgd_det(A)))
IDENTITY(det_of_a_transpose, mgd_det(T(A)), mgd_det(A))
IDENTITY(trace_is_cyclic, tr(mul3(A, B, C)), tr(mul3(C, A, B)))
IDENTITY(trace_of_unlike_sizes, tr(mul(X, T(Y))), tr(mul(T(Y), X)))
IDENTITY(trace_is_an_inner_product, tr(mul(T(X), Y)), inner(X, Y))
IDENTITY(products_distribute, mul(add(A, B), C), add(mul(A, C), mul(B, C)))
IDENTITY(products_associate, mul(mul(X, A), Z), mul(X, mul(A, Z)))
IDENTITY(logdet_of_a_product, mgd_logdet(mul(A, B)), add(mgd_logdet(A), mgd_logdet(B)))
IDENTITY(logdet_of_an_inverse, mgd_logdet(inv(A)), neg(mgd_logdet(A)))
IDENTITY(logdet_is_a_log_of_det, mgd_logdet(A), log_(abs_(mgd_det(A))))
IDENTITY(logdet_of_a_square, mgd_logdet(mul(A, A)), had(two(w), mgd_logdet(A)))
IDENTITY(logdet_of_a_transpose, mgd_logdet(T(A)), mgd_logdet(A))
IDENTITY(exp_of_logdet, exp_(mgd_logdet(A)), abs_(mgd_det(A)))
IDENTITY(solve_is_an_inverse, mgd_solve(A, Z), mul(inv(A), Z))
IDENTITY(solve_undoes, mul(A, mgd_solve(A, Z)), Z)
IDENTITY(solve_transposed, T(mgd_solve(T(A), Z)), mul(T(Z), inv(A)))
IDENTITY(cholesky_squared, gram(mgd_cholesky(A)), mgd_scale(fraction(w, 1, 2), add(A, T(A))))
IDENTITY(cholesky_of_a_product, mgd_cholesky(gram(mgd_tril(A))),
         mul(mgd_tril(A), mgd_from_diag(div_(mgd_diag_of(A), abs_(mgd_diag_of(A))))))
IDENTITY(logdet_by_cholesky, mgd_logdet(mgd_scale(fraction(w, 1, 2), add(A, T(A)))),
         had(two(w), mgd_sum(log_(mgd_diag_of(mgd_cholesky(A))))))
IDENTITY(triangular_solve_solves, mul(mgd_tril(A), mgd_triangular_solve(A, Z)), Z)
IDENTITY(triangular_solve_is_a_solve, mgd_triangular_solve(A, Z), mgd_solve(mgd_tril(A), Z))
IDENTITY(adjugate_times_matrix, mul(mgd_adjugate(A), A), mgd_scale(mgd_det(A), I))
IDENTITY(adjugate_of_a_product, mgd_adjugate(mul(A, B)), mul(mgd_adjugate(B), mgd_adjugate(A)))
IDENTITY(adjugate_is_det_times_inverse, mgd_adjugate(A), mgd_scale(mgd_det(A), inv(A)))
IDENTITY(sherman_morrison, inv(add(A, outer(a, b))),
         sub(inv(A), div_(mul3(inv(A), outer(a, b), inv(A)), add(one(w), dot(b, mul(inv(A), a))))))
IDENTITY(push_through, mul(inv(add(I, mul(A, B))), A), mul(A, inv(add(I, mul(B, A)))))
IDENTITY(push_through_of_unlike_sizes, mul(T(X), inv(add(mgd_eye_sized(w->tape, w->m), mul(X, T(X))))),
         mul(inv(add(I, mul(T(X), X))), T(X)))
IDENTITY(matrix_determinant_lemma, mgd_det(add(A, outer(a, b))), had(mgd_det(A), add(one(w), dot(b, mul(inv(A), a)))))
IDENTITY(resolvents, sub(inv(A), inv(B)), mul3(inv(A), sub(B, A), inv(B)))
IDENTITY(diagonals_scale_rows, mul(mgd_from_diag(a), A), had(mul(a, row_ones(w)), A))
IDENTITY(diagonal_of_a_product, mgd_diag_of(mul(A, B)), mgd_row_sums(had(A, T(B))))
IDENTITY(sum_by_rows, mgd_sum(X), mgd_sum(mgd_row_sums(X)))
IDENTITY(sum_by_columns, mgd_col_sums(X), T(mgd_row_sums(T(X))))
IDENTITY(quadratic_form_is_a_trace, mul3(T(a), A, a), tr(mul(A, outer(a, a))))
IDENTITY(quadratic_form_sees_the_symmetric_half, mul3(T(a), A, a), had(fraction(w, 1, 2), mul3(T(a), add(A, T(A)), a)))
IDENTITY(frobenius_norm, tr(gram(X)), mgd_sum(square(X)))
IDENTITY(exp_of_a_sum_of_entries, exp_(add(X, Y)), had(exp_(X), exp_(Y)))
IDENTITY(log_of_a_product_of_entries, log_(had(exp_(X), exp_(Y))), add(X, Y))
IDENTITY(log_of_inputs, log_(had(X, Y)), add(log_(X), log_(Y)))
IDENTITY(log_of_a_square, log_(square(X)), had(two(w), log_(abs_(X))))
IDENTITY(root_of_a_square, sqrt_(square(X)), abs_(X))
IDENTITY(root_of_a_product, sqrt_(had(X, Y)), had(sqrt_(X), sqrt_(Y)))
IDENTITY(absolute_values_multiply, abs_(had(X, Y)), had(abs_(X), abs_(Y)))
IDENTITY(sign_times_absolute_value, had(mgd_sign(X), abs_(X)), X)
IDENTITY(sign_squared_times_entry, had(square(mgd_sign(X)), X), X)
IDENTITY(absolute_value_by_where, mgd_where(add(mgd_sign(X), filled(w)), X, neg(X)), abs_(X))
IDENTITY(softmax_ignores_a_shift, mgd_softmax_rows(add(X, mul(c, row_ones(w)))), mgd_softmax_rows(X))
IDENTITY(softmax_rows_sum_to_one, mgd_row_sums(mgd_softmax_rows(X)), mgd_ones_sized(w->tape, w->m, w->one))
IDENTITY(softmax_is_a_ratio, T(mgd_softmax_rows(T(a))), softmax_column(a))
IDENTITY(softmax_by_logsumexp, exp_(sub(a, log_(mgd_sum(exp_(a))))), softmax_column(a))
IDENTITY(logsumexp_shifts, log_(mgd_sum(exp_(add(a, s)))), add(log_(mgd_sum(exp_(a))), s))
IDENTITY(sigmoid_of_an_opposite, mgd_sigmoid(neg(X)), sub(one(w), mgd_sigmoid(X)))
IDENTITY(sigmoid_by_exp, mgd_sigmoid(X), div_(exp_(X), add(one(w), exp_(X))))
IDENTITY(log_sigmoid_is_softplus, neg(log_(mgd_sigmoid(s))), log_(add(one(w), exp_(neg(s)))))
IDENTITY(exp_of_many_logarithms, exp_(add(mgd_sum(log_(a)), mgd_sum(log_(b)))),
         had(exp_(mgd_sum(log_(a))), exp_(mgd_sum(log_(b)))))
IDENTITY(geometric_mean, exp_(mgd_sum(log_(X))), exp_(mgd_sum(log_(T(X)))))
IDENTITY(third_power_of_a_third_root, power(w, power(w, X, 1, 3), 3, 1), X)
IDENTITY(powers_add, had(power(w, X, 3, 1), power(w, X, -5, 1)), power(w, X, -2, 1))
IDENTITY(root_of_exp, sqrt_(exp_(X)), exp_(had(fraction(w, 1, 2), X)))
IDENTITY(size_counts_the_entries, mgd_sum(filled(w)), mgd_size_as_var(mgd_size_times(w->m, w->n)))
IDENTITY(trace_of_the_identity, tr(I), mgd_size_as_var(w->n))
IDENTITY(a_block_of_a_sum, leading(add(A, B)), add(leading(A), leading(B)))
IDENTITY(chain_is_a_product, mgd_chain(X, Y), had(X, Y))
IDENTITY(stop_is_the_value, mgd_stop(X), X)
IDENTITY(a_hessian_is_symmetric, inner(mgd_hessian_vector(mgd_sum(exp_(mul(A, a))), a, b), a),
         inner(mgd_hessian_vector(mgd_sum(exp_(mul(A, a))), a, a), b))
IDENTITY(both_modes_agree, mgd_pushforward(mgd_logdet(A), A, B), inner(mgd_gradient(mgd_logdet(A), A), B))

/* ---- false ---- */

IDENTITY(inverse_in_the_wrong_order, inv(mul(A, B)), mul(inv(A), inv(B)))
IDENTITY(transpose_in_the_wrong_order, T(mul(A, B)), mul(T(A), T(B)))
IDENTITY(a_square_matrix_is_symmetric, A, T(A))
IDENTITY(products_commute, mul(A, B), mul(B, A))
IDENTITY(trace_is_not_any_permutation, tr(mul3(A, B, C)), tr(mul3(A, C, B)))
IDENTITY(trace_is_multiplicative, tr(mul(A, B)), had(tr(A), tr(B)))
IDENTITY(det_is_additive, mgd_det(add(A, B)), add(mgd_det(A), mgd_det(B)))
IDENTITY(det_is_homogeneous, mgd_det(mgd_scale(two(w), A)), had(two(w), mgd_det(A)))
IDENTITY(logdet_is_det_of_a_log, exp_(mgd_logdet(A)), mgd_det(A))
IDENTITY(logdet_of_a_sum, mgd_logdet(add(A, B)), add(mgd_logdet(A), mgd_logdet(B)))
IDENTITY(a_ten_thousandth_more, mgd_scale(number(w, "1.0001"), inv(A)), inv(A))
IDENTITY(a_tiny_bit_more, add(X, number(w, "1e-40")), X)
IDENTITY(solve_with_the_transpose, mgd_solve(A, Z), mul(T(inv(A)), Z))
IDENTITY(cholesky_the_wrong_way, mul(T(mgd_cholesky(A)), mgd_cholesky(A)), mgd_scale(fraction(w, 1, 2), add(A, T(A))))
IDENTITY(adjugate_transposed, T(mgd_adjugate(A)), mgd_scale(mgd_det(A), inv(A)))
IDENTITY(adjugate_in_the_wrong_order, mgd_adjugate(mul(A, B)), mul(mgd_adjugate(A), mgd_adjugate(B)))
IDENTITY(sherman_morrison_without_one, inv(add(A, outer(a, b))),
         sub(inv(A), div_(mul3(inv(A), outer(a, b), inv(A)), dot(b, mul(inv(A), a)))))
IDENTITY(sherman_morrison_with_b_and_a_exchanged, inv(add(A, outer(a, b))),
         sub(inv(A), div_(mul3(inv(A), outer(b, a), inv(A)), add(one(w), dot(b, mul(inv(A), a))))))
IDENTITY(push_through_the_wrong_way, mul(inv(add(I, mul(A, B))), A), mul(A, inv(add(I, mul(A, B)))))
IDENTITY(resolvents_with_a_sign, sub(inv(A), inv(B)), mul3(inv(A), sub(A, B), inv(B)))
IDENTITY(exp_is_a_homomorphism_for_products, exp_(mul(A, B)), mul(exp_(A), exp_(B)))
IDENTITY(exp_of_sums_as_matrices, exp_(add(A, B)), mul(exp_(A), exp_(B)))
IDENTITY(diagonals_scale_columns, mul(mgd_from_diag(a), A), had(mul(mgd_ones_sized(w->tape, w->n, w->one), T(a)), A))
IDENTITY(diagonal_without_a_transpose, mgd_diag_of(mul(A, B)), mgd_row_sums(had(A, B)))
IDENTITY(quadratic_form_without_a_half, mul3(T(a), A, a), mul3(T(a), add(A, T(A)), a))
IDENTITY(root_of_a_square_without_a_sign, sqrt_(square(X)), X)
IDENTITY(absolute_value_is_the_entry, abs_(X), X)
IDENTITY(absolute_values_add, abs_(add(X, Y)), add(abs_(X), abs_(Y)))
IDENTITY(roots_add, sqrt_(add(square(X), square(Y))), add(abs_(X), abs_(Y)))
IDENTITY(softmax_is_homogeneous, mgd_softmax_rows(mgd_scale(two(w), X)), mgd_softmax_rows(X))
IDENTITY(softmax_by_columns, mgd_softmax_rows(A), T(mgd_softmax_rows(T(A))))
IDENTITY(sigmoid_is_odd, mgd_sigmoid(neg(X)), neg(mgd_sigmoid(X)))
IDENTITY(sigmoid_without_its_minus, mgd_sigmoid(X), div_(one(w), add(one(w), exp_(X))))
IDENTITY(log_of_a_sum, log_(add(exp_(s), exp_(t))), add(s, t))
IDENTITY(log_sigmoid_transposed, log_(mgd_sigmoid(A)), log_(mgd_sigmoid(T(A))))
IDENTITY(exp_of_a_sum_of_entries_summed, mgd_sum(exp_(X)), exp_(mgd_sum(X)))
IDENTITY(mean_without_its_size, div_(mgd_sum(X), mgd_size_as_var(mgd_size_times(w->m, w->n))), mgd_sum(X))
IDENTITY(size_counts_rows_alone, mgd_sum(filled(w)), mgd_size_as_var(w->m))
IDENTITY(powers_multiply_wrongly, had(power(w, X, 3, 1), power(w, X, -5, 1)), power(w, X, -15, 1))
IDENTITY(cholesky_sees_all_of_a_matrix, gram(mgd_cholesky(A)), A)
IDENTITY(a_missing_term, add(mul(A, B), B), mul(A, B))
IDENTITY(two_inputs_of_a_size, A, B)
IDENTITY(where_of_the_other_branch, mgd_where(add(mgd_sign(X), filled(w)), neg(X), X), abs_(X))

#undef A
#undef B
#undef C
#undef X
#undef Y
#undef Z
#undef a
#undef b
#undef c
#undef s
#undef t
#undef I

#define TRUE_(name)                                                                                                    \
    { #name, name, MGD_EQUAL }
#define FALSE_(name)                                                                                                   \
    { #name, name, MGD_DIFFERENT }

static const identity identities[] = { TRUE_(inverse_of_a_product),
                                       TRUE_(transpose_of_a_product),
                                       TRUE_(det_of_a_product),
                                       TRUE_(det_of_an_inverse),
                                       TRUE_(det_of_a_transpose),
                                       TRUE_(trace_is_cyclic),
                                       TRUE_(trace_of_unlike_sizes),
                                       TRUE_(trace_is_an_inner_product),
                                       TRUE_(products_distribute),
                                       TRUE_(products_associate),
                                       TRUE_(logdet_of_a_product),
                                       TRUE_(logdet_of_an_inverse),
                                       TRUE_(logdet_is_a_log_of_det),
                                       TRUE_(logdet_of_a_square),
                                       TRUE_(logdet_of_a_transpose),
                                       TRUE_(exp_of_logdet),
                                       TRUE_(solve_is_an_inverse),
                                       TRUE_(solve_undoes),
                                       TRUE_(solve_transposed),
                                       TRUE_(cholesky_squared),
                                       TRUE_(cholesky_of_a_product),
                                       TRUE_(logdet_by_cholesky),
                                       TRUE_(triangular_solve_solves),
                                       TRUE_(triangular_solve_is_a_solve),
                                       TRUE_(adjugate_times_matrix),
                                       TRUE_(adjugate_of_a_product),
                                       TRUE_(adjugate_is_det_times_inverse),
                                       TRUE_(sherman_morrison),
                                       TRUE_(push_through),
                                       TRUE_(push_through_of_unlike_sizes),
                                       TRUE_(matrix_determinant_lemma),
                                       TRUE_(resolvents),
                                       TRUE_(diagonals_scale_rows),
                                       TRUE_(diagonal_of_a_product),
                                       TRUE_(sum_by_rows),
                                       TRUE_(sum_by_columns),
                                       TRUE_(quadratic_form_is_a_trace),
                                       TRUE_(quadratic_form_sees_the_symmetric_half),
                                       TRUE_(frobenius_norm),
                                       TRUE_(exp_of_a_sum_of_entries),
                                       TRUE_(log_of_a_product_of_entries),
                                       TRUE_(log_of_inputs),
                                       TRUE_(log_of_a_square),
                                       TRUE_(root_of_a_square),
                                       TRUE_(root_of_a_product),
                                       TRUE_(absolute_values_multiply),
                                       TRUE_(sign_times_absolute_value),
                                       TRUE_(sign_squared_times_entry),
                                       TRUE_(absolute_value_by_where),
                                       TRUE_(softmax_ignores_a_shift),
                                       TRUE_(softmax_rows_sum_to_one),
                                       TRUE_(softmax_is_a_ratio),
                                       TRUE_(softmax_by_logsumexp),
                                       TRUE_(logsumexp_shifts),
                                       TRUE_(sigmoid_of_an_opposite),
                                       TRUE_(sigmoid_by_exp),
                                       TRUE_(log_sigmoid_is_softplus),
                                       TRUE_(exp_of_many_logarithms),
                                       TRUE_(geometric_mean),
                                       TRUE_(third_power_of_a_third_root),
                                       TRUE_(powers_add),
                                       TRUE_(root_of_exp),
                                       TRUE_(size_counts_the_entries),
                                       TRUE_(trace_of_the_identity),
                                       TRUE_(a_block_of_a_sum),
                                       TRUE_(chain_is_a_product),
                                       TRUE_(stop_is_the_value),
                                       TRUE_(a_hessian_is_symmetric),
                                       TRUE_(both_modes_agree),
                                       FALSE_(inverse_in_the_wrong_order),
                                       FALSE_(transpose_in_the_wrong_order),
                                       FALSE_(a_square_matrix_is_symmetric),
                                       FALSE_(products_commute),
                                       FALSE_(trace_is_not_any_permutation),
                                       FALSE_(trace_is_multiplicative),
                                       FALSE_(det_is_additive),
                                       FALSE_(det_is_homogeneous),
                                       FALSE_(logdet_is_det_of_a_log),
                                       FALSE_(logdet_of_a_sum),
                                       FALSE_(a_ten_thousandth_more),
                                       FALSE_(a_tiny_bit_more),
                                       FALSE_(solve_with_the_transpose),
                                       FALSE_(cholesky_the_wrong_way),
                                       FALSE_(adjugate_transposed),
                                       FALSE_(adjugate_in_the_wrong_order),
                                       FALSE_(sherman_morrison_without_one),
                                       FALSE_(sherman_morrison_with_b_and_a_exchanged),
                                       FALSE_(push_through_the_wrong_way),
                                       FALSE_(resolvents_with_a_sign),
                                       FALSE_(exp_is_a_homomorphism_for_products),
                                       FALSE_(exp_of_sums_as_matrices),
                                       FALSE_(diagonals_scale_columns),
                                       FALSE_(diagonal_without_a_transpose),
                                       FALSE_(quadratic_form_without_a_half),
                                       FALSE_(root_of_a_square_without_a_sign),
                                       FALSE_(absolute_value_is_the_entry),
                                       FALSE_(absolute_values_add),
                                       FALSE_(roots_add),
                                       FALSE_(softmax_is_homogeneous),
                                       FALSE_(softmax_by_columns),
                                       FALSE_(sigmoid_is_odd),
                                       FALSE_(sigmoid_without_its_minus),
                                       FALSE_(log_of_a_sum),
                                       FALSE_(log_sigmoid_transposed),
                                       FALSE_(exp_of_a_sum_of_entries_summed),
                                       FALSE_(mean_without_its_size),
                                       FALSE_(size_counts_rows_alone),
                                       FALSE_(powers_multiply_wrongly),
                                       FALSE_(cholesky_sees_all_of_a_matrix),
                                       FALSE_(a_missing_term),
                                       FALSE_(two_inputs_of_a_size),
                                       FALSE_(where_of_the_other_branch) };
enum { IDENTITIES = sizeof identities / sizeof identities[0] };

START_TEST(every_identity_and_every_near_miss_is_told_apart) {
    const identity *i = &identities[_i];
    world w;
    mgd_var *left, *right;
    begin(&w);
    bool made = i->make(&w, &left, &right);
    ck_assert_msg(made, "%s: %s", i->name, mgd_message(w.tape));
    mgd_verdict v = mgd_equal(left, right), turned = mgd_equal(right, left);
    ck_assert_msg(v.answer == i->answer, "%s is %s (%s)", i->name, answer_name(v.answer), v.reason);
    ck_assert_msg(turned.answer == i->answer, "%s, turned, is %s (%s)", i->name, answer_name(turned.answer),
                  turned.reason);
    if (left != right) ck_assert_int_ge(v.points, 1);
    ck_assert_str_eq(mgd_message(w.tape), "");
    mgd_tape_free(w.tape);
}
END_TEST

const char *const test_suite_name = "identities";
void test_suite_add(TCase *all) {
    tcase_add_loop_test(all, every_identity_and_every_near_miss_is_told_apart, 0, IDENTITIES);
}
