/* SPDX-License-Identifier: MIT */
/* Programs: part of a tape, compiled once and run many times.
 *
 *     mgd_program *p = mgd_compile(t, 2, (mgd_var *[]){ X, a }, 2, (mgd_var *[]){ f, G }, 0);
 *     mgd_workspace *ws = mgd_workspace_new(p);
 *     double f0, g[6];
 *     mgd_array in[] = { mgd_rows(x, 3, 2), mgd_rows(a0, 3, 1) }, out[] = { mgd_rows(&f0, 1, 1), mgd_rows(g, 3, 2) };
 *     if (!mgd_run(p, ws, in, out)) fprintf(stderr, "%s\n", mgd_workspace_message(ws));
 *     mgd_workspace_free(ws);
 *     mgd_program_free(p);
 *
 * A program is immutable and needs nothing of the tape that it came from. Threads share it, each with a workspace of
 * its own. A run allocates nothing, and writes to the outputs and to the workspace alone.
 */
#ifndef MATGRAD_PROGRAM_H
#define MATGRAD_PROGRAM_H

#include "matgrad/run.h"
#include "matgrad/tape.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mgd_program mgd_program;
typedef struct mgd_workspace mgd_workspace;

/* What mgd_compile is to leave out; 0 leaves out nothing. Results differ from mgd_value's by rounding; where a product
 * with zeros is not carried out (DIAGONALS, TRACES, REPEATS, STRUCTURE), 0 times infinity is not NaN. Without all of
 * them a program runs the tape's nodes one by one, as mgd_value does. */
enum {
    MGD_WITHOUT_TRANSPOSES = 1 << 0, /* transposes absorbed into products */
    MGD_WITHOUT_REPEATS = 1 << 1,    /* a row or column repeated by a product with ones, sums by products with ones */
    MGD_WITHOUT_DIAGONALS = 1 << 2,  /* products with diagonal matrices as scalings */
    MGD_WITHOUT_TRACES = 1 << 3,     /* the trace of a product without the product */
    MGD_WITHOUT_SOLVES = 1 << 4,     /* inv(A) B as a solve */
    MGD_WITHOUT_STRUCTURE = 1 << 5,  /* factorisations and products chosen by what is known of matrices */
    MGD_WITHOUT_FACTORS = 1 << 6,    /* A u + A v as A (u + v) */
    MGD_WITHOUT_ORDER = 1 << 7,      /* chains of products in their cheapest order */
    MGD_WITHOUT_FUSION = 1 << 8,     /* entrywise operations in one loop */
    MGD_WITHOUT_SHARING = 1 << 9,    /* memory shared by values that are not alive together */
    MGD_WITHOUT_PASSES = (1 << 10) - 1,
    MGD_CHECK_FINITE = 1 << 10,     /* an output that is not finite is an error */
    MGD_CHECK_ASSUMPTIONS = 1 << 11 /* an input that is not what it is declared to be (mgd_assume) is an error */
};

/* Compiles the outputs as functions of the inputs, which may be any vars, at the sizes that are bound now. NULL after
 * an error, whose message the tape holds: a size is unbound, an output needs an input that is not among them. Free with
 * mgd_program_free. */
mgd_program *mgd_compile(mgd_tape *t, size_t inputs, mgd_var *const *input, size_t outputs, mgd_var *const *output,
                         unsigned options) MGD_CHECK_RESULT;
void mgd_program_free(mgd_program *p);

/* Memory for one run at a time. NULL without memory. Free with mgd_workspace_free, before the program. */
mgd_workspace *mgd_workspace_new(const mgd_program *p) MGD_CHECK_RESULT;
void mgd_workspace_free(mgd_workspace *ws);

/* Runs the program: `in` are the inputs (each with data, also one that nothing depends on) and `out` receives the
 * outputs, in the order of mgd_compile and of exactly its sizes. Inputs are taken to be what they are declared to be,
 * unchecked without MGD_CHECK_ASSUMPTIONS. Outputs overlap neither the inputs nor one another. False, with a message,
 * where sizes differ or a value is undefined (a singular matrix, named as on the tape), or where the inputs would take
 * another branch than the one that was recorded (mgd_branch); false without a message where the workspace is in use by
 * another thread. Arrays that are not rows of doubles are copied. */
bool mgd_run(const mgd_program *p, mgd_workspace *ws, const mgd_array *in, const mgd_array *out) MGD_CHECK_RESULT;
const char *mgd_workspace_message(const mgd_workspace *ws); /* "" after a run that succeeded */

size_t mgd_program_workspace_bytes(const mgd_program *p); /* what a workspace takes, but for copies of arrays */
size_t mgd_program_live_bytes(const mgd_program *p); /* the most that intermediate values take that are alive at once */
size_t mgd_program_steps(const mgd_program *p);
double mgd_program_flops(const mgd_program *p); /* of one run: additions, multiplications and calls of functions */
double mgd_program_bytes(const mgd_program *p); /* read and written by its steps */

/* Writes the steps, with sizes, where their results live, flops and bytes. With a workspace that has run, and timing
 * on, also the time that each step took last. */
void mgd_program_describe(const mgd_program *p, const mgd_workspace *ws, FILE *out);
void mgd_workspace_time_steps(mgd_workspace *ws, bool on);

#ifdef __cplusplus
}
#endif

#endif
