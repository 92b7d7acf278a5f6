/* SPDX-License-Identifier: MIT */
/* A fused loop: blocks that stay in the first-level cache, each through one instruction after another. Sums are formed
 * pairwise over the blocks, so that their error grows like the logarithm of the number of terms. */
#include "run/program.h"

enum { LEVELS = 48 };

/* Partial sums of 1, 2, 4, ... blocks, as the bits of the count say. */
typedef struct {
    double partial[LEVELS];
    uint64_t count;
} pairwise;

static void add_term(pairwise *s, double x) {
    int level = 0;
    for (uint64_t bits = s->count; bits & 1; bits >>= 1) x += s->partial[level++];
    s->partial[level] = x;
    s->count++;
}

static double total(const pairwise *s) {
    double x = 0;
    for (int level = 0; level < LEVELS && s->count >> level; level++)
        if (s->count >> level & 1) x += s->partial[level];
    return x;
}

static void fill(double *to, size_t n, double x) {
    for (size_t i = 0; i < n; i++) to[i] = x;
}

typedef struct {
    const mgd_fused *f;
    double *const *pointer;
    double *buffer;
    double *at[MGD_MOST_SLOTS]; /* where each slot's block is now */
    pairwise sum[MGD_MOST_SUMS];
} loop;

static double *buffer_of(const loop *l, const mgd_block_slot *s) { return l->buffer + s->buffer * l->f->block; }

/* What stays: numbers spread over a block, and a row that is short, as often as it fits. */
static void prepare(loop *l, size_t rows_at_once) {
    for (uint32_t k = 0; k < l->f->slots; k++) {
        const mgd_block_slot *s = &l->f->slot[k];
        const double *x = s->kind == MGD_REGISTER ? NULL : l->pointer[s->value];
        if (s->kind != MGD_FULL) l->at[k] = buffer_of(l, s);
        if (s->kind == MGD_NUMBER) fill(l->at[k], l->f->block, *x);
        for (size_t r = 0; s->kind == MGD_ROW && r < rows_at_once; r++)
            for (int64_t j = 0; j < l->f->cols; j++) l->at[k][r * (size_t)l->f->cols + (size_t)j] = x[j];
    }
}

/* The block of `rows` whole rows from row i on, or of n entries of row i from column j on. */
static void place_block(loop *l, int64_t i, int64_t j, size_t rows, size_t n) {
    size_t cols = (size_t)l->f->cols;
    for (uint32_t k = 0; k < l->f->slots; k++) {
        const mgd_block_slot *s = &l->f->slot[k];
        if (s->kind == MGD_FULL) l->at[k] = l->pointer[s->value] + (size_t)i * cols + (size_t)j;
        if (s->kind == MGD_ROW && n < cols) l->at[k] = l->pointer[s->value] + j;
        if (s->kind != MGD_COLUMN) continue;
        for (size_t r = 0; r < rows; r++)
            fill(l->at[k] + r * cols, n < cols ? n : cols, l->pointer[s->value][(size_t)i + r]);
    }
}

static void run_instructions(loop *l, size_t n) {
    for (uint32_t k = 0; k < l->f->instructions; k++) {
        const mgd_instruction *x = &l->f->instruction[k];
        const void *in[3] = { l->at[x->operand[0]], l->at[x->operand[1]], l->at[x->operand[2]] };
        x->function(x->p, n, in, l->at[x->result]);
    }
}

enum { ROWS_TOGETHER = 128 }; /* whose sums of columns are added up before they are added to the others */

static void add_row(loop *l, const mgd_block_sum *s, int64_t j, size_t n, const double *row) {
    double *partial = l->buffer + s->partial + j;
    for (size_t k = 0; k < n; k++) partial[k] += row[k];
}

static void flush_columns(loop *l, const mgd_block_sum *s) {
    double *partial = l->buffer + s->partial, *result = l->pointer[s->value];
    for (int64_t j = 0; j < l->f->cols; j++) {
        result[j] += partial[j];
        partial[j] = 0;
    }
}

static void clear_columns(loop *l, const mgd_block_sum *s) {
    fill(l->buffer + s->partial, (size_t)l->f->cols, 0);
    fill(l->pointer[s->value], (size_t)l->f->cols, 0);
}

/* The block is `rows` whole rows from row i on, or n entries of row i from column j on. */
static void add_to_sum(loop *l, uint32_t k, int64_t i, int64_t j, size_t rows, size_t n) {
    const mgd_block_sum *s = &l->f->sum[k];
    const double *x = l->at[s->slot];
    size_t cols = n / rows;
    bool whole_rows = cols == (size_t)l->f->cols;
    if (s->kind == MGD_SUM_OF_ALL) add_term(&l->sum[k], mgd__dsum(n, x));
    for (size_t r = 0; s->kind == MGD_SUM_OF_ROWS && r < rows; r++) {
        double sum = mgd__dsum(cols, x + r * cols);
        if (whole_rows)
            l->pointer[s->value][(size_t)i + r] = sum;
        else
            add_term(&l->sum[k], sum);
    }
    for (size_t r = 0; s->kind == MGD_SUM_OF_COLS && r < rows; r++) {
        add_row(l, s, j, cols, x + r * cols);
        if (whole_rows && ((size_t)i + r + 1) % ROWS_TOGETHER == 0) flush_columns(l, s);
    }
}

static void run_block(loop *l, int64_t i, int64_t j, size_t rows, size_t n) {
    place_block(l, i, j, rows, n);
    run_instructions(l, n);
    for (uint32_t k = 0; k < l->f->sums; k++) add_to_sum(l, k, i, j, rows, n);
}

static void end_row(loop *l, int64_t i) {
    for (uint32_t k = 0; k < l->f->sums; k++) {
        const mgd_block_sum *s = &l->f->sum[k];
        if (s->kind == MGD_SUM_OF_COLS && (i + 1) % ROWS_TOGETHER == 0) flush_columns(l, s);
        if (s->kind != MGD_SUM_OF_ROWS) continue;
        l->pointer[s->value][i] = total(&l->sum[k]);
        l->sum[k].count = 0;
    }
}

static void end_sums(loop *l) {
    for (uint32_t k = 0; k < l->f->sums; k++) {
        const mgd_block_sum *s = &l->f->sum[k];
        if (s->kind == MGD_SUM_OF_ALL) l->pointer[s->value][0] = total(&l->sum[k]);
        if (s->kind == MGD_SUM_OF_COLS) flush_columns(l, s);
    }
}

static void run_by_whole_rows(loop *l, size_t rows_at_once) {
    const mgd_fused *f = l->f;
    for (int64_t i = 0; i < f->rows; i += (int64_t)rows_at_once) {
        size_t rows = (size_t)(f->rows - i) < rows_at_once ? (size_t)(f->rows - i) : rows_at_once;
        run_block(l, i, 0, rows, rows * (size_t)f->cols);
    }
}

static void run_by_parts_of_rows(loop *l) {
    const mgd_fused *f = l->f;
    for (int64_t i = 0; i < f->rows; i++) {
        for (int64_t j = 0; j < f->cols; j += (int64_t)f->block) {
            size_t n = (size_t)(f->cols - j) < f->block ? (size_t)(f->cols - j) : f->block;
            run_block(l, i, j, 1, n);
        }
        end_row(l, i);
    }
}

void mgd__run_fused(const mgd_fused *f, double *const *pointer, double *buffer) {
    loop l; /* not initialised: most of it is not used, and that would take longer than a small loop */
    l.f = f;
    l.pointer = pointer;
    l.buffer = buffer;
    for (uint32_t k = 0; k < f->sums; k++) {
        l.sum[k].count = 0;
        if (f->sum[k].kind == MGD_SUM_OF_COLS) clear_columns(&l, &f->sum[k]);
    }
    size_t rows_at_once = f->block / (size_t)f->cols;
    prepare(&l, rows_at_once);
    if (rows_at_once)
        run_by_whole_rows(&l, rows_at_once);
    else
        run_by_parts_of_rows(&l);
    end_sums(&l);
}
