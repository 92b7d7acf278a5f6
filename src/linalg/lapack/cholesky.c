/* SPDX-License-Identifier: MIT */
/* LAPACK's upper factor, stored by columns, is the lower one by rows. Some kernels let a NaN pass as a pivot. */
#include "linalg/lapack/lapack.h"

#include <string.h>

size_t LINALG(cholesky)(size_t n, real *a) {
    if (n == 0) return 0;
    const int order = size_of(n);
    int info = 0;
    LAPACK(potrf)("U", &order, a, &order, &info, 1);
    if (info != 0) return (size_t)info;
    for (size_t i = 0; i < n; i++) {
        if (!(a[i * n + i] > 0)) return i + 1;
        memset(a + i * n + i + 1, 0, (n - 1 - i) * sizeof(real));
    }
    return 0;
}
