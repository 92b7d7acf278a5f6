/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static mgd_var *of_a_column(rule_case *c) {
    return mgd_exp(mgd_unvec_sized(variable(c, "a", mgd_size_times(c->m, c->n), c->one), c->m, c->n));
}

COMPOSITION("unvec", of_a_column);

START_TEST(it_undoes_vec) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 2, 3);
    ck_assert_ptr_eq(mgd_unvec(mgd_vec(A), 2, 3), A);
    ck_assert_ptr_null(mgd_unvec(A, 3, 2));
    ck_assert_str_eq(mgd_message(t), "unvec: A is 2x3, not a column");
    mgd_tape_free(t);
}
END_TEST

TESTS("unvec", it_undoes_vec);
