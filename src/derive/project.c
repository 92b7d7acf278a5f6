/* SPDX-License-Identifier: MIT */
/* A gradient, or a direction, inside the space in which a declared input moves: symmetric matrices, or those with zeros
 * outside a pattern. The projection is orthogonal and its own transpose, so that <v, J u> = <J' v, u> stays true.
 * Orthogonal, positive and definite inputs are points of such a space, and change nothing here. */
#include "derive/derive.h"

mgd_var *mgd__project(const mgd_var *x, mgd_var *g) {
    unsigned a = mgd_assumptions(x);
    if (!a || !g || mgd__is_scalar(g) || mgd__is_zeros(g)) return g;
    if (a & MGD_DIAGONAL) return mgd_from_diag(mgd_diag_of(g));
    if (a & MGD_SYMMETRIC) return mgd__symmetric_half(g);
    if (a & MGD_LOWER_TRIANGULAR) return mgd_tril(g);
    return a & MGD_UPPER_TRIANGULAR ? mgd_triu(g) : g;
}
