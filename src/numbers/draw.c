/* SPDX-License-Identifier: MIT */
#include "numbers/draw.h"

mgd_element mgd__draw_skew(const mgd_numbers *S, uint64_t key, int64_t n, int64_t i, int64_t j) {
    if (i == j) return whole(S, 0);
    if (i < j) return S->draw(S, key + (uint64_t)(i * n + j), false);
    return minus(S, whole(S, 0), S->draw(S, key + (uint64_t)(j * n + i), false));
}

/* inv(I + K) (I - K), which is the same: the two commute. */
const mgd_element *mgd__draw_orthogonal(const mgd_numbers *S, uint64_t key, int64_t n) {
    int64_t width = 2 * n;
    mgd_element *w = mgd__scratch(S->calculation, (size_t)(n * width) * sizeof *w);
    mgd_element *q = mgd__scratch(S->calculation, (size_t)(n * n) * sizeof *q);
    if (!w || !q) return NULL;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            mgd_element k = mgd__draw_skew(S, key, n, i, j);
            w[i * width + j] = plus(S, whole(S, i == j), k);
            w[i * width + n + j] = minus(S, whole(S, i == j), k);
        }
    mgd__eliminate(S, n, n, w);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) q[i * n + j] = w[i * width + n + j];
    return q;
}

mgd_element mgd__draw_definite(const mgd_numbers *S, uint64_t key, int64_t n, int64_t i, int64_t j, bool positive) {
    mgd_element x = whole(S, 0);
    for (int64_t k = 0; k <= i && k <= j; k++)
        x = plus(S, x,
                 times(S, S->draw(S, key + (uint64_t)(i * n + k), positive || i == k),
                       S->draw(S, key + (uint64_t)(j * n + k), positive || j == k)));
    return x;
}

/* No draw is below -64, so that magnitudes tell the order; of residues they are all 1. */
static double height(const mgd_numbers *S, mgd_element x) { return S->magnitude(S, plus(S, x, whole(S, 64))); }

void mgd__draw_ascending(const mgd_numbers *S, uint64_t key, bool positive, int64_t n, mgd_element *x) {
    for (int64_t i = 0; i < n; i++) {
        mgd_element next = S->draw(S, key + (uint64_t)i, positive);
        int64_t j = i;
        for (; j > 0 && height(S, x[j - 1]) > height(S, next); j--) x[j] = x[j - 1];
        x[j] = next;
    }
}

/* Points are numbered by their seeds, the identity test's in steps of 64: both counts go through the patterns. */
mgd_element mgd__draw_sign(const mgd_numbers *S, int64_t i) {
    uint64_t seed = S->calculation->seed, pattern = seed ^ (seed >> 6);
    return whole(S, i < 64 && pattern >> i & 1 ? -1 : 1);
}
