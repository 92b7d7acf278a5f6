/* SPDX-License-Identifier: MIT */
/* The manual of operations, as programs read it. */
#include "matgrad.h"
#include "support/support.h"

#include <string.h>

START_TEST(every_entry_is_whole_and_found_by_its_name) {
    ck_assert_uint_gt(mgd_manual_count(), 50);
    for (size_t k = 0; k < mgd_manual_count(); k++) {
        const mgd_manual_entry *e = mgd_manual_entry_at(k);
        ck_assert_ptr_nonnull(e);
        ck_assert_msg(*e->name && *e->chapter && *e->what && *e->value, "entry %zu: %s", k, e->name);
        ck_assert_ptr_nonnull(e->pullback);
        ck_assert_ptr_nonnull(e->pushforward);
        ck_assert_ptr_nonnull(e->singular);
        ck_assert_ptr_nonnull(e->source);
        ck_assert_ptr_eq(mgd_manual_find(e->name), e);
    }
}
END_TEST

START_TEST(a_product_has_a_rule_for_each_operand) {
    const mgd_manual_entry *e = mgd_manual_find("matmul");
    ck_assert_ptr_nonnull(e);
    ck_assert_ptr_nonnull(strstr(e->pullback, "dA += dC B'"));
    ck_assert_ptr_nonnull(strstr(e->pullback, "dB += A' dC"));
    ck_assert_str_eq(e->chapter, "Products");
}
END_TEST

START_TEST(what_is_not_there_is_null) {
    ck_assert_ptr_null(mgd_manual_find("no such operation"));
    ck_assert_ptr_null(mgd_manual_find(""));
    ck_assert_ptr_null(mgd_manual_find(NULL));
    ck_assert_ptr_null(mgd_manual_entry_at(mgd_manual_count()));
    ck_assert_ptr_null(mgd_manual_entry_at((size_t)-1));
}
END_TEST

TESTS("the manual of operations", every_entry_is_whole_and_found_by_its_name, a_product_has_a_rule_for_each_operand,
      what_is_not_there_is_null);
