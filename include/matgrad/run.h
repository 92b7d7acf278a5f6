/* SPDX-License-Identifier: MIT */
/* Numbers in, numbers out.
 *
 *     double x[6] = { 1, 2, 3, 4, 5, 6 };
 *     mgd_set(X, x, 3, 2);                           // copied; binds the named sizes of X
 *     const double *g = mgd_value(G);                // row by row
 *     if (!g) fprintf(stderr, "%s\n", mgd_message(t));
 *
 *     float y[6];
 *     mgd_get(G, mgd_columns_float(y, 3, 2));        // copied into your array, whatever its layout
 *
 * Values are computed on demand and kept: what does not depend on an input that was set again is not computed again,
 * and nothing is allocated while sizes stay the same.
 */
#ifndef MATGRAD_RUN_H
#define MATGRAD_RUN_H

#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { MGD_DOUBLE, MGD_FLOAT } mgd_precision;

/* A matrix in the caller's memory: entry (i, j) is data[i * row_stride + j * col_stride], in entries of its precision.
 * What is passed as an operand is only read, const or not. */
typedef struct {
    void *data;
    int64_t rows, cols;
    int64_t row_stride, col_stride;
    mgd_precision precision;
} mgd_array;

mgd_array mgd_rows(const double *data, int64_t rows, int64_t cols);    /* row by row, as C has it */
mgd_array mgd_columns(const double *data, int64_t rows, int64_t cols); /* column by column, as Fortran has it */
mgd_array mgd_rows_float(const float *data, int64_t rows, int64_t cols);
mgd_array mgd_columns_float(const float *data, int64_t rows, int64_t cols);

/* Gives an input its numbers. Named sizes in the input's size that nothing has bound yet are bound; the input that
 * bound a name may bind it again. False, with a message and with nothing changed, where x is no input, the size does
 * not fit, or the data are not what x is declared to be (mgd_assume), with the entry. Of an input that is declared
 * symmetric, data that are so but for rounding, as a computed X'X is, become their symmetric half. */
bool mgd_set(mgd_var *x, const double *data, int64_t rows, int64_t cols);
bool mgd_set_array(mgd_var *x, mgd_array data);

/* The value of v, row by row; NULL, with a message, where it has none (an input without data, an unbound size, a
 * singular matrix). Immediate when nothing changed. Valid until the next mgd_set, mgd_bind, mgd_rewind, mgd_tape_reset
 * or mgd_tape_free; asking for other values does not move it. */
const double *mgd_value(mgd_var *v) MGD_CHECK_RESULT;

/* The same, copied into an array of the right size. */
bool mgd_get(mgd_var *v, mgd_array out) MGD_CHECK_RESULT;

/* Is the 1x1 condition true, not 0, at the present data? For a program that goes one way or the other on a value:
 *
 *     mgd_var *y = mgd_branch(mgd_is_greater(x, mgd_number(t, 0))) ? mgd_log(x) : x;
 *
 * The outcome is remembered, and what is recorded afterwards holds only as long as it stays: at data for which the
 * condition comes out otherwise, mgd_value returns NULL, mgd_run of a compiled program false, with a message that names
 * the condition. It is computed again when data changed. Vars that were recorded before are what they were, also where
 * the program found them again or chose between two of them: that is for mgd_where. Rewinding undoes a branch;
 * mgd_branch_forget ends all that are in force, for what is recorded afterwards from vars that depend on none of them.
 *
 * A condition that has no value, or NaN, or that was found to be the contrary before, without rewinding or forgetting
 * in between, is an error of recording: false, and nothing can be recorded until mgd_clear. */
bool mgd_branch(mgd_var *condition) MGD_CHECK_RESULT;
void mgd_branch_forget(mgd_tape *t);

/* What computes products and factorisations: "openblas", "blis", "blas", or "builtin" for the library's own. */
const char *mgd_linear_algebra(void);

#ifdef __cplusplus
}
#endif

#endif
