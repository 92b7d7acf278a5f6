/* SPDX-License-Identifier: MIT */
/* The scratch and what is kept: apart from each other, aligned, of any size. */
#include "numbers/numbers.h"

START_TEST(pieces_are_aligned_and_apart) {
    mgd_calculation k = { .seed = 0 };
    unsigned char *piece[400];
    for (size_t i = 0; i < 400; i++) {
        piece[i] = i % 2 ? mgd__keep(&k, i * 7 + 1) : mgd__scratch(&k, i * 7 + 1);
        ck_assert_uint_eq((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
        memset(piece[i], (int)(i % 251), i * 7 + 1);
    }
    for (size_t i = 0; i < 400; i++) {
        size_t changed = 0;
        for (size_t j = 0; j < i * 7 + 1; j++) changed += piece[i][j] != i % 251;
        ck_assert_uint_eq(changed, 0);
    }
    mgd__calculation_end(&k);
}
END_TEST

START_TEST(a_piece_may_be_larger_than_a_chunk) {
    mgd_calculation k = { .seed = 0 };
    char *large = mgd__scratch(&k, 1000000), *small = mgd__scratch(&k, 16);
    memset(large, 1, 1000000);
    memset(small, 2, 16);
    ck_assert_int_eq(large[999999], 1);
    mgd__calculation_end(&k);
}
END_TEST

START_TEST(a_reset_gives_the_same_memory_again_and_keeps_what_is_kept) {
    mgd_calculation k = { .seed = 0 };
    char *kept = mgd__keep(&k, 100), *first = mgd__scratch(&k, 100);
    memset(kept, 7, 100);
    for (int round = 0; round < 100; round++) {
        mgd__scratch_reset(&k);
        ck_assert_ptr_eq(mgd__scratch(&k, 100), first);
    }
    for (int i = 0; i < 100; i++) ck_assert_int_eq(kept[i], 7);
    mgd__calculation_end(&k);
}
END_TEST

START_TEST(an_ended_calculation_may_end_again_or_go_on) {
    mgd_calculation k = { .seed = 0 };
    mgd__scratch_reset(&k);
    mgd__calculation_end(&k);
    ck_assert_ptr_nonnull(mgd__scratch(&k, 1));
    mgd__calculation_end(&k);
    mgd__calculation_end(&k);
}
END_TEST

START_TEST(a_failure_keeps_its_first_reason) {
    mgd_calculation k = { .seed = 0 };
    mgd_numbers R = mgd__reals(&k);
    ck_assert(mgd__real_value(mgd__fail(&R, MGD_BAD_POINT, "first")) == 0);
    mgd__fail(&R, MGD_NO_SUCH_FUNCTION, "second");
    ck_assert_int_eq(k.state, MGD_BAD_POINT);
    ck_assert_str_eq(k.why, "first");
    mgd__calculation_end(&k);
}
END_TEST

TESTS("scratch", pieces_are_aligned_and_apart, a_piece_may_be_larger_than_a_chunk,
      a_reset_gives_the_same_memory_again_and_keeps_what_is_kept, an_ended_calculation_may_end_again_or_go_on,
      a_failure_keeps_its_first_reason);
