/* SPDX-License-Identifier: MIT */
/* The product's innermost loop, included by gemm.c once for each instruction set with NAMED, TARGET, BYTES (of a
 * vector), ROWS and VECTORS defined: C += alpha A B for a piece of C of at most ROWS x (VECTORS vectors), whose sums
 * stay in registers. A and B are packed in the order in which they are read, filled up with zeros. */

TARGET static void NAMED(multiply)(size_t depth, real alpha, const real *a, const real *b, size_t rows, size_t cols,
                                   real *c, size_t ldc) {
    typedef real vector __attribute__((vector_size(BYTES), may_alias));
    enum { WIDE = BYTES / sizeof(real) };
    vector sum[ROWS][VECTORS] = { 0 };
    for (size_t p = 0; p < depth; p++, a += ROWS, b += VECTORS * WIDE) {
        vector row[VECTORS];
        for (size_t v = 0; v < VECTORS; v++) row[v] = *(const vector *)(b + v * WIDE);
        for (size_t i = 0; i < ROWS; i++)
            for (size_t v = 0; v < VECTORS; v++) sum[i][v] += a[i] * row[v];
    }
    const real *const product = (const real *)sum;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++) c[i * ldc + j] += alpha * product[i * VECTORS * WIDE + j];
}

static const tile NAMED(tile) = { ROWS, VECTORS *(BYTES / sizeof(real)), NAMED(multiply) };

#undef NAMED
#undef TARGET
#undef BYTES
#undef ROWS
#undef VECTORS
