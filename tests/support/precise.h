/* SPDX-License-Identifier: MIT */
/* Real numbers of as many digits as are asked for, by MPFR: what an operation means, found by a route that has nothing
 * in common with its kernels but the definition.
 *
 *     mgd_calculation k = { .seed = 1 };
 *     mgd_numbers P = precise_numbers(&k, PRECISE_BITS);
 */
#ifndef MGD_TEST_PRECISE_H
#define MGD_TEST_PRECISE_H

#include "numbers/number.h"

#include <mpfr.h>

enum { PRECISE_BITS = 256 }; /* 77 digits: some are lost on the way */

/* A multiple of 64 bits. Draws are those of mgd__reals. An element holds its digits itself, and moves as its bytes do.
 * The system goes on as IEEE arithmetic does, with infinities and NaN, and never fails. */
mgd_numbers precise_numbers(mgd_calculation *k, int bits);

mgd_element precise_element(const mgd_numbers *P, double x);
double precise_value(const mgd_numbers *P, mgd_element x); /* the nearest double */

/* A view of x's digits, not to be changed, cleared or kept longer than x. */
void precise_view(const mgd_numbers *P, mgd_element x, mpfr_t view);

/* Did any result since mpfr_clear_flags() or the last call exceed the exponents of 62 bits, as exp(1e300) does? */
bool precise_range_exceeded(void);

#endif
