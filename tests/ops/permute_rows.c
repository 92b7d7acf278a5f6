/* SPDX-License-Identifier: MIT */
#include "support/rules.h"

static const int64_t order[] = { 2, 0, 3, 1 };

static mgd_var *rows(rule_case *c) {
    return mgd_exp(mgd_permute_rows(variable(c, "A", mgd_size_number(c->t, 4), c->n), 4, order));
}
static mgd_var *cols(rule_case *c) {
    return mgd_exp(mgd_permute_cols(variable(c, "A", c->n, mgd_size_number(c->t, 4)), 4, order));
}

COMPOSITION("permute_rows", rows, cols);

START_TEST(each_row_and_column_is_there_once) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 2), *B = mgd_input_sized(t, "B", mgd_size_named(t, "m"), mgd_size_number(t, 2));
    const double a[] = { 1, 2, 3, 4, 5, 6 }, r[] = { 5, 6, 1, 2, 3, 4 }, c[] = { 2, 1, 4, 3, 6, 5 };
    ck_assert(mgd_set(A, a, 3, 2));
    ck_assert_mem_eq(mgd_value(mgd_permute_rows(A, 3, (int64_t[]){ 2, 0, 1 })), r, sizeof r);
    ck_assert_mem_eq(mgd_value(mgd_permute_cols(A, 2, (int64_t[]){ 1, 0 })), c, sizeof c);
    const struct {
        mgd_var *v;
        size_t n;
        int64_t index[3];
        const char *message;
    } wrong[] = { { A, 3, { 0, 2, 0 }, "permute_rows: index[2] is 0, which was there before: A is 3x2" },
                  { A, 3, { 0, 3, 1 }, "permute_rows: index[1] is 3: A is 3x2" },
                  { A, 3, { -1, 2, 1 }, "permute_rows: index[0] is -1: A is 3x2" },
                  { A, 2, { 0, 1 }, "permute_rows: A is 3x2, the index has 2 entries: one for each" },
                  { B, 2, { 0, 1 }, "permute_rows: B is mx2, the index has 2 entries: one for each" } };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_ptr_null(mgd_permute_rows(wrong[i].v, wrong[i].n, wrong[i].index));
        ck_assert_str_eq(mgd_message(t), wrong[i].message);
        mgd_clear(t);
    }
    ck_assert_ptr_null(mgd_permute_cols(A, 2, NULL));
    ck_assert_str_eq(mgd_message(t), "permute_cols: A is 3x2, the index is NULL, of 2 entries: one for each");
    mgd_tape_free(t);
}
END_TEST

TESTS("permute_rows", each_row_and_column_is_there_once);
