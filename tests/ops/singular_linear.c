/* SPDX-License-Identifier: MIT */
/* Linear algebra where it is undefined or nearly so: singular, indefinite, repeated, empty of rank, badly scaled and
 * not finite. Each error names what is wrong and where, and the tape goes on. */
#include "matgrad.h"
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <string.h>

static mgd_tape *t;
static mgd_var *A;

static void begin(int rows, int cols) {
    t = mgd_tape_new();
    A = mgd_input(t, "A", rows, cols);
}

static void set(const double *data, int rows, int cols) {
    ck_assert_msg(mgd_set(A, data, rows, cols), "%s", mgd_message(t));
}

/* v has no value, for that reason; afterwards the tape serves another. */
static void check_refused(mgd_var *v, const char *message) {
    ck_assert_msg(v, "%s", mgd_message(t));
    ck_assert_msg(!mgd_value(v), "there is a value where this was expected: %s", message);
    ck_assert_str_eq(mgd_message(t), message);
    ck_assert(mgd_value(mgd_sum(A)));
    ck_assert_str_eq(mgd_message(t), "");
}

static const double *value(mgd_var *v) {
    const double *y = mgd_value(v);
    ck_assert_msg(y, "%s", mgd_message(t));
    return y;
}

static void check_entries(mgd_var *v, const double *wanted, int n) {
    const double *y = value(v);
    for (int i = 0; i < n; i++)
        ck_assert_msg(fabs(y[i] - wanted[i]) <= 1e-13 * (1 + fabs(wanted[i])), "entry %d: %.17g, not %.17g", i, y[i],
                      wanted[i]);
}

/* ---- singular and indefinite ---- */

START_TEST(a_singular_matrix_names_the_pivot) {
    begin(3, 3);
    mgd_var *b = mgd_ones(t, 3, 1), *x = mgd_solve(A, b), *y = mgd_solve(mgd_transpose(A), b),
            *z = mgd_solve_right(mgd_transpose(b), A), *inverse = mgd_inverse(A), *logdet = mgd_logdet(A),
            *power = mgd_matrix_power(A, -3), *slope = mgd_gradient(mgd_logdet(A), A);
    set((const double[]){ 1, 0, 0, 0, 0, 0, 0, 0, 1 }, 3, 3);
    check_refused(x, "solve: A is singular: pivot 2 of 3 is 0");
    check_refused(y, "solve: A is singular: pivot 2 of 3 is 0");
    check_refused(z, "solve: A is singular: pivot 2 of 3 is 0");
    check_refused(inverse, "inverse: A is singular: pivot 2 of 3 is 0");
    check_refused(power, "inverse: A is singular: pivot 2 of 3 is 0");
    check_refused(logdet, "logdet: A is singular: pivot 2 of 3 is 0");
    check_refused(slope, "inverse: A is singular: pivot 2 of 3 is 0");
    set((const double[9]){ 0 }, 3, 3);
    check_refused(x, "solve: A is singular: pivot 1 of 3 is 0");
    ck_assert(*value(mgd_det(A)) == 0);
    ck_assert(*value(mgd_det_sign(A)) == 0);
    set((const double[]){ 2, 0, 0, 0, 4, 0, 0, 0, 8 }, 3, 3);
    check_entries(x, (const double[]){ 0.5, 0.25, 0.125 }, 3);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_indefinite_matrix_names_the_pivot) {
    begin(2, 2);
    mgd_var *l = mgd_cholesky(A), *g = mgd_gradient(mgd_sum(l), A);
    set((const double[]){ 1, 2, 2, 1 }, 2, 2);
    check_refused(l, "cholesky: A is not positive definite: pivot 2 of 2 is not positive");
    check_refused(g, "cholesky: A is not positive definite: pivot 2 of 2 is not positive");
    set((const double[]){ 0, 0, 0, 0 }, 2, 2);
    check_refused(l, "cholesky: A is not positive definite: pivot 1 of 2 is not positive");
    set((const double[]){ NAN, 0, 0, 1 }, 2, 2);
    ck_assert_ptr_null(mgd_value(l));
    ck_assert_str_eq(mgd_message(t), "cholesky: A is not positive definite: pivot 1 of 2 is not positive");
    set((const double[]){ 4, 0, 0, 9 }, 2, 2);
    check_entries(l, (const double[]){ 2, 0, 0, 3 }, 4);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_singular_triangle_names_the_entry) {
    begin(2, 2);
    mgd_var *b = mgd_ones(t, 2, 1);
    mgd_var *lower = mgd_triangular_solve(A, b), *upper = mgd_triangular_solve_upper(A, b);
    set((const double[]){ 1, 5, 5, 0 }, 2, 2);
    check_refused(lower, "triangular_solve: A is singular: entry (2,2) is 0");
    check_refused(upper, "triangular_solve_upper: A is singular: entry (2,2) is 0");
    mgd_tape_free(t);
}
END_TEST

/* ---- QR ---- */

START_TEST(qr_names_the_column_that_depends_on_others) {
    begin(3, 3);
    mgd_var *q = mgd_qr_q(A), *r = mgd_qr_r(A), *g = mgd_gradient(mgd_sum(q), A);
    set((const double[]){ 1, 2, 0, 2, 4, 1, 3, 6, 0 }, 3, 3);
    check_refused(q, "qr: A has no unique factors: column 2 depends on those before it");
    check_refused(r, "qr: A has no unique factors: column 2 depends on those before it");
    check_refused(g, "qr: A has no unique factors: column 2 depends on those before it");
    set((const double[]){ 0, 2, 0, 0, 4, 1, 0, 6, 0 }, 3, 3);
    check_refused(q, "qr: A has no unique factors: column 1 is 0");
    set((const double[]){ 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9 }, 3, 3);
    check_refused(q, "qr: A has no unique factors: column 3 depends on those before it");
    set((const double[]){ 1, 0, 0, 0, INFINITY, 0, 0, 0, 1 }, 3, 3);
    ck_assert_ptr_null(mgd_value(q));
    ck_assert_str_eq(mgd_message(t), "qr: A has entries that are not finite");
    set((const double[]){ 1e-200, 0, 0, 0, 1e200, 0, 0, 0, -1 }, 3, 3);
    check_entries(q, (const double[]){ 1, 0, 0, 0, 1, 0, 0, 0, -1 }, 9);
    mgd_tape_free(t);
}
END_TEST

/* Of a wide matrix the first columns alone must be independent. */
START_TEST(qr_of_wide_tall_and_1x1_matrices) {
    begin(1, 1);
    set((const double[]){ -3 }, 1, 1);
    mgd_var *g = mgd_gradient(mgd_add(mgd_qr_q(A), mgd_qr_r(A)), A);
    check_entries(mgd_qr_q(A), (const double[]){ -1 }, 1);
    check_entries(mgd_qr_r(A), (const double[]){ 3 }, 1);
    check_entries(g, (const double[]){ -1 }, 1);
    set((const double[]){ 0 }, 1, 1);
    check_refused(mgd_qr_q(A), "qr: A has no unique factors: column 1 is 0");
    mgd_tape_free(t);
    begin(1, 3);
    set((const double[]){ -2, 0, 5 }, 1, 3);
    check_entries(mgd_qr_r(A), (const double[]){ 2, 0, -5 }, 3);
    check_entries(mgd_gradient(mgd_sum(mgd_qr_r(A)), A), (const double[]){ -1, -1, -1 }, 3);
    mgd_tape_free(t);
    begin(2, 1);
    set((const double[]){ 3, 4 }, 2, 1);
    check_entries(mgd_qr_q(A), (const double[]){ 0.6, 0.8 }, 2);
    check_entries(mgd_gradient(mgd_sum(mgd_qr_r(A)), A), (const double[]){ 0.6, 0.8 }, 2);
    mgd_tape_free(t);
}
END_TEST

/* ---- the pseudo-inverse ---- */

START_TEST(pinv_of_a_matrix_without_full_rank) {
    begin(2, 2);
    mgd_var *c = mgd_pinv(A), *g = mgd_gradient(mgd_sum(c), A);
    set((const double[]){ 1, 2, 2, 4 }, 2, 2);
    check_entries(c, (const double[]){ 1 / 25.0, 2 / 25.0, 2 / 25.0, 4 / 25.0 }, 4);
    set((const double[4]){ 0 }, 2, 2);
    check_entries(c, (const double[4]){ 0 }, 4);
    check_entries(g, (const double[4]){ 0 }, 4);
    set((const double[]){ 4, 0, 0, 1e-17 }, 2, 2);
    check_entries(c, (const double[]){ 0.25, 0, 0, 0 }, 4);
    set((const double[]){ 1, NAN, 0, 1 }, 2, 2);
    ck_assert_ptr_null(mgd_value(c));
    ck_assert_str_eq(mgd_message(t), "pinv: A has no singular values that could be computed: are its entries finite?");
    mgd_tape_free(t);
    begin(2, 3);
    set((const double[]){ 0, 0, 0, 3, 0, 4 }, 2, 3);
    check_entries(mgd_pinv(A), (const double[]){ 0, 3 / 25.0, 0, 0, 0, 4 / 25.0 }, 6);
    mgd_tape_free(t);
    begin(1, 1);
    c = mgd_pinv(A);
    g = mgd_gradient(c, A);
    set((const double[]){ 0 }, 1, 1);
    check_entries(c, (const double[]){ 0 }, 1);
    check_entries(g, (const double[]){ 0 }, 1);
    set((const double[]){ 1e-200 }, 1, 1);
    ck_assert_double_eq_tol(*value(c), 1e200, 1e186);
    mgd_tape_free(t);
}
END_TEST

/* Along a b', which keeps the rank 1, the derivative is that of differences. */
START_TEST(the_derivative_of_pinv_keeps_the_rank) {
    const double a[] = { 1, 2, -1 }, b[] = { 2, 1 }, da[] = { 0.5, -1, 2 };
    const double step = 1e-6;
    double at[6], up[6], down[6], tangent[6], plus[6];
    for (int i = 0; i < 6; i++) {
        at[i] = a[i / 2] * b[i % 2];
        tangent[i] = da[i / 2] * b[i % 2];
        up[i] = (a[i / 2] + step * da[i / 2]) * b[i % 2];
        down[i] = (a[i / 2] - step * da[i / 2]) * b[i % 2];
    }
    begin(3, 2);
    mgd_var *E = mgd_input(t, "E", 3, 2), *c = mgd_pinv(A), *moved = mgd_pushforward(c, A, E);
    ck_assert(mgd_set(E, tangent, 3, 2));
    set(up, 3, 2);
    memcpy(plus, value(c), sizeof plus);
    set(down, 3, 2);
    const double *minus = value(c);
    for (int i = 0; i < 6; i++) plus[i] = (plus[i] - minus[i]) / (2 * step);
    set(at, 3, 2);
    const double *y = value(moved);
    for (int i = 0; i < 6; i++) ck_assert_double_eq_tol(y[i], plus[i], 1e-8);
    mgd_tape_free(t);
}
END_TEST

/* ---- repeated eigenvalues and singular values ---- */

START_TEST(repeated_values_name_the_pair) {
    begin(3, 3);
    mgd_var *w = mgd_input(t, "W", 3, 3);
    const double weights[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10 };
    ck_assert(mgd_set(w, weights, 3, 3));
    mgd_var *of_vectors = mgd_gradient(mgd_sum(mgd_hadamard(w, mgd_eigenvectors(A))), A);
    mgd_var *of_left = mgd_gradient(mgd_sum(mgd_hadamard(w, mgd_svd_left(A))), A);
    mgd_var *of_values = mgd_gradient(mgd_sum(mgd_singular_values(A)), A);
    set((const double[]){ 2, 0, 0, 0, 5, 0, 0, 0, 2 }, 3, 3);
    check_refused(of_vectors, "eigenvalues 1 and 2 are equal, 2: their vectors have no derivative");
    check_refused(of_left, "singular values 2 and 3 are equal, 2: their vectors have no derivative");
    check_entries(of_values, (const double[]){ 1, 0, 0, 0, 1, 0, 0, 0, 1 }, 9);
    mgd_tape_free(t);
}
END_TEST

/* H diag(values) H with a reflection H: repeated values come out apart by rounding. */
static void set_rotated(int n, const double *values) {
    double h[64], a[64], length = 0;
    for (int i = 0; i < n; i++) length += (i + 1) * (i + 1);
    for (int i = 0; i < n * n; i++) h[i] = (i / n == i % n) - 2.0 * (i / n + 1) * (i % n + 1) / length;
    for (int i = 0; i < n * n; i++) {
        a[i] = 0;
        for (int k = 0; k < n; k++) a[i] += h[i / n * n + k] * values[k] * h[i % n * n + k];
    }
    set(a, n, n);
}

static void check_refused_for(mgd_var *v, const char *reason) {
    ck_assert_ptr_null(mgd_value(v));
    ck_assert_msg(strstr(mgd_message(t), reason), "%s", mgd_message(t));
}

START_TEST(rounding_does_not_hide_repeated_values) {
    begin(5, 5);
    const double twice[] = { 2, 2, 5, 7, 7 }, apart[] = { 2, 2 + 1e-8, 5, 7, 6 };
    double weights[25];
    for (int i = 0; i < 25; i++) weights[i] = sin(i + 1);
    mgd_var *w = mgd_input(t, "W", 5, 5), *V = mgd_eigenvectors(A), *U = mgd_svd_left(A);
    ck_assert(mgd_set(w, weights, 5, 5));
    mgd_var *of_vectors = mgd_gradient(mgd_sum(mgd_hadamard(w, V)), A);
    mgd_var *of_left = mgd_gradient(mgd_sum(mgd_hadamard(w, U)), A);
    mgd_var *first = mgd_block(V, 0, 0, 5, 2), *projector = mgd_matmul(first, mgd_transpose(first));
    mgd_var *of_projector = mgd_gradient(mgd_sum(mgd_hadamard(w, projector)), A);
    mgd_var *of_all = mgd_gradient(mgd_sum(mgd_hadamard(w, mgd_matmul(V, mgd_transpose(V)))), A);
    set_rotated(5, twice);
    check_refused_for(of_vectors, "their vectors have no derivative");
    check_refused_for(of_vectors, "eigenvalues ");
    check_refused_for(of_left, "singular values ");
    const double *g = value(of_all);
    for (int i = 0; i < 25; i++) ck_assert_double_le(fabs(g[i]), 1e-13);
    value(of_projector);
    set_rotated(5, apart);
    value(of_vectors);
    value(of_left);
    mgd_tape_free(t);
}
END_TEST

/* The projector on the two smallest of rotated 2, 2, 5, 7, 7: its derivative along E is the sum over pairs of P_i E P_j
 * over the gap, both ways, whatever vectors were chosen for 2. */
START_TEST(the_projector_on_a_repeated_eigenvalue_has_a_derivative) {
    begin(5, 5);
    mgd_var *V = mgd_eigenvectors(A), *first = mgd_block(V, 0, 0, 5, 2), *P = mgd_matmul(first, mgd_transpose(first));
    mgd_var *W = mgd_input(t, "W", 5, 5), *g = mgd_gradient(mgd_sum(mgd_hadamard(W, P)), A);
    double weights[25], at[25], direction[25], slope = 0;
    for (int i = 0; i < 25; i++) weights[i] = sin(i + 1), direction[i] = cos(3 * (i % 5) + i / 5 * 2);
    ck_assert(mgd_set(W, weights, 5, 5));
    set_rotated(5, (const double[]){ 2, 2, 5, 7, 7 });
    memcpy(at, value(A), sizeof at);
    const double *y = value(g);
    for (int i = 0; i < 25; i++) slope += y[i] * direction[i];
    double sides[2], step = 1e-6;
    mgd_var *f = mgd_sum(mgd_hadamard(W, P));
    for (int side = 0; side < 2; side++) {
        double moved[25];
        for (int i = 0; i < 25; i++) moved[i] = at[i] + (side ? step : -step) * direction[i];
        set(moved, 5, 5);
        sides[side] = *value(f);
    }
    ck_assert_double_eq_tol(slope, (sides[1] - sides[0]) / (2 * step), 1e-8);
    mgd_tape_free(t);
}
END_TEST

/* V diag(l) V' is A, and its derivative no secret; but where eigenvalues are repeated it does not follow from those by
 * l and by V. Sums over the eigenvalues alone do. */
START_TEST(no_gradient_is_better_than_a_wrong_one) {
    begin(5, 5);
    mgd_var *V = mgd_eigenvectors(A), *l = mgd_eigenvalues(A), *W = mgd_input(t, "W", 5, 5);
    mgd_var *again = mgd_matmul(mgd_matmul(V, mgd_from_diag(l)), mgd_transpose(V));
    mgd_var *g = mgd_gradient(mgd_sum(mgd_hadamard(W, again)), A), *of_trace = mgd_gradient(mgd_trace(again), A);
    mgd_var *of_squares = mgd_gradient(mgd_sum(mgd_hadamard(l, l)), A);
    double weights[25], eye[25], twice_a[25];
    for (int i = 0; i < 25; i++) weights[i] = sin(i / 5 + 1) * sin(i % 5 + 1) + (i % 6 == 0), eye[i] = i % 6 == 0;
    ck_assert(mgd_set(W, weights, 5, 5));
    set_rotated(5, (const double[]){ 1, 2, 5, 7, 8 });
    check_entries(g, weights, 25);
    set_rotated(5, (const double[]){ 2, 2, 5, 7, 7 });
    check_refused_for(g, "are equal, ");
    check_refused_for(g, "what depends on them and on their vectors has no derivative that could be told");
    check_entries(of_trace, eye, 25);
    for (int i = 0; i < 25; i++) twice_a[i] = 2 * value(A)[i];
    check_entries(of_squares, twice_a, 25);
    mgd_tape_free(t);
}
END_TEST

/* ---- Sylvester ---- */

START_TEST(a_common_eigenvalue_is_told) {
    begin(2, 2);
    mgd_var *c = mgd_ones(t, 2, 2), *b = mgd_input(t, "B", 2, 2), *x = mgd_sylvester(A, b, c), *y = mgd_lyapunov(A, c),
            *g = mgd_gradient(mgd_sum(x), A);
    set((const double[]){ 3, 0, 0, 5 }, 2, 2);
    ck_assert(mgd_set(b, (const double[]){ -3, 0, 1, 8 }, 2, 2));
    check_refused(x, "sylvester: A and -B have the eigenvalue 3 in common");
    check_refused(g, "sylvester: A and -B have the eigenvalue 3 in common");
    check_refused_for(mgd_sylvester(A, mgd_negate(A), c), "sylvester: A and -(-A) have the eigenvalue ");
    set((const double[]){ 0, 2, -2, 0 }, 2, 2);
    check_refused(y, "sylvester: A and -A have the eigenvalues 0 +- 2i in common");
    set((const double[]){ 1, 2, 2, 4 }, 2, 2);
    ck_assert_ptr_null(mgd_value(y));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "in common"));
    set((const double[]){ 1, 2, NAN, 4 }, 2, 2);
    ck_assert_ptr_null(mgd_value(y));
    ck_assert_str_eq(mgd_message(t), "sylvester: A has no Schur form that could be computed: are its entries finite?");
    set((const double[]){ 1, 0, 0, 3 }, 2, 2);
    check_entries(y, (const double[]){ 0.5, 0.25, 0.25, 1 / 6.0 }, 4);
    ck_assert(mgd_set(b, (const double[]){ 1, 0, 0, NAN }, 2, 2));
    ck_assert_ptr_null(mgd_value(x));
    ck_assert_str_eq(mgd_message(t), "sylvester: B has no Schur form that could be computed: are its entries finite?");
    mgd_tape_free(t);
}
END_TEST

START_TEST(sylvester_at_sizes_far_from_1) {
    begin(1, 1);
    mgd_var *b = mgd_input(t, "B", 1, 1), *c = mgd_input(t, "C", 1, 1), *x = mgd_sylvester(A, b, c);
    static const double lines[][4] = { { 1e200, 1e200, 1e200, 0.5 },
                                       { 1e-200, 1e-200, 1e-200, 0.5 },
                                       { 1e200, 1e-200, 1, 1e-200 },
                                       { 1e-200, 0, 1e-300, 1e-100 } };
    for (int i = 0; i < 4; i++) {
        set(&lines[i][0], 1, 1);
        ck_assert(mgd_set(b, &lines[i][1], 1, 1) && mgd_set(c, &lines[i][2], 1, 1));
        ck_assert_double_eq_tol(*value(x) / lines[i][3], 1, 1e-14);
    }
    set((const double[]){ 0 }, 1, 1);
    ck_assert(mgd_set(b, (const double[]){ 0 }, 1, 1));
    check_refused(x, "sylvester: A and -B have the eigenvalue 0 in common");
    mgd_tape_free(t);
}
END_TEST

/* ---- determinants ---- */

START_TEST(sign_and_logarithm_of_a_determinant_that_overflows) {
    begin(3, 3);
    mgd_var *sign = mgd_det_sign(A), *log_of = mgd_logdet(A);
    set((const double[]){ 1e200, 0, 0, 0, 1e200, 0, 0, 0, -1e200 }, 3, 3);
    ck_assert(*value(sign) == -1);
    ck_assert_double_eq_tol(*value(log_of), 600 * log(10), 1e-10);
    ck_assert(isinf(*value(mgd_det(A))));
    set((const double[]){ 1e-200, 0, 0, 0, 0, 1e-200, 0, 1e-200, 0 }, 3, 3);
    ck_assert(*value(sign) == -1);
    ck_assert_double_eq_tol(*value(log_of), -600 * log(10), 1e-10);
    mgd_tape_free(t);
}
END_TEST

/* ---- the exponential ---- */

START_TEST(expm_at_sizes_far_from_1) {
    begin(2, 2);
    mgd_var *e = mgd_expm(A), *g = mgd_gradient(mgd_sum(e), A);
    set((const double[4]){ 0 }, 2, 2);
    check_entries(e, (const double[]){ 1, 0, 0, 1 }, 4);
    check_entries(g, (const double[]){ 1, 1, 1, 1 }, 4);
    set((const double[]){ 1e-200, 1e-200, 0, 1e-200 }, 2, 2);
    ck_assert(value(e)[0] == 1 && value(e)[1] == 1e-200);
    set((const double[]){ 0, 1e200, 0, 0 }, 2, 2);
    ck_assert_double_eq_tol(value(e)[1] / 1e200, 1, 1e-15);
    set((const double[]){ -1e200, 0, 0, -1e200 }, 2, 2);
    check_entries(e, (const double[4]){ 0 }, 4);
    set((const double[]){ 1e200, 0, 0, -1e200 }, 2, 2);
    check_refused(e, "expm: the exponential of A overflows");
    mgd_tape_free(t);
}
END_TEST

/* tr(C V g(L) V') of a correlation matrix C at the identity: both eigenvalues have one slope, and yet their vectors
 * count. */
START_TEST(equal_slopes_of_repeated_values_do_not_hide_their_vectors) {
    begin(2, 2);
    mgd_var *C = mgd_constant(t, mgd_rows((const double[]){ 1, 0.5, 0.5, 1 }, 2, 2)), *V = mgd_eigenvectors(A);
    mgd_var *root = mgd_from_diag(mgd_sqrt(mgd_eigenvalues(A)));
    mgd_var *g = mgd_gradient(mgd_dot(C, mgd_matmul(mgd_matmul(V, root), mgd_transpose(V))), A);
    set((const double[]){ 1, 0, 0, 1 }, 2, 2);
    check_refused_for(g, "eigenvalues 1 and 2 are equal, 1: what depends on them and on their vectors");
    set((const double[]){ 1, 0, 0, 1 + 1e-9 }, 2, 2);
    const double *y = value(g);
    for (int i = 0; i < 4; i++) ck_assert_double_eq_tol(y[i], i % 3 ? 0.25 : 0.5, 1e-6);
    mgd_tape_free(t);
}
END_TEST

/* Both singular values that are 0 move as +-|A.| does: what is made of their vectors has no tangent, though what would
 * be divided by their gap is 0. */
START_TEST(two_singular_values_of_0_have_vectors_without_a_tangent) {
    begin(3, 3);
    mgd_var *s = mgd_singular_values(A), *f = mgd_sum(mgd_hadamard(s, s)), *E = mgd_input(t, "E", 3, 3);
    mgd_var *U = mgd_svd_left(A), *V = mgd_svd_right(A), *Hv = mgd_hessian_vector(f, A, E);
    const double e[] = { 1, 2, 0, 0, 1, 1, 2, 0, 1 }, none[9] = { 0 };
    double twice[9];
    for (int i = 0; i < 9; i++) twice[i] = 2 * e[i];
    ck_assert(mgd_set(E, e, 3, 3));
    set((const double[]){ 3, 1, 0, 1, 2, 0, 0, 0, 0 }, 3, 3);
    check_entries(Hv, twice, 9);
    set((const double[]){ 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 3, 3);
    check_refused_for(Hv, "singular values 2 and 3 are equal");
    check_refused_for(mgd_pushforward(U, A, E), "their vectors have no derivative");
    check_refused_for(mgd_pushforward(V, A, E), "their vectors have no derivative");
    value(mgd_gradient(f, A));
    mgd_var *again = mgd_matmul(mgd_matmul(U, mgd_from_diag(s)), mgd_transpose(V)); /* which is A */
    mgd_var *G = mgd_gradient(mgd_sum(mgd_hadamard(E, again)), A), *H = mgd_pullback(mgd_gradient(f, A), A, E);
    check_refused_for(G, "has no derivative that could be told");
    check_refused_for(H, "has no derivative that could be told");
    mgd_var *first = mgd_block(U, 0, 0, 3, 1),
            *largest = mgd_matmul(mgd_transpose(first), mgd_matmul(A, mgd_ones(t, 3, 1)));
    value(mgd_gradient(mgd_hadamard(largest, largest), A)); /* those of the largest have one */
    set(none, 3, 3);
    check_refused(Hv, "singular values 1 and 2 are equal, 0: their vectors have no derivative");
    mgd_tape_free(t);
}
END_TEST

TESTS("singular linear algebra", a_singular_matrix_names_the_pivot, an_indefinite_matrix_names_the_pivot,
      a_singular_triangle_names_the_entry, qr_names_the_column_that_depends_on_others, qr_of_wide_tall_and_1x1_matrices,
      pinv_of_a_matrix_without_full_rank, the_derivative_of_pinv_keeps_the_rank, repeated_values_name_the_pair,
      rounding_does_not_hide_repeated_values, the_projector_on_a_repeated_eigenvalue_has_a_derivative,
      no_gradient_is_better_than_a_wrong_one, equal_slopes_of_repeated_values_do_not_hide_their_vectors,
      two_singular_values_of_0_have_vectors_without_a_tangent, a_common_eigenvalue_is_told,
      sylvester_at_sizes_far_from_1, sign_and_logarithm_of_a_determinant_that_overflows, expm_at_sizes_far_from_1);
