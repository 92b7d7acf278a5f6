/* SPDX-License-Identifier: MIT */
/* Every public function accepts NULL, for every argument at once and for each alone, and crashes never: but for the
 * operations of null_*.c, for programs (run/program_guards.c) and for verdicts (exact/verdict.c). */
#include "../support/support.h"

#include <matgrad.h>

#include <string.h>

static mgd_tape *t;
static mgd_var *X, *A, *x;

static void set_up(void) {
    t = mgd_tape_new();
    X = mgd_input(t, "X", 3, 2);
    A = mgd_input(t, "A", 3, 3);
    x = mgd_input(t, "x", 1, 1);
}

START_TEST(a_null_tape_is_no_tape) {
    const mgd_array one = mgd_rows((double[]){ 1 }, 1, 1);
    mgd_tape_free(NULL);
    mgd_tape_reset(NULL);
    mgd_rewind(NULL, 0);
    mgd_rewind(NULL, 7);
    mgd_clear(NULL);
    mgd_on_error(NULL, NULL, NULL);
    ck_assert_uint_eq(mgd_mark(NULL), 0);
    ck_assert_uint_eq(mgd_count(NULL), 0);
    ck_assert_ptr_null(mgd_at(NULL, 0));
    ck_assert(mgd_failed(NULL));
    ck_assert_str_eq(mgd_message(NULL), "no tape: out of memory");
    ck_assert(!mgd_bind(NULL, "m", 3) && !mgd_bind(NULL, NULL, 3));
    ck_assert(!mgd_assume(NULL, MGD_SYMMETRIC) && mgd_assumptions(NULL) == 0);
    ck_assert_ptr_null(mgd_size_number(NULL, 3));
    ck_assert_ptr_null(mgd_size_named(NULL, "m"));
    ck_assert_ptr_null(mgd_constant(NULL, one));
    ck_assert_ptr_null(mgd_eye(NULL, 3));
    ck_assert_ptr_null(mgd_eye_sized(NULL, NULL));
    ck_assert_ptr_null(mgd_input(NULL, "X", 3, 2));
    ck_assert_ptr_null(mgd_input(NULL, NULL, 3, 2));
    ck_assert_ptr_null(mgd_input_sized(NULL, "X", NULL, NULL));
    ck_assert_ptr_null(mgd_literal(NULL, "1"));
    ck_assert_ptr_null(mgd_rational(NULL, 1, 2));
    ck_assert_ptr_null(mgd_number(NULL, 1));
    ck_assert_ptr_null(mgd_ones(NULL, 3, 2));
    ck_assert_ptr_null(mgd_ones_sized(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_zeros(NULL, 3, 2));
    ck_assert_ptr_null(mgd_zeros_sized(NULL, NULL, NULL));
}
END_TEST

START_TEST(nothing_is_nowhere_and_comes_from_nowhere) {
    mgd_here(NULL, NULL, 0);
    mgd_here(NULL, "model.c", 1);
    mgd_branch_forget(NULL);
    bool outcome = mgd_branch(NULL);
    ck_assert(!outcome);
    ck_assert_ptr_null(mgd_place_of(NULL).file);
    ck_assert_int_eq(mgd_first_nonfinite(NULL).kind, MGD_ORIGIN_NOT_EVALUATED);
    ck_assert_int_eq(mgd_first_nonfinite_adjoint(NULL).kind, MGD_ORIGIN_NOT_EVALUATED);
}
END_TEST

START_TEST(a_null_size_is_no_size) {
    set_up();
    const mgd_size *m = mgd_size_named(t, "m");
    const mgd_size *(*const two[])(const mgd_size *, const mgd_size *) = { mgd_size_add, mgd_size_subtract,
                                                                           mgd_size_times, mgd_size_min, mgd_size_max };
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        ck_assert_ptr_null(two[i](NULL, NULL));
        ck_assert_ptr_null(two[i](m, NULL));
        ck_assert_ptr_null(two[i](NULL, m));
    }
    ck_assert_ptr_null(mgd_size_divide(NULL, 2));
    ck_assert_str_eq(mgd_size_text(NULL), "");
    ck_assert_int_eq(mgd_size_value(NULL), 0);
    ck_assert_ptr_null(mgd_size_as_var(NULL));
    ck_assert_ptr_null(mgd_size_named(t, NULL));
    ck_assert_str_eq(mgd_message(t), "size: '(null)' is no name");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_null_var_has_nothing_to_read) {
    char text[8] = "text";
    ck_assert_uint_eq(mgd_index(NULL), SIZE_MAX);
    ck_assert_ptr_null(mgd_tape_of(NULL));
    ck_assert_ptr_null(mgd_rows_of(NULL));
    ck_assert_ptr_null(mgd_cols_of(NULL));
    ck_assert_ptr_null(mgd_operation_of(NULL));
    ck_assert_str_eq(mgd_operation_name(NULL), "");
    ck_assert_uint_eq(mgd_operands(NULL), 0);
    ck_assert_ptr_null(mgd_operand(NULL, 0));
    ck_assert_ptr_null(mgd_name(NULL));
    ck_assert_int_eq((int)mgd_parameter(NULL), MGD_PARAMETER_NONE);
    ck_assert_int_eq(mgd_parameter_numerator(NULL), 0);
    ck_assert_int_eq(mgd_parameter_denominator(NULL), 1);
    ck_assert_str_eq(mgd_parameter_text(NULL), "");
    ck_assert_uint_eq(mgd_parameter_sizes(NULL), 0);
    ck_assert_ptr_null(mgd_parameter_size(NULL, 0));
    ck_assert_uint_eq(mgd_describe(NULL, text, sizeof text), 0);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(mgd_describe(NULL, NULL, 0), 0);
    ck_assert_uint_eq(mgd_describe(NULL, NULL, 8), 0);
}
END_TEST

START_TEST(operations_on_nothing_are_nothing) {
    mgd_var *(*const one[])(mgd_var *) = { mgd_negate,        mgd_abs,
                                           mgd_exp,           mgd_log,
                                           mgd_sigmoid,       mgd_sign,
                                           mgd_sqrt,          mgd_stop,
                                           mgd_col_sums,      mgd_row_sums,
                                           mgd_softmax_rows,  mgd_sum,
                                           mgd_trace,         mgd_diag_of,
                                           mgd_from_diag,     mgd_tril,
                                           mgd_transpose,     mgd_adjugate,
                                           mgd_cholesky,      mgd_det,
                                           mgd_eigenvalues,   mgd_eigenvectors,
                                           mgd_inverse,       mgd_logdet,
                                           mgd_svd_left,      mgd_singular_values,
                                           mgd_svd_right,     mgd_mean,
                                           mgd_row_means,     mgd_prod,
                                           mgd_col_prods,     mgd_max,
                                           mgd_row_maxima,    mgd_col_minima,
                                           mgd_argmax,        mgd_row_argminima,
                                           mgd_logsumexp,     mgd_row_logsumexps,
                                           mgd_norm1,         mgd_induced_norm1,
                                           mgd_norm2,         mgd_normF,
                                           mgd_row_norms2,    mgd_variance,
                                           mgd_softmax,       mgd_log_softmax_cols,
                                           mgd_min,           mgd_row_minima,
                                           mgd_col_maxima,    mgd_argmin,
                                           mgd_row_argmaxima, mgd_col_argmaxima,
                                           mgd_col_argminima, mgd_row_prods,
                                           mgd_col_means,     mgd_col_logsumexps,
                                           mgd_row_norms1,    mgd_col_norms1,
                                           mgd_col_norms2,    mgd_row_variances,
                                           mgd_col_variances, mgd_softmax_cols,
                                           mgd_log_softmax,   mgd_log_softmax_rows };
    mgd_var *(*const two[])(mgd_var *, mgd_var *) = { mgd_add,      mgd_chain, mgd_divide,
                                                      mgd_hadamard, mgd_scale, mgd_subtract,
                                                      mgd_matmul,   mgd_solve, mgd_triangular_solve };
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) ck_assert_ptr_null(one[i](NULL));
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) ck_assert_ptr_null(two[i](NULL, NULL));
    ck_assert_ptr_null(mgd_power(NULL, 2));
    ck_assert_ptr_null(mgd_power_rational(NULL, 1, 2));
    ck_assert_ptr_null(mgd_where(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_block(NULL, 0, 0, 1, 1));
    ck_assert_ptr_null(mgd_block_sized(NULL, NULL, NULL, NULL, NULL));
}
END_TEST

START_TEST(values_of_nothing_are_nothing) {
    set_up();
    double data[6] = { 0 };
    const mgd_array none = mgd_rows(NULL, 3, 2);
    ck_assert(!mgd_set(NULL, data, 3, 2) && !mgd_set(NULL, NULL, 0, 0));
    ck_assert(!mgd_set_array(NULL, none));
    ck_assert_ptr_null(mgd_value(NULL));
    ck_assert(!mgd_get(NULL, none));
    ck_assert(!mgd_set(X, NULL, 3, 2));
    ck_assert_str_eq(mgd_message(t), "set: X: the data is NULL");
    ck_assert(mgd_set(X, data, 3, 2));
    ck_assert(!mgd_get(X, none));
    ck_assert_str_eq(mgd_message(t), "get: X is 3x2, the array is NULL, 3x2");
    ck_assert_ptr_null(mgd_columns_float(NULL, 1, 1).data);
    ck_assert_ptr_null(mgd_rows_float(NULL, 1, 1).data);
    ck_assert_ptr_null(mgd_columns(NULL, 1, 1).data);
    ck_assert_ptr_nonnull(mgd_linear_algebra());
    ck_assert(!mgd_bind(t, NULL, 3));
    ck_assert_str_eq(mgd_message(t), "bind: no size of this tape is named '(null)'");
    mgd_tape_free(t);
}
END_TEST

START_TEST(derivatives_of_nothing_are_nothing) {
    set_up();
    mgd_var *g = X;
    mgd_var *const vars[] = { NULL, x };
    ck_assert_ptr_null(mgd_gradient(NULL, NULL));
    ck_assert(!mgd_gradients(NULL, 0, NULL, NULL) && !mgd_gradients(NULL, 1, NULL, NULL));
    ck_assert(!mgd_gradients(NULL, 1, vars, &g));
    ck_assert_ptr_null(g);
    ck_assert_ptr_null(mgd_pullback(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_pushforward(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_hessian_vector(NULL, NULL, NULL));
    ck_assert_ptr_null(mgd_backward(NULL, NULL));
    mgd_sweep_free(NULL);
    ck_assert_ptr_null(mgd_adjoint(NULL, NULL));
    ck_assert_ptr_null(mgd_adjoint(NULL, x));
    ck_assert_uint_eq(mgd_contributions(NULL), 0);
    ck_assert_ptr_null(mgd_contribution_at(NULL, 0).node);
    ck_assert_str_eq(mgd_contribution_at(NULL, 0).rule, "");
    ck_assert(!mgd_failed(t));
    for (int i = 0; i < 8; i++) { /* each alone */
        mgd_pullback(vars[i & 1], vars[i >> 1 & 1], vars[i >> 2]);
        mgd_clear(t);
        mgd_pushforward(vars[i & 1], vars[i >> 1 & 1], vars[i >> 2]);
        mgd_clear(t);
        mgd_hessian_vector(vars[i & 1], vars[i >> 1 & 1], vars[i >> 2]);
        mgd_clear(t);
        mgd_substitute(vars[i & 1], vars[i >> 1 & 1], vars[i >> 2]);
        mgd_clear(t);
    }
    for (int i = 0; i < 8; i++) {
        if (i == 3 || i == 7) continue; /* vars that can be checked */
        ck_assert(!mgd_check_gradient(vars[i & 1], vars[i >> 1 & 1], vars[i >> 2]).holds);
    }
    for (int i = 0; i < 3; i++) {
        const mgd_array none = mgd_rows(NULL, 1, 1);
        ck_assert(!mgd_jacobian(vars[i & 1], vars[i >> 1 & 1], none));
        ck_assert(!mgd_hessian(vars[i & 1], vars[i >> 1 & 1], none));
        ck_assert(!mgd_hessian_diagonal(vars[i & 1], vars[i >> 1 & 1], none));
    }
    ck_assert(!mgd_gradients(x, 1, NULL, &g));
    mgd_clear(t);
    ck_assert(!mgd_gradients(x, 1, vars, NULL));
    mgd_clear(t);
    mgd_sweep *s = mgd_backward(x, NULL);
    ck_assert_ptr_null(mgd_adjoint(s, NULL));
    ck_assert_ptr_null(mgd_contribution_at(s, 99).node);
    mgd_tape_free(t);
}
END_TEST

START_TEST(moving_nothing_moves_nothing) {
    set_up();
    ck_assert_ptr_null(mgd_copy(NULL, NULL));
    ck_assert_ptr_null(mgd_copy(NULL, X));
    ck_assert_ptr_null(mgd_copy(t, NULL));
    ck_assert_ptr_null(mgd_substitute(NULL, NULL, NULL));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_null_operation_is_no_operation) {
    set_up();
    ck_assert_ptr_null(mgd_operation_new(NULL, 1));
    mgd_operation_free(NULL);
    mgd_operation_set_user(NULL, NULL);
    mgd_operation_set_shape(NULL, NULL);
    mgd_operation_set_value(NULL, NULL);
    mgd_operation_set_pullback(NULL, NULL);
    mgd_operation_set_pushforward(NULL, NULL);
    mgd_operation_set_checked(NULL, true);
    ck_assert(!mgd_check_operation(NULL, 0, NULL).holds && !mgd_check_operation(NULL, 1, &X).holds);
    ck_assert_ptr_null(mgd_apply(NULL, 0, NULL));
    ck_assert_ptr_null(mgd_apply(NULL, 1, &X));
    mgd_operation *op = mgd_operation_new("mine", 2);
    mgd_var *const none[] = { NULL, NULL };
    ck_assert_ptr_null(mgd_apply(op, 2, NULL));
    ck_assert_ptr_null(mgd_apply(op, 0, none));
    ck_assert_ptr_null(mgd_apply(op, 2, none));
    ck_assert(!mgd_failed(t));
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

TESTS("null", a_null_tape_is_no_tape, nothing_is_nowhere_and_comes_from_nowhere, a_null_size_is_no_size,
      a_null_var_has_nothing_to_read, operations_on_nothing_are_nothing, values_of_nothing_are_nothing,
      derivatives_of_nothing_are_nothing, moving_nothing_moves_nothing, a_null_operation_is_no_operation);
