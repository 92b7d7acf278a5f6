/* SPDX-License-Identifier: MIT */
/* What the tests of number systems say again and again. */
#ifndef MGD_TEST_NUMBERS_H
#define MGD_TEST_NUMBERS_H

#include "numbers/number.h"
#include "support/support.h"

/* A calculation with the residues and the duals over them. It must not move: the systems point to each other. */
typedef struct {
    mgd_calculation k;
    mgd_numbers S, D, DD, DDD;
} systems;

static inline void begin_with(systems *w, uint64_t seed, mgd_numbers (*base)(mgd_calculation *)) {
    *w = (systems){ .k = { .seed = seed } };
    w->S = base(&w->k);
    w->D = mgd__duals(&w->S);
    w->DD = mgd__duals(&w->D);
    w->DDD = mgd__duals(&w->DD);
}

static inline void begin(systems *w, uint64_t seed) { begin_with(w, seed, mgd__residues); }
static inline void end(systems *w) { mgd__calculation_end(&w->k); }

static inline bool fine(const systems *w) { return w->k.state == MGD_FINE; }

/* A wrong claim about a failed calculation would go unseen, so the state is part of it. */
#define assert_equal(S, a, b)                                                                                          \
    do {                                                                                                               \
        ck_assert(mgd__vanishes(S, minus(S, a, b)));                                                                   \
        ck_assert_msg((S)->calculation->state == MGD_FINE, "%s", (S)->calculation->why);                               \
    } while (0)

#define assert_differ(S, a, b)                                                                                         \
    do {                                                                                                               \
        ck_assert(!mgd__vanishes(S, minus(S, a, b)));                                                                  \
        ck_assert_msg((S)->calculation->state == MGD_FINE, "%s", (S)->calculation->why);                               \
    } while (0)

#define assert_fails(S, what, expected_state, reason)                                                                  \
    do {                                                                                                               \
        mgd_element result_of_failure = (what);                                                                        \
        ck_assert_ptr_nonnull(result_of_failure);                                                                      \
        ck_assert_int_eq((S)->calculation->state, expected_state);                                                     \
        ck_assert_str_eq((S)->calculation->why, reason);                                                               \
        (S)->calculation->state = MGD_FINE;                                                                            \
    } while (0)

#endif
