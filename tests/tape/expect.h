/* SPDX-License-Identifier: MIT */
/* What tests of a tape say again and again. Macros, so that a failure names the test's own line. */
#ifndef MGD_TEST_EXPECT_H
#define MGD_TEST_EXPECT_H

#include "../support/support.h"

#include <matgrad.h>

#include <string.h>

#define expect_text(v, expected)                                                                                       \
    do {                                                                                                               \
        char text_of_var[512];                                                                                         \
        mgd_describe(v, text_of_var, sizeof text_of_var);                                                              \
        ck_assert_str_eq(text_of_var, expected);                                                                       \
    } while (0)

/* The call returns NULL with that error of recording, which is then cleared. */
#define expect_refusal(t, call, expected)                                                                              \
    do {                                                                                                               \
        const void *refused_call = (call);                                                                             \
        ck_assert_str_eq(mgd_message(t), expected);                                                                    \
        ck_assert_ptr_null(refused_call);                                                                              \
        ck_assert(mgd_failed(t));                                                                                      \
        mgd_clear(t);                                                                                                  \
    } while (0)

/* The call returns false or NULL with that error of evaluation. */
#define expect_undefined(t, call, expected)                                                                            \
    do {                                                                                                               \
        ck_assert(!(call));                                                                                            \
        ck_assert_str_eq(mgd_message(t), expected);                                                                    \
        ck_assert(!mgd_failed(t));                                                                                     \
    } while (0)

/* The value of v has these n entries, bit for bit (and -0.0 is not 0.0). */
#define expect_entries(v, n, ...)                                                                                      \
    do {                                                                                                               \
        const double *value_of_var = mgd_value(v);                                                                     \
        ck_assert_msg(value_of_var != NULL, "no value: %s", mgd_message(mgd_tape_of(v)));                              \
        ck_assert_mem_eq(value_of_var, ((const double[n]){ __VA_ARGS__ }), (n) * sizeof(double));                      \
    } while (0)

#endif
