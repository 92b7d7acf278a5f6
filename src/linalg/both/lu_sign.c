/* SPDX-License-Identifier: MIT */
/* The sign of the determinant, from its LU factors: the signs on U's diagonal and the parity of the exchanges. */
#include "linalg/real.h"

int LINALG(lu_sign)(size_t n, const real *lu, const real *pivots) {
    int sign = 1;
    for (size_t i = 0; i < n; i++) {
        const real pivot = lu[i * n + i];
        if (pivot == 0) return 0;
        if ((pivot < 0) != (pivots[i] != (real)i)) sign = -sign;
    }
    return sign;
}
