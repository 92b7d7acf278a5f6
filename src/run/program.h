/* SPDX-License-Identifier: MIT */
/* What a program is. The stages of compilation fill it one after another:
 *     rewrite.c    the part to be compiled, on a tape of the program's own, improved by run/passes/
 *     schedule.c   its nodes as values and steps, in an order
 *     branches.c   the steps that decide whether it may run, first
 *     fuse.c       entrywise steps of one size in one loop; steps on 1x1 values in one step
 *     plan.c       where each value lives
 * and run.c runs it. */
#ifndef MGD_PROGRAM_H
#define MGD_PROGRAM_H

#include "matgrad/program.h"
#include "ops/ops.h"

typedef enum { MGD_IN_WORKSPACE, MGD_IN_INPUT, MGD_IN_OUTPUT, MGD_IN_CONSTANTS } mgd_home;

/* A matrix that the program reads or writes. A value may be a part of another (its base), at an offset in entries: one
 * result of several, or a vector transposed, which is the same numbers. */
typedef struct {
    int64_t rows, cols;
    uint32_t base;
    size_t offset;
    mgd_home home;        /* of a base */
    size_t place;         /* bytes in the workspace; which input or output; bytes in the constants */
    uint32_t first, last; /* the steps between which a base is alive */
    const mgd_var *node;
} mgd_program_value;

typedef enum { MGD_KERNEL_STEP, MGD_FUSED_STEP, MGD_SCALAR_STEP, MGD_COPY_STEP } mgd_step_kind;

/* Where a fused operation finds an operand, or leaves a result, block by block. */
typedef enum { MGD_REGISTER, MGD_FULL, MGD_NUMBER, MGD_COLUMN, MGD_ROW } mgd_slot_kind;
typedef struct {
    mgd_slot_kind kind;
    uint32_t value;  /* a register that nothing outside needs has none */
    uint32_t buffer; /* of a register, of a number and of a column: which block of the workspace */
} mgd_block_slot;

typedef struct {
    mgd_block_kernel *function;
    double p;
    uint32_t operand[3], result; /* slots; of a scalar step values */
} mgd_instruction;

/* A reduction that a loop ends in: a sum, a maximum. */
typedef struct {
    const mgd_reduction *how;
    mgd_axis axis;
    uint32_t slot, value;
    size_t states; /* of columns: where, behind the blocks, those of some rows are, and the levels, in entries */
} mgd_loop_end;

enum { MGD_MOST_SLOTS = 64, MGD_MOST_ENDS = 8 };

typedef struct {
    int64_t rows, cols; /* of a block's matrix: 1 x entries where no operand is a row or a column */
    size_t block;       /* entries */
    mgd_block_slot *slot;
    mgd_instruction *instruction;
    mgd_loop_end *end;
    uint32_t slots, instructions, ends, buffers;
    mgd_isa isa;
} mgd_fused;

typedef struct {
    mgd_step_kind kind;
    mgd_step step;     /* of a kernel */
    uint32_t *operand; /* values: all that the step reads, and all that it writes */
    uint32_t *result;
    uint32_t operands, results;
    mgd_fused fused;
    mgd_instruction *instruction; /* of a scalar step */
    uint32_t instructions;
    double flops, bytes;
} mgd_program_step;

/* What an input was declared to be, where that is to be checked. */
typedef struct {
    unsigned assumptions;
    const char *name;
} mgd_program_assumption;

struct mgd_program {
    mgd_tape *tape;   /* its own; read only once the program is compiled */
    mgd_arena memory; /* of everything below */
    unsigned options;
    size_t inputs, outputs;
    mgd_program_value *input, *output; /* sizes alone */
    mgd_program_assumption *assumed;   /* of each input */
    mgd_program_value *value;
    mgd_program_step *step;
    uint32_t values, steps;
    double *constants;
    size_t values_bytes, live_bytes; /* of intermediate values: as planned, and alive at once */
    size_t scratch_bytes;
    size_t arrays; /* operands and results of all kernel steps */
};

/* While a program is compiled. */
typedef struct {
    mgd_program *p;
    mgd_tape *from;   /* whose complaint holds the error */
    mgd_var **result; /* the outputs, and behind them the branches that they depend on */
    size_t results;
    mgd_reached below;
    int32_t *group; /* the fused loop that a node is in, or -1 */
    bool *early;    /* does a branch depend on the node, or is it one? NULL where there are none */
    bool *formed;   /* is the node's value needed as a matrix? A repeated row that only fused loops read is not */
} mgd_compilation;

void *mgd__take(mgd_compilation *c, size_t n, size_t bytes); /* zeroed, in the program's memory; NULL with the error */

static inline mgd_var *mgd__below(const mgd_compilation *c, size_t i) { return mgd__node(c->p->tape, c->below.ids[i]); }
static inline size_t mgd__place_of(const mgd_compilation *c, const mgd_var *v) {
    return (size_t)mgd__position(c->p->tape, &c->below, v);
}

/* Puts nodes into fused loops. after[i] becomes the last loop that node i must wait for, or is in; returns how many
 * loops there are. */
int32_t mgd__group(mgd_compilation *c, int32_t *after);
bool mgd__is_entrywise_member(const mgd_var *v); /* of a loop; what is not, and in one, is a reduction that ends it */
bool mgd__is_number_like(const mgd_var *v);      /* every entry is the same known number */

bool mgd__schedule(mgd_compilation *c);
bool mgd__fuse(mgd_compilation *c, const uint32_t *member, size_t members, mgd_program_step *s);
bool mgd__find_early(mgd_compilation *c);
bool mgd__branches_first(mgd_compilation *c);
static inline bool mgd__is_early(const mgd_compilation *c, size_t i) { return c->early && c->early[i]; }
bool mgd__plan(mgd_compilation *c);
void mgd__cost_of_step(const mgd_program *p, mgd_program_step *s);

/* A step on blocks. pointer[v] is where value v is, buffer the blocks, one behind the other. */
void mgd__run_fused(const mgd_fused *f, double *const *pointer, double *buffer);

static inline size_t mgd__entries(const mgd_program_value *v) { return (size_t)v->rows * (size_t)v->cols; }

#endif
