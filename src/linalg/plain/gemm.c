/* SPDX-License-Identifier: MIT */
/* C = alpha op(A) op(B) + beta C. A block of B is packed to fit the second cache, a strip of A to fit the first, and
 * tile.h multiplies them in registers, with the widest vectors that the machine has (K. Goto and R. van de Geijn,
 * "Anatomy of high-performance matrix multiplication", 2008). The transposes are only other strides for the packing. */
#include "linalg/isa.h"
#include "linalg/real.h"

#include <string.h>

/* DEPTH of the inner size, WIDTH of C's columns in a packed block (a multiple of every tile's), TALL rows in a strip;
 * at most SMALL in every direction, nothing is worth packing. */
enum { DEPTH = 1024 / sizeof(real), WIDTH = 192, TALL = 8, SMALL = 6 };

typedef struct {
    size_t rows, cols;
    void (*multiply)(size_t depth, real alpha, const real *a, const real *b, size_t rows, size_t cols, real *c,
                     size_t ldc);
} tile;

#define NAMED(part) part##_baseline
#define TARGET
#define BYTES 16
#define ROWS 4
#define VECTORS 2
#include "linalg/plain/tile.h"

#define NAMED(part) part##_avx2
#define TARGET MGD_FOR_AVX2
#define BYTES 32
#define ROWS 6
#define VECTORS 2
#include "linalg/plain/tile.h"

#define NAMED(part) part##_avx512
#define TARGET MGD_FOR_AVX512
#define BYTES 64
#define ROWS 8
#define VECTORS 3
#include "linalg/plain/tile.h"

static const tile *const tiles[MGD_ISAS] = { &tile_baseline, &tile_avx2, &tile_avx512 };

/* An operand with its transpose undone: entry (i, j) is at[i*row + j*col]. */
typedef struct {
    const real *at;
    size_t row, col;
} operand;

static operand operand_of(bool transposed, const real *at, size_t ld) {
    return transposed ? (operand){ at, 1, ld } : (operand){ at, ld, 1 };
}

static operand from(operand x, size_t i, size_t j) { return (operand){ x.at + i * x.row + j * x.col, x.row, x.col }; }

static size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

/* Entry (i, p) of the strip goes to out[p*width + i]; what is missing of its width is 0. */
static void pack(operand x, size_t used, size_t width, size_t depth, real *restrict out) {
    for (size_t p = 0; p < depth; p++, out += width) {
        const real *const source = x.at + p * x.col;
        if (x.row == 1)
            for (size_t i = 0; i < used; i++) out[i] = source[i];
        else
            for (size_t i = 0; i < used; i++) out[i] = source[i * x.row];
        for (size_t i = used; i < width; i++) out[i] = 0;
    }
}

/* C += alpha A B for one block of B, A m x depth, B depth x n. */
static void add_block(const tile *t, size_t m, size_t n, size_t depth, real alpha, operand a, operand b, real *c,
                      size_t ldc) {
    _Alignas(64) real strip[DEPTH * TALL];
    _Alignas(64) real block[DEPTH * WIDTH];
    const operand columns = { b.at, b.col, b.row };
    for (size_t j = 0; j < n; j += t->cols)
        pack(from(columns, j, 0), smaller(t->cols, n - j), t->cols, depth, block + j * depth);
    for (size_t i = 0; i < m; i += t->rows) {
        const size_t rows = smaller(t->rows, m - i);
        pack(from(a, i, 0), rows, t->rows, depth, strip);
        for (size_t j = 0; j < n; j += t->cols)
            t->multiply(depth, alpha, strip, block + j * depth, rows, smaller(t->cols, n - j), c + i * ldc + j, ldc);
    }
}

static void add_small(size_t m, size_t n, size_t k, real alpha, operand a, operand b, real *c, size_t ldc) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            real sum = 0;
            for (size_t p = 0; p < k; p++) sum += a.at[i * a.row + p * a.col] * b.at[p * b.row + j * b.col];
            c[i * ldc + j] += alpha * sum;
        }
}

static void add_blocks(size_t m, size_t n, size_t k, real alpha, operand a, operand b, real *c, size_t ldc) {
    const tile *const t = tiles[mgd__isa()];
    for (size_t p = 0; p < k; p += DEPTH)
        for (size_t j = 0; j < n; j += WIDTH)
            add_block(t, m, smaller(WIDTH, n - j), smaller(DEPTH, k - p), alpha, from(a, 0, p), from(b, p, j), c + j,
                      ldc);
}

static void scale(size_t m, size_t n, real beta, real *c, size_t ldc) {
    if (beta == 1) return;
    for (size_t i = 0; i < m; i++, c += ldc) {
        if (beta == 0) memset(c, 0, n * sizeof(real));
        for (size_t j = 0; j < n && beta != 0; j++) c[j] *= beta;
    }
}

void LINALG(gemm)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, real alpha, const real *a,
                  size_t lda, const real *b, size_t ldb, real beta, real *c, size_t ldc) {
    if (m == 0 || n == 0) return;
    scale(m, n, beta, c, ldc);
    if (alpha == 0 || k == 0) return;
    const operand left = operand_of(a_transposed, a, lda), right = operand_of(b_transposed, b, ldb);

    if (m <= SMALL && n <= SMALL && k <= SMALL)
        add_small(m, n, k, alpha, left, right, c, ldc);
    else if (n == 1 && ldc == 1 && right.row == 1)
        LINALG(gemv)(a_transposed, a_transposed ? k : m, a_transposed ? m : k, alpha, a, lda, b, 1, c);
    else if (m == 1 && left.col == 1)
        LINALG(gemv)(!b_transposed, b_transposed ? n : k, b_transposed ? k : n, alpha, b, ldb, a, 1, c);
    else
        add_blocks(m, n, k, alpha, left, right, c, ldc);
}
