/* SPDX-License-Identifier: MIT */
/* cumsum: cumulative sums, along the rows or down the columns; and from the other end, which is their adjoint.
 *
 * value        C(i,j) = sum over k <= j of A(i,k), or over k <= i of A(k,j); from the other end k >= j, k >= i
 * pullback     dA += cumsum(dC) from the other end
 * pushforward  C. = cumsum(A.)
 */
#include "ops/ops.h"

enum { ROWS = 0, COLS = 1, FROM_THE_END = 2, BLOCK = 128 };

static mgd_var *cumsum(mgd_var *a, int64_t how) { return mgd__apply(&mgd__op_cumsum, mgd__flag(how), 0, 0, 1, &a); }

static mgd_var *reduce(const mgd_var *v) {
    mgd_var *a = v->arg[0];
    return (v->p.flag.flag & COLS ? a->rows : a->cols) == 1 || mgd__is_zeros(a) ? a : NULL;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    bool down = s->p.flag.flag & COLS, from_the_end = s->p.flag.flag & FROM_THE_END;
    int64_t length = down ? in->rows : in->cols, others = down ? in->cols : in->rows;
    for (int64_t o = 0; o < others; o++) {
        mgd_element sum = whole(S, 0);
        for (int64_t i = 0; i < length; i++) {
            int64_t k = from_the_end ? length - 1 - i : i;
            sum = plus(S, sum, down ? at(in, k, o) : at(in, o, k));
            put(out, down ? k : o, down ? o : k, sum);
        }
    }
}

/* Sums are made in blocks. Of the sum before a block what its rounding lost is known, and added to the block: the error
 * grows with the length of a block, not with that of the whole. */
typedef struct {
    double sum, lost;
} before;

static before behind_block(double sum, double block) {
    double s = sum + block, of_block = s - sum, lost = (sum - (s - of_block)) + (block - of_block);
    return (before){ s, s - s == 0 ? lost : 0 }; /* nothing is lost of what is not finite */
}

/* The sums of n numbers, `step` apart. */
static void along(int64_t n, int64_t step, const double *a, double *c) {
    before b = { 0, 0 };
    for (int64_t first = 0; first < n; first += BLOCK) {
        int64_t end = n - first < BLOCK ? n : first + BLOCK;
        double block = b.lost;
        for (int64_t i = first; i < end; i++) {
            block += a[i * step];
            c[i * step] = b.sum + block;
        }
        b = behind_block(b.sum, block);
    }
}

/* The same of `width` sequences side by side. There is room for 2 width numbers. */
static void side_by_side(int64_t n, int64_t step, size_t width, const double *a, double *c, double *room) {
    double *block = room, *sum = room + width;
    for (size_t j = 0; j < width; j++) block[j] = sum[j] = 0;
    for (int64_t first = 0; first < n; first += BLOCK) {
        int64_t end = n - first < BLOCK ? n : first + BLOCK;
        for (int64_t i = first; i < end; i++) {
            const double *row = a + i * step;
            double *out = c + i * step;
            for (size_t j = 0; j < width; j++) out[j] = sum[j] + (block[j] += row[j]);
        }
        for (size_t j = 0; j < width; j++) {
            before b = behind_block(sum[j], block[j]);
            sum[j] = b.sum;
            block[j] = b.lost;
        }
    }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    int64_t m = out->rows, n = out->cols;
    bool from_the_end = s->p.flag.flag & FROM_THE_END;
    const double *a = in->data;
    double *c = out->data;
    if (s->p.flag.flag & COLS) {
        int64_t start = from_the_end ? (m - 1) * n : 0;
        side_by_side(m, from_the_end ? -n : n, (size_t)n, a + start, c + start, s->scratch);
        return true;
    }
    for (int64_t i = 0, start = from_the_end ? n - 1 : 0; i < m; i++)
        along(n, from_the_end ? -1 : 1, a + i * n + start, c + i * n + start);
    return true;
}

static size_t scratch(const mgd_step *s, const mgd_array *in) {
    return s->p.flag.flag & COLS ? 2 * (size_t)in->cols * sizeof(double) : 0;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    return cumsum(t, c->p.flag.flag ^ FROM_THE_END);
}

const mgd_operation mgd__op_cumsum = {
    .name = "cumsum",
    .operands = 1,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "cumsum_rows({1})|cumsum_cols({1})|cumsum_rows_from_the_end({1})|cumsum_cols_from_the_end({1})",
    .precedence = MGD_ATOM,
    .shape = mgd__shape_of_first,
    .reduce = reduce,
    .meaning = meaning,
    .kernel = kernel,
    .scratch = scratch,
    .pullback = pullback,
    .pushforward = mgd__pushforward_linear,
};

/** The cumulative sums along each row of A, from left to right: the last column is mgd_row_sums(A). */
mgd_var *mgd_cumsum_rows(mgd_var *A) { return cumsum(A, ROWS); }

/** The cumulative sums down each column of A: the last row is mgd_col_sums(A). */
mgd_var *mgd_cumsum_cols(mgd_var *A) { return cumsum(A, COLS); }
