/* SPDX-License-Identifier: MIT */
/* Operations on shapes and products of nothing are nothing, and so they are on a tape that has failed. */
#include "support/support.h"

#include <matgrad.h>

static const int64_t index0[] = { 0 };

static mgd_var *unary(int which, mgd_var *a) {
    mgd_var *const twice[] = { a, a };
    const mgd_size *rows = a ? mgd_rows_of(a) : NULL, *cols = a ? mgd_cols_of(a) : NULL;
    switch (which) {
    case 0:
        return mgd_reshape(a, 1, 1);
    case 1:
        return mgd_reshape_sized(a, rows, cols);
    case 2:
        return mgd_vec(a);
    case 3:
        return mgd_unvec(a, 1, 1);
    case 4:
        return mgd_unvec_sized(a, rows, cols);
    case 5:
        return mgd_hcat(2, twice);
    case 6:
        return mgd_vcat(2, twice);
    case 7:
        return mgd_repeat(a, 1, 1);
    case 8:
        return mgd_repeat_sized(a, rows, cols);
    case 9:
        return mgd_gather_rows(a, 1, index0);
    case 10:
        return mgd_gather_cols(a, 1, index0);
    case 11:
        return mgd_permute_rows(a, 1, index0);
    case 12:
        return mgd_permute_cols(a, 1, index0);
    case 13:
        return mgd_scatter_add_rows(a, 1, index0, 1);
    case 14:
        return mgd_scatter_add_rows_sized(a, 1, index0, rows);
    case 15:
        return mgd_outer(a, a);
    case 16:
        return mgd_kronecker(a, a);
    case 17:
        return mgd_dot(a, a);
    case 18:
        return mgd_quadratic_form(a, a);
    case 19:
        return mgd_tril(a);
    case 20:
        return mgd_triu(a);
    case 21:
        return mgd_symmetric_part(a);
    case 22:
        return mgd_reverse_rows(a);
    case 23:
        return mgd_reverse_cols(a);
    case 24:
        return mgd_cumsum_rows(a);
    default:
        return mgd_cumsum_cols(a);
    }
}

enum { ALL = 26 };

START_TEST(operations_on_nothing_are_nothing) {
    for (int i = 0; i < ALL; i++) ck_assert_ptr_null(unary(i, NULL));
}
END_TEST

START_TEST(operations_on_a_failed_tape_are_nothing) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *a = mgd_input(t, "a", 1, 1);
    for (int i = 0; i < ALL; i++) ck_assert_msg(unary(i, a), "%d: %s", i, mgd_message(t));
    ck_assert_ptr_null(mgd_add(a, NULL));
    for (int i = 0; i < ALL; i++) ck_assert_ptr_null(unary(i, a));
    ck_assert_str_eq(mgd_message(t), "add: operand 2 is NULL");
    mgd_tape_free(t);
}
END_TEST

TESTS("null_shapes", operations_on_nothing_are_nothing, operations_on_a_failed_tape_are_nothing);
