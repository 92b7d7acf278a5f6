/* SPDX-License-Identifier: MIT */
/* Are two expressions equal? Decided in exact arithmetic at random points, without rounding and without a tolerance.
 *
 *     mgd_verdict v = mgd_equal(G, claim);
 *     if (v.answer == MGD_EQUAL) printf("equal; wrong with probability below %g\n", v.doubt);
 *     else printf("%s: %s\n", v.answer == MGD_DIFFERENT ? "different" : "undecided", v.reason);
 *
 * The expressions are evaluated modulo a tower of primes of 61 bits and fewer in which exp, sqrt and powers keep their
 * laws (Schwartz 1980, Zippel 1979, Gonnet 1984). EQUAL means: equal at every point that was drawn,
 * and not different, beyond a bound of the rounding, at any of the real points that were tried as well. What happens
 * only where inputs are equal, or 0, is not seen. DIFFERENT is certain: for expressions that are not rational a
 * counterexample was found in the reals too, beyond that bound. UNDECIDED says why, and which function the arithmetic
 * does not have.
 */
#ifndef MATGRAD_EXACT_H
#define MATGRAD_EXACT_H

#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { MGD_EQUAL, MGD_DIFFERENT, MGD_UNDECIDED } mgd_answer;

typedef struct {
    mgd_answer answer;
    int points;   /* at how many points it was decided */
    double doubt; /* EQUAL: a bound on the chance that they differ all the same; proved for rational expressions, and
                   * for others the same figure without a proof. 1 for the other answers */
    char reason[256]; /* "" or the first entry that differs, or what could not be done */
} mgd_verdict;

/* Is a equal to b, wherever both are defined? The laws of log, roots and quotients are taken there: log(x.*x) is
 * 2 log(x), x./x is 1. Named sizes are drawn; sizes that are numbers are taken as they are.
 * The expressions are those that were recorded, also where a branch (mgd_branch) held for other data alone. */
mgd_verdict mgd_equal(mgd_var *a, mgd_var *b);

/* Is g the gradient of the 1x1 f by x? The derivative of f along a random direction, by dual numbers, is compared with
 * g's product with it: the library's own pullbacks are not used. By an x that is declared symmetric, diagonal or
 * triangular the gradient is the projected one, and no other. Inputs are drawn as what they are declared to be. */
mgd_verdict mgd_is_gradient(mgd_var *f, mgd_var *x, mgd_var *g);

#ifdef __cplusplus
}
#endif

#endif
