/* SPDX-License-Identifier: MIT */
/* Linear algebra of nothing is nothing; beside something it is an error that names the operation; on a tape that has
 * failed there is none, and operands of two tapes do not meet. */
#include "support/support.h"

#include <matgrad.h>

#include <string.h>

static mgd_var *squared(mgd_var *A) { return mgd_matrix_power(A, 2); }
static mgd_var *to_the_0(mgd_var *A) { return mgd_matrix_power(A, 0); }
static mgd_var *to_the_minus_1(mgd_var *A) { return mgd_matrix_power(A, -1); }

static mgd_var *(*const unary[])(mgd_var *) = {
    mgd_qr_q, mgd_qr_r, mgd_pinv, mgd_expm, mgd_det_sign, mgd_spectral_norm, squared, to_the_0, to_the_minus_1,
};
static const struct {
    mgd_var *(*record)(mgd_var *, mgd_var *);
    const char *name;
} binary[] = {
    { mgd_solve, "solve" },
    { mgd_solve_right, "solve_right" },
    { mgd_triangular_solve, "triangular_solve" },
    { mgd_triangular_solve_upper, "triangular_solve" },
    { mgd_lyapunov, "sylvester" },
};
enum { UNARY = sizeof unary / sizeof *unary, BINARY = sizeof binary / sizeof *binary };

START_TEST(nothing_gives_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2);
    for (int i = 0; i < UNARY; i++) ck_assert_ptr_null(unary[i](NULL));
    for (int i = 0; i < BINARY; i++) ck_assert_ptr_null(binary[i].record(NULL, NULL));
    ck_assert_ptr_null(mgd_sylvester(NULL, NULL, NULL));
    ck_assert(!mgd_failed(t));
    for (int i = 0; i < BINARY; i++)
        for (int k = 0; k < 2; k++) {
            ck_assert_ptr_null(binary[i].record(k ? A : NULL, k ? NULL : A));
            ck_assert_msg(mgd_failed(t) && !strncmp(mgd_message(t), binary[i].name, strlen(binary[i].name)) &&
                              strstr(mgd_message(t), "NULL"),
                          "%d, %d: %s", i, k, mgd_message(t));
            mgd_clear(t);
        }
    for (int k = 0; k < 3; k++) {
        ck_assert_ptr_null(mgd_sylvester(k == 0 ? NULL : A, k == 1 ? NULL : A, k == 2 ? NULL : A));
        ck_assert_ptr_nonnull(strstr(mgd_message(t), "sylvester: "));
        mgd_clear(t);
    }
    for (int i = 0; i < UNARY; i++) ck_assert_ptr_nonnull(unary[i](A));
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_failed_tape_records_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2), *f = mgd_sum(mgd_qr_q(A));
    ck_assert_ptr_null(mgd_matmul(A, mgd_ones(t, 3, 3)));
    for (int i = 0; i < UNARY; i++) ck_assert_ptr_null(unary[i](A));
    for (int i = 0; i < BINARY; i++) ck_assert_ptr_null(binary[i].record(A, A));
    ck_assert_ptr_null(mgd_sylvester(A, A, A));
    ck_assert_ptr_null(mgd_gradient(f, A));
    ck_assert_ptr_nonnull(strstr(mgd_message(t), "matmul"));
    mgd_tape_free(t);
}
END_TEST

START_TEST(tapes_do_not_meet) {
    mgd_tape *t = mgd_tape_new(), *other = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 2), *B = mgd_input(other, "B", 2, 2);
    for (int i = 0; i < BINARY; i++) {
        ck_assert_ptr_null(binary[i].record(A, B));
        ck_assert(mgd_failed(t) || mgd_failed(other));
        mgd_clear(t);
        mgd_clear(other);
    }
    ck_assert_ptr_null(mgd_sylvester(A, B, A));
    ck_assert(mgd_failed(t) || mgd_failed(other));
    mgd_tape_free(t);
    mgd_tape_free(other);
}
END_TEST

START_TEST(what_is_not_square_is_refused) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    static const struct {
        mgd_var *(*record)(mgd_var *);
        const char *message;
    } lines[] = { { mgd_expm, "expm: A is 2x3, not square" },
                  { squared, "matrix_power: A is 2x3, not square" },
                  { mgd_det_sign, "A is 2x3, not square: it has no determinant, inverse or solution" } };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ck_assert_ptr_null(lines[i].record(A));
        ck_assert_str_eq(mgd_message(t), lines[i].message);
        mgd_clear(t);
    }
    ck_assert(mgd_qr_q(A) && mgd_pinv(A) && mgd_spectral_norm(A));
    mgd_tape_free(t);
}
END_TEST

TESTS("public/null_linear", nothing_gives_nothing, a_failed_tape_records_nothing, tapes_do_not_meet,
      what_is_not_square_is_refused);
