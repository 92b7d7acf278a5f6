/* SPDX-License-Identifier: MIT */
/* The inputs that the tests of the identity test are written in, and what they assert. */
#ifndef MGD_TEST_EXACT_H
#define MGD_TEST_EXACT_H

#include "matgrad.h"
#include "support/support.h"

#include <string.h>

/* Named sizes m, n, k: A, B, C n x n; X, Y m x n; Z n x k; a, b n x 1; c m x 1; s, t 1x1. */
typedef struct {
    mgd_tape *tape;
    const mgd_size *m, *n, *k, *one;
    mgd_var *A, *B, *C, *X, *Y, *Z, *a, *b, *c, *s, *t, *I;
} world;

static inline void begin(world *w) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n"), *k = mgd_size_named(t, "k");
    const mgd_size *one = mgd_size_number(t, 1);
    *w = (world){ t,
                  m,
                  n,
                  k,
                  one,
                  mgd_input_sized(t, "A", n, n),
                  mgd_input_sized(t, "B", n, n),
                  mgd_input_sized(t, "C", n, n),
                  mgd_input_sized(t, "X", m, n),
                  mgd_input_sized(t, "Y", m, n),
                  mgd_input_sized(t, "Z", n, k),
                  mgd_input_sized(t, "a", n, one),
                  mgd_input_sized(t, "b", n, one),
                  mgd_input_sized(t, "c", m, one),
                  mgd_input(t, "s", 1, 1),
                  mgd_input(t, "t", 1, 1),
                  mgd_eye_sized(t, n) };
}

static inline mgd_var *number(const world *w, const char *digits) { return mgd_literal(w->tape, digits); }
static inline mgd_var *fraction(const world *w, int64_t n, int64_t d) { return mgd_rational(w->tape, n, d); }

/* Short names, so that an identity reads as one. */
#define add mgd_add
#define sub mgd_subtract
#define neg mgd_negate
#define mul mgd_matmul
#define had mgd_hadamard
#define div_ mgd_divide
#define tr mgd_trace
#define T mgd_transpose
#define inv mgd_inverse
#define exp_ mgd_exp
#define log_ mgd_log
#define sqrt_ mgd_sqrt
#define abs_ mgd_abs
#define square(x) mgd_hadamard(x, x)
#define mul3(x, y, z) mgd_matmul(mgd_matmul(x, y), z)
#define inner(x, y) mgd_sum(mgd_hadamard(x, y))

/* Two expressions, and whether they are the same. */
typedef struct {
    const char *name;
    bool (*make)(const world *w, mgd_var **left, mgd_var **right);
    mgd_answer answer;
} identity;

#define IDENTITY(name, l, r)                                                                                           \
    static bool name(const world *w, mgd_var **left, mgd_var **right) {                                                \
        (void)w;                                                                                                       \
        *left = (l);                                                                                                   \
        *right = (r);                                                                                                  \
        return *left && *right;                                                                                        \
    }

static inline const char *answer_name(mgd_answer a) {
    return a == MGD_EQUAL ? "equal" : a == MGD_DIFFERENT ? "different" : "undecided";
}

#define assert_answer(w, verdict, expected, name)                                                                      \
    do {                                                                                                               \
        mgd_verdict given = (verdict);                                                                                 \
        ck_assert_msg(given.answer == (expected), "%s: %s (%s) %s", name, answer_name(given.answer), given.reason,     \
                      mgd_message((w)->tape));                                                                         \
    } while (0)

#define assert_undecided(verdict, why)                                                                                 \
    do {                                                                                                               \
        mgd_verdict given = (verdict);                                                                                 \
        ck_assert_str_eq(given.reason, why);                                                                           \
        ck_assert_int_eq(given.answer, MGD_UNDECIDED);                                                                 \
        ck_assert(given.doubt == 1);                                                                                   \
    } while (0)

#endif
