/* SPDX-License-Identifier: MIT */
/* A fused loop: blocks that stay in the first-level cache, each through one instruction after another, and then into
 * the reductions that end the loop. Their states are combined pairwise over the blocks. */
#include "run/program.h"

static void fill(double *to, size_t n, double x) {
    for (size_t i = 0; i < n; i++) to[i] = x;
}

typedef struct {
    const mgd_fused *f;
    double *const *pointer;
    double *buffer;
    double *at[MGD_MOST_SLOTS]; /* where each slot's block is now */
    mgd_pairwise done[MGD_MOST_ENDS];
    double level[MGD_MOST_ENDS]
                [MGD_LEVELS * MGD_STATE]; /* of all and of rows; those of columns are behind the blocks */
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

/* ---- reductions ---- */

/* The states of columns that the latest rows went into, one by one. */
static double *latest_rows(const loop *l, const mgd_loop_end *e) { return l->buffer + e->states; }

static void begin_end(loop *l, uint32_t k) {
    const mgd_loop_end *e = &l->f->end[k];
    size_t cols = (size_t)l->f->cols;
    l->done[k] = (mgd_pairwise){ e->how, 1, 0, l->level[k] };
    if (e->axis != MGD_COLS) return;
    l->done[k].n = cols;
    l->done[k].level = latest_rows(l, e) + e->how->width * cols;
    e->how->start(cols, latest_rows(l, e));
}

/* One of rows to i is complete. */
static void end_row_of_columns(loop *l, uint32_t k, size_t i) {
    const mgd_loop_end *e = &l->f->end[k];
    if ((i + 1) % MGD_ROWS_TOGETHER) return;
    mgd__pairwise_add(&l->done[k], latest_rows(l, e));
    e->how->start((size_t)l->f->cols, latest_rows(l, e));
}

/* The block is `rows` whole rows from row i on, or n entries of row i from column j on. */
static void reduce_block(loop *l, uint32_t k, size_t i, size_t j, size_t rows, size_t n) {
    const mgd_loop_end *e = &l->f->end[k];
    const double *x = l->at[e->slot];
    size_t cols = n / rows;
    bool whole_rows = cols == (size_t)l->f->cols;
    double state[MGD_STATE];
    if (e->axis == MGD_ALL || !(whole_rows || e->axis == MGD_COLS)) {
        e->how->block(l->f->isa, n, x, state);
        mgd__pairwise_add(&l->done[k], state);
        return;
    }
    for (size_t r = 0; r < rows; r++, x += cols) {
        if (e->axis == MGD_ROWS) {
            double *result = &l->pointer[e->value][i + r];
            e->how->block(l->f->isa, cols, x, e->how->finish ? state : result);
            if (e->how->finish) e->how->finish(1, state, result);
            continue;
        }
        e->how->row(l->f->isa, cols, (size_t)l->f->cols, x, latest_rows(l, e) + j);
        if (whole_rows) end_row_of_columns(l, k, i + r);
    }
}

/* Row i is complete, which came in parts. */
static void end_row(loop *l, size_t i) {
    for (uint32_t k = 0; k < l->f->ends; k++) {
        const mgd_loop_end *e = &l->f->end[k];
        double state[MGD_STATE];
        if (e->axis == MGD_COLS) end_row_of_columns(l, k, i);
        if (e->axis != MGD_ROWS) continue;
        mgd__pairwise_total(&l->done[k], state);
        mgd__finish(e->how, 1, state, &l->pointer[e->value][i]);
        l->done[k].count = 0;
    }
}

static void finish_end(loop *l, uint32_t k) {
    const mgd_loop_end *e = &l->f->end[k];
    double one[MGD_STATE], *state = e->axis == MGD_COLS ? latest_rows(l, e) : one;
    if (e->axis == MGD_ROWS) return;
    if (e->axis == MGD_COLS && l->f->rows % MGD_ROWS_TOGETHER) mgd__pairwise_add(&l->done[k], state);
    mgd__pairwise_total(&l->done[k], state);
    mgd__finish(e->how, l->done[k].n, state, l->pointer[e->value]);
}

/* ---- the loop ---- */

static void run_block(loop *l, int64_t i, int64_t j, size_t rows, size_t n) {
    place_block(l, i, j, rows, n);
    run_instructions(l, n);
    for (uint32_t k = 0; k < l->f->ends; k++) reduce_block(l, k, (size_t)i, (size_t)j, rows, n);
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
        end_row(l, (size_t)i);
    }
}

void mgd__run_fused(const mgd_fused *f, double *const *pointer, double *buffer) {
    loop l; /* not initialised: most of it is not used, and that would take longer than a small loop */
    l.f = f;
    l.pointer = pointer;
    l.buffer = buffer;
    for (uint32_t k = 0; k < f->ends; k++) begin_end(&l, k);
    size_t rows_at_once = f->block / (size_t)f->cols;
    prepare(&l, rows_at_once);
    if (rows_at_once)
        run_by_whole_rows(&l, rows_at_once);
    else
        run_by_parts_of_rows(&l);
    for (uint32_t k = 0; k < f->ends; k++) finish_end(&l, k);
}
