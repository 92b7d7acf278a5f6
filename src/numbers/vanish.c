/* SPDX-License-Identifier: MIT */
#include "numbers/number.h"

bool mgd__vanishes(const mgd_numbers *S, mgd_element x) {
    for (; S->over; S = S->over)
        if (!mgd__vanishes(S->over, mgd__dual_tangent(S, x))) return false;
    return S->is_zero(S, x);
}

void mgd__must_vanish(const mgd_numbers *S, mgd_residuals *r, mgd_element x) {
    r->entries++;
    r->nonzero += !mgd__vanishes(S, x);
}
